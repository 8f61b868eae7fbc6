"""A survey in one version: what it asks, in which order, and what an answer is worth."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from app.errors import Invalid, NotFound
from app.standards import fingerprint
from app.surveys.faults import survey_faults
from app.surveys.model import AnswerState, Edition, Length, Option, Question, Reader, Texts, Thresholds
from app.surveys.version import meaning


@dataclass(frozen=True, slots=True)
class Survey:
    """The questions about one version of a standards set, with the options all of them share.

    editions: those it is written in; every wording, label and text stands once for each edition and audience.
    original: the survey that this one was translated from (`translated_survey`); None when nothing was translated.
    fingerprint: SHA-256 of the meaning, in hexadecimal; a round pins it. A translation has its original's.
    Raises Invalid, with a fault for every place (a dotted path such as `questions.0.id`) that is wrong.
    """

    id: str
    version: str
    title: str
    summary: str
    language: str
    standards_id: str
    standards_version: str
    thresholds: Thresholds
    options: tuple[Option, ...]
    questions: tuple[Question, ...]
    texts: Mapping[Reader, Texts]
    editions: tuple[Edition, ...]
    original: "Survey | None" = field(default=None, repr=False, compare=False)
    fingerprint: str = field(init=False, repr=False, compare=False)
    _option_by_id: dict[str, Option] = field(init=False, repr=False, compare=False)
    _question_by_id: dict[str, Question] = field(init=False, repr=False, compare=False)
    _score_by_option: dict[str, Fraction] = field(init=False, repr=False, compare=False)
    _short_form: tuple[Question, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "texts", MappingProxyType(dict(self.texts)))
        versions = {"version": self.version, "standards": self.standards_version}
        faults = survey_faults(versions, self.editions, self.options, self.questions, self.texts)
        if faults:
            raise Invalid(f"The survey {self.id} cannot be used as it is.", faults)
        object.__setattr__(self, "_option_by_id", {option.id: option for option in self.options})
        object.__setattr__(self, "_question_by_id", {question.id: question for question in self.questions})
        object.__setattr__(self, "_score_by_option", _scores(self.options))
        object.__setattr__(self, "_short_form", tuple(each for each in self.questions if each.in_short_form))
        object.__setattr__(self, "fingerprint", fingerprint(meaning(self.original or self)))

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def questions_in(self, length: Length) -> tuple[Question, ...]:
        """Return the questions that a round of this length asks, in order."""
        return self.questions if length is Length.FULL else self._short_form

    def question(self, question_id: str) -> Question:
        """Return the question, or raise NotFound."""
        try:
            return self._question_by_id[question_id]
        except KeyError:
            raise NotFound(f"{self.id} {self.version} has no question “{question_id}”.") from None

    def option(self, option_id: str) -> Option:
        """Return the option, or raise NotFound."""
        try:
            return self._option_by_id[option_id]
        except KeyError:
            raise NotFound(f"{self.id} {self.version} has no answer “{option_id}”.") from None

    def options_of(self, question: Question) -> tuple[Option, ...]:
        """Return the options that this question offers: "not applicable" only where it may be."""
        return tuple(
            option
            for option in self.options
            if question.may_be_not_applicable or option.state is not AnswerState.NOT_APPLICABLE
        )

    def state_of(self, option_id: str) -> AnswerState:
        """Return the state that choosing this option leaves the question in, or raise NotFound."""
        return self.option(option_id).state

    def score_of(self, question: Question, option_id: str) -> Fraction | None:
        """Return the option's score in [0, 1], 1 being "is"; None when it never scores. Raises NotFound.

        Source: docs/method.md, "Question": (value - min) / (max - min), reversed questions flipped.
        """
        score = self._score_by_option.get(option_id)
        if score is None:
            self.option(option_id)
            return None
        return 1 - score if question.reversed else score

    def next_after(self, question_id: str, length: Length) -> Question | None:
        """Return the question that follows, None after the last. Raises NotFound when it is not asked."""
        questions, place = self._place(question_id, length)
        return questions[place + 1] if place + 1 < len(questions) else None

    def before(self, question_id: str, length: Length) -> Question | None:
        """Return the question that comes before, None at the first. Raises NotFound when it is not asked."""
        questions, place = self._place(question_id, length)
        return questions[place - 1] if place else None

    def position(self, question_id: str, length: Length) -> tuple[int, int]:
        """Return (number, count): "question 3 of 10". Raises NotFound when it is not asked."""
        questions, place = self._place(question_id, length)
        return place + 1, len(questions)

    def _place(self, question_id: str, length: Length) -> tuple[tuple[Question, ...], int]:
        questions = self.questions_in(length)
        for place, question in enumerate(questions):
            if question.id == question_id:
                return questions, place
        raise NotFound(f"The {length} form of {self.id} {self.version} does not ask “{question_id}”.")


def _scores(options: tuple[Option, ...]) -> dict[str, Fraction]:
    values = {option.id: Fraction(option.value) for option in options if option.value is not None}
    lowest, highest = min(values.values()), max(values.values())
    return {option_id: (value - lowest) / (highest - lowest) for option_id, value in values.items()}
