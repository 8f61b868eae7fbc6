"""Quartiles of providers' scores."""

from collections.abc import Iterable, Sequence
from fractions import Fraction


def quartiles(values: Iterable[Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    """Return (lower quartile, median, upper quartile) of at least one value, exactly.

    The inclusive method of Python's `statistics.quantiles`. Raises ValueError when there is no value.
    Source: docs/method.md, "Network".
    """
    return quartiles_in_order(sorted(values))


def quartiles_in_order(ordered: Sequence[Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    """Return what `quartiles` does, for values that stand in ascending order already."""
    if not ordered:
        raise ValueError("quartiles need at least one value")
    return _at_quarter(ordered, 1), _at_quarter(ordered, 2), _at_quarter(ordered, 3)


def _at_quarter(ordered: Sequence[Fraction], quarter: int) -> Fraction:
    place, rest = divmod((len(ordered) - 1) * quarter, 4)
    following = ordered[min(place + 1, len(ordered) - 1)]
    return ordered[place] + (following - ordered[place]) * Fraction(rest, 4)
