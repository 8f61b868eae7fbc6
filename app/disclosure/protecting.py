"""From exact figures to what the rules for single figures let through."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from app.disclosure.content import Draft, ReleasedAudience, ReleasedGap, ReleasedStandard, Shares, Shown
from app.disclosure.counts import band_floor, count_band
from app.disclosure.figure import Figure, kept
from app.disclosure.rules import (
    Rules,
    may_show_coverage,
    why_breakdown_withheld,
    why_score_withheld,
    why_spread_withheld,
)
from app.scoring import (
    AudienceFigures,
    AudiencePair,
    IndicatorFigures,
    RoundFigures,
    StandardFigures,
    difference_margin,
    mean_margin,
    points,
    share,
)
from app.standards import Audience

DomainStandards = Mapping[str, Sequence[str]]


def draft_of(
    figures: RoundFigures, rules: Rules, invited: Mapping[Audience, int | None], domains: DomainStandards
) -> Draft:
    """Return what the rules for single figures let through. domains: the standards asked about, by domain."""
    audiences = {
        audience: _released_audience(given, rules, invited.get(audience), domains, figures.sigma)
        for audience, given in figures.audiences.items()
    }
    gaps = {
        pair: {id_: _released_gap(pair, id_, figures, rules) for id_ in figures.audiences[pair[0]].standards}
        for pair in figures.gaps
    }
    return Draft(figures, rules, Shown(audiences, gaps))


def _released_audience(
    figures: AudienceFigures, rules: Rules, invited: int | None, domains: DomainStandards, sigma: float
) -> ReleasedAudience:
    audience, count = figures.audience, figures.respondent_count
    return ReleasedAudience(
        respondents=count_band(count),
        invited=invited,
        standards={
            id_: _released_standard(standard, rules, audience, invited, sigma)
            for id_, standard in figures.standards.items()
        },
        domains={
            id_: _domain([_score(figures.standards[standard], rules, audience) for standard in standards])
            for id_, standards in domains.items()
        },
        indicators={id_: _spread(indicator, rules, audience) for id_, indicator in figures.indicators.items()},
        editions=_breakdown(figures.edition_counts, count, rules, audience),
        answered_how=_breakdown(figures.answered_how_counts, count, rules, audience),
    )


def _released_standard(
    figures: StandardFigures, rules: Rules, audience: Audience, invited: int | None, sigma: float
) -> ReleasedStandard:
    score = _score(figures, rules, audience)
    margin = None
    if score.value is not None and not rules.is_agreed(audience):
        margin = points(Fraction(mean_margin(sigma, band_floor(_valid_count(figures)), invited)))
    has_base = may_show_coverage(figures, rules, audience)
    return ReleasedStandard(
        score=score,
        margin=margin,
        coverage=_share(figures.coverage, has_base=has_base),
        dont_know_share=_share(figures.dont_know_share, has_base=has_base),
        prefer_not_share=_share(figures.prefer_not_share, has_base=has_base),
        not_applicable_share=_share(figures.not_applicable_share, has_base=has_base),
    )


def _score(figures: StandardFigures, rules: Rules, audience: Audience) -> Figure[Fraction]:
    reason = why_score_withheld(figures, rules, audience)
    if reason is None and figures.score is not None:
        return Figure(kept(figures.score.value), None)
    return Figure(None, reason)


def _valid_count(figures: StandardFigures) -> int:
    return figures.score.respondent_count if figures.score else 0


def _share(value: Fraction | None, *, has_base: bool) -> float | None:
    return share(value) if value is not None and has_base else None


def _domain(scores: Sequence[Figure[Fraction]]) -> Figure[Fraction]:
    """Return the mean of the standards' scores; where one is withheld, the first one's reason.

    Reason: the mean, with the other scores, would give the withheld one away.
    """
    values = []
    for score in scores:
        if score.value is None:
            return score
        values.append(score.value)
    return Figure(kept(sum(values, Fraction(0)) / len(values)), None)


def _spread(figures: IndicatorFigures, rules: Rules, audience: Audience) -> Figure[Shares]:
    reason = why_spread_withheld(figures, rules, audience)
    return Figure(None, reason) if reason else Figure(_shares(figures.option_counts), None)


def _breakdown(counts: Mapping[str, int], respondent_count: int, rules: Rules, audience: Audience) -> Figure[Shares]:
    reason = why_breakdown_withheld(counts, respondent_count, rules, audience)
    return Figure(None, reason) if reason else Figure(_shares(counts), None)


def _shares(counts: Mapping[str, int]) -> Shares:
    whole = sum(counts.values())
    return MappingProxyType({name: share(Fraction(count, whole)) for name, count in counts.items()})


def _released_gap(pair: AudiencePair, standard_id: str, figures: RoundFigures, rules: Rules) -> ReleasedGap:
    """Release a gap when both of its sides are: with one side's score, a gap gives the other side's away."""
    sides = [(audience, figures.audiences[audience].standards[standard_id]) for audience in pair]
    for audience, side in sides:
        reason = why_score_withheld(side, rules, audience)
        if reason is not None:
            return ReleasedGap(Figure(None, reason), talk_about_this=False, margin=None)
    gap = figures.gaps[pair][standard_id]
    first, second = (None if rules.is_agreed(audience) else band_floor(_valid_count(side)) for audience, side in sides)
    margin = points(Fraction(difference_margin(figures.sigma, first, second)))
    return ReleasedGap(Figure(kept(gap.value), None), gap.talk_about_this, margin)
