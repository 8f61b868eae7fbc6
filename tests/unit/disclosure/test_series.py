"""The series without paid staff: shown only where the rest could be shown too."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from app.disclosure import Reason, Release
from app.responses import AnsweredHow, Help, ProviderView, Supporter
from app.standards import Audience
from app.surveys import Length, Thresholds
from tests.factories import answers, crowd, make_helped, make_release, make_response, make_survey, same_to_all

SURVEY = make_survey(may_be_not_applicable={"S01.c"})
PROVIDER, FAMILY, PERSON = Audience.PROVIDER, Audience.FAMILY, Audience.PERSON
BEFORE_SERIES = Path(__file__).parent / "releases" / "before_series.json"


def alone(*given):
    return [make_response(answers(**each) if isinstance(each, dict) else same_to_all(SURVEY, each)) for each in given]


def by_staff(*given):
    return [
        make_helped(
            answers(**each) if isinstance(each, dict) else same_to_all(SURVEY, each), PERSON, Supporter.PAID_STAFF
        )
        for each in given
    ]


def series_of(*responses, audience=PERSON, **more):
    return make_release(responses, SURVEY, **more).series["without_paid_staff"][audience]


MIXED = ["yes", "yes", "yes", "no", "no"]


@pytest.mark.parametrize(
    ("part", "rest", "reason"),
    [
        (0, 0, Reason.TOO_FEW),
        (4, 0, Reason.TOO_FEW),
        (2, 2, Reason.TOO_FEW),
        (0, 4, Reason.TOO_FEW),
        (0, 5, Reason.REMAINDER),
        (4, 5, Reason.REMAINDER),
        (5, 4, Reason.REMAINDER),
        (30, 1, Reason.REMAINDER),
        (5, 5, None),
        (5, 0, None),
    ],
)
def test_the_series_needs_five_without_and_none_or_five_with_paid_staff(part, rest, reason):
    given = [*alone(*(MIXED * 6)[:part]), *by_staff(*(MIXED * 6)[:rest])]

    series = series_of(*given)

    assert series.withheld is reason
    assert {standard.score.withheld for standard in series.standards.values()} == {reason}
    assert {domain.withheld for domain in series.domains.values()} == {reason}
    assert (series.standards["S01"].coverage is None) == (reason is not None)


def test_a_series_that_is_withheld_holds_no_figure_at_all():
    series = series_of(*alone(*MIXED * 4), *by_staff("yes", "no"))

    assert {shown for each in series.standards.values() for shown in (each.score.value, each.margin)} == {None}
    assert {
        shown
        for each in series.standards.values()
        for shown in (each.coverage, each.dont_know_share, each.prefer_not_share, each.not_applicable_share)
    } == {None}
    assert {spread.withheld for spread in series.indicators.values()} == {Reason.REMAINDER}
    assert not series.is_all


def test_where_nobody_is_left_out_the_series_is_the_whole_and_says_so():
    release = make_release(alone(*MIXED * 2, "no"), SURVEY)
    series, people = release.series["without_paid_staff"][PERSON], release.audiences[PERSON]

    assert series.is_all
    assert {id_: each.score for id_, each in series.standards.items()} == {
        id_: each.score for id_, each in people.standards.items()
    }
    assert series.domains == people.domains
    assert series.indicators == people.indicators


def test_where_nobody_is_left_out_a_single_withheld_spread_takes_no_other_away():
    given = [{"S01": "yes no dont_know"}] * 6 + [{"S01": "no yes yes"}] * 6
    release = make_release(alone(*given), SURVEY)
    people, series = release.audiences[PERSON], release.series["without_paid_staff"][PERSON]

    assert people.indicators["S01.c"].withheld is Reason.TOO_FEW
    assert people.indicators["S01.a"].value is not None
    assert series.indicators == people.indicators


def test_below_five_it_is_not_said_whether_anybody_is_left_out():
    assert series_of(*alone("yes", "no")) == series_of(*alone("yes"), *by_staff("no"))


def test_a_score_of_the_part_is_shown_beside_that_of_the_whole():
    release = make_release([*alone(*MIXED), *by_staff("no", "no", "no", "no", "yes")], SURVEY)

    assert release.standard(PERSON, "S01").value == Fraction(2, 5)
    series = release.series["without_paid_staff"][PERSON]
    assert series.standards["S01"].score.value == Fraction(3, 5)
    assert series.domains["D1"].value == Fraction(3, 5)
    assert not series.is_all


def test_a_series_has_no_margin_and_no_number_of_its_own():
    release = make_release([*alone(*MIXED * 3), *by_staff(*MIXED)], SURVEY, invited={PERSON: 40})

    assert {each.margin for each in release.series["without_paid_staff"][PERSON].standards.values()} == {None}
    document = release.to_document()["series"]["without_paid_staff"]
    assert set(document) == {"person", "family"}
    assert set(document["person"]) == {"withheld", "is_all", "standards", "domains", "indicators"}


SILENT = {"S01": "dont_know dont_know dont_know", "S02": "yes no no"}
S01_YES, S01_NO = {"S01": "yes yes yes", "S02": "yes yes no"}, {"S01": "no no no", "S02": "no no yes"}


def s01(*responses, **more):
    return series_of(*responses, **more).standards["S01"].score


def test_a_score_is_withheld_where_the_part_has_fewer_than_five_valid_ones():
    part = [S01_YES, S01_YES, S01_NO, S01_NO, SILENT]

    assert s01(*alone(*part), *by_staff(*[S01_YES] * 3, *[S01_NO] * 3)).withheld is Reason.REMAINDER
    assert s01(*alone(*part, S01_NO), *by_staff(*[S01_YES] * 3, *[S01_NO] * 3)).value == Fraction(2, 5)


def test_a_score_is_withheld_where_the_rest_has_between_one_and_four_valid_ones():
    part = alone(*[S01_YES] * 3, *[S01_NO] * 3)
    rest = [S01_YES, S01_YES, S01_NO, S01_NO, SILENT]

    assert s01(*part, *by_staff(*rest)).withheld is Reason.REMAINDER
    assert s01(*part, *by_staff(S01_YES, *[SILENT] * 4)).withheld is Reason.REMAINDER
    assert s01(*part, *by_staff(*rest, S01_NO)).value == Fraction(1, 2)


def test_a_score_is_shown_where_none_of_the_rest_has_a_valid_one():
    part = alone(*[S01_YES] * 3, *[S01_NO] * 3)

    assert s01(*part, *by_staff(*[SILENT] * 5)).value == Fraction(1, 2)


@pytest.mark.parametrize(("number", "shown"), [(5, False), (9, False), (10, True)])
def test_a_score_is_withheld_where_the_part_or_the_rest_is_small_and_unanimous(number, shown):
    mixed = [S01_YES] * 6 + [S01_NO] * 6

    unanimous_part = s01(*alone(*[S01_YES] * number), *by_staff(*mixed))
    unanimous_rest = s01(*alone(*mixed), *by_staff(*[S01_YES] * number))

    for figure in (unanimous_part, unanimous_rest):
        assert figure.withheld is (None if shown else Reason.REMAINDER)


def test_beside_the_score_of_all_no_reason_tells_that_the_part_is_unanimous():
    mixed = [S01_YES] * 6 + [S01_NO] * 6
    few_valid = [S01_YES] * 2 + [SILENT] * 4

    reasons = {
        s01(*alone(*part), *by_staff(*rest)).withheld
        for part, rest in (([S01_YES] * 6, mixed), (mixed, [S01_YES] * 6), (mixed, few_valid), (few_valid, mixed))
    }

    assert reasons == {Reason.REMAINDER}


def test_where_the_whole_is_withheld_the_part_has_the_same_reason():
    unanimous = series_of(*alone(*["yes"] * 9))
    silent = series_of(*alone(*["dont_know"] * 5), *by_staff(*["dont_know"] * 5))

    assert unanimous.standards["S01"].score.withheld is Reason.UNANIMOUS
    assert silent.standards["S01"].score.withheld is Reason.NO_ANSWERS
    assert silent.standards["S01"].dont_know_share == 1.0
    assert silent.withheld is None


def test_a_domain_is_withheld_where_one_of_its_standards_is():
    part = [{"S01": "yes yes yes", "S02": "no no no"}] * 3 + [{"S01": "no no no", "S02": "no no no"}] * 3
    rest = [{"S01": "yes yes no", "S02": "yes yes no"}] * 3 + [{"S01": "no no no", "S02": "no yes yes"}] * 3
    release = make_release([*alone(*part), *by_staff(*rest)], SURVEY)
    series = release.series["without_paid_staff"][PERSON]

    assert series.standards["S01"].score.value is not None
    assert series.standards["S02"].score.withheld is Reason.REMAINDER
    assert series.domains["D1"].withheld is Reason.REMAINDER
    assert release.audiences[PERSON].domains["D1"].value is not None


def test_coverage_and_shares_of_the_part_are_shown_from_five_on_both_sides():
    release = make_release([*alone(*[SILENT] * 5), *by_staff(*[S01_YES] * 3, *[S01_NO] * 2)], SURVEY)
    part = release.series["without_paid_staff"][PERSON].standards["S01"]

    assert part.score.withheld is Reason.REMAINDER
    assert (part.coverage, part.dont_know_share, part.not_applicable_share) == (0.0, 1.0, 0.0)
    assert release.audiences[PERSON].standards["S01"].dont_know_share == 0.5


def spread(part, rest, indicator="S01.a", **more):
    return series_of(*alone(*part), *by_staff(*rest), **more).indicators[indicator]


TEN = ["yes"] * 6 + ["no"] * 4


@pytest.mark.parametrize(
    ("part", "rest", "shown"),
    [
        (TEN, TEN, True),
        (TEN[1:], TEN, False),
        (TEN, TEN[1:], False),
        (TEN, [], True),
        (["yes"] * 12, TEN, False),
        (TEN, ["yes"] * 12, False),
        (TEN, ["dont_know"] * 10, True),
        (TEN, ["dont_know"] * 9, False),
        (TEN, [*TEN[:9], "dont_know"], False),
    ],
)
def test_a_spread_needs_ten_answers_in_the_part_and_none_or_ten_in_the_rest(part, rest, shown):
    figure = spread(part, rest)

    assert figure.withheld is (None if shown else Reason.REMAINDER)
    assert figure.value == ({"yes": 0.6, "sometimes": 0.0, "no": 0.4} if shown else None)


def test_the_spreads_of_a_standard_are_shown_together_or_not_at_all():
    """Nine of the rest answered S01.c: from the score and the other two, their answers could be worked out."""
    part = [{"S01": "yes no yes", "S02": "yes no no"}] * 5 + [{"S01": "no yes no", "S02": "no yes yes"}] * 5
    rest = [*part[1:], {"S01": "yes no dont_know", "S02": "yes yes yes"}]
    series = series_of(*alone(*part), *by_staff(*rest))

    assert series.standards["S01"].score.value is not None
    assert {series.indicators[f"S01.{letter}"].withheld for letter in "abc"} == {Reason.REMAINDER}
    assert {series.indicators[f"S02.{letter}"].withheld for letter in "abc"} == {None}


def test_a_spread_is_withheld_where_its_standards_score_is():
    """Twelve of the rest have the same score by different answers, in a round that promised 8."""
    part = [{"S01": "yes no yes"}] * 6 + [{"S01": "no yes no"}] * 6
    rest = [{"S01": "yes no sometimes"}] * 6 + [{"S01": "no yes sometimes"}] * 3 + [{"S01": "sometimes no yes"}] * 3
    series = series_of(*alone(*part), *by_staff(*rest), thresholds=Thresholds(8, 12))

    assert series.standards["S01"].score.withheld is Reason.REMAINDER
    assert series.indicators["S01.a"].withheld is Reason.REMAINDER


def test_a_spread_that_is_withheld_of_all_has_the_same_reason_in_the_part():
    assert spread(["yes"] * 11, []).withheld is Reason.UNANIMOUS
    assert spread(TEN[:9], []).withheld is Reason.TOO_FEW


def test_raised_thresholds_hold_for_the_part_and_for_the_rest():
    part, rest = [S01_YES] * 4 + [S01_NO] * 4, [S01_YES] * 3 + [S01_NO] * 4
    raised = Thresholds(8, 16)

    assert series_of(*alone(*part), *by_staff(*rest), thresholds=raised).withheld is Reason.REMAINDER
    assert s01(*alone(*part), *by_staff(*rest, S01_YES), thresholds=raised).value == Fraction(1, 2)


def test_families_have_a_series_of_their_own():
    families = crowd(SURVEY, FAMILY, (3, "yes"), (3, "no"))
    families += [
        make_helped(same_to_all(SURVEY, option), FAMILY, Supporter.PAID_STAFF) for option in ("no", *["yes"] * 4)
    ]
    release = make_release([*families, *alone(*MIXED)], SURVEY)

    assert release.series["without_paid_staff"][FAMILY].standards["S01"].score.value == Fraction(1, 2)
    assert release.series["without_paid_staff"][PERSON].is_all


def test_a_survey_of_staff_has_no_series():
    staff = [make_response(same_to_all(SURVEY, each), PROVIDER) for each in MIXED]

    assert set(make_release(staff, SURVEY, provider_view=ProviderView.STAFF).series["without_paid_staff"]) == {
        PERSON,
        FAMILY,
    }


def test_a_short_round_has_the_series_too():
    series = series_of(*alone(*MIXED), *by_staff("yes", *["no"] * 4), length=Length.SHORT)

    assert series.standards["S01"].score.value == Fraction(3, 5)
    assert list(series.indicators) == ["S01.a", "S02.a", "S03.a"]


def test_a_release_from_before_there_were_series_is_read_and_keeps_its_hash():
    stored = json.loads(BEFORE_SERIES.read_text(encoding="utf-8"))

    release = Release.from_document(stored["document"], stored["sha256"])

    assert release.sha256 == stored["sha256"]
    assert release.to_document() == stored["document"]
    assert release.series == {}
    assert release.audiences[PERSON].helped_by is None
    assert release.audiences[PERSON].standards["S01"].score.value == Fraction(1, 2)


# --- who helped, and what they did ----------------------------------------------------------------------------------


def people(alone_count, *groups):
    helped = [make_helped({}, PERSON, *who, ways=ways) for count, who, ways in groups for _ in range(count)]
    return [*[make_response({}) for _ in range(alone_count)], *helped]


def released(*responses, **more):
    return make_release(responses, SURVEY, **more).audiences[PERSON]


FAMILY_AND_STAFF = (Supporter.FAMILY, Supporter.PAID_STAFF)


def test_who_helped_is_a_share_of_all_who_answered_and_can_add_up_to_more():
    found = released(*people(10, (5, FAMILY_AND_STAFF, [Help.READ]), (5, [Supporter.FAMILY], [])))

    assert found.helped_by.value == {"family": 0.5, "paid-staff": 0.25}
    assert found.help.value == {"read": 0.25}


def test_where_nobody_says_who_helped_nothing_is_in_the_breakdown_and_that_is_shown():
    assert released(*people(10)).helped_by.value == {}


@pytest.mark.parametrize(
    ("alone_count", "groups"),
    [
        (10, [(6, [Supporter.FAMILY], []), (4, [Supporter.FRIEND], [])]),
        (10, [(10, [Supporter.FAMILY], []), (1, FAMILY_AND_STAFF, [])]),
        (10, [(6, [Supporter.FAMILY], []), (4, [], [])]),
        (4, [(6, [Supporter.FAMILY], [])]),
    ],
)
def test_one_choice_that_leaves_too_few_takes_the_breakdown_away(alone_count, groups):
    assert released(*people(alone_count, *groups)).helped_by.withheld is Reason.REMAINDER


def test_who_helped_is_withheld_for_a_small_audience_as_too_few():
    assert released(*people(2, (2, [Supporter.FAMILY], []))).helped_by.withheld is Reason.TOO_FEW


def test_who_helped_is_withheld_where_it_is_withheld_who_answered():
    on_behalf = [make_response({}, answered_how=AnsweredHow.ON_BEHALF)]
    found = released(*people(10, (5, [Supporter.FAMILY], []), (5, [Supporter.FRIEND], [])), *on_behalf)

    assert found.answered_how.withheld is Reason.REMAINDER
    assert found.helped_by.withheld is Reason.REMAINDER


def test_an_agreed_view_has_nobody_who_helped():
    release = make_release(crowd(SURVEY, PROVIDER, (1, "yes")), SURVEY)

    assert release.audiences[PROVIDER].helped_by.withheld is Reason.NO_ANSWERS
