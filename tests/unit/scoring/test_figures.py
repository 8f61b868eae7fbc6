"""The figures of a round."""

from fractions import Fraction

import pytest

from app.errors import Conflict
from app.responses import AnsweredHow, ProviderView, ResponseState
from app.scoring import gap_name
from app.standards import Audience
from app.surveys import Edition, Length
from tests.factories import answers, crowd, make_figures, make_response, make_survey

SURVEY = make_survey(may_be_not_applicable={"S01.c"})
PROVIDER, FAMILY, PERSON = Audience.PROVIDER, Audience.FAMILY, Audience.PERSON


def people(*given, **more):
    return make_figures([make_response(answers(S01=each)) for each in given], SURVEY, **more).audiences[PERSON]


def test_every_respondent_with_a_valid_value_counts_equally():
    score = people("yes yes yes", "no no -", "yes - -").standards["S01"].score

    assert (score.value, score.respondent_count) == (Fraction(1, 2), 2)


def test_where_nobody_answered_there_is_no_score_and_every_audience_is_there():
    figures = make_figures([], SURVEY)

    assert set(figures.audiences) == set(Audience)
    standard = figures.audiences[PERSON].standards["S01"]
    assert (standard.asked_count, standard.score, standard.coverage, standard.squares) == (0, None, None, 0)
    assert (standard.dont_know_share, standard.prefer_not_share, standard.not_applicable_share) == (None, None, None)


def test_only_what_was_submitted_counts():
    begun = make_response(answers(S01="no no no"), state=ResponseState.STARTED)

    assert make_figures([begun], SURVEY).audiences[PERSON].respondent_count == 0


def test_the_shares_have_the_applicable_answers_as_their_base():
    standard = people("yes dont_know not_applicable", "prefer_not - no").standards["S01"]

    assert (standard.asked_count, standard.applicable_count, standard.answered_count) == (2, 5, 2)
    assert standard.coverage == Fraction(2, 5)
    assert standard.dont_know_share == Fraction(1, 5)
    assert standard.prefer_not_share == Fraction(1, 5)
    assert standard.not_applicable_share == Fraction(1, 6)


def test_the_spread_of_an_indicator_counts_every_answer_that_scores():
    indicator = people("yes - -", "yes - -", "no - -", "dont_know - -").indicators["S01.a"]

    assert (indicator.asked_count, indicator.answered_count) == (4, 3)
    assert indicator.option_counts == {"yes": 2, "sometimes": 0, "no": 1}
    assert not indicator.is_unanimous


def test_an_indicator_is_unanimous_when_all_who_answered_said_the_same():
    indicators = people("yes - -", "yes - -", "dont_know - -").indicators

    assert indicators["S01.a"].is_unanimous
    assert not indicators["S01.b"].is_unanimous


def test_a_standard_is_unanimous_when_all_values_are_the_same_by_whatever_answers():
    assert people("yes no -", "sometimes sometimes sometimes").standards["S01"].is_unanimous
    assert not people("yes no -", "yes yes -").standards["S01"].is_unanimous


def test_the_squares_are_the_sum_of_squared_deviations():
    assert people("yes yes yes", "no no no").standards["S01"].squares == Fraction(1, 2)


def test_a_short_round_asks_one_question_a_standard():
    figures = people("yes no no", length=Length.SHORT)

    assert figures.standards["S01"].score.value == 1
    assert list(figures.indicators) == ["S01.a", "S02.a", "S03.a"]


def test_editions_and_who_answered_are_counted_by_respondent():
    responses = [
        make_response({}, edition=Edition.EASY_READ, answered_how=AnsweredHow.HELPED),
        make_response({}, answered_how=None),
        make_response({}),
    ]

    figures = make_figures(responses).audiences[PERSON]

    assert figures.edition_counts == {"standard": 2, "easy-read": 1}
    assert figures.answered_how_counts == {"self": 1, "helped": 1, "not_said": 1}


def test_a_gap_is_the_first_audience_less_the_second():
    responses = [*crowd(SURVEY, PERSON, (1, "no")), *crowd(SURVEY, FAMILY, (1, "sometimes"))]
    responses += crowd(SURVEY, PROVIDER, (1, "yes"))

    gaps = make_figures(responses, SURVEY).gaps

    assert {gap_name(pair): gap["S01"].value for pair, gap in gaps.items()} == {
        "provider-person": 1,
        "provider-family": Fraction(1, 2),
        "family-person": Fraction(1, 2),
    }


def test_there_is_no_gap_where_one_side_has_no_score():
    assert make_figures(crowd(SURVEY, PERSON, (5, "yes")), SURVEY).gaps[(PROVIDER, PERSON)] == {}


def gap_of(people, provider, **more):
    responses = [*crowd(SURVEY, PERSON, *people), *crowd(SURVEY, PROVIDER, *provider)]
    return make_figures(responses, SURVEY, **more).gaps[(PROVIDER, PERSON)]["S01"]


def test_a_gap_of_exactly_twenty_points_is_one_to_talk_about():
    gap = gap_of([(8, "yes"), (2, "no")], [(1, "yes")])

    assert (gap.value, gap.talk_about_this) == (Fraction(1, 5), True)


def test_a_gap_of_less_than_twenty_points_is_not_one_to_talk_about():
    assert not gap_of([(81, "yes"), (19, "no")], [(1, "yes")]).talk_about_this


def test_a_gap_the_other_way_round_is_one_to_talk_about_too():
    assert gap_of([(8, "yes"), (2, "no")], [(1, "no")]).talk_about_this


def test_a_gap_that_chance_can_explain_is_not_one_to_talk_about():
    gap = gap_of([(4, "yes"), (1, "no")], [(1, "yes")])

    assert gap.margin == pytest.approx(1.96 * 0.30 / 5**0.5)
    assert not gap.talk_about_this


def test_a_staff_survey_adds_its_own_uncertainty_to_a_gap():
    people = [(8, "yes"), (2, "no")]

    assert gap_of(people, [(10, "yes")], provider_view=ProviderView.STAFF).margin == pytest.approx(
        1.96 * (0.09 / 10 + 0.09 / 10) ** 0.5
    )


def test_an_agreed_self_assessment_leaves_the_gap_of_families_and_people_as_it_is():
    responses = [*crowd(SURVEY, PERSON, (9, "no")), *crowd(SURVEY, FAMILY, (16, "yes"))]

    margin = make_figures(responses, SURVEY).gaps[(FAMILY, PERSON)]["S01"].margin

    assert margin == pytest.approx(1.96 * (0.09 / 9 + 0.09 / 16) ** 0.5)


def test_the_margins_follow_the_pooled_sigma():
    assert gap_of([(8, "yes"), (2, "no")], [(1, "yes")], sigma=0.15).margin == pytest.approx(1.96 * 0.15 / 10**0.5)


def test_a_second_agreed_self_assessment_is_a_conflict():
    with pytest.raises(Conflict, match="one agreed response"):
        make_figures(crowd(SURVEY, PROVIDER, (2, "yes")), SURVEY)


def test_answers_to_what_the_round_does_not_ask_are_passed_over():
    assert make_figures([make_response({"S99.a": "yes"})], SURVEY).audiences[PERSON].standards["S01"].score is None
