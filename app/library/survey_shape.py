"""The shape of a survey file (`survey.yaml`): which keys it has, and of which kinds."""

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Field, StringConstraints

from app.library.checking import FRACTION, STANDARDS_NAME, FilePart, IndicatorId, Language, Name, Text, Word

Part = TypeVar("Part")


class ByAudience(FilePart, Generic[Part]):
    person: Part | None = None
    family: Part | None = None
    provider: Part | None = None


class ByEdition(FilePart, Generic[Part]):
    standard: ByAudience[Part] | None = None
    easy_read: Annotated[ByAudience[Part] | None, Field(alias="easy-read")] = None


class ThresholdsPart(FilePart):
    """How few respondents may stand behind a figure; may be raised, never lowered."""

    standard: int
    indicator: int


class OptionPart(FilePart):
    """An answer that can be chosen. value: for an option that scores alone."""

    id: Word
    state: Literal["answered", "dont_know", "prefer_not", "not_applicable"]
    value: int | float | Annotated[str, StringConstraints(pattern=FRACTION)] | None = None
    labels: ByEdition[Text]
    explanations: ByEdition[Text] | None = None


class TextsPart(FilePart):
    """What an audience reads before the first question. {standard_threshold} stands for the number in words."""

    title: Text
    welcome: list[Text]
    who_sees_what: list[Text]
    consent: Text


class WordingPart(FilePart):
    """stem: may be left out in the standard edition, where it is the indicator's own statement."""

    stem: Text | None = None
    help: Annotated[list[Text], Field(default_factory=list)]


class QuestionPart(FilePart):
    """One indicator, asked."""

    id: IndicatorId
    not_applicable: bool = False
    reversed: bool = False
    wording: ByEdition[WordingPart] = ByEdition[WordingPart]()


class SurveyFile(FilePart):
    """A survey in one version."""

    id: Name
    version: Text
    title: Text
    summary: Text
    language: Language
    standards: Annotated[str, StringConstraints(pattern=STANDARDS_NAME)]
    thresholds: ThresholdsPart
    editions: list[Literal["standard", "easy-read"]]
    options: list[OptionPart]
    texts: ByEdition[TextsPart]
    questions: list[QuestionPart]
