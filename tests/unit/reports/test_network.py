"""A network's report."""

import json

import pytest

from app.disclosure import release_network
from app.errors import Conflict, NotFound
from app.reports import network_report, to_json
from tests.factories import answers, make_network_subject, make_release, make_response, make_standards, make_survey

STANDARDS = make_standards()
SURVEY = make_survey(STANDARDS)


def provider(number):
    people = [make_response(answers(S01="yes yes yes", S02="no no no", S03="yes yes no")) for _ in range(5)]
    people += [make_response(answers(S01="no no no", S02="no no no", S03="no no no")) for _ in range(number + 1)]
    people += [make_response(answers(S01="no no no", S02="sometimes no no", S03="no no no"))]
    return make_release(people, SURVEY, STANDARDS, provider_id=f"provider-{number}")


RELEASE = release_network([provider(number) for number in range(6)], make_network_subject(STANDARDS, SURVEY))


def report_for(looking=None, release=RELEASE):
    return network_report(release, STANDARDS, SURVEY, "A network", looking)


def test_the_coordinators_json_has_the_keys_that_scripts_rely_on_and_no_own():
    written = json.loads(to_json(report_for()))

    assert {"network", "campaign", "release", "providers", "audiences"} <= set(written)
    assert (written["network"], written["campaign"], written["providers"]) == ("A network", "campaign-1", "5 to 9")
    assert written["audiences"]["person"]["standards"]["S01"] == {
        "median": 53,
        "lower_quartile": 47,
        "upper_quartile": 61,
        "withheld": None,
    }
    assert "own" not in to_json(report_for())


def test_a_provider_that_looks_has_its_own_score_beside_the_others():
    report = report_for(("provider-0", "Provider 0"))

    assert report.looking == "Provider 0"
    assert json.loads(to_json(report))["audiences"]["person"]["standards"]["S01"] == {
        "median": 50,
        "lower_quartile": 45,
        "upper_quartile": 56,
        "own": 71,
        "withheld": None,
    }


def test_own_stands_in_the_json_also_when_it_is_withheld():
    standards = json.loads(to_json(report_for(("provider-0", "Provider 0"))))["audiences"]["family"]["standards"]

    assert standards["S01"] == {
        "median": None,
        "lower_quartile": None,
        "upper_quartile": None,
        "own": None,
        "withheld": "too_few",
    }


def test_a_provider_that_took_no_part_gets_no_report():
    with pytest.raises(NotFound):
        report_for(("provider-99", "Provider 99"))


def test_a_network_without_rounds_withholds_every_standard():
    report = report_for(release=release_network([], make_network_subject(STANDARDS, SURVEY)))

    assert {spread.withheld for spread in report.audiences["person"].standards.values()} == {"too_few"}
    assert list(report.audiences["person"].standards) == ["S01", "S02", "S03"]


def test_the_words_of_other_versions_are_refused():
    with pytest.raises(Conflict, match="not the versions"):
        network_report(RELEASE, make_standards((1,)), SURVEY, "A network", None)


def test_the_headline_speaks_of_middle_scores_by_audience():
    assert report_for().headline == (
        "Across the network, people say “Title 1” is going best. “Title 2” is the one to talk about.",
        "Too few providers have results to show the view of families across the network.",
        "Too few providers have results to show the view of providers across the network.",
    )
