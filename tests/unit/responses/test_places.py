"""Which rounds may not both have a result, because one could be taken from the other."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.errors import Conflict
from app.responses import DAYS_APART, Round, RoundState, overlaps, refuse_overlap
from tests.factories import CLOSED_ON, make_round

OPENING = date(2026, 10, 1)
FREE_AGAIN = CLOSED_ON + timedelta(days=DAYS_APART)
WHOLE, MAPLE, NORTH = None, "maple", "north"
OPEN, CLOSED, CANCELLED = RoundState.OPEN, RoundState.CLOSED, RoundState.CANCELLED


def asking(site_id: str | None, state: RoundState = OPEN, name: str = "new", provider_id: str = "alder") -> Round:
    return replace(make_round(provider_id=provider_id, state=state, site_id=site_id), id=name)


@pytest.mark.parametrize(
    ("opening", "earlier", "says"),
    [
        (asking(MAPLE), asking(WHOLE, OPEN, "old"), "A round for the whole provider is open"),
        (asking(MAPLE), asking(WHOLE, CLOSED, "old"), "A round for the whole provider closed on 30 September 2026"),
        (asking(WHOLE), asking(MAPLE, OPEN, "old"), "A round for one of your sites is open"),
        (asking(WHOLE), asking(MAPLE, CLOSED, "old"), "This one can open on 29 March 2027"),
        (asking(MAPLE), asking(MAPLE, OPEN, "old"), "open already"),
        (asking(WHOLE), asking(WHOLE, CLOSED, "old", "taken-over"), "a provider that is one with yours"),
        (asking(MAPLE), asking(WHOLE, CLOSED, "old", "taken-over"), "a provider that is one with yours"),
    ],
)
def test_people_are_not_asked_as_a_whole_and_as_a_part_of_it(opening: Round, earlier: Round, says: str):
    with pytest.raises(Conflict, match=says):
        refuse_overlap(opening, [asking(NORTH, CANCELLED, "called off"), earlier], OPENING)
    assert overlaps(opening, [earlier], OPENING)


@pytest.mark.parametrize(
    ("opening", "earlier"),
    [
        (asking(MAPLE), asking(NORTH, OPEN, "old")),
        (asking(MAPLE), asking(MAPLE, CLOSED, "old")),
        (asking(WHOLE), asking(WHOLE, OPEN, "old")),
        (asking(WHOLE), asking(MAPLE, CANCELLED, "old")),
        (asking(MAPLE), asking(WHOLE, CANCELLED, "old")),
        (asking(MAPLE), asking(MAPLE, OPEN)),
        (asking(WHOLE), replace(asking(MAPLE, OPEN, "old"), standards_id="other-set")),
    ],
)
def test_people_are_asked_again_where_nothing_can_be_subtracted(opening: Round, earlier: Round):
    refuse_overlap(opening, [earlier], OPENING)
    assert not overlaps(opening, [earlier], OPENING)


@pytest.mark.parametrize(("opening", "earlier"), [(WHOLE, MAPLE), (MAPLE, WHOLE)])
def test_half_a_year_after_the_close_answers_have_changed_and_people_can_be_asked(opening, earlier):
    closed = asking(earlier, CLOSED, "old")

    assert overlaps(asking(opening), [closed], FREE_AGAIN - timedelta(days=1))
    assert not overlaps(asking(opening), [closed], FREE_AGAIN)
