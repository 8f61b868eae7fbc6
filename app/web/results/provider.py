"""A provider's result, ready for a template: the same report's figures as charts, tables and findings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup

from app.exports import (
    AUDIENCE_LOOKS,
    audience_label,
    dot_plot_svg,
    radar_figure,
    radar_svg,
    standards_chart,
)
from app.exports.wording import HELP, HELPED_BY, spoken_day
from app.reports.model import AudienceName, BreakdownResult, DomainText, ProviderReport, StandardText
from app.reports.sentences import MANY_DO_NOT_KNOW_ABOVE
from app.web.results.cells import Cell, gap_cell, percent, score_cell, withheld_words
from app.web.results.without_paid_staff import WithoutPaidStaff, without_paid_staff

GapName = Literal["provider-person", "provider-family", "family-person"]
EDITIONS = {"standard": "Standard edition", "easy-read": "Easy Read edition"}
ANSWERED_HOW = {
    "self": "Answered by themselves",
    "helped": "Answered with somebody’s help",
    "on-behalf": "Somebody answered on their behalf",
    "not_said": "Not said",
}


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RowGroup:
    """A domain and its standards. heading: the domain's own cells."""

    heading: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What an audience does not know enough about. parts: (standard's title, "31%")."""

    audience: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Turnout:
    """How an audience answered. breakdowns: (title, (what, share) pairs, or why there are none)."""

    audience: str
    answered: str
    breakdowns: tuple[tuple[str, tuple[tuple[str, str], ...], str], ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """How an audience answered one indicator.

    shares: (answer, "50%", 0.5); empty when there is no spread to show: words then hold the one answer, or why.
    """

    colour: str
    audience: str
    statement: str
    shares: tuple[tuple[str, str, float], ...]
    words: str


@dataclass(frozen=True, slots=True)
class AskedStandard:
    """One standard with the spread of the answers to its indicators, an indicator a tuple of audiences."""

    id: str
    title: str
    is_not: str
    indicators: tuple[tuple[Spread, ...], ...]


@dataclass(frozen=True, slots=True)
class ProviderResult:
    """A report with everything that a page shows of it. has_scores: whether any figure can be drawn."""

    report: ProviderReport
    closed_on: str
    provider_word: str
    has_scores: bool
    radar: Markup
    figure: Mapping[str, Any]
    dot_plot: Markup
    views: tuple[str, ...]
    gap_names: tuple[str, ...]
    groups: tuple[RowGroup, ...]
    findings: tuple[Finding, ...]
    turnouts: tuple[Turnout, ...]
    asked: tuple[AskedStandard, ...]
    without_paid_staff: WithoutPaidStaff | None


def provider_result(report: ProviderReport) -> ProviderResult:
    chart = standards_chart(report)
    own = "staff" if report.provider_view == "staff" else "the provider"
    return ProviderResult(
        report=report,
        closed_on=spoken_day(report.closed_on),
        provider_word=own,
        has_scores=any(value is not None for outline in chart.outlines for value in outline.values),
        radar=Markup(radar_svg(chart, "radar")),  # noqa: S704  # drawn by us; every text in it is escaped
        figure=radar_figure(report),
        dot_plot=Markup(dot_plot_svg(chart, "dots")),  # noqa: S704
        views=tuple(audience_label(audience, report.provider_view) for audience in AUDIENCE_LOOKS),
        gap_names=tuple(f"{first} against {second}".capitalize() for first, second in _gap_pairs(own)),
        groups=tuple(_group(report, domain) for domain in report.domains),
        findings=tuple(_findings(report)),
        turnouts=tuple(_turnout(report, audience) for audience in AUDIENCE_LOOKS),
        asked=tuple(_asked(report, standard) for standard in _standards(report)),
        without_paid_staff=without_paid_staff(report),
    )


def _gap_pairs(own: str) -> tuple[tuple[str, str], ...]:
    return (own, "people"), (own, "families"), ("families", "people")


def _is_agreed(report: ProviderReport, audience: AudienceName) -> bool:
    """Say whether this is the one voice of a team, of which there is no spread."""
    return audience == "provider" and report.provider_view == "agreed"


def _standards(report: ProviderReport) -> Iterator[StandardText]:
    return (standard for domain in report.domains for standard in domain.standards)


def _group(report: ProviderReport, domain: DomainText) -> RowGroup:
    whole = tuple(score_cell(report.audiences[audience].domains[domain.id]) for audience in AUDIENCE_LOOKS)
    return RowGroup(Row(domain.id, domain.title, whole), tuple(_row(report, each) for each in domain.standards))


def _row(report: ProviderReport, standard: StandardText) -> Row:
    scores = [score_cell(report.audiences[audience].standards[standard.id]) for audience in AUDIENCE_LOOKS]
    names: tuple[GapName, ...] = ("provider-person", "provider-family", "family-person")
    gaps = [gap_cell(report.gaps[name][standard.id]) for name in names]
    return Row(standard.id, standard.title, (*scores, *gaps))


def _findings(report: ProviderReport) -> Iterator[Finding]:
    for audience in AUDIENCE_LOOKS:
        shares = [
            (standard.title, report.audiences[audience].standards[standard.id].dont_know_share or 0)
            for standard in _standards(report)
        ]
        many = tuple((title, percent(share)) for title, share in shares if share > MANY_DO_NOT_KNOW_ABOVE)
        if many:
            yield Finding(audience_label(audience, report.provider_view), many)


def _turnout(report: ProviderReport, audience: AudienceName) -> Turnout:
    result = report.audiences[audience]
    name = audience_label(audience, report.provider_view)
    if _is_agreed(report, audience):
        given = any(standard.score is not None for standard in result.standards.values())
        return Turnout(name, "One self-assessment" if given else "No self-assessment that counts", ())
    invited = "" if result.invited is None else f", of {result.invited} invited by link"
    asked: tuple[tuple[str, BreakdownResult | None, Mapping[str, str]], ...] = (
        ("Which edition they used", result.editions, EDITIONS),
        ("Who gave the answers", result.answered_how, ANSWERED_HOW),
        ("Who helped, or answered for somebody (can be several)", result.helped_by, HELPED_BY),
        ("What they did (can be several)", result.help, HELP),
    )
    breakdowns = tuple((title, *_breakdown(found, words)) for title, found, words in asked if found is not None)
    return Turnout(name, f"{result.respondents} answered{invited}".capitalize(), breakdowns)


def _breakdown(result: BreakdownResult, words: Mapping[str, str]) -> tuple[tuple[tuple[str, str], ...], str]:
    if result.shares is None:
        return (), withheld_words(result.withheld)
    if not result.shares:
        return (), "Nobody told us that anybody helped"
    return tuple((words.get(choice, choice), percent(share)) for choice, share in result.shares.items()), ""


def _asked(report: ProviderReport, standard: StandardText) -> AskedStandard:
    indicators = tuple(
        tuple(_spread(report, audience, each.id, each.statements[audience]) for audience in AUDIENCE_LOOKS)
        for each in standard.indicators
    )
    return AskedStandard(standard.id, standard.title, standard.is_not, indicators)


def _spread(report: ProviderReport, audience: AudienceName, indicator_id: str, statement: str) -> Spread:
    name = audience_label(audience, report.provider_view)
    colour = AUDIENCE_LOOKS[audience].colour
    found = report.audiences[audience].indicators[indicator_id]
    if found.shares is None:
        return Spread(colour, name, statement, (), withheld_words(found.withheld))
    shares = [(option.labels[audience], found.shares.get(option.id, 0.0)) for option in report.options]
    if _is_agreed(report, audience):
        return Spread(colour, name, statement, (), ", ".join(label for label, share in shares if share))
    return Spread(colour, name, statement, tuple((label, percent(share), share) for label, share in shares), "")
