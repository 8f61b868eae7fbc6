from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from app.errors import Invalid
from app.standards import Audience
from app.surveys import AnswerState, Edition, Option, Survey
from tests.factories import make_survey

READER = (Edition.EASY_READ, Audience.FAMILY)


def faults(change: Callable[[Survey], object]) -> list[str]:
    with pytest.raises(Invalid) as error:
        change(make_survey())
    return [str(fault) for fault in error.value.faults]


def with_option(survey: Survey, place: int, **changes: object) -> Survey:
    options = list(survey.options)
    options[place] = replace(options[place], **changes)
    return replace(survey, options=tuple(options))


def with_question(survey: Survey, place: int, **changes: object) -> Survey:
    questions = list(survey.questions)
    questions[place] = replace(questions[place], **changes)
    return replace(survey, questions=tuple(questions))


def test_a_version_is_three_whole_numbers():
    assert faults(lambda survey: replace(survey, version="1.0", standards_version="one")) == [
        'version: “1.0” is no version; write three numbers, such as "1.0.0"',
        'standards: “one” is no version; write three numbers, such as "1.0.0"',
    ]


def test_a_survey_has_each_of_its_editions_once():
    assert faults(lambda survey: replace(survey, editions=(Edition.STANDARD, Edition.STANDARD))) == [
        "editions.1: “standard” is already used; every id is used once"
    ]
    assert faults(lambda survey: replace(survey, editions=())) == ["editions: a survey needs at least one edition"]


def test_an_option_that_scores_has_a_value_and_no_other_has():
    assert faults(lambda survey: with_option(survey, 1, value=None)) == [
        "options.1: “sometimes” is an answer, so it needs a value"
    ]
    assert faults(lambda survey: with_option(survey, 3, value=Fraction(1, 2))) == [
        "options.3.value: “dont_know” never scores, so it has no value"
    ]


@pytest.mark.parametrize("state", [AnswerState.MISSING, AnswerState.NOT_SHOWN])
def test_nobody_can_choose_the_absence_of_an_answer(state):
    assert faults(lambda survey: with_option(survey, 3, state=state)) == [
        f"options.3.state: nobody can choose “{state}”; it is what the absence of an answer is"
    ]


def test_a_scale_has_two_ends():
    def level(survey: Survey) -> Survey:
        return replace(survey, options=tuple(replace(o, value=o.value and 0) for o in survey.options))

    assert faults(level) == ["options: a scale needs at least two options with different values"]


def test_one_option_says_each_thing_that_does_not_score():
    assert faults(lambda survey: with_option(survey, 3, state=AnswerState.PREFER_NOT)) == [
        "options: more than one option says “prefer_not”"
    ]


def test_not_applicable_needs_an_option_that_says_so():
    def without_option(survey: Survey) -> Survey:
        return replace(with_question(survey, 1, may_be_not_applicable=True), options=survey.options[:5])

    assert faults(without_option) == ["questions.1.not_applicable: no option of this survey says “not_applicable”"]
    assert replace(make_survey(), options=make_survey().options[:5]).options


def test_options_and_questions_have_ids_of_their_own():
    assert faults(lambda survey: with_option(survey, 1, id="yes")) == [
        "options.1.id: “yes” is already used; every id is used once"
    ]
    assert faults(lambda survey: with_question(survey, 1, id="S01.a")) == [
        "questions.1.id: “S01.a” is already used; every id is used once"
    ]


def test_a_weight_below_one_is_a_fault():
    assert faults(lambda survey: with_question(survey, 0, weight=0)) == [
        "questions.0: the weight of S01.a is 0; it must be 1 or more"
    ]


def test_the_short_form_asks_something():
    def without_star(survey: Survey) -> Survey:
        return replace(survey, questions=tuple(replace(q, in_short_form=False) for q in survey.questions))

    assert faults(without_star) == ["questions: the short form asks nothing: at least one question stands in it"]


def test_every_edition_words_everything_for_every_audience():
    def unlabelled(option: Option) -> dict[tuple[Edition, Audience], str]:
        return {reader: label for reader, label in option.labels.items() if reader != READER}

    assert faults(lambda survey: with_option(survey, 0, labels=unlabelled(survey.options[0]))) == [
        "options.0.labels.easy-read.family: “yes” has no label for the family in the easy-read edition"
    ]
    assert faults(lambda survey: with_question(survey, 0, wording={}))[-1] == (
        "questions.0.wording.easy-read.provider: S01.a is not worded for the provider in the easy-read edition"
    )


def test_every_audience_reads_texts_with_the_threshold_in_them():
    def without_promise(survey: Survey) -> Survey:
        silent = replace(survey.texts[READER], who_sees_what=("Nobody sees it.",))
        return replace(survey, texts={**survey.texts, READER: silent})

    (fault,) = faults(without_promise)
    assert fault.startswith("texts.easy-read.family.who_sees_what: say from how many people on a result is shown")
    assert faults(lambda survey: replace(survey, texts={r: t for r, t in survey.texts.items() if r != READER})) == [
        "texts.easy-read.family: there are no texts for the family in the easy-read edition"
    ]
