from fractions import Fraction

import pytest

from app.errors import Invalid, NotFound
from app.standards import Audience
from app.surveys import AnswerState, Edition, Length, Question, Survey, Texts, Thresholds
from tests.factories import make_standards, make_survey


@pytest.fixture(scope="module")
def survey() -> Survey:
    return make_survey(make_standards(shape=(2,)), may_be_not_applicable=["S01.b"], reversed_ids=["S01.c"])


def test_the_full_form_asks_everything_and_the_short_form_one_question_of_each_standard(survey):
    assert [question.id for question in survey.questions_in(Length.SHORT)] == ["S01.a", "S02.a"]
    assert survey.questions_in(Length.FULL) == survey.questions


@pytest.mark.parametrize(
    ("length", "question_id", "before", "after", "position"),
    [
        (Length.FULL, "S01.a", None, "S01.b", (1, 6)),
        (Length.FULL, "S01.c", "S01.b", "S02.a", (3, 6)),
        (Length.FULL, "S02.c", "S02.b", None, (6, 6)),
        (Length.SHORT, "S01.a", None, "S02.a", (1, 2)),
        (Length.SHORT, "S02.a", "S01.a", None, (2, 2)),
    ],
)
def test_every_question_knows_its_neighbours_and_its_place(survey, length, question_id, before, after, position):
    assert name(survey.before(question_id, length)) == before
    assert name(survey.next_after(question_id, length)) == after
    assert survey.position(question_id, length) == position


def name(question: Question | None) -> str | None:
    return question.id if question else None


@pytest.mark.parametrize("ask", [Survey.before, Survey.next_after, Survey.position])
def test_a_question_that_the_short_form_leaves_out_has_no_place_in_it(survey, ask):
    with pytest.raises(NotFound, match=r"The short form of small-survey 1\.0\.0 does not ask “S01.b”"):
        ask(survey, "S01.b", Length.SHORT)


def test_not_applicable_is_offered_only_where_it_may_be(survey):
    assert "not_applicable" in [option.id for option in survey.options_of(survey.question("S01.b"))]
    assert "not_applicable" not in [option.id for option in survey.options_of(survey.question("S01.a"))]
    assert len(survey.options_of(survey.question("S01.a"))) == 5


@pytest.mark.parametrize(
    ("question_id", "option_id", "score"),
    [
        ("S01.a", "yes", 1),
        ("S01.a", "sometimes", Fraction(1, 2)),
        ("S01.a", "no", 0),
        ("S01.c", "yes", 0),
        ("S01.c", "sometimes", Fraction(1, 2)),
        ("S01.c", "no", 1),
        ("S01.a", "dont_know", None),
        ("S01.a", "prefer_not", None),
        ("S01.b", "not_applicable", None),
    ],
)
def test_an_answer_scores_from_0_for_is_not_to_1_for_is(survey, question_id, option_id, score):
    assert survey.score_of(survey.question(question_id), option_id) == score


def test_an_option_leaves_its_question_in_a_state(survey):
    assert survey.state_of("sometimes") is AnswerState.ANSWERED
    assert survey.state_of("dont_know") is AnswerState.DONT_KNOW


def test_what_is_not_in_the_survey_is_not_found(survey):
    with pytest.raises(NotFound, match=r"no question “S09\.a”"):
        survey.question("S09.a")
    with pytest.raises(NotFound, match="no answer “maybe”"):
        survey.option("maybe")
    with pytest.raises(NotFound, match="no answer “maybe”"):
        survey.score_of(survey.question("S01.a"), "maybe")


def test_a_survey_can_be_a_key_and_equal_surveys_are_one_key():
    assert len({make_survey(), make_survey(), make_survey(left_out=["S01.b"])}) == 2


def test_the_words_of_a_survey_cannot_be_changed(survey):
    reader = (Edition.STANDARD, Audience.PERSON)
    for worded in (survey.texts, survey.options[0].labels, survey.questions[0].wording):
        with pytest.raises(TypeError):
            worded[reader] = "Changed."


def test_thresholds_can_be_raised_and_never_lowered():
    assert Thresholds(7, 12) == Thresholds(standard=7, indicator=12)
    with pytest.raises(Invalid, match="raised, never lowered") as error:
        Thresholds(standard=4, indicator=9)
    assert [fault.place for fault in error.value.faults] == ["standard", "indicator"]


@pytest.mark.parametrize(("threshold", "words"), [(5, "five"), (12, "twelve"), (20, "twenty"), (25, "25")])
def test_the_threshold_is_promised_in_words(threshold, words):
    texts = Texts("Title", (), ("We keep it.", "From {standard_threshold} people on."), "Yes.")

    assert texts.promises(Thresholds(standard=threshold)) == ("We keep it.", f"From {words} people on.")
