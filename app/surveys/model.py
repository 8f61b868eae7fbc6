"""The parts of a survey: question, option, wording, thresholds, and the words before the first question."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from app.errors import Fault, Invalid
from app.standards import Audience
from app.surveys.words import number_in_words

MINIMUM_STANDARD: Final = 5
MINIMUM_INDICATOR: Final = 10
THRESHOLD_PLACEHOLDER: Final = "{standard_threshold}"
ENGLISH: Final = "en"


class Length(StrEnum):
    """SHORT asks the one ★ indicator of each standard, FULL asks all."""

    SHORT = "short"
    FULL = "full"


class Edition(StrEnum):
    """Easy Read is an edition of its own, with its own words; it is no translation."""

    STANDARD = "standard"
    EASY_READ = "easy-read"


class AnswerState(StrEnum):
    """What became of a question. Only ANSWERED scores. Source: docs/method.md, "Answer states"."""

    ANSWERED = "answered"
    NOT_APPLICABLE = "not_applicable"
    DONT_KNOW = "dont_know"
    PREFER_NOT = "prefer_not"
    NOT_SHOWN = "not_shown"
    MISSING = "missing"


Reader = tuple[Edition, Audience]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen.

    value: on the survey's own scale, for an option that scores; None for all others.
    labels, explanations: by edition and audience; an explanation may lack.
    """

    id: str
    state: AnswerState
    value: int | Fraction | None
    labels: Mapping[Reader, str] = field(hash=False)
    explanations: Mapping[Reader, str] = field(hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "labels", MappingProxyType(dict(self.labels)))
        object.__setattr__(self, "explanations", MappingProxyType(dict(self.explanations)))


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as one edition asks it of one audience. help: short sentences, may be none."""

    stem: str
    help: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One indicator, asked. Its id is the indicator's id.

    reversed: whether the option with the highest value stands for "is not".
    """

    id: str
    standard_id: str
    domain_id: str
    weight: int
    reversed: bool
    in_short_form: bool
    may_be_not_applicable: bool
    wording: Mapping[Reader, Wording] = field(hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "wording", MappingProxyType(dict(self.wording)))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How few respondents may stand behind a figure: of a standard, and of the spread of answers to an indicator.

    A survey may raise them, never lower them: Invalid. Source: docs/method.md, "What may be shown".
    """

    standard: int = MINIMUM_STANDARD
    indicator: int = MINIMUM_INDICATOR

    def __post_init__(self) -> None:
        faults = []
        if self.standard < MINIMUM_STANDARD:
            faults.append(Fault("standard", f"{self.standard} is too low; it must be {MINIMUM_STANDARD} or more"))
        if self.indicator < MINIMUM_INDICATOR:
            faults.append(Fault("indicator", f"{self.indicator} is too low; it must be {MINIMUM_INDICATOR} or more"))
        if faults:
            raise Invalid("The thresholds can be raised, never lowered.", faults)


@dataclass(frozen=True, slots=True)
class Texts:
    """What one audience reads in one edition before the first question.

    welcome, who_sees_what: paragraphs. consent: the statement that is ticked.
    `{standard_threshold}` in who_sees_what stands for the round's threshold, see `promises`. language: of the words.
    """

    title: str
    welcome: tuple[str, ...]
    who_sees_what: tuple[str, ...]
    consent: str
    language: str = ENGLISH

    def promises(self, thresholds: Thresholds) -> tuple[str, ...]:
        """Return who_sees_what with the threshold of standards: "five"; in digits where the words are not English."""
        is_english = self.language == ENGLISH
        number = number_in_words(thresholds.standard) if is_english else str(thresholds.standard)
        return tuple(paragraph.replace(THRESHOLD_PLACEHOLDER, number) for paragraph in self.who_sees_what)
