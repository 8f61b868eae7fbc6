"""A provider's report as a workbook: seven sheets, made from the released report alone.

A withheld figure's cell is empty and the note beside it says why: [c], [z] or [x]. Nothing else in the file (chart,
hidden sheet, cache, name) holds a figure. Source: docs/method.md, "What may be shown".
"""

from datetime import date
from typing import BinaryIO

from app.exports.answers_sheet import answers_sheet
from app.exports.indicators_sheet import indicators_sheet
from app.exports.method_sheet import HOW_SCORES_ARE_MADE, manifest_sheet, method_sheet
from app.exports.series import AUDIENCE_LOOKS, audience_label
from app.exports.sheet import Book, Sheet
from app.exports.standards_sheet import standards_sheet
from app.exports.without_paid_staff_sheet import SHEET, without_paid_staff_sheet
from app.exports.wording import LEGEND, spoken_day
from app.reports.model import AudienceName, ProviderReport

_LENGTHS = {"short": "short form, one question a standard", "full": "full form"}


def provider_workbook(report: ProviderReport, out: BinaryIO) -> None:
    """Write the report to `out`. The same report gives the same bytes."""
    book = Book(
        title=f"{report.about}: quality standards report",
        subject=f"{report.about}, round {report.round}, closed on {report.closed_on}",
        made_up=report.made_up,
        closed_on=date.fromisoformat(report.closed_on),
    )
    _summary(book, report)
    standards_sheet(book, report)
    indicators_sheet(book, report)
    answers_sheet(book, report)
    without_paid_staff_sheet(book, report)
    method_sheet(book, (*HOW_SCORES_ARE_MADE, *_topics(report)))
    counts = [(f"Answered: {name}", report.audiences[audience].respondents) for audience, name in _names(report)]
    manifest_sheet(book, report, [*_whom(report), ("Round", report.round), *counts, *_thresholds(report)])
    book.save(out)


def _whom(report: ProviderReport) -> list[tuple[str, str]]:
    """Return the provider, and the site where the round was for one."""
    return [("Provider", report.provider), *([("Site", report.site)] if report.site else [])]


def _names(report: ProviderReport) -> list[tuple[AudienceName, str]]:
    return [(audience, audience_label(audience, report.provider_view)) for audience in AUDIENCE_LOOKS]


def _summary(book: Book, report: ProviderReport) -> None:
    sheet = Sheet(book, "Summary", report.about, (26, 100))
    for sentence in report.headline:
        sheet.row([None, sentence], "lead")
    sheet.space()
    sheet.row(["This round"], "heading")
    for name, value in (
        *_whom(report),
        ("Round", report.round),
        ("Closed on", spoken_day(report.closed_on)),
        ("Standards", f"{report.standards.set} {report.standards.version}"),
        ("Survey", f"{report.survey.id} {report.survey.version}, {_LENGTHS[report.survey.length]}"),
        ("About the wording", report.wording_note),
    ):
        sheet.row([name, value], ("strong", "text"))
    sheet.space()
    sheet.row(["How many answered"], "heading")
    for audience, name in _names(report):
        sheet.row([name, _answered(report, audience)], ("strong", "text"))
    sheet.space()
    sheet.row(["How to read this workbook"], "heading")
    for name, words in _how_to_read(report):
        sheet.row([name, words], ("strong", "text"))
    for sign, words in LEGEND:
        sheet.row([sign, words], ("strong", "text"))


def _how_to_read(report: ProviderReport) -> list[tuple[str, str]]:
    without = [(SHEET, "The scores of people and families once more, without answers that paid staff helped with.")]
    return [
        ("Scores", "0 is the “is not” of a standard, 100 is the “is”. There is no overall score and no league table."),
        ("Standards", "How people, families and the provider see each standard, and where their views lie far apart."),
        ("Indicators", "What was asked, and how the answers spread."),
        ("How people answered", "Which edition they used, who helped, and how many said “I don't know”."),
        *(without if report.series else ()),
        ("Method, Manifest", "How the figures are made; the versions and checksums of this file."),
        ("Empty figure, note beside", "The figure is not shown. It is never a zero. The note says why:"),
    ]


def _answered(report: ProviderReport, audience: AudienceName) -> str:
    result = report.audiences[audience]
    if audience == "provider" and report.provider_view == "agreed":
        has_answered = any(standard.score is not None for standard in result.standards.values())
        return "one self-assessment, agreed together" if has_answered else "no complete self-assessment"
    invited = "" if result.invited is None else f", of {result.invited} invited"
    return f"{result.respondents}{invited}"


def _topics(report: ProviderReport) -> list[tuple[str, str]]:
    is_agreed = report.provider_view == "agreed"
    own_view = (
        "The provider's view is one self-assessment that the team agreed on: self-rated, with no margin."
        if is_agreed
        else "The provider's view is a survey of its staff: the same rules hold as for people and families."
    )
    smallest, spread = report.thresholds.standard, report.thresholds.indicator
    return [
        ("Domains", "The mean of the domain's standards, before rounding, and only when all of them are shown."),
        (
            "Gaps",
            (
                "One view's score less another's, on the questions both were asked. “Talk about this” stands where the"
                " gap is 20 points or more and chance alone does not explain it."
            ),
        ),
        (
            "Coverage",
            (
                "Of the questions that apply, the share that was answered with an answer that scores. “Don't know” and"
                " “rather not say” are shares of the same questions; “not about me” is a share of all that were asked."
            ),
        ),
        ("The provider's view", own_view),
        (
            "What is shown",
            (
                f"A score is shown when at least {smallest} of the group have answered, the spread of answers to one"
                f" question when at least {spread} have. A figure also stays away when all gave the same answer in a"
                " small group, or when other figures would give it away."
            ),
        ),
        ("How many answered", "Numbers below 20 are shown as a range, such as “10 to 14”."),
        ("Fixed figures", "These figures were made once, when the round closed, and do not change afterwards."),
    ]


def _thresholds(report: ProviderReport) -> list[tuple[str, str]]:
    return [
        ("Fewest answers for a score", str(report.thresholds.standard)),
        ("Fewest answers for a spread", str(report.thresholds.indicator)),
    ]
