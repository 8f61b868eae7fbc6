"""Shares: who a respondent lets read their own result, and until when. Nothing here says who the respondent is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from app.responses import Round
from app.storage.tables import share


@dataclass(frozen=True, slots=True)
class Share:
    """One share. id: the hash of the secret that opens it. shared_with: "provider", "family" or "circle"."""

    id: str
    provider_id: str
    response_id: str
    shared_with: str
    until: date


def add(connection: Connection, added: Share) -> None:
    connection.execute(
        insert(share).values(
            provider_id=added.provider_id,
            id=added.id,
            response_id=added.response_id,
            shared_with=added.shared_with,
            until=added.until,
        )
    )


def find(connection: Connection, share_id: str) -> Share | None:
    row = connection.execute(select(share).where(share.c.id == share_id)).one_or_none()
    return Share(row.id, row.provider_id, row.response_id, row.shared_with, row.until) if row else None


def of_response(connection: Connection, of: Round, response_id: str) -> Sequence[Share]:
    """Return the shares of a response, those that end first at first."""
    rows = connection.execute(
        select(share)
        .where(share.c.provider_id == of.provider_id, share.c.response_id == response_id)
        .order_by(share.c.until, share.c.id)
    )
    return [Share(row.id, row.provider_id, row.response_id, row.shared_with, row.until) for row in rows]


def remove(connection: Connection, of: Round, response_id: str, share_id: str) -> None:
    """Remove a share, if it is one of this response's."""
    connection.execute(
        delete(share).where(
            share.c.provider_id == of.provider_id, share.c.response_id == response_id, share.c.id == share_id
        )
    )


def remove_ended(connection: Connection, provider_id: str, on: date) -> None:
    """Remove the shares of a provider's rounds that have ended before a day, so that nothing of them is kept."""
    connection.execute(delete(share).where(share.c.provider_id == provider_id, share.c.until < on))


def remove_all(connection: Connection, of: Round, response_id: str) -> None:
    connection.execute(delete(share).where(share.c.provider_id == of.provider_id, share.c.response_id == response_id))
