"""Translations of the library as the database keeps them: each whole, beside the version that it translates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from app.storage.tables import translation


@dataclass(frozen=True, slots=True)
class TranslationRow:
    """kind, id, version: of the library's entry. sha256: of the document, which is JSON."""

    kind: str
    id: str
    version: str
    language: str
    sha256: str
    document: Mapping[str, Any]


def replace_translations(
    connection: Connection, kind: str, id_: str, version: str, rows: Iterable[TranslationRow]
) -> None:
    """Store these translations of one version in place of those before."""
    columns = translation.c
    of_version = (columns.kind == kind) & (columns.id == id_) & (columns.version == version)
    connection.execute(delete(translation).where(of_version))
    for row in rows:
        connection.execute(
            insert(translation).values(
                kind=row.kind,
                id=row.id,
                version=row.version,
                language=row.language,
                sha256=row.sha256,
                document=dict(row.document),
            )
        )


def all_translations(connection: Connection) -> list[TranslationRow]:
    """Return every translation of every version, by language."""
    rows = connection.execute(select(translation).order_by(translation.c.language))
    return [TranslationRow(row.kind, row.id, row.version, row.language, row.sha256, row.document) for row in rows]
