"""The sealed columns: each is declared in the tables, and here all of them are counted and sealed anew.

An empty text is kept empty and not sealed: it says nothing. See docs/decisions/0021-keys.md.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, select, tuple_, update

from app.storage.sealing import place_of_key, seal, unseal
from app.storage.tables import metadata

Keys = Callable[[], Sequence[bytes]]
KEYS = "keys"
BATCH = 200


@dataclass(frozen=True, slots=True)
class SealedText:
    """A text as it is stored. at: the row's primary key.

    place: of the key that opens it; 0 is the present one, None is none.
    """

    at: tuple[Any, ...]
    purpose: str
    sealed: str
    place: int | None


def no_keys() -> Sequence[bytes]:
    raise RuntimeError("this database was opened without the installation's keys")


def sealed_columns() -> tuple[Column[Any], ...]:
    """Return every column that the installation's keys seal, as the tables declare them."""
    return tuple(column for table in metadata.sorted_tables for column in table.columns if "sealed" in column.info)


def purpose_of(column: Column[Any], row: Mapping[str, Any]) -> str:
    """Return what a row's text is sealed for. row: at least its primary key."""
    purpose: str = column.info["sealed"]
    return purpose.format_map(row)


def sealed(connection: Connection, column: Column[Any], row: Mapping[str, Any], text: str) -> str:
    """Return a text as it is stored in this column of this row."""
    return seal(keys_of(connection), purpose_of(column, row), text) if text else ""


def opened(connection: Connection, column: Column[Any], row: Mapping[str, Any]) -> str:
    """Return what a row says in this column. Raises Conflict when no key fits."""
    stored: str = row[column.name]
    return unseal(keys_of(connection), purpose_of(column, row), stored) if stored else ""


def batch(
    connection: Connection, column: Column[Any], keys: Sequence[bytes], after: tuple[Any, ...] | None = None
) -> tuple[SealedText, ...]:
    """Return a column's next texts after a row, in the order of the primary key, which is random; () at the end."""
    key = tuple(column.table.primary_key.columns)
    query = select(*key, column).where(column != "").order_by(*key).limit(BATCH)
    if after is not None:
        query = query.where(tuple_(*key) > tuple_(*after))
    return tuple(_text(column, row._asdict(), keys) for row in connection.execute(query))


def put(connection: Connection, column: Column[Any], stored: SealedText, keys: Sequence[bytes]) -> None:
    """Seal a text anew with the present key, unless somebody else wrote it meanwhile."""
    anew = seal(keys, stored.purpose, unseal(keys, stored.purpose, stored.sealed))
    key = tuple(column.table.primary_key.columns)
    is_there = (each == value for each, value in zip(key, stored.at, strict=True))
    connection.execute(update(column.table).where(*is_there, column == stored.sealed).values({column.name: anew}))


def _text(column: Column[Any], row: Mapping[str, Any], keys: Sequence[bytes]) -> SealedText:
    purpose, stored = purpose_of(column, row), row[column.name]
    at = tuple(row[each.name] for each in column.table.primary_key.columns)
    return SealedText(at, purpose, stored, place_of_key(keys, purpose, stored))


def keys_of(connection: Connection) -> Sequence[bytes]:
    keys: Keys = connection.get_execution_options()[KEYS]
    return keys()
