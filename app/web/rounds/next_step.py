"""What a lead does next in an open round: one thing, the first that is not done."""

from dataclasses import dataclass
from datetime import date

from flask import url_for

from app.services.overview import Glance


@dataclass(frozen=True, slots=True)
class NextStep:
    """A button. label: what it says. address: where it leads."""

    label: str
    address: str


def next_step(of: Glance, today: date) -> NextStep:
    """Return what to do next: invite, agree the own view, have paper checked, end it; else look how it goes."""
    round_id = of.round.id
    here = url_for("rounds.show", round_id=round_id)
    if not of.invited:
        return NextStep("Invite people", f"{here}#invite")
    if of.round.is_past_last_day(today):
        return NextStep("Close it or give more time", url_for("ending.last_day", round_id=round_id))
    if of.lacks_own_view:
        return NextStep("Answer for our organisation", f"{here}#own")
    if of.booklets:
        return NextStep("Type in a booklet", url_for("paper.begin", round_id=round_id))
    return NextStep("See how it goes", here)
