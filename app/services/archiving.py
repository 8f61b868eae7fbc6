"""Archiving providers and networks, bringing them back, and merging two providers into one. Nothing is rewritten."""

from datetime import date

from sqlalchemy import Connection

from app.errors import Conflict
from app.organisations import Act, Membership, require
from app.organisations.log import Deed
from app.organisations.news import Event
from app.responses import RoundState
from app.services.joining_networks import MADE_UP_APART
from app.services.log import note
from app.services.networking import network_or_refuse
from app.services.notifying import tell_of_provider
from app.services.organising import require_looking_after
from app.services.rounds import provider_or_refuse, rounds_with
from app.storage import Database, accounts
from app.storage import organisations as stored
from app.storage import rounds as stored_rounds


def archive_provider(database: Database, provider_id: str, on: date) -> None:
    """Begin nothing new at a provider, and take it out of its networks. Its results stay readable to its team.

    Raises NotFound, and Conflict while one of its rounds is open.
    """
    require_looking_after(database, Act.RUN_PROVIDER, provider_id)
    with database.writing() as connection:
        provider_or_refuse(connection, provider_id, lock=True)
        _refuse_open_rounds(connection, provider_id)
        _leave_all_networks(database, connection, provider_id)
        stored.archive_provider(connection, provider_id, on)
        note(database, connection, Deed.PROVIDER_ARCHIVED, provider_id)


def bring_provider_back(database: Database, provider_id: str) -> None:
    """Let a provider that was archived begin anew. Raises NotFound, and Conflict for one that was merged."""
    require_looking_after(database, Act.RUN_PROVIDER, provider_id)
    with database.writing() as connection:
        if provider_or_refuse(connection, provider_id, lock=True).merged_into is not None:
            raise Conflict("This provider has become part of another one, so it cannot be brought back.")
        stored.archive_provider(connection, provider_id, None)
        note(database, connection, Deed.PROVIDER_BROUGHT_BACK, provider_id)


def archive_network(database: Database, network_id: str, on: date) -> None:
    """Begin nothing new in a network. Its results stay readable. Raises NotFound, Conflict while a campaign is open."""
    require_looking_after(database, Act.RUN_NETWORK, network_id)
    with database.writing() as connection:
        network_or_refuse(connection, network_id, lock=True)
        if any(each.state is RoundState.OPEN for each in stored_rounds.campaigns_of(connection, network_id)):
            raise Conflict("A campaign is open. Close it first.")
        stored.archive_network(connection, network_id, on)
        note(database, connection, Deed.NETWORK_ARCHIVED, network_id)


def bring_network_back(database: Database, network_id: str) -> None:
    """Let a network that was archived begin anew. Raises NotFound."""
    require_looking_after(database, Act.RUN_NETWORK, network_id)
    with database.writing() as connection:
        network_or_refuse(connection, network_id, lock=True)
        stored.archive_network(connection, network_id, None)
        note(database, connection, Deed.NETWORK_BROUGHT_BACK, network_id)


def merge_providers(database: Database, provider_id: str, into: str, on: date) -> None:
    """Make a provider part of another one: its team and its networks come along, and nothing is rewritten.

    Its rounds stay its own, closed and pinned as they are; the other's team reads them from now on.
    Raises NotFound, and Conflict while one of its rounds, or a campaign that both are in, is open, or where the two do
    not fit.
    """
    require(database.actor, Act.ADMINISTER)
    if provider_id == into:
        raise Conflict("Choose another provider: this is the one that goes.")
    with database.writing() as connection:
        found = {each: provider_or_refuse(connection, each, lock=True) for each in sorted((provider_id, into))}
        gone, stays = found[provider_id], found[into]
        if gone.made_up != stays.made_up:
            raise Conflict(MADE_UP_APART)
        if gone.merged_into is not None or stays.archived_on is not None:
            raise Conflict("One of the two does nothing new here any more, so they cannot be merged.")
        _refuse_open_rounds(connection, provider_id)
        _refuse_shared_campaign(connection, provider_id, into)
        joined = stored.networks_of(connection, into)
        for network_id in _leave_all_networks(database, connection, provider_id) - joined:
            stored.join(connection, network_id, into)
        _move_team(connection, provider_id, into)
        stored.merge(connection, provider_id, into, on)
        note(database, connection, Deed.PROVIDER_MERGED, into, provider_id)


def _refuse_open_rounds(connection: Connection, provider_id: str) -> None:
    if any(of.state is RoundState.OPEN for of, _ in stored_rounds.rounds(connection, provider_id=provider_id)):
        raise Conflict("A round is open here. Close it first: people may be answering.")


def _refuse_shared_campaign(connection: Connection, *provider_ids: str) -> None:
    """Raises Conflict where the two would count as two providers in a campaign that has no result yet."""
    asked = rounds_with(connection, provider_ids).values()
    shared = set.intersection(*({of.campaign_id for of in rounds if not of.is_cancelled} for rounds in asked)) - {None}
    campaigns = [stored_rounds.campaign_of(connection, str(each)) for each in shared]
    if any(each is not None and each.state is RoundState.OPEN for each in campaigns):
        raise Conflict(
            "Both are in a campaign that is still open, each as a provider of its own. Wait until it closes."
        )


def _leave_all_networks(database: Database, connection: Connection, provider_id: str) -> frozenset[str]:
    """Take a provider out of every network it is in, and return their ids."""
    left = stored.networks_of(connection, provider_id)
    for network_id in sorted(left):
        stored.leave(connection, network_id, provider_id)
        note(database, connection, Deed.NETWORK_LEFT, network_id, provider_id)
        tell_of_provider(database, connection, Event.PROVIDER_LEFT, network_id)
    return left


def _move_team(connection: Connection, provider_id: str, into: str) -> None:
    held = {(account_id, each.role) for account_id, _, each in accounts.team_of(connection, into)}
    for account_id, _, membership in accounts.team_of(connection, provider_id):
        accounts.remove_membership(connection, account_id, membership)
        if (account_id, membership.role) not in held:
            accounts.add_membership(connection, account_id, Membership(membership.role, into))
