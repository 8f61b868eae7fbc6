"""A network's result, ready for a template: for its coordinator, or as one provider sees itself in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app.exports import AUDIENCE_LOOKS, dot_plot_svg, radar_svg, spread_chart, spread_figure
from app.exports.chart import network_label
from app.exports.wording import spoken_day
from app.reports.model import AudienceName, DomainText, NetworkReport, SpreadResult
from app.web.results.cells import NOT_SHOWN, Cell, withheld_words
from app.web.results.provider import Row


@dataclass(frozen=True, slots=True)
class SpreadGroup:
    """A domain's title over the rows of its standards."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class AudienceSpread:
    """How providers spread for one audience. has_spread: whether anything of it can be drawn."""

    key: AudienceName
    name: str
    providers: str
    has_spread: bool
    radar: Markup
    figure: Mapping[str, Any]
    dot_plot: Markup
    groups: tuple[SpreadGroup, ...]


@dataclass(frozen=True, slots=True)
class NetworkResult:
    report: NetworkReport
    closed_on: str
    columns: tuple[str, ...]
    audiences: tuple[AudienceSpread, ...]


def network_result(report: NetworkReport) -> NetworkResult:
    own = ("Your score",) if report.looking is not None else ()
    return NetworkResult(
        report=report,
        closed_on=spoken_day(report.closed_on),
        columns=("Standard", "In the middle", "Middle half", *own),
        audiences=tuple(_audience(report, audience) for audience in AUDIENCE_LOOKS),
    )


def _audience(report: NetworkReport, audience: AudienceName) -> AudienceSpread:
    chart = spread_chart(report, audience)
    return AudienceSpread(
        key=audience,
        name=network_label(audience),
        providers=report.audiences[audience].providers,
        has_spread=any(value is not None for outline in chart.outlines for value in outline.values),
        radar=Markup(radar_svg(chart, f"radar-{audience}")),  # noqa: S704  # drawn by us; every text in it is escaped
        figure=spread_figure(report, audience),
        dot_plot=Markup(dot_plot_svg(chart, f"dots-{audience}")),  # noqa: S704
        groups=tuple(_group(report, audience, domain) for domain in report.domains),
    )


def _group(report: NetworkReport, audience: AudienceName, domain: DomainText) -> SpreadGroup:
    spreads = report.audiences[audience].standards
    rows = tuple(Row(each.id, each.title, tuple(_cells(report, spreads[each.id]))) for each in domain.standards)
    return SpreadGroup(domain.title, rows)


def _cells(report: NetworkReport, spread: SpreadResult) -> list[Cell]:
    if spread.median is None:
        words = _withheld_words(report, spread)
        cells = [Cell(words, is_figure=False), Cell(words, is_figure=False)]
    else:
        cells = [Cell(str(spread.median)), Cell(f"{spread.lower_quartile} to {spread.upper_quartile}")]
    if report.looking is not None:
        cells.append(Cell(NOT_SHOWN, is_figure=False) if spread.own is None else Cell(str(spread.own)))
    return cells


def _withheld_words(report: NetworkReport, spread: SpreadResult) -> str:
    if spread.withheld != "too_few":
        return withheld_words(spread.withheld)
    others = "other providers" if report.looking is not None else "providers"
    return f"Not shown: fewer than {report.minimum_providers} {others}"
