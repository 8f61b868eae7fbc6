"""What holds for the release of any round, and for everything that is made of it."""

import copy
import json
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.disclosure import Release
from app.errors import Conflict
from app.reports import provider_report, to_json
from app.responses import ProviderView
from app.scoring import GAPS, gap_name
from app.standards import Audience
from app.surveys import Thresholds
from tests.factories import make_release
from tests.property.rounds import STANDARDS, SURVEY, rounds
from tests.property.slowly import part_score_of, score_of, shown_points

DECIMALS = re.compile(r"-?\d\.\d{12}")
GROUPS = (Audience.PERSON, Audience.FAMILY)
thresholds = st.builds(Thresholds, st.integers(5, 8), st.integers(10, 13))


def release_of(responses, limits=None):
    return make_release(responses, SURVEY, STANDARDS, thresholds=limits)


def slow_scores(responses, k):
    return {
        (audience, standard.id): score_of(SURVEY, standard.id, responses, audience, ProviderView.AGREED, k)
        for audience in Audience
        for standard in STANDARDS.standards
    }


def slow_domain(scores):
    withheld = [score for score in scores if isinstance(score, str)]
    return withheld[0] if withheld else sum(scores) / len(scores)


def slow_gap(first, second):
    withheld = [score for score in (first, second) if isinstance(score, str)]
    return withheld[0] if withheld else first - second


def slow_figures(responses, k):
    """Return every score, domain and gap, exactly, or the reason why it is withheld."""
    scores = slow_scores(responses, k)
    domains = {
        (audience, domain.id): slow_domain([scores[audience, standard.id] for standard in domain.standards])
        for audience in Audience
        for domain in STANDARDS.domains
    }
    gaps = {
        (gap_name((first, second)), standard.id): slow_gap(scores[first, standard.id], scores[second, standard.id])
        for first, second in GAPS
        for standard in STANDARDS.standards
    }
    return {**scores, **domains, **gaps}


def slow_series(responses, k):
    """Return every score and domain without paid staff, exactly, or the reason why it is withheld."""
    scores = {
        (audience, standard.id): part_score_of(SURVEY, standard.id, responses, audience, k)
        for audience in GROUPS
        for standard in STANDARDS.standards
    }
    domains = {
        (audience, domain.id): slow_domain([scores[audience, standard.id] for standard in domain.standards])
        for audience in GROUPS
        for domain in STANDARDS.domains
    }
    return {**scores, **domains}


@given(rounds(), thresholds)
def test_every_figure_of_the_release_is_what_the_method_allows(responses, limits):
    release = release_of(responses, limits)

    found = {}
    for audience, released in release.audiences.items():
        found |= {(audience, id_): standard.score for id_, standard in released.standards.items()}
        found |= {(audience, id_): figure for id_, figure in released.domains.items()}
    found |= {(gap_name(pair), id_): gap.value for pair, gaps in release.gaps.items() for id_, gap in gaps.items()}

    shown = {
        place: figure.value if figure.withheld is None else figure.withheld.value for place, figure in found.items()
    }
    assert shown == slow_figures(responses, limits.standard)


@given(rounds(), thresholds)
def test_every_figure_without_paid_staff_is_what_the_method_allows(responses, limits):
    release = release_of(responses, limits)

    found = {}
    for audience, series in release.series["without_paid_staff"].items():
        found |= {(audience, id_): standard.score for id_, standard in series.standards.items()}
        found |= {(audience, id_): figure for id_, figure in series.domains.items()}

    shown = {
        place: figure.value if figure.withheld is None else figure.withheld.value for place, figure in found.items()
    }
    assert shown == slow_series(responses, limits.standard)


@given(rounds(), thresholds)
def test_no_figure_stands_for_fewer_respondents_than_the_threshold(responses, limits):
    release = release_of(responses, limits)

    for audience in GROUPS:
        given_ = [response.answers for response in responses if response.audience is audience]
        released = release.audiences[audience]
        for question in SURVEY.questions:
            chosen = [
                answers[question.id] for answers in given_ if answers.get(question.id) in ("yes", "sometimes", "no")
            ]
            if len(chosen) < limits.indicator:
                assert released.indicators[question.id].value is None
        if len(given_) < limits.standard:
            assert all(standard.score.value is None for standard in released.standards.values())
            assert all(standard.coverage is None for standard in released.standards.values())
            assert released.editions.value is None
            assert released.answered_how.value is None


@given(rounds(), thresholds)
def test_no_unanimous_figure_is_shown_below_twice_the_threshold(responses, limits):
    release = release_of(responses, limits)

    for audience in GROUPS:
        given_ = [response.answers for response in responses if response.audience is audience]
        for question in SURVEY.questions:
            chosen = [
                answers[question.id] for answers in given_ if answers.get(question.id) in ("yes", "sometimes", "no")
            ]
            if len(chosen) < 2 * limits.indicator and len(set(chosen)) == 1:
                assert release.indicator(audience, question.id).value is None


@given(rounds())
def test_nothing_withheld_stands_in_the_document(responses):
    release = release_of(responses)

    written = [Fraction(text).limit_denominator(10**6) for text in DECIMALS.findall(json.dumps(release.to_document()))]

    slow = [*slow_figures(responses, 5).values(), *slow_series(responses, 5).values()]
    allowed = [figure for figure in slow if isinstance(figure, Fraction)]
    assert sorted(written) == sorted(allowed)


@given(rounds())
def test_every_figure_of_the_report_equals_its_slow_computation(responses):
    report = json.loads(to_json(provider_report(release_of(responses), STANDARDS, SURVEY, "A provider")))

    shown = {}
    for audience in Audience:
        part = report["audiences"][audience.value]
        for id_, result in {**part["standards"], **part["domains"]}.items():
            shown[audience, id_] = result["withheld"] if result["score"] is None else result["score"]
            assert (result["withheld"] is None) == (result["score"] is not None)
        for result in part["standards"].values():
            assert result["margin"] is None or result["score"] is not None
    for name, gaps in report["gaps"].items():
        for id_, gap in gaps.items():
            shown[name, id_] = gap["withheld"] if gap["points"] is None else gap["points"]
            assert gap["points"] is not None or (gap["margin"], gap["talk_about_this"]) == (None, False)

    assert shown == {
        place: figure if isinstance(figure, str) else shown_points(figure)
        for place, figure in slow_figures(responses, 5).items()
    }


@given(rounds())
def test_a_release_comes_back_from_its_document(responses):
    release = release_of(responses)

    again = Release.from_document(json.loads(json.dumps(release.to_document(), sort_keys=True)), release.sha256)

    assert again == release


@given(rounds(most=12), st.data())
def test_a_document_that_was_changed_anywhere_is_refused(responses, data):
    release = release_of(responses)
    document = copy.deepcopy(release.to_document())
    part = document
    while isinstance(part[key := data.draw(st.sampled_from(sorted(part)))], dict) and part[key]:
        part = part[key]
    part[key] = "changed"

    with pytest.raises(Conflict):
        Release.from_document(document, release.sha256)
