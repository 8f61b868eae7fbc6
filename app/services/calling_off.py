"""Calling a round off, bringing it back within thirty days, and deleting it for good after that."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from app.errors import NotFound, Refused
from app.organisations import Act, require
from app.organisations.log import Deed
from app.responses import DAYS_TO_BRING_BACK, Round, brought_back, cancelled, refuse_overlap
from app.services import contacts
from app.services.closing import clear_traces
from app.services.log import note
from app.services.rounds import provider_or_refuse, round_or_refuse, rounds_with
from app.storage import Database, purging, visits
from app.storage import rounds as stored_rounds


def cancel_round(database: Database, round_id: str, on: date) -> Round:
    """Call a round off: its links take no answers, and no result is ever made, unless it is brought back.

    Raises NotFound, and Conflict unless it is open.
    """
    with database.writing() as connection:
        found = round_or_refuse(connection, round_id, lock=True)
        require(database.actor, Act.RUN_ROUNDS, found.provider_id)
        off = cancelled(found, on)
        stored_rounds.change(connection, off)
        note(database, connection, Deed.ROUND_CANCELLED, off.provider_id, off.id)
    return off


def bring_back(database: Database, round_id: str, on: date) -> Round:
    """Undo the calling off: everything is as it was. Doing it again changes nothing.

    Where its campaign has closed meanwhile, or the provider has another round in it, the round goes on outside of it.
    Raises NotFound, and Conflict when the round has closed, it is too late, or the same people have been asked as a
    part of another whole meanwhile.
    """
    with database.reading() as connection:
        seen = round_or_refuse(connection, round_id)
    require(database.actor, Act.RUN_ROUNDS, seen.provider_id)
    with database.writing() as connection:
        own = provider_or_refuse(connection, seen.provider_id, lock=True)
        whole = provider_or_refuse(connection, own.merged_into, lock=True) if own.merged_into else own
        has_place = _has_place_in_campaign(connection, seen)
        found = round_or_refuse(connection, round_id, lock=True)
        if found.is_open:
            return found
        back = replace(brought_back(found, on), safeguarding_contact_id=_taker_of(connection, found))
        refuse_overlap(back, rounds_with(connection, [whole.id])[whole.id], on)
        back = back if has_place else replace(back, campaign_id=None)
        stored_rounds.change(connection, back)
        note(database, connection, Deed.ROUND_BROUGHT_BACK, back.provider_id, back.id)
    return back


def purge_cancelled(database: Database, on: date) -> int:
    """Delete for good what rounds collected that were called off thirty days before a day; returns how many rounds.

    The round itself stays, empty, so that the log can be read. Raises NotFound unless the actor looks after the
    installation.
    """
    require(database.actor, Act.ADMINISTER)
    with database.reading() as connection:
        overdue = stored_rounds.cancelled_until(connection, on - timedelta(days=DAYS_TO_BRING_BACK))
    purged = sum(_purge(database, each, on) for each in overdue)
    if purged:
        clear_traces(database)
    return purged


def _purge(database: Database, of: Round, on: date) -> bool:
    with database.writing() as connection:
        found = round_or_refuse(connection, of.id, lock=True)
        if found.gone_on is None or on < found.gone_on:  # brought back meanwhile
            return False
        purging.remove_answers(connection, found)
        visits.rewrite_all(connection, found)
        stored_rounds.mark_purged(connection, found, on)
        note(database, connection, Deed.ROUND_PURGED, found.provider_id, found.id)
    return True


def _has_place_in_campaign(connection: Connection, of: Round) -> bool:
    """Say whether a round that comes back can be in its campaign, which nobody closes meanwhile."""
    campaign = stored_rounds.campaign_of(connection, of.campaign_id, lock=True) if of.campaign_id else None
    if campaign is None or not campaign.is_open:
        return False
    of_campaign = stored_rounds.rounds(connection, provider_id=of.provider_id, campaign_id=campaign.id)
    return all(each.is_cancelled or each.id == of.id for each, _ in of_campaign)


def _taker_of(connection: Connection, of: Round) -> str | None:
    """Return who takes its concerns: the contact who did, or the first who may where that one does not any more."""
    try:
        return contacts.named_taker(connection, of.provider_id, of.safeguarding_contact_id)
    except (NotFound, Refused):
        return contacts.named_taker(connection, of.provider_id, None)
