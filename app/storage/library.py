"""The library as the database keeps it: every version that a round may pin, whole, with its hash."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from app.storage.tables import library_entry

STANDARDS = "standards"
SURVEY = "survey"


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of a standards set or a survey. sha256: of its meaning; document: whole, as JSON."""

    kind: str
    id: str
    version: str
    sha256: str
    document: Mapping[str, Any]


def put_entry(connection: Connection, entry: Entry) -> None:
    """Store an entry; one that is already there keeps its meaning and takes the newer credits and notes."""
    same = (
        (library_entry.c.kind == entry.kind)
        & (library_entry.c.id == entry.id)
        & (library_entry.c.version == entry.version)
    )
    content = {"sha256": entry.sha256, "document": dict(entry.document)}
    if not connection.execute(update(library_entry).where(same).values(content)).rowcount:
        key = {"kind": entry.kind, "id": entry.id, "version": entry.version}
        connection.execute(insert(library_entry).values({**key, **content}))


def marks(connection: Connection) -> dict[tuple[str, str, str], str]:
    """Return the hash of every entry by (kind, id, version)."""
    columns = (library_entry.c.kind, library_entry.c.id, library_entry.c.version, library_entry.c.sha256)
    return {(kind, id_, version): sha256 for kind, id_, version, sha256 in connection.execute(select(*columns))}


def entry_of(connection: Connection, kind: str, id_: str, version: str) -> Entry | None:
    row = connection.execute(
        select(library_entry).where(
            library_entry.c.kind == kind, library_entry.c.id == id_, library_entry.c.version == version
        )
    ).one_or_none()
    return Entry(row.kind, row.id, row.version, row.sha256, row.document) if row else None
