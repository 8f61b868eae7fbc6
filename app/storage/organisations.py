"""Providers, networks and which provider is in which network."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from app.organisations import Network, Provider
from app.storage.tables import network, network_member, provider


def add_provider(connection: Connection, added: Provider) -> None:
    connection.execute(
        insert(provider).values(id=added.id, name=added.name, context=dict(added.context), made_up=added.made_up)
    )


def add_network(connection: Connection, added: Network) -> None:
    connection.execute(insert(network).values(id=added.id, name=added.name, made_up=added.made_up))


def rename_provider(connection: Connection, provider_id: str, name: str) -> None:
    connection.execute(update(provider).where(provider.c.id == provider_id).values(name=name))


def rename_network(connection: Connection, network_id: str, name: str) -> None:
    connection.execute(update(network).where(network.c.id == network_id).values(name=name))


def archive_provider(connection: Connection, provider_id: str, on: date | None) -> None:
    """Archive a provider since a day; with None, bring it back."""
    connection.execute(update(provider).where(provider.c.id == provider_id).values(archived_on=on))


def archive_network(connection: Connection, network_id: str, on: date | None) -> None:
    connection.execute(update(network).where(network.c.id == network_id).values(archived_on=on))


def merge(connection: Connection, provider_id: str, into: str, on: date) -> None:
    """Note that a provider, and all that it has taken over itself, belongs to another one now."""
    connection.execute(update(provider).where(provider.c.merged_into == provider_id).values(merged_into=into))
    connection.execute(update(provider).where(provider.c.id == provider_id).values(merged_into=into, archived_on=on))


def leave(connection: Connection, network_id: str, provider_id: str) -> None:
    member = network_member.c
    connection.execute(delete(network_member).where(member.network_id == network_id, member.provider_id == provider_id))


def networks_of_provider(connection: Connection, provider_id: str) -> tuple[Network, ...]:
    query = select(network).join(network_member).where(network_member.c.provider_id == provider_id)
    return tuple(_network(row) for row in connection.execute(query.order_by(network.c.name, network.c.id)))


def join(connection: Connection, network_id: str, provider_id: str) -> None:
    connection.execute(insert(network_member).values(network_id=network_id, provider_id=provider_id))


def provider_of(connection: Connection, provider_id: str, *, lock: bool = False) -> Provider | None:
    query = select(provider).where(provider.c.id == provider_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _provider(row) if row else None


def network_of(connection: Connection, network_id: str, *, lock: bool = False) -> Network | None:
    query = select(network).where(network.c.id == network_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _network(row) if row else None


def providers(connection: Connection) -> tuple[Provider, ...]:
    return _providers(connection, select(provider))


def providers_by_id(connection: Connection, ids: Collection[str]) -> tuple[Provider, ...]:
    return _providers(connection, select(provider).where(provider.c.id.in_(ids)))


def lock_providers(connection: Connection, ids: Collection[str]) -> None:
    """Keep rounds from being opened at these providers by anybody else until this transaction ends."""
    rows = select(provider.c.id).where(provider.c.id.in_(ids)).order_by(provider.c.id)
    connection.execute(rows.with_for_update()).all()


def parts_of(connection: Connection, provider_ids: Collection[str]) -> Mapping[str, str]:
    """Return {provider's id: the one of these that it is part of now}, for these and for all that they took over."""
    whole = func.coalesce(provider.c.merged_into, provider.c.id).label("whole")
    rows = connection.execute(select(provider.c.id, whole).where(whole.in_(provider_ids)))
    return {row.id: row.whole for row in rows}


def members_of(connection: Connection, network_id: str) -> tuple[Provider, ...]:
    members = select(provider).join(network_member).where(network_member.c.network_id == network_id)
    return _providers(connection, members)


def networks_with(provider_id: str) -> Select[str]:
    """Return the query for the networks that a provider is in."""
    return select(network_member.c.network_id).where(network_member.c.provider_id == provider_id)


def networks_of(connection: Connection, provider_id: str) -> frozenset[str]:
    return frozenset(connection.execute(networks_with(provider_id)).scalars())


def networks(connection: Connection) -> tuple[Network, ...]:
    rows = connection.execute(select(network).order_by(network.c.name, network.c.id))
    return tuple(_network(row) for row in rows)


def names_of(connection: Connection, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the names of providers and networks with these ids."""
    wanted = sorted(set(ids))
    queries = (select(each.c.name).where(each.c.id.in_(wanted)) for each in (provider, network))
    return tuple(name for query in queries for name in connection.execute(query).scalars())


def _providers(connection: Connection, query: Select[tuple[object, ...]]) -> tuple[Provider, ...]:
    return tuple(_provider(row) for row in connection.execute(query.order_by(provider.c.name, provider.c.id)))


def _provider(row: Row[tuple[object, ...]]) -> Provider:
    return Provider(row.id, row.name, row.context, row.made_up, row.archived_on, row.merged_into)


def _network(row: Row[tuple[object, ...]]) -> Network:
    return Network(row.id, row.name, row.made_up, row.archived_on)
