"""The *Standards* sheet: scores with a radar, gaps, coverage and domains."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Literal

from app.exports.native_radar import CellSeries, radar_chart
from app.exports.series import AUDIENCE_LOOKS, audience_label
from app.exports.sheet import Book, Sheet, Value
from app.exports.wording import NOT_AVAILABLE, mark, mark_of_margin, mark_of_share
from app.reports.model import AudienceName, AudienceResult, GapResult, ProviderReport, StandardText

_WIDTHS = (6, 30, 30, *(12, 7, 16) * 3)
_LABEL_COLUMN, _FIRST_FIGURE_COLUMN, _COLUMNS_A_GROUP = 2, 4, 3
_CHART_SIZE_CM = (27, 15)
GapName = Literal["provider-person", "provider-family", "family-person"]
_GAPS: dict[GapName, tuple[AudienceName, AudienceName]] = {
    "provider-person": ("provider", "person"),
    "provider-family": ("provider", "family"),
    "family-person": ("family", "person"),
}
_START = ("text", "strong", "text")
TALK_ABOUT_THIS = "Talk about this"
Cells = tuple[list[Value], list[str]]


def standards_sheet(book: Book, report: ProviderReport) -> None:
    """Write the sheet. Every table has its three views side by side, each with its own note column."""
    sheet = Sheet(book, "Standards", "How each group sees the standards", _WIDTHS, frozen_columns=2)
    sheet.row(["Scores run from 0 (“is not”) to 100 (“is”). An empty figure is not shown: see its note."], "plain")
    _scores(sheet, report)
    sheet.break_page()
    _gaps(sheet, report)
    sheet.break_page()
    _coverage(sheet, report)
    sheet.space()
    _domains(sheet, report)


def _scores(sheet: Sheet, report: ProviderReport) -> None:
    names = [audience_label(audience, report.provider_view) for audience in AUDIENCE_LOOKS]
    sheet.row(["Scores"], "heading")
    _header(sheet, [(f"{name}: score", "±", "Note") for name in names])
    first, last = _standard_rows(
        sheet, report, [partial(_score_cells, report, audience) for audience in AUDIENCE_LOOKS]
    )
    series = [
        CellSeries(look, name, sheet.column(_FIRST_FIGURE_COLUMN + _COLUMNS_A_GROUP * place, first, last))
        for place, (look, name) in enumerate(zip(AUDIENCE_LOOKS.values(), names, strict=True))
    ]
    labels = sheet.column(_LABEL_COLUMN, first, last)
    title = "From “is not” (centre) to “is” (rim)"
    sheet.break_page()
    sheet.row(["Radar"], "heading")
    sheet.add_chart(radar_chart(title, labels, series, _CHART_SIZE_CM), _LABEL_COLUMN, sheet.next_row)
    sheet.space()


def _score_cells(report: ProviderReport, audience: AudienceName, standard: StandardText) -> Cells:
    result = report.audiences[audience].standards[standard.id]
    is_agreed = audience == "provider" and report.provider_view == "agreed"
    margin_mark = mark_of_margin(result.margin, result.withheld, is_agreed=is_agreed)
    note = mark(result.withheld) or (f"± {margin_mark}" if margin_mark else "")
    return [result.score, result.margin, note], ["score", "margin", "note"]


def _gaps(sheet: Sheet, report: ProviderReport) -> None:
    names = {audience: audience_label(audience, report.provider_view) for audience in AUDIENCE_LOOKS}
    titles = [f"{names[first]} less {names[second].lower()}" for first, second in _GAPS.values()]
    sheet.row(["Gaps: one view's points less another's"], "heading")
    _header(sheet, [(title, "±", "Note") for title in titles], are_views=False)
    _standard_rows(sheet, report, [partial(_gap_cells, report.gaps[pair]) for pair in _GAPS])


def _gap_cells(gaps: Mapping[str, GapResult], standard: StandardText) -> Cells:
    gap = gaps.get(standard.id)
    if gap is None:
        return [None, None, NOT_AVAILABLE], ["gap", "margin", "note"]
    if gap.talk_about_this:
        return [gap.points, gap.margin, TALK_ABOUT_THIS], ["gap", "margin", "talk"]
    return [gap.points, gap.margin, mark(gap.withheld)], ["gap", "margin", "note"]


def _coverage(sheet: Sheet, report: ProviderReport) -> None:
    names = [audience_label(audience, report.provider_view) for audience in AUDIENCE_LOOKS]
    sheet.row(["Coverage: how much was answered"], "heading")
    _header(sheet, [(f"{name}: coverage", "Don't know", "Note") for name in names])
    _standard_rows(sheet, report, [partial(_coverage_cells, report.audiences[audience]) for audience in AUDIENCE_LOOKS])


def _coverage_cells(audience: AudienceResult, standard: StandardText) -> Cells:
    result = audience.standards[standard.id]
    note = mark_of_share(result.coverage, result.withheld) or mark_of_share(result.dont_know_share, result.withheld)
    return [result.coverage, result.dont_know_share, note], ["share", "share", "note"]


def _domains(sheet: Sheet, report: ProviderReport) -> None:
    names = [audience_label(audience, report.provider_view) for audience in AUDIENCE_LOOKS]
    sheet.row(["Domains: the mean of their standards"], "heading")
    _header(sheet, [(f"{name}: score", None, "Note") for name in names], start=("No.", "Domain", None))
    for domain in report.domains:
        results = [report.audiences[audience].domains[domain.id] for audience in AUDIENCE_LOOKS]
        cells: list[Cells] = [
            ([result.score, None, mark(result.withheld)], ["score", "margin", "note"]) for result in results
        ]
        _row(sheet, [domain.id, domain.title, None], cells)


def _header(
    sheet: Sheet,
    groups: Sequence[tuple[Value, ...]],
    *,
    start: Sequence[Value] = ("No.", "Standard", "Domain"),
    are_views: bool = True,
) -> None:
    """Write a table's header; the three views' columns carry the colours of the charts."""
    looks = AUDIENCE_LOOKS if are_views else ("figure",) * len(groups)
    cells = [(list(group), [f"{look} header"] * 2 + ["note header"]) for group, look in zip(groups, looks, strict=True)]
    _row(sheet, start, cells, ["header"] * 3)


def _standard_rows(
    sheet: Sheet, report: ProviderReport, groups: Sequence[Callable[[StandardText], Cells]]
) -> tuple[int, int]:
    """Write a row a standard, three cells a group; return the numbers of the first and the last row."""
    first = sheet.next_row
    for domain in report.domains:
        for standard in domain.standards:
            _row(sheet, [standard.id, standard.title, domain.title], [group(standard) for group in groups])
    return first, sheet.next_row - 1


def _row(sheet: Sheet, start: Sequence[Value], groups: Sequence[Cells], styles: Sequence[str] = _START) -> None:
    values = [*start, *(value for cells, _ in groups for value in cells)]
    sheet.row(values, [*styles, *(style for _, names in groups for style in names)])
