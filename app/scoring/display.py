"""Rounding: half away from zero, once, when a figure is shown."""

from fractions import Fraction
from typing import Final

_HALF: Final = Fraction(1, 2)


def rounded(value: Fraction) -> int:
    """Return the nearest whole number; a half goes away from zero."""
    whole = int(abs(value) + _HALF)
    return whole if value >= 0 else -whole


def points(value: Fraction) -> int:
    """Return a score or gap, in [-1, 1], as a whole number of points, in [-100, 100]."""
    return rounded(value * 100)


def share(value: Fraction) -> float:
    """Return a share, in [0, 1], with two decimals."""
    return rounded(value * 100) / 100
