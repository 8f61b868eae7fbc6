"""Invitations of providers into a network. Of a link's secret only the hash is stored."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, delete, insert, select, update

from app.storage.tables import network_invitation


@dataclass(frozen=True, slots=True)
class NetworkInvitation:
    """note: by which the coordinator knows it again. provider_id: who came with it; None while nobody has."""

    id: str
    network_id: str
    secret_hash: str
    note: str
    expires_on: date
    provider_id: str | None


def add(connection: Connection, invitation: NetworkInvitation) -> None:
    connection.execute(insert(network_invitation).values(id=invitation.id, **_values(invitation)))


def change(connection: Connection, invitation: NetworkInvitation) -> None:
    connection.execute(
        update(network_invitation).where(network_invitation.c.id == invitation.id).values(**_values(invitation))
    )


def mark_used(connection: Connection, invitation: NetworkInvitation, provider_id: str) -> None:
    connection.execute(
        update(network_invitation).where(network_invitation.c.id == invitation.id).values(provider_id=provider_id)
    )


def by_id(connection: Connection, invitation_id: str) -> NetworkInvitation | None:
    row = connection.execute(select(network_invitation).where(network_invitation.c.id == invitation_id)).one_or_none()
    return _invitation(row) if row else None


def by_secret(connection: Connection, secret_hash: str, *, lock: bool = False) -> NetworkInvitation | None:
    query = select(network_invitation).where(network_invitation.c.secret_hash == secret_hash)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _invitation(row) if row else None


def unused_of(connection: Connection, network_id: str) -> tuple[NetworkInvitation, ...]:
    invited = network_invitation.c
    rows = connection.execute(
        select(network_invitation)
        .where(invited.network_id == network_id, invited.provider_id.is_(None))
        .order_by(invited.note, invited.id)
    )
    return tuple(_invitation(row) for row in rows)


def remove_unused(connection: Connection, network_id: str, invitation_id: str) -> None:
    invited = network_invitation.c
    connection.execute(
        delete(network_invitation).where(
            invited.id == invitation_id, invited.network_id == network_id, invited.provider_id.is_(None)
        )
    )


def _values(invitation: NetworkInvitation) -> dict[str, object]:
    return {
        "network_id": invitation.network_id,
        "secret_hash": invitation.secret_hash,
        "note": invitation.note,
        "expires_on": invitation.expires_on,
        "provider_id": invitation.provider_id,
    }


def _invitation(row: Row[tuple[object, ...]]) -> NetworkInvitation:
    return NetworkInvitation(row.id, row.network_id, row.secret_hash, row.note, row.expires_on, row.provider_id)
