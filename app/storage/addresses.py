"""The addresses that a round's letters go to, sealed. Nothing here knows of an invitation or of a response."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select, update

from app.responses import Round, RoundState
from app.standards import Audience
from app.storage.sealed import purpose_of
from app.storage.tables import address_list, round_address, round_table


@dataclass(frozen=True, slots=True)
class StoredAddress:
    """id: a hash of the secret by which whoever has the address can stop its letters.

    Where somebody did, nothing is sealed any more, and the id is a keyed hash by which the address is known again.
    """

    id: str
    audience: Audience
    sealed: str

    @property
    def is_stopped(self) -> bool:
        return not self.sealed


@dataclass(frozen=True, slots=True)
class StoredList:
    """One audience's list. reminders: how many were asked for. written_on: the day of the last letters."""

    count: int
    reminders: int
    written_on: date


def add(connection: Connection, of: Round, audience: Audience, added: Sequence[StoredAddress], on: date) -> None:
    """Put addresses on a list."""
    _rewrite(connection, of, added)
    if list_of(connection, of, audience) is None:
        row = {"provider_id": of.provider_id, "round_id": of.id, "audience": audience.value}
        connection.execute(insert(address_list).values(**row, reminders=0, written_on=on))
    else:
        connection.execute(update(address_list).where(*_within(address_list, of, audience)).values(written_on=on))


def replace(connection: Connection, of: Round, removed: Collection[str], added: Sequence[StoredAddress]) -> None:
    """Take addresses off the lists of a round, by their ids, and put others there."""
    _rewrite(connection, of, added, removed)


def note_reminder(connection: Connection, of: Round, audience: Audience, on: date) -> None:
    counted = {"reminders": address_list.c.reminders + 1, "written_on": on}
    connection.execute(update(address_list).where(*_within(address_list, of, audience)).values(counted))


def list_of(connection: Connection, of: Round, audience: Audience) -> StoredList | None:
    return lists_of(connection, of).get(audience)


def lists_of(connection: Connection, of: Round) -> Mapping[Audience, StoredList]:
    """Return the lists of a round; an audience that nobody was asked from by letter is absent."""
    counted = select(round_address.c.audience, func.count()).where(*_within(round_address, of))
    counts = {row[0]: row[1] for row in connection.execute(counted.group_by(round_address.c.audience))}
    rows = connection.execute(select(address_list).where(*_within(address_list, of)))
    return {
        Audience(row.audience): StoredList(counts.get(row.audience, 0), row.reminders, row.written_on) for row in rows
    }


def addresses_of(connection: Connection, of: Round) -> tuple[StoredAddress, ...]:
    """Return a round's addresses, in the order of their ids."""
    query = select(round_address).where(*_within(round_address, of)).order_by(round_address.c.id)
    return tuple(StoredAddress(row.id, Audience(row.audience), row.sealed) for row in connection.execute(query))


def find(connection: Connection, address_id: str) -> tuple[StoredAddress, str] | None:
    """Return an address with the id of its round; None also where its letters were stopped."""
    query = select(round_address).where(round_address.c.id == address_id, round_address.c.sealed != "")
    row = connection.execute(query).one_or_none()
    return (StoredAddress(row.id, Audience(row.audience), row.sealed), row.round_id) if row else None


def remove_all(connection: Connection, of: Round) -> None:
    """Forget a round's addresses, and that there were any."""
    for each in (round_address, address_list):
        connection.execute(delete(each).where(*_within(each, of)))


def remove_of_closed_rounds(connection: Connection) -> int:
    """Forget the addresses of every round that has closed. Returns how many there were."""
    over = select(round_table.c.id).where(round_table.c.state == RoundState.CLOSED.value)
    connection.execute(delete(address_list).where(address_list.c.round_id.in_(over)))
    return connection.execute(delete(round_address).where(round_address.c.round_id.in_(over))).rowcount


def _rewrite(connection: Connection, of: Round, added: Sequence[StoredAddress], removed: Collection[str] = ()) -> None:
    """Write all addresses of a round anew, by id, so that no row shows when it came."""
    kept = [each for each in addresses_of(connection, of) if each.id not in removed]
    rows = {
        each.id: {
            "provider_id": of.provider_id,
            "round_id": of.id,
            "audience": each.audience.value,
            "id": each.id,
            "sealed": each.sealed,
        }
        for each in sorted((*kept, *added), key=lambda each: each.id)
    }
    connection.execute(delete(round_address).where(*_within(round_address, of)))
    if rows:
        connection.execute(insert(round_address), list(rows.values()))


def _within(table: Table, of: Round, audience: Audience | None = None) -> tuple[ColumnElement[bool], ...]:
    found = (table.c.provider_id == of.provider_id, table.c.round_id == of.id)
    return found if audience is None else (*found, table.c.audience == audience.value)


def purpose(address_id: str) -> str:
    """Return what an address is sealed for: none can be put in another's place."""
    return purpose_of(round_address.c.sealed, {"id": address_id})
