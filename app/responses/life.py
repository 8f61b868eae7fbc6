"""The life of a round: open, then closed for good, or called off with thirty days to bring it back. Pure."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from app.errors import Conflict, Invalid
from app.responses.model import Round, RoundState

MOST_DAYS_AHEAD: Final = 2 * 365
TOO_LATE: Final = "It is too late to bring this round back. What people answered has been deleted, or is about to be."


def refuse_over(round: Round, consequence: str) -> None:
    """Raises Conflict for a round that is not open. consequence: what cannot be done, with "so" before it."""
    if round.state is RoundState.CLOSED:
        raise Conflict(f"This round has closed, {consequence}.")
    if round.state is RoundState.CANCELLED:
        raise Conflict(f"This round has been called off, {consequence}.")


def closed(round: Round, on: date) -> Round:
    """Return the round as closed on that day. Raises Conflict when it is over already."""
    refuse_over(round, "so nothing in it can be changed any more")
    return replace(round, state=RoundState.CLOSED, closed_on=on)


def with_last_day(round: Round, last_on: date | None, today: date) -> Round:
    """Return the round with another planned last day; None takes it away. Raises Conflict when it is over, Invalid."""
    refuse_over(round, "so its last day cannot be changed any more")
    return replace(round, last_on=checked_last_day(last_on, today))


def checked_last_day(last_on: date | None, today: date) -> date | None:
    """Return a planned last day: today, or at most two years ahead. Raises Invalid."""
    if last_on is not None and last_on < today:
        raise Invalid("The last day has to be today or later.")
    if last_on is not None and last_on > today + timedelta(days=MOST_DAYS_AHEAD):
        raise Invalid("The last day can be at most two years from now.")
    return last_on


def cancelled(round: Round, on: date) -> Round:
    """Return the round as called off on that day. Raises Conflict unless it is open."""
    refuse_over(round, "so it cannot be called off")
    return replace(round, state=RoundState.CANCELLED, cancelled_on=on)


def brought_back(round: Round, on: date) -> Round:
    """Return a round that was called off as open again. Raises Conflict when it was not, or when it is too late."""
    if round.gone_on is None:
        raise Conflict("This round has not been called off, so there is nothing to bring back.")
    if on >= round.gone_on:
        raise Conflict(TOO_LATE)
    return replace(round, state=RoundState.OPEN, cancelled_on=None)
