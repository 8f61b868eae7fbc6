"""How a provider comes into a network, and goes: the network invites, whoever leads the provider says yes or leaves."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from app.errors import Conflict, NotFound
from app.organisations import Act, Network, Provider, require
from app.organisations.log import Deed
from app.organisations.model import checked_name
from app.organisations.news import Event
from app.services.log import note
from app.services.networking import network_or_refuse
from app.services.notifying import tell_of_provider
from app.services.rounds import provider_or_refuse
from app.storage import Database
from app.storage import network_invitations as stored
from app.storage import organisations as stored_organisations
from app.storage.network_invitations import NetworkInvitation

WORKS_FOR = timedelta(days=30)
LONGEST_SECRET = 64
NOT_USABLE = (
    "This invitation cannot be used any more. It may be too old, or used, or taken back. Ask the network’s coordinator "
    "for a fresh one."
)
ARCHIVED = "This is archived, so nothing new begins in it. Bring it back first."
MADE_UP_APART = "Made-up organisations and real ones are never put together."


@dataclass(frozen=True, slots=True)
class Invited:
    """What an invitation leads to, and the providers for which the actor can say yes."""

    network: Network
    providers: tuple[Provider, ...]


def members_of(database: Database, network_id: str) -> tuple[Provider, ...]:
    """Return a network's members. Raises NotFound."""
    require(database.actor, Act.RUN_NETWORK, network_id)
    with database.reading() as connection:
        return stored_organisations.members_of(connection, network_id)


def networks_of(database: Database, provider_id: str) -> tuple[Network, ...]:
    """Return the networks that a provider is in. Raises NotFound."""
    require(database.actor, Act.RUN_PROVIDER, provider_id)
    with database.reading() as connection:
        return stored_organisations.networks_of_provider(connection, provider_id)


def invite_provider(database: Database, network_id: str, invitation_id: str, remark: str, on: date) -> str:
    """Invite a provider and return the secret of the link, which is kept nowhere.

    remark: a name by which the coordinator knows the invitation again. invitation_id: new for each form; one sent twice
    gives a fresh secret for the same invitation. Raises NotFound, Invalid, Conflict.
    """
    require(database.actor, Act.RUN_NETWORK, network_id)
    checked = checked_name(remark)
    secret = secrets.token_urlsafe(24)
    invitation = NetworkInvitation(invitation_id, network_id, _hash(secret), checked, on + WORKS_FOR, None)
    with database.writing() as connection:
        _refuse_archived(network_or_refuse(connection, network_id, lock=True))
        known = stored.by_id(connection, invitation_id)
        if known is not None and (known.network_id != network_id or known.provider_id is not None):
            raise Conflict("This form cannot be used any more. Open it again and begin anew.")
        (stored.change if known else stored.add)(connection, invitation)
        note(database, connection, Deed.PROVIDER_INVITED, network_id, invitation_id)
    return secret


def open_invitations(database: Database, network_id: str) -> tuple[NetworkInvitation, ...]:
    """Return a network's invitations that nobody has used. Raises NotFound."""
    require(database.actor, Act.RUN_NETWORK, network_id)
    with database.reading() as connection:
        return stored.unused_of(connection, network_id)


def take_back_invitation(database: Database, network_id: str, invitation_id: str) -> None:
    """Take an invitation back; one that is gone already changes nothing. Raises NotFound."""
    require(database.actor, Act.RUN_NETWORK, network_id)
    with database.writing() as connection:
        stored.remove_unused(connection, network_id, invitation_id)


def open_invitation(database: Database, secret: str, on: date) -> Invited:
    """Return what a link leads to. Raises Conflict for one that is of no use any more."""
    with database.reading() as connection:
        invitation = _usable(connection, secret, on)
        network = network_or_refuse(connection, invitation.network_id)
        members = {each.id for each in stored_organisations.members_of(connection, network.id)}
        run = [
            provider_or_refuse(connection, each)
            for each in sorted(database.actor.where_may(Act.RUN_PROVIDER) - members)
        ]
    fitting = (each for each in run if each.archived_on is None and each.made_up == network.made_up)
    return Invited(network, tuple(sorted(fitting, key=lambda each: (each.name, each.id))))


def accept(database: Database, secret: str, provider_id: str, on: date) -> Network:
    """Let a provider join the network that invited it. Raises NotFound, Conflict."""
    require(database.actor, Act.RUN_PROVIDER, provider_id)
    with database.writing() as connection:
        invitation = _usable(connection, secret, on, lock=True)
        network = network_or_refuse(connection, invitation.network_id, lock=True)
        join(database, connection, network, provider_or_refuse(connection, provider_id, lock=True))
        stored.mark_used(connection, invitation, provider_id)
    return network


def join(database: Database, connection: Connection, network: Network, provider: Provider) -> None:
    """Make a provider a member; the caller asked who may, and locked both. Raises Conflict."""
    if any(member.id == provider.id for member in stored_organisations.members_of(connection, network.id)):
        raise Conflict(f"{provider.name} is already in {network.name}.")
    if network.made_up != provider.made_up:
        raise Conflict(MADE_UP_APART)
    _refuse_archived(network)
    _refuse_archived(provider)
    stored_organisations.join(connection, network.id, provider.id)
    note(database, connection, Deed.NETWORK_JOINED, network.id, provider.id)
    tell_of_provider(database, connection, Event.PROVIDER_JOINED, network.id)


def leave(database: Database, network_id: str, provider_id: str) -> None:
    """Take a provider out of a network, by its lead or by the network's coordinator. Raises NotFound.

    A round that it has in an open campaign stays in it. What was released stays as it is.
    """
    if not database.actor.may(Act.RUN_NETWORK, network_id):
        require(database.actor, Act.RUN_PROVIDER, provider_id)
    with database.writing() as connection:
        network_or_refuse(connection, network_id, lock=True)
        if provider_id not in {each.id for each in stored_organisations.members_of(connection, network_id)}:
            raise NotFound("This provider is not in the network any more.")
        stored_organisations.leave(connection, network_id, provider_id)
        note(database, connection, Deed.NETWORK_LEFT, network_id, provider_id)
        tell_of_provider(database, connection, Event.PROVIDER_LEFT, network_id)


def _usable(connection: Connection, secret: str, on: date, *, lock: bool = False) -> NetworkInvitation:
    found = stored.by_secret(connection, _hash(secret), lock=lock) if len(secret) <= LONGEST_SECRET else None
    if found is None or found.provider_id is not None or on > found.expires_on:
        raise Conflict(NOT_USABLE)
    return found


def _refuse_archived(organisation: Network | Provider) -> None:
    if organisation.archived_on is not None:
        raise Conflict(ARCHIVED)


def _hash(secret: str) -> str:
    return hashlib.sha256(f"driving-seat/network-invitation/1\0{secret}".encode()).hexdigest()
