"""Providers and networks: adding them, joining them, listing them."""

import re
from collections.abc import Mapping

from app.errors import Invalid, NotFound
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
from app.services.joining_networks import join
from app.services.log import note
from app.services.networking import network_or_refuse
from app.services.rounds import provider_or_refuse
from app.storage import Database
from app.storage import organisations as stored
from app.storage.keys import new_id

_CONTEXT_KEY = re.compile(r"[a-z][a-z0-9_-]{0,39}")
LONGEST_CONTEXT_VALUE = 200


def add_provider(
    database: Database,
    name: str,
    context: Mapping[str, str] | None = None,
    *,
    made_up: bool = False,
    new_provider_id: str | None = None,
) -> Provider:
    """Add a provider. context: facts for a network's analysis, such as years_using_isf. Raises NotFound, Invalid.

    new_provider_id: the id that it shall have; a second call with it returns the provider that is there.
    """
    require(database.actor, Act.ADMINISTER)
    checked = _checked_context(context or {})
    with database.writing() as connection:
        known = stored.provider_of(connection, new_provider_id) if new_provider_id else None
        if known is not None:
            return known
        added = Provider(new_provider_id or new_id(), checked_name(name), checked, made_up)
        stored.add_provider(connection, added)
        note(database, connection, Deed.PROVIDER_ADDED, added.id)
    return added


def add_network(database: Database, name: str, *, made_up: bool = False, new_network_id: str | None = None) -> Network:
    """Add a network. new_network_id: as in add_provider. Raises NotFound, Invalid."""
    require(database.actor, Act.ADMINISTER)
    with database.writing() as connection:
        known = stored.network_of(connection, new_network_id) if new_network_id else None
        if known is not None:
            return known
        added = Network(new_network_id or new_id(), checked_name(name), made_up)
        stored.add_network(connection, added)
        note(database, connection, Deed.NETWORK_ADDED, added.id)
    return added


def join_network(database: Database, network_id: str, provider_id: str) -> None:
    """Make a provider a member. Raises NotFound, and Conflict when it is one already."""
    require(database.actor, Act.ADMINISTER)
    with database.writing() as connection:
        network = network_or_refuse(connection, network_id, lock=True)
        join(database, connection, network, provider_or_refuse(connection, provider_id, lock=True))


def rename_provider(database: Database, provider_id: str, name: str) -> None:
    """Give a provider another name. Its results are shown under it, too. Raises NotFound, Invalid."""
    require_looking_after(database, Act.RUN_PROVIDER, provider_id)
    checked = checked_name(name)
    with database.writing() as connection:
        provider_or_refuse(connection, provider_id, lock=True)
        stored.rename_provider(connection, provider_id, checked)
        note(database, connection, Deed.PROVIDER_RENAMED, provider_id)


def rename_network(database: Database, network_id: str, name: str) -> None:
    """Give a network another name. Raises NotFound, Invalid."""
    require_looking_after(database, Act.RUN_NETWORK, network_id)
    checked = checked_name(name)
    with database.writing() as connection:
        network_or_refuse(connection, network_id, lock=True)
        stored.rename_network(connection, network_id, checked)
        note(database, connection, Deed.NETWORK_RENAMED, network_id)


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


def require_looking_after(database: Database, act: Act, organisation_id: str) -> None:
    """Raises NotFound unless the actor looks after the organisation, or after the whole installation."""
    if not database.actor.may(Act.ADMINISTER):
        require(database.actor, act, organisation_id)


def organisation_of(database: Database, organisation_id: str, role: Role) -> Provider | Network | None:
    """Return the organisation in which a role is held, for whoever may invite into it; None for the installation.

    Raises NotFound.
    """
    require_inviting(database.actor, Membership(role, organisation_id))
    if role in INSTALLATION_ROLES:
        return None
    look_up = stored.provider_of if role in PROVIDER_ROLES else stored.network_of
    with database.reading() as connection:
        found = look_up(connection, organisation_id)
    if found is None:
        raise NotFound(NOT_YOURS)
    return found


def _checked_context(context: Mapping[str, str]) -> dict[str, str]:
    for key, value in context.items():
        if not _CONTEXT_KEY.fullmatch(key):
            raise Invalid(f"“{key}” cannot name a fact: use lower-case letters, digits, - and _.")
        if not value.strip() or len(value) > LONGEST_CONTEXT_VALUE or not value.isprintable():
            raise Invalid(f"Give “{key}” a value of at most {LONGEST_CONTEXT_VALUE} characters.")
    return {key: value.strip() for key, value in context.items()}
