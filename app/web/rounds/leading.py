"""Whose round it is: every page about a round asks here first."""

from app.errors import NotFound
from app.organisations import NOT_YOURS, Actor, require_lead
from app.services import rounds
from app.services.rounds import RoundView
from app.web.context import actor, database


def led_round(round_id: str) -> RoundView:
    """Return the round. Raises the same NotFound for one that does not exist and for one of somebody else."""
    try:
        view = rounds.view_of(database(), round_id)
    except NotFound:
        raise NotFound(NOT_YOURS) from None
    require_lead(actor() or Actor(), view.provider.id)
    return view
