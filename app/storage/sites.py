"""Sites of providers. None is ever deleted: rounds point to them."""

from collections.abc import Collection

from sqlalchemy import Connection, Row, insert, select, update

from app.organisations import Site
from app.storage.tables import site


def add(connection: Connection, added: Site) -> None:
    connection.execute(insert(site).values(provider_id=added.provider_id, id=added.id, name=added.name))


def change(connection: Connection, changed: Site) -> None:
    """Store a site's name, and since when it is archived."""
    connection.execute(
        update(site)
        .where(site.c.provider_id == changed.provider_id, site.c.id == changed.id)
        .values(name=changed.name, archived_on=changed.archived_on)
    )


def site_of(connection: Connection, site_id: str, *, lock: bool = False) -> Site | None:
    query = select(site).where(site.c.id == site_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _site(row) if row else None


def sites_of(connection: Connection, provider_ids: Collection[str]) -> tuple[Site, ...]:
    """Return the sites of these providers, archived ones among them, by name."""
    query = select(site).where(site.c.provider_id.in_(provider_ids)).order_by(site.c.name, site.c.id)
    return tuple(_site(row) for row in connection.execute(query))


def names_of(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Return {site's id: name} of these sites, by name."""
    if not ids:
        return {}
    query = select(site.c.id, site.c.name).where(site.c.id.in_(ids)).order_by(site.c.name, site.c.id)
    return {row.id: row.name for row in connection.execute(query)}


def _site(row: Row[tuple[object, ...]]) -> Site:
    return Site(row.id, row.provider_id, row.name, row.archived_on)
