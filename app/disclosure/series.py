"""A part of an audience as a series of its own, released only where the rest of the audience could be shown too.

Source: docs/method.md, "Without paid staff"; docs/decisions/0011-without-paid-staff.md.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from app.disclosure.asked import Asked
from app.disclosure.audience import domain_score, released_standard, score_unless, shares_unless
from app.disclosure.content import ReleasedAudience, ReleasedSeries, Shares
from app.disclosure.figure import Figure, Reason
from app.disclosure.rules import (
    Rules,
    may_divide_score,
    may_divide_spread,
    why_score_withheld,
    why_series_withheld,
    why_spread_withheld,
)
from app.scoring import AudienceFigures, SeriesFigures


def released_series(
    figures: AudienceFigures, series: SeriesFigures, whole: ReleasedAudience, rules: Rules, asked: Asked
) -> ReleasedSeries:
    """Return what may be shown of a part beside the whole, which is all of its audience as it is released.

    Margins and gaps are not made of it.
    """
    reason = why_series_withheld(series, rules)
    if reason is None and not series.rest.respondent_count:
        standards = {id_: replace(standard, margin=None) for id_, standard in whole.standards.items()}
        return ReleasedSeries(
            None, is_all=True, standards=standards, domains=whole.domains, indicators=whole.indicators
        )
    scores = {id_: _score(id_, figures, series, rules, reason) for id_ in figures.standards}
    spreads: dict[str, Figure[Shares]] = {}
    for standard_id, indicators in asked.standards.items():
        spreads |= _spreads(indicators, figures, series, rules, reason, is_scored=scores[standard_id].value is not None)
    return ReleasedSeries(
        withheld=reason,
        is_all=False,
        standards={
            id_: released_standard(part, scores[id_], None, has_base=reason is None)
            for id_, part in series.part.standards.items()
        },
        domains={
            id_: domain_score([scores[standard] for standard in standards]) for id_, standards in asked.domains.items()
        },
        indicators=spreads,
    )


def _score(
    standard_id: str, figures: AudienceFigures, series: SeriesFigures, rules: Rules, reason: Reason | None
) -> Figure[Fraction]:
    part = series.part.standards[standard_id]
    reason = reason or why_score_withheld(figures.standards[standard_id], rules, figures.audience)
    if reason is None and not may_divide_score(part, series.rest.standards[standard_id], rules, figures.audience):
        reason = Reason.REMAINDER
    return score_unless(reason, part)


def _spreads(
    indicators: Sequence[str],
    figures: AudienceFigures,
    series: SeriesFigures,
    rules: Rules,
    reason: Reason | None,
    *,
    is_scored: bool,
) -> dict[str, Figure[Shares]]:
    """Release the spreads of one standard's questions together or not at all.

    Reason: the standard's score and the other questions would tell how the part answered the one that is withheld, and
    so how the rest did.
    """
    whole, part, rest = figures.indicators, series.part.indicators, series.rest.indicators
    together = is_scored and all(may_divide_spread(part[id_], rest[id_], rules, figures.audience) for id_ in indicators)
    otherwise = None if together else Reason.REMAINDER
    return {
        id_: shares_unless(
            reason or why_spread_withheld(whole[id_], rules, figures.audience) or otherwise,
            part[id_].option_counts,
            part[id_].answered_count,
        )
        for id_ in indicators
    }
