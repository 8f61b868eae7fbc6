"""Quartiles."""

from fractions import Fraction
from statistics import quantiles

import pytest

from app.scoring import quartiles, quartiles_in_order


@pytest.mark.parametrize("size", range(2, 14))
def test_quartiles_are_those_of_the_inclusive_method(size):
    values = [Fraction((number * 7) % 13, 6) for number in range(size)]

    assert list(quartiles(values)) == quantiles(values, n=4, method="inclusive")


def test_of_one_value_all_quartiles_are_that_value():
    assert quartiles([Fraction(1, 3)]) == (Fraction(1, 3),) * 3


def test_without_values_there_are_no_quartiles():
    with pytest.raises(ValueError, match="at least one"):
        quartiles_in_order([])
