"""Whose round it is: every page about a round asks here first."""

from app.errors import NotFound
from app.organisations import NOT_YOURS, Act, require
from app.services import rounds
from app.services.rounds import RoundView
from app.web.context import actor, database


def seen_round(round_id: str) -> RoundView:
    """Return the round. Raises the same NotFound for one that does not exist and for one of somebody else."""
    try:
        return rounds.view_of(database(), round_id)
    except NotFound:
        raise NotFound(NOT_YOURS) from None


def led_round(round_id: str) -> RoundView:
    """Return a round that the actor runs. Raises the same NotFound for every other one."""
    view = seen_round(round_id)
    require(actor(), Act.RUN_ROUNDS, view.provider.id)
    return view
