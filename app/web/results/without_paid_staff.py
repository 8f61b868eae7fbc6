"""The scores once more without the answers that paid staff helped with, beside those of all."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.exports import audience_label
from app.reports.model import AudienceName, DomainText, ProviderReport, SeriesResult, StandardText
from app.reports.without_paid_staff import HOW_TO_READ_IT, TITLE, WHAT_IT_IS, WHY_EMPTY, series_sentence
from app.web.results.cells import Cell, score_cell


@dataclass(frozen=True, slots=True)
class PartRow:
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class PartGroup:
    """A domain's title over the rows of its standards."""

    title: str
    rows: tuple[PartRow, ...]


@dataclass(frozen=True, slots=True)
class WithoutPaidStaff:
    """What the page says and shows. columns: without the first; empty when no audience has figures of its own here."""

    title: str
    introduction: tuple[str, ...]
    sentences: tuple[str, ...]
    columns: tuple[str, ...]
    groups: tuple[PartGroup, ...]
    why_empty: str = " ".join(WHY_EMPTY)


def without_paid_staff(report: ProviderReport) -> WithoutPaidStaff | None:
    """Return what the report has of this series, None for a release from before there was one."""
    parts = report.series.get("without_paid_staff")
    if not parts:
        return None
    divided = {audience: part for audience, part in parts.items() if not part.withheld and not part.is_all}
    names = [audience_label(audience) for audience in divided]
    return WithoutPaidStaff(
        title=TITLE,
        introduction=(" ".join(WHAT_IT_IS), " ".join(HOW_TO_READ_IT)),
        sentences=tuple(series_sentence(audience_label(audience), part) for audience, part in parts.items()),
        columns=tuple(column for name in names for column in (f"{name}: all", f"{name}: without paid staff")),
        groups=tuple(_group(report, divided, domain) for domain in report.domains) if divided else (),
    )


def _group(report: ProviderReport, parts: Mapping[AudienceName, SeriesResult], domain: DomainText) -> PartGroup:
    return PartGroup(domain.title, tuple(_row(report, parts, standard) for standard in domain.standards))


def _row(report: ProviderReport, parts: Mapping[AudienceName, SeriesResult], standard: StandardText) -> PartRow:
    cells = [
        score_cell(results[standard.id])
        for audience, part in parts.items()
        for results in (report.audiences[audience].standards, part.standards)
    ]
    return PartRow(standard.title, tuple(cells))
