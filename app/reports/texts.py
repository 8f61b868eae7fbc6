"""The words that stand beside the figures: domains, standards, indicators and answers, in their fixed order."""

from collections.abc import Mapping
from typing import Final

from app.disclosure import Pin
from app.errors import Conflict
from app.reports.model import (
    AudienceName,
    DomainText,
    IndicatorText,
    OptionText,
    StandardsMark,
    StandardText,
    SurveyMark,
)
from app.standards import Audience, Standard, StandardsSet
from app.surveys import AnswerState, Edition, Length, Survey

NAMES: Final[Mapping[Audience, AudienceName]] = {
    Audience.PERSON: "person",
    Audience.FAMILY: "family",
    Audience.PROVIDER: "provider",
}


def refuse_other_versions(standards: StandardsSet, survey: Survey, pinned_standards: Pin, pinned_survey: Pin) -> None:
    """Raise Conflict unless these are the versions that the release pins: other words would mean other figures."""
    if (standards.fingerprint, survey.fingerprint) != (pinned_standards.sha256, pinned_survey.sha256):
        raise Conflict("The words of these results are not the versions that were asked.")


def standards_mark(pin: Pin) -> StandardsMark:
    return StandardsMark(set=pin.id, version=pin.version, sha256=pin.sha256)


def survey_mark(pin: Pin, length: Length) -> SurveyMark:
    return SurveyMark(id=pin.id, version=pin.version, length="short" if length is Length.SHORT else "full")


def domain_texts(standards: StandardsSet, survey: Survey, length: Length) -> tuple[DomainText, ...]:
    """Return what was asked about, in the order of the standards set; what was not asked is left out."""
    asked = {question.id for question in survey.questions_in(length)}
    texts = []
    for domain in standards.domains:
        found = [_standard_text(standard, asked) for standard in domain.standards]
        shown = tuple(text for text in found if text.indicators)
        if shown:
            texts.append(DomainText(id=domain.id, title=domain.title, standards=shown))
    return tuple(texts)


def standard_titles(domains: tuple[DomainText, ...]) -> dict[str, str]:
    """Return {standard's id: title} in order."""
    return {standard.id: standard.title for domain in domains for standard in domain.standards}


def option_texts(survey: Survey) -> tuple[OptionText, ...]:
    """Return the answers that score, as the standard edition words them, or else the survey's first edition."""
    edition = Edition.STANDARD if Edition.STANDARD in survey.editions else survey.editions[0]
    return tuple(
        OptionText(
            id=option.id,
            labels={NAMES[audience]: option.labels[(edition, audience)] for audience in Audience},
        )
        for option in survey.options
        if option.state is AnswerState.ANSWERED
    )


def _standard_text(standard: Standard, asked: set[str]) -> StandardText:
    return StandardText(
        id=standard.id,
        slug=standard.slug,
        title=standard.title,
        is_not=standard.is_not,
        indicators=tuple(
            IndicatorText(
                id=indicator.id,
                statements={NAMES[audience]: statement for audience, statement in indicator.statements.items()},
            )
            for indicator in standard.indicators
            if indicator.id in asked
        ),
    )
