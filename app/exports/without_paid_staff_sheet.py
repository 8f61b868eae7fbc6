"""The *Without paid staff* sheet: people's and families' figures once more, beside those of all."""

from collections.abc import Callable, Mapping, Sequence

from app.exports.series import audience_label
from app.exports.sheet import Book, Sheet, Value
from app.exports.wording import mark, mark_of_share
from app.reports.model import AudienceName, ProviderReport, SeriesResult, StandardText
from app.reports.without_paid_staff import HOW_TO_READ_IT, TITLE, WHAT_IT_IS, WHY_EMPTY, series_sentence

SHEET = "Without paid staff"
_WIDTHS = (6, 30, 30, *(14, 14, 7) * 2)
_STYLES = {"score": ("score", "score", "note"), "share": ("share", "share", "note")}
Parts = Mapping[AudienceName, SeriesResult]
Pair = tuple[Value, Value, str]


def without_paid_staff_sheet(book: Book, report: ProviderReport) -> None:
    """Write what the report has of this series; no sheet for a release from before there was one."""
    parts = report.series.get("without_paid_staff", {})
    if not parts:
        return
    sheet = Sheet(book, SHEET, TITLE, _WIDTHS, frozen_columns=2)
    said = [series_sentence(audience_label(audience), part) for audience, part in parts.items()]
    for words in (*WHAT_IT_IS, *HOW_TO_READ_IT, *WHY_EMPTY, *said):
        sheet.row([words], "plain")
    _scores(sheet, report, parts)
    _shares(sheet, report, parts)
    _domains(sheet, report, parts)
    _spreads(sheet, report, parts)


def _scores(sheet: Sheet, report: ProviderReport, parts: Parts) -> None:
    def pair(audience: AudienceName, standard: StandardText) -> Pair:
        part = parts[audience].standards[standard.id]
        return report.audiences[audience].standards[standard.id].score, part.score, mark(part.withheld)

    _standards(sheet, report, parts, "Scores", "score", pair)


def _shares(sheet: Sheet, report: ProviderReport, parts: Parts) -> None:
    def coverage(audience: AudienceName, standard: StandardText) -> Pair:
        part = parts[audience].standards[standard.id]
        whole = report.audiences[audience].standards[standard.id].coverage
        return whole, part.coverage, mark_of_share(part.coverage, part.withheld)

    def dont_know(audience: AudienceName, standard: StandardText) -> Pair:
        part = parts[audience].standards[standard.id]
        whole = report.audiences[audience].standards[standard.id].dont_know_share
        return whole, part.dont_know_share, mark_of_share(part.dont_know_share, part.withheld)

    sheet.break_page()
    _standards(sheet, report, parts, "Coverage: how much was answered", "share", coverage)
    _standards(sheet, report, parts, "“I don't know”", "share", dont_know)


def _domains(sheet: Sheet, report: ProviderReport, parts: Parts) -> None:
    _heading(sheet, parts, "Domains: the mean of their standards", ("No.", "Domain", None))
    for domain in report.domains:
        cells: list[Value] = [domain.id, domain.title, None]
        for audience, part in parts.items():
            found = part.domains[domain.id]
            cells += [report.audiences[audience].domains[domain.id].score, found.score, mark(found.withheld)]
        sheet.row(cells, ["text", "strong", "text", *_STYLES["score"] * len(parts)])
    sheet.space()


def _spreads(sheet: Sheet, report: ProviderReport, parts: Parts) -> None:
    """Write how the answers that are left spread; those of all are on the sheet *Indicators*."""
    sheet.break_page()
    sheet.row(["How the answers that are left spread; those of all are on the sheet “Indicators”"], "heading")
    labels = [option.labels["person"] for option in report.options]
    sheet.row(
        ["No.", "Standard", "Group", *labels, "Note"],
        [*["header"] * 3, *["figure header"] * len(labels), "note header"],
    )
    for standard in (standard for domain in report.domains for standard in domain.standards):
        for indicator in standard.indicators:
            for audience, part in parts.items():
                found = part.indicators[indicator.id]
                shares = [None if found.shares is None else found.shares[option.id] for option in report.options]
                values = [indicator.id, standard.title, audience_label(audience), *shares, mark(found.withheld)]
                sheet.row(values, [*["text"] * 3, *["share"] * len(shares), "note"])


def _standards(
    sheet: Sheet,
    report: ProviderReport,
    parts: Parts,
    heading: str,
    style: str,
    pair: Callable[[AudienceName, StandardText], Pair],
) -> None:
    """Write a row a standard with, for each audience, all, the part, and why the part is not shown."""
    _heading(sheet, parts, heading, ("No.", "Standard", "Domain"))
    for domain in report.domains:
        for standard in domain.standards:
            cells = [cell for audience in parts for cell in pair(audience, standard)]
            styles = ["text", "strong", "text", *_STYLES[style] * len(parts)]
            sheet.row([standard.id, standard.title, domain.title, *cells], styles)
    sheet.space()


def _heading(sheet: Sheet, parts: Parts, heading: str, start: Sequence[Value]) -> None:
    sheet.row([heading], "heading")
    names = [
        words for audience in parts for words in (f"{audience_label(audience)}: all", "Without paid staff", "Note")
    ]
    looks = [style for audience in parts for style in (f"{audience} header", f"{audience} header", "note header")]
    sheet.row([*start, *names], [*["header"] * 3, *looks])
