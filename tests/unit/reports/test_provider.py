"""A provider's report."""

import json
from pathlib import Path
from typing import get_type_hints

import pytest

from app.disclosure import NetworkRelease, Release
from app.errors import Conflict
from app.reports import network_report, provider_report, to_json
from app.responses import Help, ProviderView, Supporter
from app.standards import Audience
from app.surveys import Edition, Length
from tests.factories import (
    answers,
    crowd,
    make_helped,
    make_release,
    make_response,
    make_standards,
    make_survey,
    same_to_all,
)

BEFORE_SERIES = Path(__file__).parents[1] / "disclosure" / "releases" / "before_series.json"
STANDARDS = make_standards()
SURVEY = make_survey(STANDARDS, may_be_not_applicable={"S01.c"})
PROVIDER, FAMILY, PERSON = Audience.PROVIDER, Audience.FAMILY, Audience.PERSON

MIXED = [make_response(answers(S01="yes yes yes", S02="no no sometimes", S03="dont_know - -")) for _ in range(8)]
MIXED += [make_response(answers(S01="no yes not_applicable", S02="yes no -", S03="yes yes no")) for _ in range(4)]
MIXED += crowd(SURVEY, FAMILY, (3, "yes"))
MIXED += crowd(SURVEY, PROVIDER, (1, "yes"))


def report_of(responses=MIXED, survey=SURVEY, **more):
    return provider_report(make_release(responses, survey, STANDARDS, **more), STANDARDS, survey, "A provider")


def test_a_report_is_made_from_a_release_and_from_nothing_less():
    assert get_type_hints(provider_report)["release"] is Release
    assert get_type_hints(network_report)["release"] is NetworkRelease


def test_the_json_has_the_keys_that_scripts_rely_on():
    written = json.loads(to_json(report_of()))

    assert {"provider", "round", "release", "method", "standards", "survey", "thresholds", "audiences", "gaps"} <= set(
        written
    )
    assert set(written["release"]) == {"id", "sha256"}
    assert written["method"] == "1"
    assert written["standards"] == {"set": "small-set", "version": "1.0.0", "sha256": STANDARDS.fingerprint}
    assert written["survey"] == {"id": "small-survey", "version": "1.0.0", "length": "full"}
    assert written["thresholds"] == {"standard": 5, "indicator": 10}
    assert list(written["audiences"]) == ["person", "family", "provider"]
    assert list(written["gaps"]) == ["provider-person", "provider-family", "family-person"]


def test_the_json_of_an_audience_has_every_figure_beside_its_reason():
    people = json.loads(to_json(report_of()))["audiences"]["person"]

    assert people["respondents"] == "10 to 14"
    assert people["standards"]["S01"] == {
        "score": 83,
        "withheld": None,
        "coverage": 1.0,
        "dont_know_share": 0.0,
        "prefer_not_share": 0.0,
        "not_applicable_share": 0.11,
        "margin": 19,
    }
    assert people["standards"]["S03"] == {
        "score": None,
        "withheld": "too_few",
        "coverage": 0.33,
        "dont_know_share": 0.22,
        "prefer_not_share": 0.0,
        "not_applicable_share": 0.0,
        "margin": None,
    }
    assert people["domains"] == {"D1": {"score": 56, "withheld": None}, "D2": {"score": None, "withheld": "too_few"}}
    assert people["indicators"]["S01.a"] == {"shares": {"yes": 0.67, "sometimes": 0.0, "no": 0.33}, "withheld": None}
    assert people["indicators"]["S03.a"] == {"shares": None, "withheld": "too_few"}
    assert people["editions"] == {"shares": {"standard": 1.0}, "withheld": None}


def test_the_json_of_a_gap_says_whether_to_talk_about_it():
    gaps = json.loads(to_json(report_of()))["gaps"]

    assert gaps["provider-person"]["S02"] == {"points": 72, "withheld": None, "talk_about_this": True, "margin": 19}
    assert gaps["provider-family"]["S02"] == {
        "points": None,
        "withheld": "too_few",
        "talk_about_this": False,
        "margin": None,
    }


DIVIDED = crowd(SURVEY, PERSON, (4, "yes"), (2, "no"))
DIVIDED += [
    make_helped(same_to_all(SURVEY, option), PERSON, Supporter.PAID_STAFF, ways=[Help.READ])
    for option in ["no"] * 4 + ["yes"] * 2
]


def test_the_json_has_the_figures_without_paid_staff_beside_those_of_all():
    written = json.loads(to_json(report_of(DIVIDED)))
    people = written["series"]["without_paid_staff"]["person"]

    assert written["audiences"]["person"]["standards"]["S01"]["score"] == 50
    assert (people["withheld"], people["is_all"]) == (None, False)
    assert people["standards"]["S01"] == {
        "score": 67,
        "withheld": None,
        "coverage": 1.0,
        "dont_know_share": 0.0,
        "prefer_not_share": 0.0,
        "not_applicable_share": 0.0,
        "margin": None,
    }
    assert people["domains"]["D1"] == {"score": 67, "withheld": None}
    assert people["indicators"]["S01.a"] == {"shares": None, "withheld": "remainder"}
    assert written["audiences"]["person"]["helped_by"] == {"shares": {"paid-staff": 0.5}, "withheld": None}
    assert written["audiences"]["person"]["help"] == {"shares": {"read": 0.5}, "withheld": None}


def test_the_json_says_why_nothing_of_a_series_is_shown_or_that_it_is_the_same():
    series = report_of([*DIVIDED[1:7], *crowd(SURVEY, FAMILY, (3, "yes"), (3, "no"))]).series["without_paid_staff"]

    assert (series["person"].withheld, series["person"].is_all) == ("remainder", False)
    assert {each.withheld for each in series["person"].standards.values()} == {"remainder"}
    assert (series["family"].withheld, series["family"].is_all) == (None, True)
    assert series["family"].standards["S01"].score == 50
    assert set(series) == {"person", "family"}


def test_a_release_from_before_there_were_series_makes_a_report_without_them():
    stored = json.loads(BEFORE_SERIES.read_text(encoding="utf-8"))
    survey = make_survey(STANDARDS)

    release = Release.from_document(stored["document"], stored["sha256"])
    written = json.loads(to_json(provider_report(release, STANDARDS, survey, "A provider")))

    assert written["series"] == {}
    assert (written["audiences"]["person"]["helped_by"], written["audiences"]["person"]["help"]) == (None, None)
    assert written["audiences"]["person"]["standards"]["S01"]["score"] == 50


def test_a_score_is_rounded_once_with_halves_away_from_zero():
    people = [make_response(answers(S01="yes yes -"))] * 1 + [make_response(answers(S01="no no -"))] * 7

    assert report_of(people).audiences["person"].standards["S01"].score == 13


def test_the_texts_stand_in_the_order_of_the_standards():
    report = report_of()

    assert [domain.id for domain in report.domains] == ["D1", "D2"]
    assert [standard.title for standard in report.domains[0].standards] == ["Title 1", "Title 2"]
    assert report.domains[1].standards[0].is_not == "Not 3"
    assert report.domains[0].standards[0].indicators[1].statements["family"] == "S01.b for the family"
    assert [option.id for option in report.options] == ["yes", "sometimes", "no"]
    assert report.options[0].labels["person"] == "Yes"
    assert report.wording_note == "Draft wording."


def test_a_report_read_from_a_document_with_sorted_keys_is_the_same():
    release = make_release(MIXED, SURVEY, STANDARDS)
    again = Release.from_document(json.loads(json.dumps(release.to_document(), sort_keys=True)), release.sha256)

    first, second = (to_json(provider_report(each, STANDARDS, SURVEY, "A provider")) for each in (release, again))

    assert first == second


def test_a_short_report_speaks_of_what_was_asked():
    report = report_of(survey=make_survey(STANDARDS, left_out={"S03.a"}), length=Length.SHORT)

    assert report.survey.length == "short"
    assert [domain.id for domain in report.domains] == ["D1"]
    assert list(report.audiences["person"].indicators) == ["S01.a", "S02.a"]


def test_a_survey_in_easy_read_alone_labels_its_answers_too():
    survey = make_survey(STANDARDS, editions=(Edition.EASY_READ,))

    assert report_of([], survey).options[0].labels["provider"] == "Yes"


def test_the_words_of_other_versions_are_refused():
    release = make_release(MIXED, SURVEY, STANDARDS)

    with pytest.raises(Conflict, match="not the versions"):
        provider_report(release, make_standards((1,)), SURVEY, "A provider")
    with pytest.raises(Conflict, match="not the versions"):
        provider_report(release, STANDARDS, make_survey(STANDARDS), "A provider")


def test_the_headline_lets_each_audience_speak_for_itself():
    assert report_of().headline == (
        "People say “Title 1” is going best. “Title 2” is the one to talk about.",
        "Too few families have answered to show their view.",
        "The provider says “Title 1”, “Title 2” and “Title 3” are going equally well.",
        "The provider and people see “Title 2” very differently: talk about this together.",
    )


def test_the_headline_of_a_staff_survey_lets_staff_speak():
    responses = [*crowd(SURVEY, PROVIDER, (10, "yes")), *crowd(SURVEY, PERSON, (10, "no"))]

    headline = report_of(responses, provider_view=ProviderView.STAFF).headline

    assert headline[2].startswith("Staff say ")
    assert headline[3] == (
        "Staff and people see “Title 1”, “Title 2” and “Title 3” very differently: talk about these together."
    )


def test_a_made_up_round_is_marked():
    assert report_of(made_up=True).made_up
    assert not report_of().made_up


def test_the_report_says_how_many_were_invited_and_never_a_rate():
    written = to_json(report_of(invited={PERSON: 20}))

    assert json.loads(written)["audiences"]["person"]["invited"] == 20
    assert json.loads(written)["audiences"]["family"]["invited"] is None
    assert "rate" not in written


def test_a_report_of_a_round_for_one_site_is_about_the_site_and_names_its_provider():
    release = make_release(MIXED, SURVEY, STANDARDS)

    about_site = provider_report(release, STANDARDS, SURVEY, "Alder Support", "Maple House")
    about_all = provider_report(release, STANDARDS, SURVEY, "Alder Support")

    assert (about_site.about, about_all.about) == ("Maple House, of Alder Support", "Alder Support")
