"""Figures and the decimals a release keeps."""

from fractions import Fraction

import pytest

from app.disclosure import Figure, Reason
from app.disclosure.figure import decimal_text, exact, kept


@pytest.mark.parametrize(("value", "reason"), [(None, None), (Fraction(1), Reason.TOO_FEW)])
def test_a_figure_is_either_shown_or_withheld(value, reason):
    with pytest.raises(ValueError, match="either a value or the reason"):
        Figure(value, reason)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(2, 3), "0.666666666667"),
        (Fraction(-1, 3), "-0.333333333333"),
        (Fraction(1), "1.000000000000"),
        (Fraction(0), "0.000000000000"),
        (Fraction(1, 999_983), "0.000001000017"),
    ],
)
def test_twelve_decimals_give_the_exact_value_back(value, text):
    assert decimal_text(value) == text
    assert exact(text) == value


@pytest.mark.parametrize(
    "value", [Fraction(1, 3_000_017), Fraction(123_456_789_012, 987_654_321_011), Fraction(4, 10**7)]
)
def test_a_value_with_a_larger_denominator_is_kept_as_its_decimals(value):
    text = decimal_text(value)

    assert kept(value) == exact(text) == Fraction(text)
    assert decimal_text(kept(value)) == text


def test_a_half_point_is_a_half_point_again():
    assert (exact("0.033333333333") * 3 + exact("0.120000000000")) / 4 == Fraction(11, 200)
