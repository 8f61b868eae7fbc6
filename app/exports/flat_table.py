"""A provider's report as one flat table (CSV, UTF-8): a row a figure, for other programs."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import BinaryIO

from app.exports.series import AUDIENCE_LOOKS
from app.exports.wording import looks_like_formula, mark, mark_of_breakdown, mark_of_margin, mark_of_share, printable
from app.reports.model import (
    AudienceName,
    AudienceResult,
    BreakdownResult,
    ProviderReport,
    SeriesResult,
    StandardResult,
)

COLUMNS = ("level", "id", "title", "audience", "measure", "value", "note")
Value = str | int | float | None
Row = tuple[str, str, str, str, str, Value, str]


def report_csv(report: ProviderReport, out: BinaryIO) -> None:
    """Write the table. A withheld figure has an empty value and its mark ([c], [z], [x]) as note.

    Values are as in the JSON: whole points, shares with two decimals. A text that a spreadsheet would run as a
    formula gets an apostrophe in front.
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in _rows(report):
        writer.writerow([_safe(value) if isinstance(value, str) else value for value in row])
    out.write(text.getvalue().encode("utf-8"))


def _rows(report: ProviderReport) -> Iterator[Row]:
    yield from _about(report)
    for audience in AUDIENCE_LOOKS:
        is_agreed = audience == "provider" and report.provider_view == "agreed"
        yield from _audience_rows(report, audience, report.audiences[audience], is_agreed=is_agreed)
    yield from _gap_rows(report)
    for name, parts in report.series.items():
        for audience, part in parts.items():
            yield from _series_rows(report, name, audience, part)


def _about(report: ProviderReport) -> Iterator[Row]:
    facts = {
        "provider": report.provider,
        **({"site": report.site} if report.site else {}),
        "round": report.round,
        "closed_on": report.closed_on,
        "made_up": str(report.made_up).lower(),
        "release": report.release.id,
        "release_sha256": report.release.sha256,
        "standards": f"{report.standards.set}@{report.standards.version}",
        "survey": f"{report.survey.id}@{report.survey.version}",
        "length": report.survey.length,
    }
    for measure, value in facts.items():
        yield "report", "", "", "", measure, value, ""


def _audience_rows(
    report: ProviderReport, audience: AudienceName, result: AudienceResult, *, is_agreed: bool
) -> Iterator[Row]:
    yield "audience", "", "", audience, "respondents", result.respondents, ""
    if result.invited is not None:
        yield "audience", "", "", audience, "invited", result.invited, ""
    yield from _breakdown("edition", audience, result.editions, is_agreed=is_agreed)
    yield from _breakdown("answered_how", audience, result.answered_how, is_agreed=is_agreed)
    for level, breakdown in (("helped_by", result.helped_by), ("help", result.help)):
        if breakdown is not None:
            yield from _breakdown(level, audience, breakdown, is_agreed=is_agreed)
    yield from _score_rows(report, audience, result, is_agreed=is_agreed)
    yield from _indicator_rows(report, audience, result)


def _score_rows(
    report: ProviderReport, audience: AudienceName, result: AudienceResult | SeriesResult, *, is_agreed: bool
) -> Iterator[Row]:
    for domain in report.domains:
        whole = result.domains[domain.id]
        yield "domain", domain.id, domain.title, audience, "score", whole.score, mark(whole.withheld)
        for standard in domain.standards:
            for measure, value, note in _measures(result.standards[standard.id], is_agreed=is_agreed):
                yield "standard", standard.id, standard.title, audience, measure, value, note


def _measures(result: StandardResult, *, is_agreed: bool) -> Iterator[tuple[str, Value, str]]:
    yield "score", result.score, mark(result.withheld)
    yield "margin", result.margin, mark_of_margin(result.margin, result.withheld, is_agreed=is_agreed)
    shares = {
        "coverage": result.coverage,
        "dont_know_share": result.dont_know_share,
        "prefer_not_share": result.prefer_not_share,
        "not_applicable_share": result.not_applicable_share,
    }
    for measure, share in shares.items():
        yield measure, share, mark_of_share(share, result.withheld)


def _breakdown(level: str, audience: AudienceName, result: BreakdownResult, *, is_agreed: bool) -> Iterator[Row]:
    if result.shares is None:
        yield level, "", "", audience, "share", None, mark_of_breakdown(result.withheld, is_agreed=is_agreed)
        return
    for choice, share in result.shares.items():
        yield level, choice, "", audience, "share", share, ""


def _series_rows(report: ProviderReport, name: str, audience: AudienceName, part: SeriesResult) -> Iterator[Row]:
    """Give a series' rows: the same levels with its name in front, without margins, which a series does not have."""
    is_all = None if part.withheld else str(part.is_all).lower()
    yield name, "", "", audience, "is_all", is_all, mark(part.withheld)
    rows = [*_score_rows(report, audience, part, is_agreed=False), *_indicator_rows(report, audience, part)]
    for level, id_, title, who, measure, value, note in rows:
        if measure != "margin":
            yield f"{name}:{level}", id_, title, who, measure, value, note


def _indicator_rows(
    report: ProviderReport, audience: AudienceName, result: AudienceResult | SeriesResult
) -> Iterator[Row]:
    indicators = [i for domain in report.domains for standard in domain.standards for i in standard.indicators]
    for indicator in indicators:
        spread = result.indicators.get(indicator.id)
        if spread is None:
            continue
        for option in report.options:
            share = None if spread.shares is None else spread.shares.get(option.id, 0.0)
            statement = indicator.statements[audience]
            yield "indicator", indicator.id, statement, audience, f"share:{option.id}", share, mark(spread.withheld)


def _gap_rows(report: ProviderReport) -> Iterator[Row]:
    titles = {standard.id: standard.title for domain in report.domains for standard in domain.standards}
    for pair, gaps in report.gaps.items():
        for standard_id, gap in gaps.items():
            start = ("gap", standard_id, titles[standard_id], pair)
            yield *start, "points", gap.points, mark(gap.withheld)
            yield *start, "margin", gap.margin, mark_of_share(gap.margin, gap.withheld)
            talk = None if gap.withheld else str(gap.talk_about_this).lower()
            yield *start, "talk_about_this", talk, mark(gap.withheld)


def _safe(text: str) -> str:
    printed = printable(text)
    return f"'{printed}" if looks_like_formula(printed) else printed
