"""One respondent's score of one standard."""

from fractions import Fraction

import pytest

from app.scoring import respondent_score
from app.surveys import Length
from tests.factories import answers, make_standards, make_survey

SURVEY = make_survey(may_be_not_applicable={"S01.b", "S01.c"})


def score(given, survey=SURVEY, standard_id="S01", length=Length.FULL):
    questions = [question for question in survey.questions_in(length) if question.standard_id == standard_id]
    return respondent_score(questions, answers(S01=given), survey)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("yes yes yes", 1),
        ("no no no", 0),
        ("yes sometimes no", Fraction(1, 2)),
        ("yes yes sometimes", Fraction(5, 6)),
    ],
)
def test_the_score_is_the_mean_of_the_answers(given, expected):
    assert score(given) == expected


@pytest.mark.parametrize("third", ["-", "dont_know", "prefer_not"])
def test_two_answers_of_three_are_enough(third):
    assert score(f"yes no {third}") == Fraction(1, 2)


@pytest.mark.parametrize("rest", ["- -", "dont_know prefer_not", "not_applicable dont_know"])
def test_one_answer_of_three_is_not_enough(rest):
    assert score(f"yes {rest}") is None


def test_not_applicable_leaves_the_base():
    assert score("yes not_applicable no") == Fraction(1, 2)


def test_one_answer_is_not_enough_even_when_nothing_else_applies():
    assert score("yes not_applicable not_applicable") is None


def test_nothing_answered_is_no_score_and_not_zero():
    assert score("- - -") is None


def test_no_questions_are_no_score():
    assert respondent_score([], {}, SURVEY) is None


def test_in_the_short_form_the_one_answer_is_enough():
    assert score("yes", length=Length.SHORT) == 1


def test_in_the_short_form_other_answers_do_not_count():
    assert score("dont_know yes yes", length=Length.SHORT) is None


def test_a_reversed_question_is_flipped():
    assert score("yes no no", make_survey(reversed_ids={"S01.a"})) == 0


def test_the_mean_and_the_coverage_go_by_weight():
    survey = make_survey(make_standards(weights={"S01.a": 4}))

    assert score("yes no no", survey) == Fraction(2, 3)
    assert score("- yes yes", survey) is None
    assert score("yes no -", survey) == Fraction(4, 5)


def test_exactly_sixty_per_cent_of_the_weight_is_enough():
    survey = make_survey(make_standards(weights={"S01.a": 2, "S01.c": 2}))

    assert score("yes no -", survey) == Fraction(2, 3)
