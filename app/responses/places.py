"""Where rounds ask: a whole provider, or one of its sites; and which rounds may not both have a result. Pure.

Two results about groups of people that overlap could be subtracted from each other, and the rest be found: see
docs/decisions/0028-sites.md.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from app.errors import Conflict
from app.responses.model import Round

DAYS_APART: Final = 180
"""How long after a round's close its people may be asked as a part of another whole: answers have changed by then."""

ONE_AT_A_TIME: Final = (
    "A round for this site is open already. Close it or call it off first: each person answers in one round."
)
WHY: Final = "The same people would be in both results, and somebody could take one from the other."


def refuse_overlap(opening: Round, others: Iterable[Round], on: date) -> None:
    """Raises Conflict where a round would ask people who are a part of another round's, or a whole with more in it.

    others: the rounds of the provider, and of all that it has taken over; opening may be among them.
    """
    for other in others:
        fault = _fault(opening, other, on)
        if fault:
            raise Conflict(fault)


def overlaps(opening: Round, others: Iterable[Round], on: date) -> bool:
    """Say whether refuse_overlap would refuse."""
    return any(_fault(opening, other, on) for other in others)


def _fault(opening: Round, other: Round, on: date) -> str:
    asks_the_same = opening.standards_id == other.standards_id
    if other.id == opening.id or other.is_cancelled or not asks_the_same:
        return ""
    if opening.site_id is not None and opening.site_id == other.site_id:
        return ONE_AT_A_TIME if other.is_open else ""
    if not _is_part_and_whole(opening, other):
        return ""
    if other.closed_on is None:
        return f"{_said(opening, other)} is open. {WHY} Call that round off first, or wait until half a year after it."
    free_on = other.closed_on + timedelta(days=DAYS_APART)
    if on >= free_on:
        return ""
    return f"{_said(opening, other)} closed on {_day(other.closed_on)}. {WHY} This one can open on {_day(free_on)}."


def _is_part_and_whole(one: Round, other: Round) -> bool:
    """Say whether one of two rounds asks a whole of which the other may ask a part.

    Two sites have nobody in common. What a provider has taken over was a whole of its own, and is a part of it now.
    """
    if one.site_id is not None and other.site_id is not None:
        return False
    return (one.provider_id, one.site_id) != (other.provider_id, other.site_id)


def _said(opening: Round, other: Round) -> str:
    if other.site_id is not None:
        return "A round for one of your sites"
    if other.provider_id != opening.provider_id:
        return "A round for a provider that is one with yours"
    return "A round for the whole provider"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
