"""The life of a round: what may become of it, and when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.errors import Conflict, Invalid
from app.responses import (
    RoundState,
    brought_back,
    cancelled,
    checked_last_day,
    closed,
    refuse_over,
    with_last_day,
)
from tests.factories import make_round

TODAY = date(2026, 10, 1)
OPEN = make_round()
CLOSED = make_round(state=RoundState.CLOSED)
OFF = cancelled(OPEN, TODAY)


def test_closing_a_round_says_when_and_can_be_done_once():
    shut = closed(OPEN, TODAY)

    assert shut == replace(OPEN, state=RoundState.CLOSED, closed_on=TODAY)
    assert (shut.is_open, shut.is_closed, shut.is_cancelled) == (False, True, False)
    with pytest.raises(Conflict, match="has closed"):
        closed(shut, TODAY)


def test_a_round_that_was_called_off_cannot_be_closed():
    with pytest.raises(Conflict, match="called off, so nothing in it can be changed"):
        closed(OFF, TODAY)


def test_only_an_open_round_can_be_called_off():
    assert replace(OPEN, state=RoundState.CANCELLED, cancelled_on=TODAY) == OFF
    assert (OFF.is_open, OFF.is_closed, OFF.is_cancelled) == (False, False, True)
    for over, said in ((CLOSED, "has closed"), (OFF, "has been called off")):
        with pytest.raises(Conflict, match=f"{said}, so it cannot be called off"):
            cancelled(over, TODAY)


def test_a_round_that_was_called_off_can_be_brought_back_for_thirty_days():
    for days in (0, 29):
        assert brought_back(OFF, TODAY + timedelta(days=days)) == OPEN

    assert OFF.gone_on == date(2026, 10, 31)
    for days in (30, 400):
        with pytest.raises(Conflict, match="too late to bring this round back"):
            brought_back(OFF, TODAY + timedelta(days=days))


def test_a_round_that_was_not_called_off_cannot_be_brought_back():
    for of in (OPEN, CLOSED):
        assert of.gone_on is None
        with pytest.raises(Conflict, match="has not been called off"):
            brought_back(of, TODAY)


def test_the_last_day_can_be_planned_moved_and_taken_away_while_the_round_is_open():
    later = with_last_day(OPEN, date(2026, 11, 1), TODAY)

    assert later.last_on == date(2026, 11, 1)
    assert with_last_day(later, TODAY, TODAY).last_on == TODAY
    assert with_last_day(later, None, TODAY) == OPEN
    for over in (CLOSED, OFF):
        with pytest.raises(Conflict, match="so its last day cannot be changed"):
            with_last_day(over, date(2026, 11, 1), TODAY)


@pytest.mark.parametrize(("last_on", "said"), [("2026-09-30", "today or later"), ("2028-10-01", "at most two years")])
def test_a_last_day_in_the_past_or_too_far_ahead_is_refused(last_on: str, said: str):
    with pytest.raises(Invalid, match=said):
        with_last_day(OPEN, date.fromisoformat(last_on), TODAY)
    assert checked_last_day(date(2028, 9, 30), TODAY) == date(2028, 9, 30)


def test_the_last_day_has_passed_only_while_the_round_is_open_and_only_after_that_day():
    planned = replace(OPEN, last_on=TODAY)

    assert not planned.is_past_last_day(TODAY)
    assert planned.is_past_last_day(TODAY + timedelta(days=1))
    assert not OPEN.is_past_last_day(TODAY)
    assert not replace(planned, state=RoundState.CLOSED).is_past_last_day(TODAY + timedelta(days=1))


def test_an_open_round_is_not_over():
    refuse_over(OPEN, "so nothing")
