"""What can be wrong with a survey. Each fault's place is a path: `questions.3.wording.easy-read.person`."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from app.errors import Fault
from app.standards import Audience, is_version
from app.standards.faults import repeated
from app.surveys.model import THRESHOLD_PLACEHOLDER, AnswerState, Edition, Option, Question, Reader, Texts

_CHOSEN_STATES = frozenset(AnswerState) - {AnswerState.NOT_SHOWN, AnswerState.MISSING}


def survey_faults(
    versions: Mapping[str, str],
    editions: Sequence[Edition],
    options: Sequence[Option],
    questions: Sequence[Question],
    texts: Mapping[Reader, Texts],
) -> list[Fault]:
    """Return every fault, in reading order. versions: by path; an empty id or version is passed over."""
    return [
        *_version_faults(versions),
        *_edition_faults(editions),
        *_option_faults(options, editions),
        *_scale_faults(options, questions),
        *_question_faults(questions, editions),
        *_text_faults(texts, editions),
    ]


def _version_faults(versions: Mapping[str, str]) -> Iterator[Fault]:
    for place, version in versions.items():
        if version and not is_version(version):
            yield Fault(place, f'“{version}” is no version; write three numbers, such as "1.0.0"')


def _edition_faults(editions: Sequence[Edition]) -> Iterator[Fault]:
    if not editions:
        yield Fault("editions", "a survey needs at least one edition")
    yield from repeated((f"editions.{e}", str(edition)) for e, edition in enumerate(editions))


def _option_faults(options: Sequence[Option], editions: Sequence[Edition]) -> Iterator[Fault]:
    yield from repeated((f"options.{o}.id", option.id) for o, option in enumerate(options))
    for o, option in enumerate(options):
        if option.state not in _CHOSEN_STATES:
            yield Fault(
                f"options.{o}.state", f"nobody can choose “{option.state}”; it is what the absence of an answer is"
            )
        if option.state is AnswerState.ANSWERED and option.value is None:
            yield Fault(f"options.{o}", f"“{option.id}” is an answer, so it needs a value")
        if option.state is not AnswerState.ANSWERED and option.value is not None:
            yield Fault(f"options.{o}.value", f"“{option.id}” never scores, so it has no value")
        for reader in _missing(option.labels, editions):
            yield Fault(_at(f"options.{o}.labels", reader), f"“{option.id}” has no label {_for(reader)}")


def _scale_faults(options: Sequence[Option], questions: Sequence[Question]) -> Iterator[Fault]:
    if len({Fraction(option.value) for option in options if option.value is not None}) < 2:
        yield Fault("options", "a scale needs at least two options with different values")
    states = [option.state for option in options]
    for state in (AnswerState.NOT_APPLICABLE, AnswerState.DONT_KNOW, AnswerState.PREFER_NOT):
        if states.count(state) > 1:
            yield Fault("options", f"more than one option says “{state}”")
    if AnswerState.NOT_APPLICABLE not in states:
        for q, question in enumerate(questions):
            if question.may_be_not_applicable:
                yield Fault(f"questions.{q}.not_applicable", "no option of this survey says “not_applicable”")


def _question_faults(questions: Sequence[Question], editions: Sequence[Edition]) -> Iterator[Fault]:
    if not any(question.in_short_form for question in questions):
        yield Fault("questions", "the short form asks nothing: at least one question stands in it")
    yield from repeated((f"questions.{q}.id", question.id) for q, question in enumerate(questions))
    for q, question in enumerate(questions):
        if question.weight < 1:
            yield Fault(f"questions.{q}", f"the weight of {question.id} is {question.weight}; it must be 1 or more")
        for reader in _missing(question.wording, editions):
            yield Fault(_at(f"questions.{q}.wording", reader), f"{question.id} is not worded {_for(reader)}")


def _text_faults(texts: Mapping[Reader, Texts], editions: Sequence[Edition]) -> Iterator[Fault]:
    for reader in _missing(texts, editions):
        yield Fault(_at("texts", reader), f"there are no texts {_for(reader)}")
    for reader, text in texts.items():
        if not any(THRESHOLD_PLACEHOLDER in paragraph for paragraph in text.who_sees_what):
            yield Fault(
                f"{_at('texts', reader)}.who_sees_what",
                f"say from how many people on a result is shown, with {THRESHOLD_PLACEHOLDER} for the number",
            )


def _missing(worded: Mapping[Reader, Any], editions: Sequence[Edition]) -> list[Reader]:
    return [(edition, audience) for edition in editions for audience in Audience if (edition, audience) not in worded]


def _at(place: str, reader: Reader) -> str:
    edition, audience = reader
    return f"{place}.{edition}.{audience}"


def _for(reader: Reader) -> str:
    edition, audience = reader
    return f"for the {audience} in the {edition} edition"
