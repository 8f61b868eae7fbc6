"""Attacks on a release that must fail. The list, and those still to come, is in docs/method.md."""

import json
import re
from dataclasses import replace
from fractions import Fraction

import pytest

from app.disclosure import Reason, Rules, Subject, release_network, release_round
from app.errors import Invalid, Refused
from app.reports import network_report, provider_report, to_json
from app.responses import RoundState, Supporter
from app.standards import Audience
from app.surveys import Thresholds
from tests.factories import (
    answers,
    crowd,
    make_figures,
    make_helped,
    make_network_subject,
    make_release,
    make_response,
    make_round,
    make_standards,
    make_survey,
    same_to_all,
)

STANDARDS = make_standards()
SURVEY = make_survey(STANDARDS)
PROVIDER, FAMILY, PERSON = Audience.PROVIDER, Audience.FAMILY, Audience.PERSON
NUMBERS = re.compile(r"\d+")


def report_of(release):
    return json.loads(to_json(provider_report(release, STANDARDS, SURVEY, "A provider")))


def test_attack_3_a_gap_and_the_providers_score_do_not_give_the_peoples_score():
    responses = [*crowd(SURVEY, PERSON, (3, "yes"), (1, "no")), *crowd(SURVEY, PROVIDER, (1, "sometimes"))]
    release = make_release(responses, SURVEY)

    assert release.standard(PROVIDER, "S01").value == Fraction(1, 2)
    for name in ("provider-person", "family-person"):
        assert release.gap(name, "S01").value is None
    assert not report_of(release)["gaps"]["provider-person"]["S01"]["talk_about_this"]


def test_attack_3_two_gaps_do_not_give_the_third():
    responses = [*crowd(SURVEY, PERSON, (3, "yes"), (3, "no")), *crowd(SURVEY, FAMILY, (4, "yes"))]
    responses += crowd(SURVEY, PROVIDER, (1, "sometimes"))
    release = make_release(responses, SURVEY)

    assert release.gap("provider-person", "S01").value == 0
    assert release.gap("provider-family", "S01").withheld is Reason.TOO_FEW
    assert release.gap("family-person", "S01").withheld is Reason.TOO_FEW


def test_attack_6_a_provider_never_sees_a_network_figure_that_it_is_part_of():
    def released(number, yes):
        people = crowd(SURVEY, PERSON, (yes, "yes"), (5, "no"))
        return make_release(people, SURVEY, STANDARDS, provider_id=f"provider-{number}")

    subject = make_network_subject(STANDARDS, SURVEY)
    with_me = release_network([released(number, 5) for number in range(5)] + [released(9, 90)], subject)
    another_me = release_network([released(number, 5) for number in range(5)] + [released(9, 1)], subject)

    mine, other = with_me.view("provider-9"), another_me.view("provider-9")
    assert mine.providers == other.providers
    for id_, spread in mine.audiences[PERSON].standards.items():
        assert spread.quartiles == other.audiences[PERSON].standards[id_].quartiles


def test_attack_6_with_five_providers_in_all_none_of_them_sees_a_spread():
    releases = [
        make_release(crowd(SURVEY, PERSON, (5, "yes"), (5, "no")), SURVEY, STANDARDS, provider_id=f"provider-{number}")
        for number in range(5)
    ]
    release = release_network(releases, make_network_subject(STANDARDS, SURVEY))

    report = network_report(release, STANDARDS, SURVEY, "A network", ("provider-0", "Provider 0"))

    assert {spread.withheld for spread in report.audiences["person"].standards.values()} == {"too_few"}
    assert report.audiences["person"].standards["S01"].own == 50


def with_staff(*groups):
    return [
        make_helped(same_to_all(SURVEY, option), PERSON, Supporter.PAID_STAFF)
        for number, option in groups
        for _ in range(number)
    ]


def rest_mean(release, part_count, rest_count):
    """Work out S01's score of those who are left out, as a reader who knows the exact numbers can; None if unknown."""
    whole = release.standard(PERSON, "S01").value
    part = release.series["without_paid_staff"][PERSON].standards["S01"].score.value
    if whole is None or part is None:
        return None
    return (whole * (part_count + rest_count) - part * part_count) / rest_count


@pytest.mark.parametrize("rest", [((1, "no"),), ((2, "yes"), (2, "no")), ((5, "no"),), ((9, "yes"),)])
def test_attack_9_what_few_or_unanimous_people_said_with_paid_staff_is_not_worked_out(rest):
    release = make_release([*crowd(SURVEY, PERSON, (6, "yes"), (6, "no")), *with_staff(*rest)], SURVEY)

    assert rest_mean(release, 12, sum(number for number, _ in rest)) is None


def test_attack_9_what_is_worked_out_of_those_left_out_could_have_been_shown():
    release = make_release([*crowd(SURVEY, PERSON, (6, "yes")), *with_staff((5, "no"), (1, "yes"))], SURVEY)
    mixed = make_release([*crowd(SURVEY, PERSON, (5, "yes"), (1, "no")), *with_staff((5, "no"), (1, "yes"))], SURVEY)

    assert rest_mean(release, 6, 6) is None
    assert rest_mean(mixed, 6, 6) == Fraction(1, 6)


def test_attack_9_the_report_does_not_tell_a_small_part_from_a_small_rest():
    def reported(part, rest):
        groups = [(part // 2, "yes"), (part - part // 2, "no")], [(rest // 2, "no"), (rest - rest // 2, "yes")]
        release = make_release([*crowd(SURVEY, PERSON, *groups[0]), *with_staff(*groups[1])], SURVEY)
        return report_of(release)["series"]["without_paid_staff"]["person"]

    assert reported(3, 11) == reported(11, 3) == reported(0, 14) == reported(13, 1)


@pytest.mark.parametrize("number", [5, 9])
def test_attack_12_the_series_is_the_same_whatever_a_unanimous_part_or_rest_said(number):
    def of_part(option):
        people = [*crowd(SURVEY, PERSON, (number, option)), *with_staff((6, "yes"), (6, "no"))]
        return make_release(people, SURVEY).series["without_paid_staff"]

    assert of_part("yes") == of_part("sometimes") == of_part("no")


@pytest.mark.parametrize(("fewest", "most"), [(5, 9), (10, 14), (15, 19)])
def test_attack_10_a_margin_does_not_tell_how_many_answered_within_a_band(fewest, most):
    def shown(number):
        responses = [*crowd(SURVEY, PERSON, (number - 1, "yes"), (1, "no")), *crowd(SURVEY, PROVIDER, (1, "yes"))]
        released = make_release(responses, SURVEY, invited={PERSON: 40})
        gap = released.gaps[(PROVIDER, PERSON)]["S01"]
        return released.audiences[PERSON].respondents, released.audiences[PERSON].standards["S01"].margin, gap.margin

    assert len({shown(number) for number in range(fewest, most + 1)}) == 1


def test_attack_10_a_margin_does_not_tell_how_far_the_answers_lie_apart():
    alike = [make_response(answers(S01=each)) for each in ["yes no -"] * 5 + ["yes yes no", "no no yes"]]
    apart = [make_response(answers(S01=each)) for each in ["yes yes -"] * 3 + ["no no -"] * 3 + ["yes no -"]]
    first, second = (make_release(each, SURVEY).audiences[PERSON].standards["S01"] for each in (alike, apart))

    assert first.score.value == second.score.value == Fraction(1, 2)
    assert first.margin == second.margin


def test_attack_11_below_ten_answers_no_share_of_an_indicator_is_shown():
    release = make_release(crowd(SURVEY, PERSON, (5, "yes"), (4, "no")), SURVEY)

    assert release.standard(PERSON, "S01").value is not None
    assert all(spread.value is None for spread in release.audiences[PERSON].indicators.values())


@pytest.mark.parametrize("number", [6, 13, 18])
def test_attack_11_below_twenty_no_number_of_respondents_stands_anywhere_in_the_release_or_the_report(number):
    release = make_release(crowd(SURVEY, PERSON, (number - 4, "yes"), (4, "no")), SURVEY)
    people = {**release.to_document()["audiences"]["person"]}
    reported = report_of(release)["audiences"]["person"]

    assert people.pop("respondents") == reported.pop("respondents") != str(number)
    for part in (people, reported):
        figures = NUMBERS.findall(re.sub(r"[SD]\d+|0\.\d+|\"margin\": \d+", "", json.dumps(part)))
        assert str(number) not in figures


@pytest.mark.parametrize("option", ["yes", "sometimes", "no"])
@pytest.mark.parametrize("number", [5, 9])
def test_attack_12_nothing_tells_what_all_of_a_small_group_said(option, number):
    responses = [*crowd(SURVEY, PERSON, (number, option)), *crowd(SURVEY, PROVIDER, (1, "yes"))]
    release = make_release(responses, SURVEY)
    people = release.audiences[PERSON]

    assert {standard.score.withheld for standard in people.standards.values()} == {Reason.UNANIMOUS}
    assert {domain.withheld for domain in people.domains.values()} == {Reason.UNANIMOUS}
    assert {gap.value.withheld for gap in release.gaps[(PROVIDER, PERSON)].values()} == {Reason.UNANIMOUS}
    assert {gap.talk_about_this for gap in release.gaps[(PROVIDER, PERSON)].values()} == {False}


def test_attack_12_a_unanimous_release_is_the_same_whatever_was_said():
    def shown(option):
        return make_release(crowd(SURVEY, PERSON, (7, option)), SURVEY).shown

    assert shown("yes") == shown("no") == shown("sometimes")


def test_attack_15_a_threshold_cannot_be_lowered_after_the_round_has_opened():
    of = make_round(survey=SURVEY, thresholds=Thresholds(standard=8, indicator=15), state=RoundState.CLOSED)
    figures = make_figures(crowd(SURVEY, PERSON, (3, "yes"), (3, "no")), SURVEY)

    for lowered in (replace(Rules.of(of), standard=5), replace(Rules.of(of), indicator=10)):
        with pytest.raises(Refused, match="promised"):
            release_round(figures, lowered, Subject.of(of), {}, SURVEY)


def test_attack_15_a_survey_cannot_lower_a_threshold():
    with pytest.raises(Invalid):
        Thresholds(standard=4)
    with pytest.raises(Invalid):
        Thresholds(indicator=9)
