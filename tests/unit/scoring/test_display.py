"""Rounding for display."""

from fractions import Fraction

import pytest

from app.scoring import points, share


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(0), 0),
        (Fraction(1), 100),
        (Fraction(1, 8), 13),
        (Fraction(-1, 8), -13),
        (Fraction(1, 3), 33),
        (Fraction(5, 200), 3),
        (Fraction(-5, 200), -3),
        (Fraction(4999, 1_000_000), 0),
    ],
)
def test_a_score_is_shown_in_whole_points_with_halves_away_from_zero(value, expected):
    assert points(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(Fraction(1, 8), 0.13), (Fraction(1, 3), 0.33), (Fraction(2, 3), 0.67), (Fraction(1), 1.0)]
)
def test_a_share_is_shown_with_two_decimals(value, expected):
    assert share(value) == expected
