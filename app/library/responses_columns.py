"""The columns of a responses file, and what may stand in them. Source: docs/content.md, "The responses file"."""

from typing import Final

from app.responses import AnsweredHow
from app.standards import Audience
from app.surveys import Length, Survey

RESPONSE_ID: Final = "response_id"
AUDIENCE: Final = "audience"
EDITION: Final = "edition"
LANGUAGE: Final = "language"
ANSWERED_HOW: Final = "answered_how"
LANGUAGES: Final = ("en", "cy")


def columns(survey: Survey, length: Length) -> dict[str, tuple[str, ...]]:
    """Return, for each column in its order, the words it takes; none for response_id, which takes any text.

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
