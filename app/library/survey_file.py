"""A survey file (`survey.yaml`) ⇄ a survey."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from app.errors import Fault, Invalid, NotFound
from app.library.checking import shape_problems, without_echoes
from app.library.reading import is_true, list_of, number_of, part_of, text_of, texts_of
from app.library.survey_shape import SurveyFile
from app.library.yaml_file import Problem
from app.standards import Audience, Indicator, StandardsSet
from app.surveys import (
    MINIMUM_INDICATOR,
    MINIMUM_STANDARD,
    AnswerState,
    Edition,
    Option,
    Question,
    Survey,
    Texts,
    Thresholds,
    Wording,
)
from app.surveys.faults import survey_faults
from app.surveys.model import Reader
from app.surveys.version import by_reader

# Stands in for an indicator that is not there, so that the rest of its question can be checked.
_UNKNOWN = Indicator("", dict.fromkeys(Audience, "unknown"), in_short_form=True)


def standards_named(document: object) -> tuple[str, str]:
    """Return the (id, version) of the standards set that a survey's document asks about, each "" when not said."""
    name, _, version = text_of(document, "standards").partition("@")
    return name, version


def survey_problems(document: object, standards: StandardsSet | None) -> list[Problem]:
    """Return everything that is wrong with the document of a survey. standards: None when they cannot be had."""
    shape = shape_problems(SurveyFile, document)
    problems = [*shape, *without_echoes(_threshold_faults(document), shape)]
    if standards is not None:
        problems += without_echoes(_unknown_indicators(document, standards), shape)
    found = survey_faults(
        {"version": text_of(document, "version")},
        _editions(document),
        _options(document),
        _questions(document, standards),
        _texts(document),
    )
    return [*problems, *without_echoes(found, problems)]


def parse_survey(document: dict[str, Any], standards: StandardsSet) -> Survey:
    """Return the survey of a document about these standards. Raises Invalid with a fault for every wrong path."""
    problems = survey_problems(document, standards)
    if standards_named(document) != (standards.id, standards.version):
        problems.append(
            Problem(("standards",), f"the survey asks about others than {standards.id} {standards.version}")
        )
    if problems:
        faults = [Fault(".".join(map(str, problem.path)), problem.message) for problem in problems]
        raise Invalid("This is no survey.", faults)
    return survey_of(document, standards)


def survey_of(document: dict[str, Any], standards: StandardsSet) -> Survey:
    """Return the survey of a document without problems."""
    thresholds = document["thresholds"]
    return Survey(
        id=document["id"],
        version=document["version"],
        title=document["title"],
        summary=document["summary"],
        language=document["language"],
        standards_id=standards.id,
        standards_version=standards.version,
        thresholds=Thresholds(thresholds["standard"], thresholds["indicator"]),
        options=_options(document),
        questions=_questions(document, standards),
        texts=_texts(document),
        editions=_editions(document),
    )


def survey_document(survey: Survey) -> dict[str, Any]:
    """Return the survey as a JSON-able document, every stem written out: `parse_survey` makes the same of it."""
    return {
        "id": survey.id,
        "version": survey.version,
        "title": survey.title,
        "summary": survey.summary,
        "language": survey.language,
        "standards": f"{survey.standards_id}@{survey.standards_version}",
        "thresholds": {"standard": survey.thresholds.standard, "indicator": survey.thresholds.indicator},
        "editions": [str(edition) for edition in survey.editions],
        "options": [_option_document(option) for option in survey.options],
        "texts": by_reader({reader: _texts_document(texts) for reader, texts in survey.texts.items()}),
        "questions": [_question_document(question) for question in survey.questions],
    }


def _option_document(option: Option) -> dict[str, Any]:
    return {
        "id": option.id,
        "state": str(option.state),
        "value": None if option.value is None else _number(Fraction(option.value)),
        "labels": by_reader(option.labels),
        "explanations": by_reader(option.explanations),
    }


def _number(value: Fraction) -> int | str:
    return int(value) if value.denominator == 1 else str(value)


def _texts_document(texts: Texts) -> dict[str, Any]:
    return {
        "title": texts.title,
        "welcome": list(texts.welcome),
        "who_sees_what": list(texts.who_sees_what),
        "consent": texts.consent,
    }


def _question_document(question: Question) -> dict[str, Any]:
    wording = {reader: {"stem": each.stem, "help": list(each.help)} for reader, each in question.wording.items()}
    return {
        "id": question.id,
        "not_applicable": question.may_be_not_applicable,
        "reversed": question.reversed,
        "wording": by_reader(wording),
    }


# --- what is there --------------------------------------------------------------------------------------------------


def _threshold_faults(document: object) -> list[Fault]:
    part = part_of(document, "thresholds")
    try:
        Thresholds(
            number_of(part, "standard", default=MINIMUM_STANDARD),
            number_of(part, "indicator", default=MINIMUM_INDICATOR),
        )
    except Invalid as error:
        return [Fault(f"thresholds.{fault.place}", fault.message) for fault in error.faults]
    return []


def _unknown_indicators(document: object, standards: StandardsSet) -> list[Fault]:
    known = {indicator.id for indicator in standards.indicators}
    return [
        Fault(f"questions.{place}.id", f"{standards.id} {standards.version} has no indicator “{text_of(part, 'id')}”")
        for place, part in enumerate(list_of(document, "questions"))
        if text_of(part, "id") not in known
    ]


def _editions(document: object) -> tuple[Edition, ...]:
    return tuple(Edition(name) for name in texts_of(document, "editions") if name in set(Edition))


def _readers(part: object) -> dict[Reader, object]:
    """Return what stands under each edition and audience, in their order."""
    found = {
        (edition, audience): part_of(part_of(part, edition), audience) for edition in Edition for audience in Audience
    }
    return {reader: each for reader, each in found.items() if each is not None}


def _labels(part: object) -> dict[Reader, str]:
    return {reader: text for reader, text in _readers(part).items() if isinstance(text, str)}


def _options(document: object) -> tuple[Option, ...]:
    return tuple(
        Option(
            id=text_of(part, "id"),
            state=_state(text_of(part, "state")),
            value=_value(part_of(part, "value")),
            labels=_labels(part_of(part, "labels")),
            explanations=_labels(part_of(part, "explanations")),
        )
        for part in list_of(document, "options")
    )


def _state(name: str) -> AnswerState:
    return AnswerState(name) if name in set(AnswerState) else AnswerState.PREFER_NOT


def _value(found: object) -> int | Fraction | None:
    """Return a value as it is written: 0.5 is exactly one half."""
    try:
        value = Fraction(str(found))
    except (ValueError, ZeroDivisionError):
        return None
    return int(value) if value.denominator == 1 else value


def _texts(document: object) -> dict[Reader, Texts]:
    return {
        reader: Texts(
            title=text_of(part, "title"),
            welcome=texts_of(part, "welcome"),
            who_sees_what=texts_of(part, "who_sees_what"),
            consent=text_of(part, "consent"),
        )
        for reader, part in _readers(part_of(document, "texts")).items()
    }


def _questions(document: object, standards: StandardsSet | None) -> tuple[Question, ...]:
    editions = _editions(document)
    return tuple(_question(part, editions, standards) for part in list_of(document, "questions"))


def _question(part: object, editions: tuple[Edition, ...], standards: StandardsSet | None) -> Question:
    indicator_id = text_of(part, "id")
    standard_id = indicator_id.partition(".")[0]
    try:
        indicator = standards.indicator(indicator_id) if standards else _UNKNOWN
        domain_id = standards.domain_of(standard_id).id if standards else ""
    except NotFound:
        indicator, domain_id = _UNKNOWN, ""
    return Question(
        id=indicator_id,
        standard_id=standard_id,
        domain_id=domain_id,
        weight=indicator.weight,
        reversed=is_true(part, "reversed"),
        in_short_form=indicator.in_short_form,
        may_be_not_applicable=is_true(part, "not_applicable"),
        wording=_wording(part_of(part, "wording"), editions, indicator.statements),
    )


def _wording(part: object, editions: tuple[Edition, ...], statements: Mapping[Audience, str]) -> dict[Reader, Wording]:
    """Return the wordings that have a stem; in the standard edition the statement stands in for a missing one."""
    found = _readers(part)
    wording: dict[Reader, Wording] = {}
    for reader in [(edition, audience) for edition in editions for audience in Audience]:
        edition, audience = reader
        statement = statements.get(audience, "") if edition is Edition.STANDARD else ""
        stem = text_of(found.get(reader), "stem") or statement
        if stem:
            wording[reader] = Wording(stem, texts_of(found.get(reader), "help"))
    return wording
