"""The *How people answered* sheet: editions, who gave the answers, and the answers that do not score."""

from collections.abc import Mapping
from typing import Literal

from app.exports.series import AUDIENCE_LOOKS, audience_label
from app.exports.sheet import Book, Sheet
from app.exports.wording import HELP, HELPED_BY, NOT_APPLICABLE, mark_of_breakdown, mark_of_share
from app.reports.model import AudienceName, ProviderReport, StandardText

_EDITIONS = {"standard": "Standard", "easy-read": "Easy Read"}
_ANSWERED_HOW = {
    "self": "By themselves",
    "helped": "With help",
    "on-behalf": "Somebody on their behalf",
    "not_said": "Not said",
}
_WIDTHS = (42, 26, 18, 18, 18, 10)
_HEADER = ("header", "header", "figure header", "note header")


def answers_sheet(book: Book, report: ProviderReport) -> None:
    """Write who answered and how, then for each standard the shares of the answers that do not score."""
    sheet = Sheet(book, "How people answered", "How people answered", _WIDTHS)
    _who(sheet, report)
    _breakdown(sheet, report, "editions", "Which edition they used", _EDITIONS)
    _breakdown(sheet, report, "answered_how", "Who gave the answers", _ANSWERED_HOW)
    _breakdown(sheet, report, "helped_by", "Who helped, or answered for somebody (can be several)", HELPED_BY)
    _breakdown(sheet, report, "help", "What they did (can be several)", HELP)
    sheet.break_page()
    sheet.row(["Answers that do not score"], "heading")
    names = ["Standard", "Group", "I don't know", "I'd rather not say", "This is not about me", "Note"]
    sheet.row(names, ["header"] * 2 + ["figure header"] * 3 + ["note header"])
    for standard in (standard for domain in report.domains for standard in domain.standards):
        for audience in AUDIENCE_LOOKS:
            _standard_row(sheet, report, standard, audience)


def _who(sheet: Sheet, report: ProviderReport) -> None:
    sheet.row(["How many answered"], "heading")
    sheet.row(["Group", "Answered", "Invited by link", "Note"], _HEADER)
    for audience in AUDIENCE_LOOKS:
        result = report.audiences[audience]
        name = audience_label(audience, report.provider_view)
        note = NOT_APPLICABLE if result.invited is None else ""
        sheet.row([name, result.respondents, result.invited, note], ("strong", "text", "count", "note"))
    sheet.space()


def _breakdown(
    sheet: Sheet,
    report: ProviderReport,
    which: Literal["editions", "answered_how", "helped_by", "help"],
    heading: str,
    choices: Mapping[str, str],
) -> None:
    """Write a row for each group and choice. A choice that a shown breakdown does not name was nobody's.

    Nothing is written of a breakdown that an earlier release did not hold.
    """
    found = {audience: getattr(report.audiences[audience], which) for audience in AUDIENCE_LOOKS}
    if None in found.values():
        return
    sheet.row([heading], "heading")
    sheet.row(["Group", "Choice", "Share", "Note"], _HEADER)
    for audience, breakdown in found.items():
        is_agreed = audience == "provider" and report.provider_view == "agreed"
        note = mark_of_breakdown(breakdown.withheld, is_agreed=is_agreed)
        name = audience_label(audience, report.provider_view)
        for choice, words in choices.items():
            share = None if breakdown.shares is None else breakdown.shares.get(choice, 0.0)
            sheet.row([name, words, share, note], ("strong", "text", "share", "note"))
    sheet.space()


def _standard_row(sheet: Sheet, report: ProviderReport, standard: StandardText, audience: AudienceName) -> None:
    result = report.audiences[audience].standards[standard.id]
    shares = [result.dont_know_share, result.prefer_not_share, result.not_applicable_share]
    notes = [mark_of_share(share, result.withheld) for share in shares]
    title = f"{standard.id} {standard.title}"
    values = [title, audience_label(audience, report.provider_view), *shares, next(filter(None, notes), "")]
    sheet.row(values, ["strong", "text", "share", "share", "share", "note"])
