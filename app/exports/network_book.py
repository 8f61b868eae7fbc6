"""A network's comparison as a workbook: four sheets, made from the network's released report alone."""

from datetime import date
from typing import BinaryIO

from app.exports.chart import network_label
from app.exports.method_sheet import HOW_SCORES_ARE_MADE, manifest_sheet, method_sheet
from app.exports.native_radar import CellSeries, radar_chart
from app.exports.series import AUDIENCE_LOOKS, MEDIAN_LOOK, QUARTILE_LOOKS
from app.exports.sheet import Book, Sheet, Value
from app.exports.wording import LEGEND, NOT_AVAILABLE, mark, spoken_day
from app.reports.model import AudienceName, NetworkReport, SpreadResult

_WIDTHS = (6, 30, 34, 11, 11, 11, 16, 10, 3, *[11] * 8)
_LABEL_COLUMN, _LOWER, _MEDIAN, _UPPER, _OWN = 2, 4, 5, 6, 7
_CHART_SIZE_CM = (17, 12)
_CHART_COLUMN = 10


def network_workbook(report: NetworkReport, out: BinaryIO) -> None:
    """Write the report to `out`. The same report gives the same bytes."""
    book = Book(
        title=f"{report.network}: how providers compare",
        subject=f"{report.network}, campaign {report.campaign}, closed on {report.closed_on}",
        made_up=report.made_up,
        closed_on=date.fromisoformat(report.closed_on),
    )
    _summary(book, report)
    _standards(book, report)
    method_sheet(book, (*HOW_SCORES_ARE_MADE, *_topics(report)))
    counts = [(f"Providers: {network_label(audience)}", _providers(report, audience)) for audience in AUDIENCE_LOOKS]
    looking = [("As seen by", report.looking)] if report.looking else []
    who = [("Network", report.network), ("Campaign", report.campaign), *looking, ("Providers", report.providers)]
    manifest_sheet(book, report, [*who, *counts, ("Fewest other providers", str(report.minimum_providers))])
    book.save(out)


def _providers(report: NetworkReport, audience: AudienceName) -> str:
    return report.audiences[audience].providers


def _summary(book: Book, report: NetworkReport) -> None:
    sheet = Sheet(book, "Summary", report.network, (26, 100))
    for sentence in report.headline:
        sheet.row([None, sentence], "lead")
    sheet.space()
    sheet.row(["This campaign"], "heading")
    for name, value in (
        ("Network", report.network),
        ("Campaign", report.campaign),
        ("Closed on", spoken_day(report.closed_on)),
        ("As seen by", report.looking or "the network: no provider is named"),
        ("Providers", report.providers),
        ("Standards", f"{report.standards.set} {report.standards.version}"),
        ("Survey", f"{report.survey.id} {report.survey.version}, {report.survey.length} form"),
        ("About the wording", report.wording_note),
    ):
        sheet.row([name, value], ("strong", "text"))
    sheet.space()
    sheet.row(["How to read this workbook"], "heading")
    for name, words in (*_HOW_TO_READ, *LEGEND):
        sheet.row([name, words], ("strong", "text"))


_HOW_TO_READ = (
    ("Median", "Half of the providers have a higher score, half a lower one. Each provider counts equally."),
    ("Quartiles", "The middle half of the providers lie between the lower and the upper quartile."),
    ("Empty figure, note beside", "The figure is not shown. It is never a zero. The note says why:"),
)


def _standards(book: Book, report: NetworkReport) -> None:
    sheet = Sheet(book, "Standards", "How providers spread on each standard", _WIDTHS, frozen_columns=2)
    sheet.row(["Scores run from 0 (“is not”) to 100 (“is”). An empty figure is not shown: see its note."], "plain")
    for place, audience in enumerate(AUDIENCE_LOOKS):
        if place:
            sheet.break_page()
        _audience_table(sheet, report, audience)


def _audience_table(sheet: Sheet, report: NetworkReport, audience: AudienceName) -> None:
    sheet.row([f"{network_label(audience)} ({_providers(report, audience)} providers)"], "heading")
    own: list[Value] = [report.looking] if report.looking else []
    header: list[Value] = ["No.", "Standard", "Domain", "Lower quartile", "Median", "Upper quartile", *own, "Note"]
    header_row = sheet.row(
        header, [*["header"] * 3, *["figure header"] * 3, *[f"{audience} header"] * len(own), "note header"]
    )
    results = report.audiences[audience].standards
    for domain in report.domains:
        for standard in domain.standards:
            _row(sheet, report, [standard.id, standard.title, domain.title], results[standard.id])
    _chart(sheet, report, audience, header_row)


def _row(sheet: Sheet, report: NetworkReport, start: list[Value], spread: SpreadResult) -> None:
    figures: list[Value] = [spread.lower_quartile, spread.median, spread.upper_quartile]
    note = mark(spread.withheld)
    if report.looking:
        figures.append(spread.own)
        note = note or (f"own {NOT_AVAILABLE}" if spread.own is None else "")
    sheet.row([*start, *figures, note], ["text", "strong", "text", *["score"] * len(figures), "note"])


def _chart(sheet: Sheet, report: NetworkReport, audience: AudienceName, header_row: int) -> None:
    rows = header_row + 1, sheet.next_row - 1
    lower, upper = QUARTILE_LOOKS
    series = [
        CellSeries(MEDIAN_LOOK, "Median", sheet.column(_MEDIAN, *rows)),
        CellSeries(lower, "Lower quartile", sheet.column(_LOWER, *rows)),
        CellSeries(upper, "Upper quartile", sheet.column(_UPPER, *rows)),
    ]
    if report.looking:
        series.append(CellSeries(AUDIENCE_LOOKS[audience], report.looking, sheet.column(_OWN, *rows)))
    chart = radar_chart(network_label(audience), sheet.column(_LABEL_COLUMN, *rows), series, _CHART_SIZE_CM)
    sheet.add_chart(chart, _CHART_COLUMN, header_row)
    sheet.space()


def _topics(report: NetworkReport) -> list[tuple[str, str]]:
    left_out = " The provider that looks is left out of every figure but its own." if report.looking else ""
    return [
        (
            "Providers side by side",
            (
                "Median and quartiles are of providers' scores, each provider equal, whatever its size."
                f" No provider is named without its consent.{left_out}"
            ),
        ),
        (
            "What is shown",
            (
                f"A figure is shown when at least {report.minimum_providers} providers other than the one looking have"
                " a score that may be shown."
            ),
        ),
        ("How many providers", "Numbers below 20 are shown as a range, such as “10 to 14”; larger ones in steps."),
        ("Fixed figures", "These figures were made once, when the campaign closed, and do not change afterwards."),
    ]
