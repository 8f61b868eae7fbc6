"""The columns of a responses file, and what may stand in them. Source: docs/content.md, "The responses file"."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from app.responses import AnsweredHow, ConsentGiven, Help, Supporter, ViewsKnown, WhyOnBehalf
from app.standards import LANGUAGES, Audience
from app.surveys import Length, Survey

RESPONSE_ID: Final = "response_id"
AUDIENCE: Final = "audience"
EDITION: Final = "edition"
LANGUAGE: Final = "language"
ANSWERED_HOW: Final = "answered_how"

ANSWERED_ON: Final = "answered_on"
PAPER: Final = "paper"
CONSENT: Final = "consent"
WITNESS: Final = "witness"
HELPED_BY: Final = "helped_by"
HELP: Final = "help"
WHY: Final = "why"
KNOWN: Final = "known"


def _values(words: type[StrEnum]) -> tuple[str, ...]:
    return tuple(word.value for word in words)


ONE: Final = {
    ANSWERED_ON: (PAPER,),
    CONSENT: _values(ConsentGiven),
    WITNESS: _values(Supporter),
    WHY: _values(WhyOnBehalf),
}
"""Columns that may be left out, and the words they take: one of them, or none."""

SEVERAL: Final = {HELPED_BY: _values(Supporter), HELP: _values(Help), KNOWN: _values(ViewsKnown)}
"""Columns that may be left out, and the words they take: any number of them, with spaces between."""

OPTIONAL: Final = {**ONE, **SEVERAL}
ONLY_WHERE: Final = (
    (WITNESS, CONSENT, ConsentGiven.SPOKEN.value),
    (WHY, ANSWERED_HOW, AnsweredHow.ON_BEHALF.value),
    (KNOWN, ANSWERED_HOW, AnsweredHow.ON_BEHALF.value),
)
"""Columns that are filled in only where another one says a word."""


def columns(survey: Survey, length: Length) -> dict[str, tuple[str, ...]]:
    """Return, for each column that has to be there, in its order, the words it takes; none for response_id: any text.

    A question's column may be left empty as well: the answer is missing.
    """
    return {
        RESPONSE_ID: (),
        AUDIENCE: tuple(audience.value for audience in Audience),
        EDITION: tuple(edition.value for edition in survey.editions),
        LANGUAGE: tuple(LANGUAGES),
        ANSWERED_HOW: _values(AnsweredHow),
        **{
            question.id: tuple(option.id for option in survey.options_of(question))
            for question in survey.questions_in(length)
        },
    }


def printed_numbers(name: str, words: Sequence[str]) -> dict[str, str]:
    """Return a column's words by the number that a booklet prints beside the box of each: {"1": "yes", …}."""
    if name in (AUDIENCE, EDITION, LANGUAGE, ANSWERED_ON):
        return {}
    return {str(number): word for number, word in enumerate(words, start=1)}
