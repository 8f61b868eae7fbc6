"""What a release shows, and the seam for the audit that looks at all of it together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Protocol

from app.disclosure.figure import Figure, Reason
from app.disclosure.rules import Rules
from app.scoring import AudiencePair, RoundFigures
from app.standards import Audience

Shares = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ReleasedStandard:
    """One audience's view of one standard.

    score: in [0, 1]. margin: whole points on either side, None when the score is withheld or has no interval.
    The shares have two decimals; None when too few were asked, or there is no base for them.
    """

    score: Figure[Fraction]
    margin: int | None
    coverage: float | None
    dont_know_share: float | None
    prefer_not_share: float | None
    not_applicable_share: float | None


@dataclass(frozen=True, slots=True)
class ReleasedAudience:
    """One audience. respondents: in a band; invited: how many, None when nobody was invited by link.

    indicators: shares by option, of those who answered; editions, answered_how: shares of the respondents.
    helped_by, help: shares of the respondents too, who can be in several; None in a release from before they were kept.
    """

    respondents: str
    invited: int | None
    standards: Mapping[str, ReleasedStandard] = field(hash=False)
    domains: Mapping[str, Figure[Fraction]] = field(hash=False)
    indicators: Mapping[str, Figure[Shares]] = field(hash=False)
    editions: Figure[Shares]
    answered_how: Figure[Shares]
    helped_by: Figure[Shares] | None = None
    help: Figure[Shares] | None = None

    def __post_init__(self) -> None:
        for name in ("standards", "domains", "indicators"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))


@dataclass(frozen=True, slots=True)
class ReleasedSeries:
    """A part of one audience, figure by figure; no margins and no gaps.

    withheld: why nothing of it is shown; then every figure has that reason. is_all: nobody is left out, so the figures
    are the audience's own.
    """

    withheld: Reason | None
    is_all: bool
    standards: Mapping[str, ReleasedStandard] = field(hash=False)
    domains: Mapping[str, Figure[Fraction]] = field(hash=False)
    indicators: Mapping[str, Figure[Shares]] = field(hash=False)

    def __post_init__(self) -> None:
        for name in ("standards", "domains", "indicators"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))


@dataclass(frozen=True, slots=True)
class ReleasedGap:
    """One gap. value: in [-1, 1]. margin: whole points on either side, None when withheld."""

    value: Figure[Fraction]
    talk_about_this: bool
    margin: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything of a round that may be shown.

    series: by name, for the audiences that have it; none in a release from before there were any.
    """

    audiences: Mapping[Audience, ReleasedAudience] = field(hash=False)
    gaps: Mapping[AudiencePair, Mapping[str, ReleasedGap]] = field(hash=False)
    series: Mapping[str, Mapping[Audience, ReleasedSeries]] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "audiences", MappingProxyType(dict(self.audiences)))
        gaps = {pair: MappingProxyType(dict(by_standard)) for pair, by_standard in self.gaps.items()}
        object.__setattr__(self, "gaps", MappingProxyType(gaps))
        series = {name: MappingProxyType(dict(by_audience)) for name, by_audience in self.series.items()}
        object.__setattr__(self, "series", MappingProxyType(series))


@dataclass(frozen=True, slots=True)
class Draft:
    """A release before its audit: what the rules for single figures let through, beside what it was made from."""

    figures: RoundFigures
    rules: Rules
    shown: Shown


class Audit(Protocol):
    """The complementary audit: looks at all figures together and withholds more where they give a withheld one away.

    An implementation returns `draft.shown` with further figures withheld for Reason.COMPLEMENTARY, together with
    everything made of them (a standard's domain, gaps and margins, and its place in a series). It never shows what the
    draft withholds and never changes a value. Afterwards, taking into account everything shown, the rules' thresholds
    and the pinned scale:

    - no withheld figure lies in the row space of the shown ones (it cannot be computed exactly), and
    - none can be bounded to within 5 points on either side.

    It has to assume that the reader knows the exact number of respondents (shares with two decimals can tell it), and
    it holds for a reader who is one of the respondents. Source: docs/method.md, "What is still to come".
    """

    def __call__(self, draft: Draft) -> Shown: ...


def no_audit(draft: Draft) -> Shown:
    """Withhold nothing more. This stands where the exact check will stand; see docs/method.md."""
    return draft.shown
