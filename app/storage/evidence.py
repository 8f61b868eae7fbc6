"""What providers keep as evidence: what is known of each file. The files themselves: app/services/evidence.py."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from app.organisations.evidence import Evidence, Label, StandardKey
from app.storage.sealed import purpose_of
from app.storage.tables import evidence


def evidence_in(connection: Connection, provider_id: str) -> tuple[Evidence, ...]:
    """Return all of a provider's evidence, deleted files too, the newest first."""
    query = select(evidence).where(evidence.c.provider_id == provider_id)
    rows = connection.execute(query.order_by(evidence.c.added_on.desc(), evidence.c.title, evidence.c.id))
    return tuple(_evidence(row) for row in rows)


def evidence_of(connection: Connection, provider_id: str, evidence_id: str) -> Evidence | None:
    row = connection.execute(select(evidence).where(*_is(provider_id, evidence_id))).one_or_none()
    return _evidence(row) if row else None


def purpose(of: Evidence) -> str:
    """Return what a file's key is sealed for: none can be put in another's place."""
    return purpose_of(evidence.c.sealed_key, {"provider_id": of.provider_id, "id": of.id})


def sealed_key_of(connection: Connection, of: Evidence) -> str:
    query = select(evidence.c.sealed_key).where(*_is(of.provider_id, of.id))
    return str(connection.execute(query).scalar_one())


def bytes_in(connection: Connection, provider_id: str) -> int:
    """Return how many bytes a provider's files have, deleted ones too."""
    query = select(func.coalesce(func.sum(evidence.c.size), 0)).where(evidence.c.provider_id == provider_id)
    return int(connection.execute(query).scalar_one())


def add(connection: Connection, added: Evidence, sealed_key: str) -> None:
    connection.execute(
        insert(evidence).values(
            provider_id=added.provider_id,
            id=added.id,
            file_name=added.file_name,
            media_type=added.media_type,
            size=added.size,
            sha256=added.sha256,
            sealed_key=sealed_key,
            added_on=added.added_on,
            added_by=added.added_by,
            deleted_on=added.deleted_on,
            **_columns(added.label),
        )
    )


def put_label(connection: Connection, of: Evidence, label: Label) -> None:
    connection.execute(update(evidence).where(*_is(of.provider_id, of.id)).values(**_columns(label)))


def put_deleted_on(connection: Connection, of: Evidence, on: date | None) -> None:
    connection.execute(update(evidence).where(*_is(of.provider_id, of.id)).values(deleted_on=on))


def remove(connection: Connection, removed: Evidence) -> None:
    connection.execute(delete(evidence).where(*_is(removed.provider_id, removed.id)))


def deleted_until(connection: Connection, day: date) -> tuple[Evidence, ...]:
    """Return what was deleted on a day or before, of every provider."""
    return tuple(_evidence(row) for row in connection.execute(select(evidence).where(evidence.c.deleted_on <= day)))


def _is(provider_id: str, evidence_id: str) -> tuple[Any, ...]:
    return evidence.c.provider_id == provider_id, evidence.c.id == evidence_id


def _columns(label: Label) -> dict[str, str | None]:
    return {
        "title": label.title,
        "round_id": label.round_id,
        "standards_id": label.standard.set_id if label.standard else None,
        "standard_id": label.standard.standard_id if label.standard else None,
    }


def _evidence(row: Row[Any]) -> Evidence:
    standard = StandardKey(row.standards_id, row.standard_id) if row.standards_id else None
    return Evidence(
        id=row.id,
        provider_id=row.provider_id,
        label=Label(row.title, standard, row.round_id),
        file_name=row.file_name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        added_on=row.added_on,
        added_by=row.added_by,
        deleted_on=row.deleted_on,
    )
