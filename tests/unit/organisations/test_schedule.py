from datetime import date

import pytest

from app.organisations.schedule import Kept, days_before, months_before


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 21), 24, date(2024, 11, 21)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 31), 12, date(2025, 12, 31)),
        (date(2028, 2, 29), 24, date(2026, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, before: date):
    assert months_before(day, months) == before


def test_days_are_counted_one_by_one():
    assert days_before(date(2026, 3, 1), 30) == date(2026, 1, 30)


def test_a_line_says_what_deletes_it():
    assert (
        Kept(("a",), "a day", rules=("b", "c"), otherwise="by hand").deleted_by == "the daily turn (`b`, `c`); by hand"
    )
    assert Kept(("a",), "a day").deleted_by == ""
