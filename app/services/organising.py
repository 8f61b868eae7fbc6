"""Providers and networks: adding them, joining them, listing them."""

import re
from collections.abc import Mapping

from app.errors import Conflict, Invalid, NotFound
from app.organisations import (
    INSTALLATION_ROLES,
    NOT_YOURS,
    PROVIDER_ROLES,
    Act,
    Membership,
    Network,
    Provider,
    Role,
    require,
    require_inviting,
)
from app.organisations.log import Deed
from app.organisations.model import checked_name
from app.services.log import note
from app.storage import Database
from app.storage import organisations as stored

_CONTEXT_KEY = re.compile(r"[a-z][a-z0-9_-]{0,39}")
LONGEST_CONTEXT_VALUE = 200


def add_provider(
    database: Database, name: str, context: Mapping[str, str] | None = None, *, made_up: bool = False
) -> Provider:
    """Add a provider. context: facts for a network's analysis, such as years_using_isf. Raises Invalid."""
    require(database.actor, Act.ADMINISTER)
    checked = _checked_context(context or {})
    with database.writing() as connection:
        added = stored.add_provider(connection, checked_name(name), checked, made_up=made_up)
        note(database, connection, Deed.PROVIDER_ADDED, added.id)
    return added


def add_network(database: Database, name: str, *, made_up: bool = False) -> Network:
    require(database.actor, Act.ADMINISTER)
    with database.writing() as connection:
        added = stored.add_network(connection, checked_name(name), made_up=made_up)
        note(database, connection, Deed.NETWORK_ADDED, added.id)
    return added


def join_network(database: Database, network_id: str, provider_id: str) -> None:
    """Make a provider a member. Raises NotFound, and Conflict when it is one already."""
    require(database.actor, Act.ADMINISTER)
    with database.writing() as connection:
        network = stored.network_of(connection, network_id)
        provider = stored.provider_of(connection, provider_id)
        if network is None:
            raise NotFound(f"There is no network {network_id}.")
        if provider is None:
            raise NotFound(f"There is no provider {provider_id}.")
        if any(member.id == provider.id for member in stored.members_of(connection, network.id)):
            raise Conflict(f"{provider.name} is already in {network.name}.")
        if network.made_up != provider.made_up:
            raise Conflict("Made-up organisations and real ones are never put together.")
        stored.join(connection, network.id, provider.id)
        note(database, connection, Deed.NETWORK_JOINED, network.id, provider.id)


def providers(database: Database) -> tuple[Provider, ...]:
    require(database.actor, Act.ADMINISTER)
    with database.reading() as connection:
        return stored.providers(connection)


def networks(database: Database) -> tuple[Network, ...]:
    require(database.actor, Act.ADMINISTER)
    with database.reading() as connection:
        return stored.networks(connection)


def provider(database: Database, provider_id: str) -> Provider:
    require(database.actor, Act.SEE_ROUNDS, provider_id)
    with database.reading() as connection:
        found = stored.provider_of(connection, provider_id)
    if found is None:
        raise NotFound(f"There is no provider {provider_id}.")
    return found


def name_of(database: Database, organisation_id: str, role: Role) -> str:
    """Return the name of the organisation in which a role is held, for whoever may invite into it. Raises NotFound."""
    require_inviting(database.actor, Membership(role, organisation_id))
    if role in INSTALLATION_ROLES:
        return "Driving Seat"
    look_up = stored.provider_of if role in PROVIDER_ROLES else stored.network_of
    with database.reading() as connection:
        found = look_up(connection, organisation_id)
    if found is None:
        raise NotFound(NOT_YOURS)
    return found.name


def _checked_context(context: Mapping[str, str]) -> dict[str, str]:
    for key, value in context.items():
        if not _CONTEXT_KEY.fullmatch(key):
            raise Invalid(f"“{key}” cannot name a fact: use lower-case letters, digits, - and _.")
        if not value.strip() or len(value) > LONGEST_CONTEXT_VALUE or not value.isprintable():
            raise Invalid(f"Give “{key}” a value of at most {LONGEST_CONTEXT_VALUE} characters.")
    return {key: value.strip() for key, value in context.items()}
