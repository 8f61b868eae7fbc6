"""Sites of a provider: adding, renaming, archiving, bringing back. None is deleted: rounds point to them."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from app.errors import Conflict, Invalid, NotFound
from app.organisations import NOT_YOURS, Act, Provider, Site, require
from app.organisations.log import Deed
from app.organisations.model import checked_name
from app.services.log import note
from app.services.rounds import provider_or_refuse, rounds_with
from app.storage import Database
from app.storage import organisations as stored_organisations
from app.storage import sites as stored
from app.storage.keys import new_id

CHANGED = "Somebody else changed this site meanwhile. What you see now is theirs; yours was not kept."
SAME_NAME = "There is a site with this name already. Give this one another name, or bring the archived one back."
ROUND_IS_OPEN = "A round is open for this site. Close it first: people may be answering."
PROVIDER_IS_ARCHIVED = "This provider is archived, so its sites stay as they are. Bring it back first."


def add_site(database: Database, provider_id: str, name: str, new_site_id: str | None = None) -> Site:
    """Add a site to a provider. new_site_id: the id that it shall have; a second call with it returns the first one.

    Raises NotFound, Invalid for a name that cannot be or is taken, Conflict for an archived provider.
    """
    require(database.actor, Act.RUN_PROVIDER, provider_id)
    checked = checked_name(name)
    with database.writing() as connection:
        provider = provider_or_refuse(connection, provider_id, lock=True)
        known = stored.site_of(connection, new_site_id) if new_site_id else None
        if known is not None and known.provider_id == provider_id:
            return known
        if known is not None:
            raise Conflict("This form cannot be used any more. Open it again and begin anew.")
        _refuse_archived(provider)
        _refuse_taken(checked, _sites_of(connection, provider))
        added = Site(new_site_id or new_id(), provider_id, checked)
        stored.add(connection, added)
        note(database, connection, Deed.SITE_ADDED, provider_id, added.id)
    return added


def rename_site(database: Database, site_id: str, name: str, *, before: str) -> Site:
    """Give a site another name: its rounds and their results are shown under it, too. before: the one that was shown.

    Raises NotFound, Invalid, and Conflict when somebody else renamed or archived it meanwhile.
    """
    checked = checked_name(name)

    def renamed(connection: Connection, provider: Provider, site: Site) -> Site:
        if site.archived_on is not None or site.name not in (before, checked):
            raise Conflict(CHANGED)
        _refuse_taken(checked, [each for each in _sites_of(connection, provider) if each.id != site.id])
        return replace(site, name=checked)

    return _change(database, site_id, Deed.SITE_RENAMED, renamed)


def archive_site(database: Database, site_id: str, on: date, *, before: str) -> Site:
    """Open no round for a site any more; its rounds and results stay. before: the name that was shown.

    Doing it again changes nothing. Raises NotFound, and Conflict while a round is open for it, or when somebody else
    renamed it meanwhile.
    """

    def archived(connection: Connection, provider: Provider, site: Site) -> Site:
        if site.archived_on is not None:
            return site
        if before != site.name:
            raise Conflict(CHANGED)
        rounds = rounds_with(connection, [provider.id])[provider.id]
        if any(of.site_id == site.id and of.is_open for of in rounds):
            raise Conflict(ROUND_IS_OPEN)
        return replace(site, archived_on=on)

    return _change(database, site_id, Deed.SITE_ARCHIVED, archived)


def bring_site_back(database: Database, site_id: str) -> Site:
    """Let rounds be opened for an archived site again. Doing it again changes nothing. Raises NotFound, Conflict."""
    return _change(
        database, site_id, Deed.SITE_BROUGHT_BACK, lambda _connection, _provider, site: replace(site, archived_on=None)
    )


def sites_of(database: Database, provider_id: str) -> tuple[Site, ...]:
    """Return the sites of a provider and of all that it has taken over, archived ones among them, by name.

    An archived provider shows none. Raises NotFound.
    """
    require(database.actor, Act.SEE_ROUNDS, provider_id)
    with database.reading() as connection:
        provider = provider_or_refuse(connection, provider_id)
        return () if provider.archived_on is not None else _sites_of(connection, provider)


def sites_to_ask(database: Database, provider_id: str) -> tuple[Site, ...]:
    """Return the sites for which a round can be opened at a provider, by name. Raises NotFound."""
    return tuple(each for each in sites_of(database, provider_id) if each.archived_on is None)


def site(database: Database, provider_id: str, site_id: str) -> Site:
    """Return one site of a provider. Raises NotFound."""
    found = {each.id: each for each in sites_of(database, provider_id)}
    if site_id not in found:
        raise NotFound(NOT_YOURS)
    return found[site_id]


def _change(database: Database, site_id: str, deed: Deed, change: Callable[[Connection, Provider, Site], Site]) -> Site:
    """Change a site while nobody else changes one of the same provider, and log it where anything changed."""
    with database.reading() as connection:
        found = _site_or_refuse(connection, site_id)
    require(database.actor, Act.RUN_PROVIDER, found.provider_id)
    with database.writing() as connection:
        provider = _home(connection, found)
        _refuse_archived(provider)
        before = _site_or_refuse(connection, site_id, lock=True)
        changed = change(connection, provider, before)
        if changed != before:
            stored.change(connection, changed)
            note(database, connection, deed, changed.provider_id, changed.id)
    return changed


def _home(connection: Connection, site: Site) -> Provider:
    """Return the provider that the site is with now, locked: the one that took over its own, where one did."""
    own = provider_or_refuse(connection, site.provider_id, lock=True)
    return provider_or_refuse(connection, own.merged_into, lock=True) if own.merged_into else own


def _sites_of(connection: Connection, provider: Provider) -> tuple[Site, ...]:
    return stored.sites_of(connection, stored_organisations.parts_of(connection, [provider.id]))


def _site_or_refuse(connection: Connection, site_id: str, *, lock: bool = False) -> Site:
    found = stored.site_of(connection, site_id, lock=lock)
    if found is None:
        raise NotFound(NOT_YOURS)
    return found


def _refuse_archived(provider: Provider) -> None:
    if provider.archived_on is not None:
        raise Conflict(PROVIDER_IS_ARCHIVED)


def _refuse_taken(name: str, others: Collection[Site]) -> None:
    if name.casefold() in {each.name.casefold() for each in others}:
        raise Invalid(SAME_NAME)
