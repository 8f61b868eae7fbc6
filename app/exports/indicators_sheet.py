"""The *Indicators* sheet: what each group was asked, and how its answers spread."""

from app.exports.series import AUDIENCE_LOOKS, audience_label
from app.exports.sheet import Book, Sheet, Value
from app.exports.wording import NOT_AVAILABLE, mark
from app.reports.model import IndicatorText, OptionText, ProviderReport, StandardText

_SHARE_WIDTH = 14


def indicators_sheet(book: Book, report: ProviderReport) -> None:
    """Write a row for each indicator and group: the statement, the share of every answer that scores, the note."""
    widths = (8, 33, 22, 52, *[_SHARE_WIDTH] * len(report.options), 8)
    sheet = Sheet(book, "Indicators", "What was asked, and how the answers spread", widths, 2, frozen_columns=1)
    sheet.row(
        ["Shares are of those who gave one of these answers. An empty share is not shown: see its note."], "plain"
    )
    names = ["No.", "Standard", "Group", "What they were asked", *map(_option_name, report.options), "Note"]
    sheet.row(names, [*["header"] * 4, *["figure header"] * len(report.options), "note header"])
    for standard in (standard for domain in report.domains for standard in domain.standards):
        for indicator in standard.indicators:
            _rows(sheet, report, standard, indicator)


def _option_name(option: OptionText) -> str:
    """Return an option's labels: groups that are offered other words have them behind the first's."""
    return " / ".join(dict.fromkeys(option.labels[audience] for audience in AUDIENCE_LOOKS))


def _rows(sheet: Sheet, report: ProviderReport, standard: StandardText, indicator: IndicatorText) -> None:
    for audience in AUDIENCE_LOOKS:
        result = report.audiences[audience].indicators.get(indicator.id)
        note = NOT_AVAILABLE if result is None else mark(result.withheld)
        shares = result.shares if result else None
        spread: list[Value] = [None if shares is None else shares.get(option.id, 0.0) for option in report.options]
        name = audience_label(audience, report.provider_view)
        values: list[Value] = [indicator.id, standard.title, name, indicator.statements[audience], *spread, note]
        sheet.row(values, [*["text"] * 4, *["share"] * len(spread), "note"])
