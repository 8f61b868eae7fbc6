"""One audience's figures, each released or withheld on its own."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from app.disclosure.asked import Asked
from app.disclosure.content import ReleasedAudience, ReleasedStandard, Shares
from app.disclosure.counts import band_floor, count_band
from app.disclosure.figure import Figure, Reason, kept
from app.disclosure.rules import (
    Rules,
    may_show_coverage,
    why_breakdown_withheld,
    why_choices_withheld,
    why_score_withheld,
    why_spread_withheld,
)
from app.scoring import AudienceFigures, IndicatorFigures, StandardFigures, mean_margin, points, share
from app.standards import Audience


def released_audience(
    figures: AudienceFigures, rules: Rules, invited: int | None, asked: Asked, sigma: float
) -> ReleasedAudience:
    """Return what the rules for single figures let through of one audience."""
    audience, count = figures.audience, figures.respondent_count
    return ReleasedAudience(
        respondents=count_band(count),
        invited=invited,
        standards={
            id_: _standard(standard, rules, audience, invited, sigma) for id_, standard in figures.standards.items()
        },
        domains={
            id_: domain_score([_score(figures.standards[standard], rules, audience) for standard in standards])
            for id_, standards in asked.domains.items()
        },
        indicators={id_: _spread(indicator, rules, audience) for id_, indicator in figures.indicators.items()},
        editions=_breakdown(figures.edition_counts, count, rules, audience),
        answered_how=_breakdown(figures.answered_how_counts, count, rules, audience),
        helped_by=_choices(figures.helped_by_counts, figures, rules),
        help=_choices(figures.help_counts, figures, rules),
    )


def released_standard(
    figures: StandardFigures, score: Figure[Fraction], margin: int | None, *, has_base: bool
) -> ReleasedStandard:
    """Return a standard's score beside its shares. has_base: whether the shares may be shown."""
    return ReleasedStandard(
        score=score,
        margin=margin,
        coverage=_share(figures.coverage, has_base=has_base),
        dont_know_share=_share(figures.dont_know_share, has_base=has_base),
        prefer_not_share=_share(figures.prefer_not_share, has_base=has_base),
        not_applicable_share=_share(figures.not_applicable_share, has_base=has_base),
    )


def score_unless(reason: Reason | None, figures: StandardFigures) -> Figure[Fraction]:
    """Return a standard's score, or the reason why it is withheld."""
    if reason is None and figures.score is not None:
        return Figure(kept(figures.score.value), None)
    return Figure(None, reason)


def domain_score(scores: Sequence[Figure[Fraction]]) -> Figure[Fraction]:
    """Return the mean of the standards' scores; where one is withheld, the first one's reason.

    Reason: the mean, with the other scores, would give the withheld one away.
    """
    values = []
    for score in scores:
        if score.value is None:
            return score
        values.append(score.value)
    return Figure(kept(sum(values, Fraction(0)) / len(values)), None)


def shares_unless(reason: Reason | None, counts: Mapping[str, int], whole: int) -> Figure[Shares]:
    """Return what part of the whole each count is, or the reason why that is withheld."""
    if reason is not None:
        return Figure(None, reason)
    return Figure(MappingProxyType({name: share(Fraction(count, whole)) for name, count in counts.items()}), None)


def _standard(
    figures: StandardFigures, rules: Rules, audience: Audience, invited: int | None, sigma: float
) -> ReleasedStandard:
    score = _score(figures, rules, audience)
    margin = None
    if score.value is not None and not rules.is_agreed(audience):
        margin = points(Fraction(mean_margin(sigma, band_floor(figures.valid_count), invited)))
    return released_standard(figures, score, margin, has_base=may_show_coverage(figures, rules, audience))


def _score(figures: StandardFigures, rules: Rules, audience: Audience) -> Figure[Fraction]:
    return score_unless(why_score_withheld(figures, rules, audience), figures)


def _share(value: Fraction | None, *, has_base: bool) -> float | None:
    return share(value) if value is not None and has_base else None


def _spread(figures: IndicatorFigures, rules: Rules, audience: Audience) -> Figure[Shares]:
    reason = why_spread_withheld(figures, rules, audience)
    return shares_unless(reason, figures.option_counts, figures.answered_count)


def _breakdown(counts: Mapping[str, int], respondent_count: int, rules: Rules, audience: Audience) -> Figure[Shares]:
    return shares_unless(why_breakdown_withheld(counts, respondent_count, rules, audience), counts, respondent_count)


def _choices(counts: Mapping[str, int], figures: AudienceFigures, rules: Rules) -> Figure[Shares]:
    return shares_unless(why_choices_withheld(counts, figures, rules), counts, figures.respondent_count)
