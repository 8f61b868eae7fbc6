"""From exact figures to what the rules for single figures let through."""

from collections.abc import Mapping
from fractions import Fraction

from app.disclosure.asked import Asked
from app.disclosure.audience import released_audience
from app.disclosure.content import Draft, ReleasedAudience, ReleasedGap, ReleasedSeries, Shown
from app.disclosure.counts import band_floor
from app.disclosure.figure import Figure, kept
from app.disclosure.rules import Rules, why_score_withheld
from app.disclosure.series import released_series
from app.scoring import WITHOUT_PAID_STAFF, AudiencePair, RoundFigures, difference_margin, points
from app.standards import Audience


def draft_of(figures: RoundFigures, rules: Rules, invited: Mapping[Audience, int | None], asked: Asked) -> Draft:
    """Return what the rules for single figures let through."""
    audiences = {
        audience: released_audience(given, rules, invited.get(audience), asked, figures.sigma)
        for audience, given in figures.audiences.items()
    }
    gaps = {
        pair: {id_: _released_gap(pair, id_, figures, rules) for id_ in figures.audiences[pair[0]].standards}
        for pair in figures.gaps
    }
    return Draft(figures, rules, Shown(audiences, gaps, _series(figures, audiences, rules, asked)))


def _series(
    figures: RoundFigures, wholes: Mapping[Audience, ReleasedAudience], rules: Rules, asked: Asked
) -> dict[str, dict[Audience, ReleasedSeries]]:
    return {
        name: {
            audience: released_series(given, given.series[name], wholes[audience], rules, asked)
            for audience, given in figures.audiences.items()
            if name in given.series
        }
        for name in (WITHOUT_PAID_STAFF,)
    }


def _released_gap(pair: AudiencePair, standard_id: str, figures: RoundFigures, rules: Rules) -> ReleasedGap:
    """Release a gap when both of its sides are: with one side's score, a gap gives the other side's away."""
    sides = [(audience, figures.audiences[audience].standards[standard_id]) for audience in pair]
    for audience, side in sides:
        reason = why_score_withheld(side, rules, audience)
        if reason is not None:
            return ReleasedGap(Figure(None, reason), talk_about_this=False, margin=None)
    gap = figures.gaps[pair][standard_id]
    first, second = (None if rules.is_agreed(audience) else band_floor(side.valid_count) for audience, side in sides)
    margin = points(Fraction(difference_margin(figures.sigma, first, second)))
    return ReleasedGap(Figure(kept(gap.value), None), gap.talk_about_this, margin)
