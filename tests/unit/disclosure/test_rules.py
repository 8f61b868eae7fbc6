"""Which figures are withheld, and why."""

from fractions import Fraction

import pytest

from app.disclosure import Reason, Rules
from app.disclosure.rules import remainder
from app.responses import AnsweredHow, ProviderView
from app.standards import Audience
from app.surveys import Edition, Length, Thresholds
from tests.factories import answers, crowd, make_release, make_response, make_round, make_survey

SURVEY = make_survey(may_be_not_applicable={"S01.a", "S01.b", "S01.c"})
PROVIDER, FAMILY, PERSON = Audience.PROVIDER, Audience.FAMILY, Audience.PERSON


def release_of(*groups, **more):
    return make_release(crowd(SURVEY, PERSON, *groups), SURVEY, **more)


def release_of_people(*given, **more):
    return make_release([make_response(answers(S01=each)) for each in given], SURVEY, **more)


@pytest.mark.parametrize("number", [0, 1, 4])
def test_a_score_is_withheld_when_fewer_than_five_people_answered(number):
    assert release_of((number, "yes")).standard(PERSON, "S01").withheld is Reason.TOO_FEW


def test_a_score_is_shown_when_five_people_answered():
    assert release_of((4, "yes"), (1, "no")).standard(PERSON, "S01").value == Fraction(4, 5)


def test_a_score_says_no_answers_when_five_were_asked_and_nobody_gave_one_that_scores():
    assert release_of((5, "dont_know")).standard(PERSON, "S01").withheld is Reason.NO_ANSWERS


def test_a_score_is_withheld_when_fewer_than_five_answered_enough_questions():
    given = ["yes no -"] * 4 + ["yes - -"] * 6

    assert release_of_people(*given).standard(PERSON, "S01").withheld is Reason.TOO_FEW


@pytest.mark.parametrize("number", [5, 9])
def test_a_score_of_fewer_than_ten_who_all_say_the_same_is_withheld(number):
    assert release_of((number, "sometimes")).standard(PERSON, "S01").withheld is Reason.UNANIMOUS


def test_a_score_of_ten_who_all_say_the_same_is_shown():
    assert release_of((10, "yes")).standard(PERSON, "S01").value == 1


def test_raised_thresholds_are_kept():
    thresholds = Thresholds(standard=7, indicator=12)

    assert release_of((3, "yes"), (3, "no"), thresholds=thresholds).standard(PERSON, "S01").withheld is Reason.TOO_FEW
    assert release_of((13, "no"), thresholds=thresholds).standard(PERSON, "S01").withheld is Reason.UNANIMOUS
    assert release_of((14, "no"), thresholds=thresholds).standard(PERSON, "S01").value == 0
    assert release_of((5, "yes"), (6, "no"), thresholds=thresholds).indicator(PERSON, "S01.a").value is None
    assert release_of((6, "yes"), (6, "no"), thresholds=thresholds).indicator(PERSON, "S01.a").value is not None


def shares_of(release, audience=PERSON):
    released = release.audiences[audience].standards["S01"]
    return released.coverage, released.dont_know_share, released.prefer_not_share, released.not_applicable_share


def test_coverage_and_shares_are_shown_when_five_were_asked_although_the_score_is_withheld():
    given = ["dont_know yes yes"] * 4 + ["not_applicable prefer_not -"] * 1
    release = release_of_people(*given)

    assert release.standard(PERSON, "S01").withheld is Reason.TOO_FEW
    assert shares_of(release) == (0.57, 0.29, 0.07, 0.07)


def test_coverage_and_shares_are_withheld_when_four_were_asked():
    assert shares_of(release_of((4, "yes"))) == (None, None, None, None)


def test_shares_without_a_base_are_absent():
    assert shares_of(release_of((5, "not_applicable"))) == (None, None, None, 1.0)


def test_a_spread_is_withheld_when_nine_answered():
    assert release_of((5, "yes"), (4, "no")).indicator(PERSON, "S01.a").withheld is Reason.TOO_FEW


def test_a_spread_is_withheld_when_ten_were_asked_and_nine_answered():
    release = release_of((5, "yes"), (4, "no"), (1, "dont_know"))

    assert release.indicator(PERSON, "S01.a").withheld is Reason.TOO_FEW


def test_a_spread_is_shown_when_ten_answered():
    spread = release_of((5, "yes"), (5, "no")).indicator(PERSON, "S01.a")

    assert spread.value == {"yes": 0.5, "sometimes": 0.0, "no": 0.5}


def test_a_spread_says_no_answers_when_ten_were_asked_and_nobody_gave_one_that_scores():
    assert release_of((10, "prefer_not")).indicator(PERSON, "S01.a").withheld is Reason.NO_ANSWERS


@pytest.mark.parametrize(("number", "reason"), [(19, Reason.UNANIMOUS), (20, None)])
def test_a_spread_of_fewer_than_twenty_who_all_say_the_same_is_withheld(number, reason):
    assert release_of((number, "no")).indicator(PERSON, "S01.a").withheld is reason


def test_an_agreed_self_assessment_is_shown_although_it_is_one_response():
    release = make_release(crowd(SURVEY, PROVIDER, (1, "sometimes")), SURVEY)

    assert release.standard(PROVIDER, "S01").value == Fraction(1, 2)
    assert release.audiences[PROVIDER].standards["S01"].margin is None
    assert release.indicator(PROVIDER, "S01.a").value == {"yes": 0.0, "sometimes": 1.0, "no": 0.0}
    assert shares_of(release, PROVIDER) == (1.0, 0.0, 0.0, 0.0)
    assert release.audiences[PROVIDER].editions.withheld is Reason.NO_ANSWERS


@pytest.mark.parametrize("groups", [[], [(1, "dont_know")]])
def test_an_agreed_self_assessment_that_says_nothing_has_no_answers(groups):
    release = make_release(crowd(SURVEY, PROVIDER, *groups), SURVEY)

    assert release.standard(PROVIDER, "S01").withheld is Reason.NO_ANSWERS
    assert release.indicator(PROVIDER, "S01.a").withheld is Reason.NO_ANSWERS


def test_an_agreed_self_assessment_that_was_not_made_has_no_shares():
    assert shares_of(make_release([], SURVEY), PROVIDER) == (None, None, None, None)


def test_a_staff_survey_is_protected_like_any_group():
    release = make_release(crowd(SURVEY, PROVIDER, (4, "yes")), SURVEY, provider_view=ProviderView.STAFF)

    assert release.standard(PROVIDER, "S01").withheld is Reason.TOO_FEW
    assert release.audiences[PROVIDER].editions.withheld is Reason.TOO_FEW


def test_a_domain_is_the_mean_of_its_standards():
    given = [make_response(answers(S01="yes yes yes", S02="no no no", S03="no no no")) for _ in range(10)]

    assert make_release(given, SURVEY).domain(PERSON, "D1").value == Fraction(1, 2)


def test_a_domain_is_withheld_for_the_reason_of_its_first_withheld_standard():
    given = [make_response(answers(S01="yes no -", S02="yes yes -")) for _ in range(4)]
    given += [make_response(answers(S01="no no -", S02="yes yes yes"))]
    release = make_release(given, SURVEY)

    assert release.standard(PERSON, "S01").value is not None
    assert release.domain(PERSON, "D1").withheld is Reason.UNANIMOUS


def test_a_short_round_has_the_domains_and_standards_it_asked():
    release = make_release([], make_survey(left_out={"S02.a"}), length=Length.SHORT)

    assert list(release.audiences[PERSON].standards) == ["S01", "S03"]
    assert list(release.audiences[PERSON].domains) == ["D1", "D2"]


def test_a_gap_is_withheld_when_four_people_answered():
    responses = [*crowd(SURVEY, PERSON, (4, "no")), *crowd(SURVEY, PROVIDER, (1, "yes"))]
    release = make_release(responses, SURVEY)

    assert release.gap("provider-person", "S01").withheld is Reason.TOO_FEW
    gap = release.gaps[(PROVIDER, PERSON)]["S01"]
    assert (gap.talk_about_this, gap.margin) == (False, None)


def test_a_gap_takes_the_reason_of_its_first_withheld_side():
    release = make_release(crowd(SURVEY, PERSON, (6, "yes")), SURVEY)

    assert release.gap("provider-person", "S01").withheld is Reason.NO_ANSWERS
    assert release.gap("family-person", "S01").withheld is Reason.TOO_FEW


def test_a_gap_is_shown_when_both_sides_are():
    responses = [*crowd(SURVEY, PERSON, (2, "yes"), (8, "no")), *crowd(SURVEY, PROVIDER, (1, "yes"))]
    release = make_release(responses, SURVEY)

    gap = release.gaps[(PROVIDER, PERSON)]["S01"]
    assert (gap.value.value, gap.talk_about_this, gap.margin) == (Fraction(4, 5), True, 19)


def test_margins_are_those_of_the_smallest_number_in_the_band():
    people = crowd(SURVEY, PERSON, (7, "yes"), (7, "no"))
    families = crowd(SURVEY, FAMILY, (5, "yes"), (4, "no"))
    release = make_release([*people, *families], SURVEY, invited={PERSON: 20})

    assert release.audiences[PERSON].standards["S01"].margin == 13  # 1.96 · 0.30 · √(1/10 · 10/19)
    assert release.audiences[FAMILY].standards["S01"].margin == 26  # 1.96 · 0.30 · √(1/5)
    assert release.gaps[(FAMILY, PERSON)]["S01"].margin == 32  # 1.96 · 0.30 · √(1/5 + 1/10)


def in_editions(standard, easy_read, **more):
    editions = [Edition.STANDARD] * standard + [Edition.EASY_READ] * easy_read
    return make_release([make_response({}, edition=edition) for edition in editions], SURVEY, **more)


@pytest.mark.parametrize(
    ("standard", "easy_read", "reason"),
    [
        (4, 0, Reason.TOO_FEW),
        (2, 2, Reason.TOO_FEW),
        (5, 4, Reason.REMAINDER),
        (4, 5, Reason.REMAINDER),
        (19, 1, Reason.REMAINDER),
        (5, 5, None),
        (5, 0, None),
    ],
)
def test_a_breakdown_is_shown_only_when_every_group_and_every_rest_is_large_enough(standard, easy_read, reason):
    assert in_editions(standard, easy_read).audiences[PERSON].editions.withheld is reason


@pytest.mark.parametrize(
    ("group", "whole", "reason"), [(5, 9, Reason.REMAINDER), (4, 9, Reason.REMAINDER), (5, 10, None), (0, 10, None)]
)
def test_a_group_needs_a_rest_that_is_none_or_large_enough(group, whole, reason):
    assert remainder({"a group": group}, whole, 5) is reason


def test_a_breakdown_has_shares_and_no_numbers():
    assert in_editions(15, 5).audiences[PERSON].editions.value == {"standard": 0.75, "easy-read": 0.25}


def test_who_answered_is_protected_like_the_editions():
    hows = [AnsweredHow.SELF] * 10 + [AnsweredHow.HELPED] * 5 + [None] * 5
    release = make_release([make_response({}, answered_how=how) for how in hows], SURVEY)
    one_more = make_release([make_response({}, answered_how=how) for how in [*hows, AnsweredHow.ON_BEHALF]], SURVEY)

    assert release.audiences[PERSON].answered_how.value == {"self": 0.5, "helped": 0.25, "not_said": 0.25}
    assert one_more.audiences[PERSON].answered_how.withheld is Reason.REMAINDER


def test_the_rules_of_a_round_are_those_it_was_opened_with():
    of = make_round(thresholds=Thresholds(6, 11), provider_view=ProviderView.STAFF)

    assert Rules.of(of) == Rules(6, 11, ProviderView.STAFF)
