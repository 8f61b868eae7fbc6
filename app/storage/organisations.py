"""Providers, networks and which provider is in which network."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Row, Select, insert, select

from app.organisations import Network, Provider
from app.storage.keys import new_id
from app.storage.tables import network, network_member, provider


def add_provider(connection: Connection, name: str, context: Mapping[str, str], *, made_up: bool) -> Provider:
    added = Provider(new_id(), name, dict(context), made_up)
    connection.execute(
        insert(provider).values(id=added.id, name=name, context=dict(context), made_up=made_up),
    )
    return added


def add_network(connection: Connection, name: str, *, made_up: bool) -> Network:
    added = Network(new_id(), name, made_up)
    connection.execute(insert(network).values(id=added.id, name=name, made_up=made_up))
    return added


def join(connection: Connection, network_id: str, provider_id: str) -> None:
    connection.execute(insert(network_member).values(network_id=network_id, provider_id=provider_id))


def provider_of(connection: Connection, provider_id: str, *, lock: bool = False) -> Provider | None:
    query = select(provider).where(provider.c.id == provider_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _provider(row) if row else None


def network_of(connection: Connection, network_id: str, *, lock: bool = False) -> Network | None:
    query = select(network).where(network.c.id == network_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return Network(row.id, row.name, row.made_up) if row else None


def providers(connection: Connection) -> tuple[Provider, ...]:
    return _providers(connection, select(provider))


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
    return tuple(Network(row.id, row.name, row.made_up) for row in rows)


def names_of(connection: Connection, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the names of providers and networks with these ids."""
    wanted = sorted(set(ids))
    queries = (select(each.c.name).where(each.c.id.in_(wanted)) for each in (provider, network))
    return tuple(name for query in queries for name in connection.execute(query).scalars())


def _providers(connection: Connection, query: Select[tuple[object, ...]]) -> tuple[Provider, ...]:
    return tuple(_provider(row) for row in connection.execute(query.order_by(provider.c.name, provider.c.id)))


def _provider(row: Row[tuple[object, ...]]) -> Provider:
    return Provider(row.id, row.name, row.context, row.made_up)
