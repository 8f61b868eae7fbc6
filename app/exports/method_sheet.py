"""The two sheets every workbook ends with: how to read the figures, and what exactly this file is."""

from collections.abc import Sequence

from app.exports.checksum import ALL_SHEETS, MANIFEST, sum_of_sums
from app.exports.sheet import Book, Sheet
from app.exports.wording import LEGEND
from app.reports.model import NetworkReport, ProviderReport

HOW_SCORES_ARE_MADE = (
    (
        "Scores",
        (
            "Every answer counts between 0 (the “is not”) and 1 (the “is”). One respondent's score for a standard is"
            " the mean of their answers; it counts when they answered at least 60% of what applies to them, and at"
            " least two questions (in the short form, its one). The score is the mean of those respondents, each"
            " counted equally, shown as 0 to 100."
        ),
    ),
    (
        "Answers that never score",
        (
            "“I don't know”, “I'd rather not say” and “This is not about me” are counted and shown, and never guessed"
            " at. More than a quarter saying “I don't know” is a finding of its own."
        ),
    ),
    (
        "No overall score",
        (
            "People, families and the provider are shown side by side. They are never blended into one figure, and"
            " there is no league table."
        ),
    ),
    (
        "Chance",
        "± says how far chance alone can move a figure either way. Small differences in small groups are noise.",
    ),
)


def method_sheet(book: Book, topics: Sequence[tuple[str, str]]) -> None:
    """Write the *Method* sheet: a topic and its words a row, then the marks."""
    sheet = Sheet(book, "Method", "How the figures are made, and what may be shown", (28, 110))
    for topic, words in topics:
        sheet.row([topic, words], ("strong", "text"))
    sheet.space()
    sheet.row(["Marks in the note columns"], "heading")
    for sign, words in LEGEND:
        sheet.row([sign, words], ("strong", "text"))


def manifest_sheet(book: Book, report: ProviderReport | NetworkReport, own_rows: Sequence[tuple[str, str]]) -> None:
    """Write the *Manifest* sheet last: versions and hashes, and the checksum over all cells of the other sheets."""
    others = list(book.sheets)
    sheet = Sheet(book, MANIFEST, "What this workbook was made from", (34, 74, 14))
    for name, value in (*own_rows, *_versions(report)):
        sheet.row([name, value], ("strong", "text"))
    sheet.space()
    sheet.row(["Sheet", "SHA-256 over its cells", "Cells filled"], ("header", "header", "figure header"))
    for other in others:
        sheet.row([other.title, other.sum.hexdigest, other.sum.cell_count], ("strong", "text", "count"))
    total = sum(other.sum.cell_count for other in others)
    digest = sum_of_sums((other.title, other.sum) for other in others)
    sheet.row([ALL_SHEETS, digest, total], ("strong", "text", "count"))


def _versions(report: ProviderReport | NetworkReport) -> list[tuple[str, str]]:
    return [
        ("Closed on", report.closed_on),
        ("Made-up data", "yes" if report.made_up else "no"),
        ("Release", report.release.id),
        ("Release, SHA-256", report.release.sha256),
        ("Method version", report.method),
        ("Standards set", f"{report.standards.set} {report.standards.version}"),
        ("Standards, SHA-256", report.standards.sha256),
        ("Survey", f"{report.survey.id} {report.survey.version}, {report.survey.length} form"),
    ]
