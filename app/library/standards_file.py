"""A standards file (`standards.yaml`) ⇄ a standards set."""

from typing import Annotated, Any

from pydantic import Field

from app.errors import Fault, Invalid
from app.library.checking import FilePart, GroupId, IndicatorId, Language, Name, Text, shape_problems, without_echoes
from app.library.reading import is_true, list_of, number_of, part_of, text_of
from app.library.yaml_file import Problem
from app.standards import Audience, Domain, Indicator, Source, Standard, StandardsSet
from app.standards.faults import set_faults


class IndicatorPart(FilePart):
    """A matched triad: the same thing said to the person, the family and the provider."""

    id: IndicatorId
    short_form: bool = False
    weight: int = 1
    person: Text
    family: Text
    provider: Text


class StandardPart(FilePart):
    id: GroupId
    slug: Name
    is_: Annotated[Text, Field(alias="is")]
    is_not: Text
    indicators: list[IndicatorPart]


class DomainPart(FilePart):
    id: GroupId
    title: Text
    standards: list[StandardPart]


class SourcePart(FilePart):
    title: Text
    author: Text
    publisher: Text
    note: Text


class StandardsFile(FilePart):
    """A standards set in one version."""

    id: Name
    version: Text
    title: Text
    summary: Text
    language: Language
    source: SourcePart
    co_production: Text
    wording_note: Text
    licence: Text
    domains: list[DomainPart]


def standards_problems(document: object) -> list[Problem]:
    """Return everything that is wrong with the document of a standards set."""
    problems = shape_problems(StandardsFile, document)
    found = set_faults(text_of(document, "version"), _domains(document))
    return [*problems, *without_echoes(found, problems)]


def parse_standards(document: dict[str, Any]) -> StandardsSet:
    """Return the standards set of a document. Raises Invalid with a fault for every path that is wrong."""
    problems = standards_problems(document)
    if problems:
        faults = [Fault(".".join(map(str, problem.path)), problem.message) for problem in problems]
        raise Invalid("This is no standards set.", faults)
    return set_of(document)


def set_of(document: dict[str, Any]) -> StandardsSet:
    """Return the standards set of a document without problems."""
    source = document["source"]
    return StandardsSet(
        id=document["id"],
        version=document["version"],
        title=document["title"],
        summary=document["summary"],
        language=document["language"],
        source=Source(source["title"], source["author"], source["publisher"], source["note"]),
        co_production=document["co_production"],
        wording_note=document["wording_note"],
        licence=document["licence"],
        domains=_domains(document),
    )


def standards_document(standards: StandardsSet) -> dict[str, Any]:
    """Return the set as a JSON-able document: `parse_standards` makes the same set of it."""
    source = standards.source
    return {
        "id": standards.id,
        "version": standards.version,
        "title": standards.title,
        "summary": standards.summary,
        "language": standards.language,
        "source": {
            "title": source.title,
            "author": source.author,
            "publisher": source.publisher,
            "note": source.note,
        },
        "co_production": standards.co_production,
        "wording_note": standards.wording_note,
        "licence": standards.licence,
        "domains": [
            {"id": domain.id, "title": domain.title, "standards": [_standard_document(s) for s in domain.standards]}
            for domain in standards.domains
        ],
    }


def _standard_document(standard: Standard) -> dict[str, Any]:
    return {
        "id": standard.id,
        "slug": standard.slug,
        "is": standard.title,
        "is_not": standard.is_not,
        "indicators": [
            {
                "id": indicator.id,
                "short_form": indicator.in_short_form,
                "weight": indicator.weight,
                **{str(audience): text for audience, text in indicator.statements.items()},
            }
            for indicator in standard.indicators
        ],
    }


def _domains(document: object) -> tuple[Domain, ...]:
    return tuple(
        Domain(text_of(part, "id"), text_of(part, "title"), tuple(map(_standard, list_of(part, "standards"))))
        for part in list_of(document, "domains")
    )


def _standard(part: object) -> Standard:
    return Standard(
        id=text_of(part, "id"),
        slug=text_of(part, "slug"),
        title=text_of(part, "is"),
        is_not=text_of(part, "is_not"),
        indicators=tuple(map(_indicator, list_of(part, "indicators"))),
    )


def _indicator(part: object) -> Indicator:
    statements = {audience: text_of(part, audience) for audience in Audience if part_of(part, audience) is not None}
    return Indicator(
        id=text_of(part, "id"),
        statements=statements,
        weight=number_of(part, "weight", default=1),
        in_short_form=is_true(part, "short_form"),
    )
