"""One respondent's score of one standard."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from app.surveys import AnswerState, Question, Survey

MINIMUM_COVERAGE: Final = Fraction(3, 5)
MINIMUM_ANSWERED: Final = 2


def respondent_score(questions: Sequence[Question], answers: Mapping[str, str], survey: Survey) -> Fraction | None:
    """Return the weighted mean of a respondent's answers to one standard, in [0, 1]; None when it is not valid.

    questions: those of the standard that the round asks. answers: {question's id: option's id}.
    Valid: the answered weight is at least 60 % of the applicable weight, and at least two questions are answered,
    or the one where only one is asked (short form). Not applicable leaves the base; don't know, rather not say and
    missing stay in it. Source: docs/method.md, "Respondent × standard".
    """
    given = [answers.get(question.id) for question in questions]
    return pattern_score(questions, given, survey)


def pattern_score(questions: Sequence[Question], pattern: Sequence[str | None], survey: Survey) -> Fraction | None:
    """Return what respondent_score does; pattern: the option's id for each question, None where it is missing."""
    answered_count, answered_weight, applicable_weight, total = 0, 0, 0, Fraction(0)
    for question, option_id in zip(questions, pattern, strict=True):
        if option_id is not None and survey.state_of(option_id) is AnswerState.NOT_APPLICABLE:
            continue
        applicable_weight += question.weight
        score = None if option_id is None else survey.score_of(question, option_id)
        if score is not None:
            answered_count += 1
            answered_weight += question.weight
            total += question.weight * score
    enough = answered_count >= min(MINIMUM_ANSWERED, len(questions))
    if not answered_count or not enough or answered_weight < MINIMUM_COVERAGE * applicable_weight:
        return None
    return total / answered_weight
