"""Teams: who holds which role in an organisation, and changing that. How somebody comes: `inviting_colleagues`."""

from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Connection

from app.errors import Conflict, NotFound, Refused
from app.organisations import NETWORK_ROLES, NOT_YOURS, PROVIDER_ROLES, Membership, Role, require_inviting
from app.organisations.log import Deed
from app.organisations.news import Event
from app.services.log import note
from app.services.notifying import tell_of_colleague
from app.storage import Database
from app.storage import accounts as stored
from app.storage import contacts as stored_contacts
from app.storage import organisations as stored_organisations

CANNOT_DO_WITHOUT = frozenset({Role.LEAD, Role.COORDINATOR, Role.ADMINISTRATOR})
"""Roles that an organisation always has somebody for, once it had: whoever leaves hands over first."""
CHANGED_MEANWHILE = (
    "Somebody changed the team meanwhile, so nothing was changed now. You see the team as it is. Try again if it is "
    "still needed."
)
HAND_OVER_FIRST = (
    "Nobody else has this role. Give it to somebody else first, then it can be taken away here: otherwise nobody could "
    "look after this any more."
)


NAMED_AS_CONTACT = (
    "People’s worries are sent to you in this network. Ask its coordinator to name another contact first, then you can "
    "leave."
)


class WhyNeeded(Enum):
    """Why somebody cannot leave yet: nobody else has the role, or worries are sent to them."""

    ALONE = "alone"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class OwnRole:
    """A role of the actor's own. organisation: its name; empty for the installation. needed: why they cannot leave."""

    membership: Membership
    organisation: str
    needed: WhyNeeded | None


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who holds a role. is_you: whether they are the actor."""

    account_id: int
    email: str
    membership: Membership
    is_you: bool


def team_of(database: Database, organisation_id: str, roles: tuple[Role, ...]) -> tuple[Colleague, ...]:
    """Return who holds one of these roles, by role and address. Raises NotFound for whoever may not give them."""
    require_inviting(database.actor, Membership(roles[0], organisation_id))
    with database.reading() as connection:
        found = stored.team_of(connection, organisation_id)
    own = [
        Colleague(account_id, email, membership, account_id == database.actor.account_id)
        for account_id, email, membership in found
        if membership.role in roles
    ]
    return tuple(sorted(own, key=lambda each: (roles.index(each.membership.role), each.email)))


def colleague(database: Database, account_id: int, membership: Membership) -> Colleague:
    """Return one of them. Raises NotFound."""
    for each in team_of(database, membership.organisation_id, (membership.role,)):
        if each.account_id == account_id:
            return each
    raise NotFound("Nobody with this role is here any more. Somebody may have changed the team meanwhile.")


def change_role(database: Database, account_id: int, was: Membership, becomes: Role) -> None:
    """Give somebody another role in the same organisation, in the place of the one they had.

    Raises NotFound, Conflict when somebody changed it meanwhile or nobody else has the role, Refused for a role of
    another kind of organisation.
    """
    now = Membership(becomes, was.organisation_id)
    require_inviting(database.actor, was)
    require_inviting(database.actor, now)
    if (was.role in PROVIDER_ROLES) is not (becomes in PROVIDER_ROLES) or (
        (was.role in NETWORK_ROLES) is not (becomes in NETWORK_ROLES)
    ):
        raise Refused("That role is for another kind of organisation.")
    with database.writing() as connection:
        held = _locked_team(connection, was)
        _refuse_changed(held, account_id, was)
        if becomes is was.role:
            return
        _refuse_last(held, was)
        stored.remove_membership(connection, account_id, was)
        if (account_id, now) not in held:
            stored.add_membership(connection, account_id, now)
        note(database, connection, Deed.ROLE_TAKEN, was.organisation_id, str(account_id), role=was.role.value)
        note(database, connection, Deed.ROLE_GIVEN, was.organisation_id, str(account_id), role=becomes.value)


def take_role_away(database: Database, account_id: int, membership: Membership) -> None:
    """End somebody's role; their account stays. Raises NotFound, Conflict like `change_role`."""
    require_inviting(database.actor, membership)
    _end(database, account_id, membership)


def own_roles(database: Database) -> tuple[OwnRole, ...]:
    """Return what the actor is, by the organisation's name."""
    account_id = database.actor.account_id
    with database.reading() as connection:
        found = [
            OwnRole(each, _name_of(connection, each), _why_needed(connection, account_id, each))
            for each in stored.own_memberships_of(connection, account_id)
        ]
    return tuple(sorted(found, key=lambda each: (each.organisation, each.membership.role)))


def own_role(database: Database, membership: Membership) -> OwnRole:
    """Return one of the actor's own roles. Raises NotFound for another."""
    for each in own_roles(database):
        if each.membership == membership:
            return each
    raise NotFound(NOT_YOURS)


def leave(database: Database, membership: Membership) -> None:
    """End the actor's own role. Raises Conflict when they do not hold it any more, or are needed in it."""
    with database.writing() as connection:
        held = _locked_team(connection, membership)
        _refuse_changed(held, database.actor.account_id, membership)
        why = _why_needed(connection, database.actor.account_id, membership)
        if why is not None:
            raise Conflict(HAND_OVER_FIRST if why is WhyNeeded.ALONE else NAMED_AS_CONTACT)
        _remove(database, connection, held, database.actor.account_id, membership)


def _end(database: Database, account_id: int, membership: Membership) -> None:
    with database.writing() as connection:
        held = _locked_team(connection, membership)
        _refuse_changed(held, account_id, membership)
        _refuse_last(held, membership)
        _remove(database, connection, held, account_id, membership)


def _remove(
    database: Database,
    connection: Connection,
    held: set[tuple[int, Membership]],
    account_id: int,
    membership: Membership,
) -> None:
    stored.remove_membership(connection, account_id, membership)
    organisation_id, role = membership.organisation_id, membership.role.value
    note(database, connection, Deed.ROLE_TAKEN, organisation_id, str(account_id), role=role)
    if not any(each == account_id for each, _ in held - {(account_id, membership)}):
        tell_of_colleague(database, connection, Event.COLLEAGUE_LEFT, account_id, membership)


def _name_of(connection: Connection, membership: Membership) -> str:
    """Return the organisation's name; nothing for the installation as a whole."""
    return next(iter(stored_organisations.names_of(connection, [membership.organisation_id])), "")


def _why_needed(connection: Connection, account_id: int, membership: Membership) -> WhyNeeded | None:
    if membership.role in CANNOT_DO_WITHOUT and len(stored.holders_of(connection, membership)) == 1:
        return WhyNeeded.ALONE
    if membership.role is Role.SAFEGUARDING and stored_contacts.reads_for(
        connection, account_id, membership.organisation_id
    ):
        return WhyNeeded.CONTACT
    return None


def _locked_team(connection: Connection, membership: Membership) -> set[tuple[int, Membership]]:
    """Return who holds what in the organisation, which nobody else changes until the transaction ends."""
    look_up = stored_organisations.provider_of if membership.role in PROVIDER_ROLES else stored_organisations.network_of
    look_up(connection, membership.organisation_id, lock=True)
    return {(account_id, each) for account_id, _, each in stored.team_of(connection, membership.organisation_id)}


def _refuse_changed(held: set[tuple[int, Membership]], account_id: int, membership: Membership) -> None:
    if (account_id, membership) not in held:
        raise Conflict(CHANGED_MEANWHILE)


def _refuse_last(held: set[tuple[int, Membership]], membership: Membership) -> None:
    holders = [account_id for account_id, each in held if each == membership]
    if membership.role in CANNOT_DO_WITHOUT and len(holders) == 1:
        raise Conflict(HAND_OVER_FIRST)
