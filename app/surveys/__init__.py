"""A survey: how the indicators of a standards set are asked, in each edition, of each audience. Pure."""

from app.surveys.model import (
    MINIMUM_INDICATOR,
    MINIMUM_STANDARD,
    AnswerState,
    Edition,
    Length,
    Option,
    Question,
    Texts,
    Thresholds,
    Wording,
)
from app.surveys.survey import Survey
from app.surveys.translation import survey_strings, translated_survey
from app.surveys.version import meaning

__all__ = [
    "MINIMUM_INDICATOR",
    "MINIMUM_STANDARD",
    "AnswerState",
    "Edition",
    "Length",
    "Option",
    "Question",
    "Survey",
    "Texts",
    "Thresholds",
    "Wording",
    "meaning",
    "survey_strings",
    "translated_survey",
]
