"""The columns of a responses file, and what may stand in them. Source: docs/content.md, "The responses file"."""

from typing import Final

from app.responses import AnsweredHow, Help, Supporter
from app.standards import Audience
from app.surveys import Length, Question, Survey

RESPONSE_ID: Final = "response_id"
AUDIENCE: Final = "audience"
EDITION: Final = "edition"
LANGUAGE: Final = "language"
ANSWERED_HOW: Final = "answered_how"
LANGUAGES: Final = ("en", "cy")

HELPED_BY: Final = "helped_by"
HELP: Final = "help"
ANSWERED_ON: Final = "answered_on"
PAPER: Final = "paper"

SEVERAL: Final = {
    HELPED_BY: tuple(who.value for who in Supporter),
    HELP: tuple(way.value for way in Help),
}
"""Columns that may be left out, and the words they take: any number of them, with spaces between."""

OPTIONAL: Final = (*SEVERAL, ANSWERED_ON)


def columns(survey: Survey, length: Length) -> dict[str, tuple[str, ...]]:
    """Return, for each column that has to be there, in its order, the words it takes; none for response_id: any text.

    A question's column may be left empty as well: the answer is missing.
    """
    return {
        RESPONSE_ID: (),
        AUDIENCE: tuple(audience.value for audience in Audience),
        EDITION: tuple(edition.value for edition in survey.editions),
        LANGUAGE: LANGUAGES,
        ANSWERED_HOW: tuple(how.value for how in AnsweredHow),
        **{
            question.id: tuple(option.id for option in survey.options_of(question))
            for question in survey.questions_in(length)
        },
    }


def numbered_options(survey: Survey, question: Question) -> dict[str, str]:
    """Return the answers to a question by the number that a booklet prints beside each: {"1": "yes", …}."""
    return {str(number): option.id for number, option in enumerate(survey.options_of(question), start=1)}
