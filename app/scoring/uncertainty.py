"""How much of a figure chance alone can explain. Floats: a margin is no score."""

from collections.abc import Iterable
from fractions import Fraction
from math import sqrt
from typing import Final

from app.scoring.model import RoundFigures

DECLARED_SIGMA: Final = 0.30
ROUNDS_BEFORE_POOLING: Final = 30
_Z: Final = 1.96


def mean_margin(sigma: float, n: int, invited: int | None) -> float:
    """Return the half width of a mean's 95 % interval, on the scale of scores.

    n: respondents, 1 or more. invited: the size of the whole group, None when it is not known; it narrows the
    interval, unless there are more respondents than invitations. Source: docs/method.md, "Uncertainty".
    """
    margin = _Z * sigma / sqrt(n)
    if invited is None or invited < n:
        return margin
    if invited == n:
        return 0.0
    return margin * sqrt((invited - n) / (invited - 1))


def difference_margin(sigma: float, n1: int | None, n2: int | None) -> float:
    """Return the half width of the 95 % interval of a difference of two groups, on the scale of scores.

    n1, n2: respondents, 1 or more; None is an agreed self-assessment, which adds nothing.
    Source: docs/method.md, "Uncertainty".
    """
    return _Z * sqrt(sum(sigma**2 / n for n in (n1, n2) if n is not None))


def wilson(share: float, n: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval (low, high) of a share of n answers, within [0, 1]; n is 1 or more."""
    centre = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def spread_of(figures: RoundFigures, threshold: int) -> tuple[Fraction, int]:
    """Return what a round adds to the pooled σ: (sum of squared deviations, degrees of freedom).

    threshold: a group of fewer respondents adds nothing, so that σ, which is public, holds nothing of what is withheld.
    """
    squares, freedom = Fraction(0), 0
    for audience in figures.audiences.values():
        for standard in audience.standards.values():
            if standard.score is not None and standard.score.respondent_count >= threshold:
                squares += standard.squares
                freedom += standard.score.respondent_count - 1
    return squares, freedom


def pooled_sigma(spreads: Iterable[tuple[Fraction, int]], released_round_count: int) -> float:
    """Return σ for the next round: pooled over released rounds, the declared 0.30 while there are fewer than 30.

    spreads: (sum of squared deviations, degrees of freedom) of each released round, as spread_of gives them.
    Source: docs/method.md, "Uncertainty".
    """
    rounds = list(spreads)
    freedom = sum(degrees for _, degrees in rounds)
    if released_round_count < ROUNDS_BEFORE_POOLING or not freedom:
        return DECLARED_SIGMA
    return sqrt(sum((squares for squares, _ in rounds), Fraction(0)) / freedom)
