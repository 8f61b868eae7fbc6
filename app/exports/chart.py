"""What a chart shows, before it is drawn: axes in a fixed order, at most three outlines, perhaps a band.

A radar, a dot plot and the explorer's figure are drawn from the same Chart, so they cannot differ. Values are the
report's own: whole numbers 0-100, None where withheld. Source: docs/method.md, "Radar".
"""

from dataclasses import dataclass
from typing import Literal

from app.exports.series import AUDIENCE_LOOKS, MEDIAN_LOOK, Look, audience_label
from app.reports import PersonalReport
from app.reports.model import AudienceName, AudienceResult, DomainText, NetworkReport, ProviderReport, SpreadResult

Level = Literal["standards", "domains"]


@dataclass(frozen=True, slots=True)
class Outline:
    """One series: a value (0-100, None withheld) for every axis. note: said behind the name in the legend."""

    look: Look
    name: str
    values: tuple[int | None, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """From lower to upper for every axis (0-100; both None where withheld)."""

    name: str
    lower: tuple[int | None, ...]
    upper: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class ChartWords:
    """The words that stand in every chart, in its own language."""

    not_shown: str = "not shown"
    open_mark: str = "Open mark: not shown. It does not mean zero."
    radar_scale: str = "The centre (0) is the “is not”; the rim (100) is the “is”."


@dataclass(frozen=True, slots=True)
class Chart:
    """What one chart shows. axes: the titles of the standards or domains, in their fixed order."""

    title: str
    axes: tuple[str, ...]
    outlines: tuple[Outline, ...]
    band: Band | None = None
    words: ChartWords = ChartWords()

    def sentences(self) -> tuple[str, ...]:
        """Return one sentence an axis, with every shown figure and "not shown" for every withheld one."""
        return tuple(f"{title}: {', '.join(self._said(index))}." for index, title in enumerate(self.axes))

    def _said(self, index: int) -> list[str]:
        said = [f"{outline.name} {self._number(outline.values[index])}" for outline in self.outlines]
        if self.band and self.band.lower[index] is not None:
            said.append(f"{self.band.name} {self.band.lower[index]} to {self.band.upper[index]}")
        return said

    def _number(self, value: int | None) -> str:
        return self.words.not_shown if value is None else str(value)

    def has_withheld(self) -> bool:
        return any(value is None for outline in self.outlines for value in outline.values)


def standards_chart(report: ProviderReport) -> Chart:
    """Return the three perspectives on every standard."""
    standards = [standard for domain in report.domains for standard in domain.standards]
    outlines = tuple(
        _outline(report, audience, tuple(result.standards[standard.id].score for standard in standards))
        for audience, result in _in_order(report)
    )
    return Chart(_title("standard", outlines), tuple(standard.title for standard in standards), outlines)


def domains_chart(report: ProviderReport) -> Chart:
    """Return the three perspectives on every domain."""
    outlines = tuple(
        _outline(report, audience, tuple(result.domains[domain.id].score for domain in report.domains))
        for audience, result in _in_order(report)
    )
    return Chart(_title("domain", outlines), tuple(domain.title for domain in report.domains), outlines)


def spread_chart(report: NetworkReport, audience: AudienceName) -> Chart:
    """Return how providers spread for one audience: median, the middle half, and the provider that looks."""
    titles = _standard_titles(report.domains)
    results = report.audiences[audience].standards
    spreads = [results[standard_id] for standard_id in titles]
    outlines = [Outline(MEDIAN_LOOK, "Median", tuple(spread.median for spread in spreads))]
    if report.looking is not None:
        outlines.append(_own(report.looking, audience, spreads))
    band = Band(
        "Middle half of providers",
        tuple(spread.lower_quartile for spread in spreads),
        tuple(spread.upper_quartile for spread in spreads),
    )
    title = f"How providers spread on each standard: {network_label(audience)}"
    return Chart(title, tuple(titles.values()), tuple(outlines), band)


def own_chart(report: PersonalReport, audience: AudienceName, title: str, name: str, words: ChartWords) -> Chart:
    """Return a respondent's own view of every standard. title, name, words: in the language that they read."""
    values = tuple(standard.score for standard in report.standards)
    outline = Outline(AUDIENCE_LOOKS[audience], name, values)
    return Chart(title, tuple(standard.title for standard in report.standards), (outline,), words=words)


def network_label(audience: AudienceName) -> str:
    """Return an audience's name in a network, where some providers rate themselves and others ask their staff."""
    return "Providers' own view" if audience == "provider" else audience_label(audience)


def _in_order(report: ProviderReport) -> list[tuple[AudienceName, AudienceResult]]:
    return [(audience, report.audiences[audience]) for audience in AUDIENCE_LOOKS]


def _outline(report: ProviderReport, audience: AudienceName, values: tuple[int | None, ...]) -> Outline:
    name = audience_label(audience, report.provider_view)
    is_agreed = audience == "provider" and report.provider_view == "agreed"
    note = "" if is_agreed else f"{report.audiences[audience].respondents} answered"
    return Outline(AUDIENCE_LOOKS[audience], name, values, note)


def _own(name: str, audience: AudienceName, spreads: list[SpreadResult]) -> Outline:
    return Outline(AUDIENCE_LOOKS[audience], name, tuple(spread.own for spread in spreads))


def _standard_titles(domains: tuple[DomainText, ...]) -> dict[str, str]:
    return {standard.id: standard.title for domain in domains for standard in domain.standards}


def _title(level: str, outlines: tuple[Outline, ...]) -> str:
    *first, last = [outline.name for outline in outlines]
    return f"How far each {level} is met, as seen by {', '.join(first)} and {last}"
