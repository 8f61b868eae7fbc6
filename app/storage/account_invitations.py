"""Invitations to hold a role. Of the two secrets of each, only hashes are stored; the address is sealed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, insert, or_, select, update

from app.organisations import Membership, Role
from app.storage.sealed import purpose_of
from app.storage.tables import account_invitation


@dataclass(frozen=True, slots=True)
class StoredInvitation:
    """letter_hash: of the secret that the letter holds; hand_hash: of the one that is handed over."""

    id: str
    letter_hash: str
    hand_hash: str
    sealed_email: str
    email_hash: str
    membership: Membership
    invited_by: int | None
    invited_on: date
    expires_on: date
    state: str


def purpose(invitation_id: str) -> str:
    """Return what an invitation's address is sealed for."""
    return purpose_of(account_invitation.c.sealed_email, {"id": invitation_id})


def add(connection: Connection, invitation: StoredInvitation) -> None:
    connection.execute(insert(account_invitation).values(id=invitation.id, **_values(invitation)))


def change(connection: Connection, invitation: StoredInvitation) -> None:
    connection.execute(
        update(account_invitation).where(account_invitation.c.id == invitation.id).values(**_values(invitation))
    )


def by_id(connection: Connection, id: str, *, lock: bool = False) -> StoredInvitation | None:
    query = select(account_invitation).where(account_invitation.c.id == id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _invitation(row) if row else None


def by_secret(connection: Connection, hashed: str, *, lock: bool = False) -> StoredInvitation | None:
    """Return the invitation with this hash of either of its secrets."""
    table = account_invitation.c
    query = select(account_invitation).where(or_(table.letter_hash == hashed, table.hand_hash == hashed))
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _invitation(row) if row else None


def is_invited(connection: Connection, email_hash: str, on: date) -> bool:
    """Say whether an address has an invitation that nobody has used or taken back, and that can still be used."""
    table = account_invitation.c
    is_open = (table.email_hash == email_hash, table.state == "open", table.expires_on >= on)
    return connection.execute(select(table.id).where(*is_open).limit(1)).first() is not None


def in_organisation(connection: Connection, organisation_id: str) -> tuple[StoredInvitation, ...]:
    """Return an organisation's invitations, the newest day first."""
    rows = connection.execute(
        select(account_invitation)
        .where(account_invitation.c.organisation_id == organisation_id)
        .order_by(account_invitation.c.invited_on.desc(), account_invitation.c.id)
    )
    return tuple(_invitation(row) for row in rows)


def _values(invitation: StoredInvitation) -> dict[str, object]:
    return {
        "letter_hash": invitation.letter_hash,
        "hand_hash": invitation.hand_hash,
        "sealed_email": invitation.sealed_email,
        "email_hash": invitation.email_hash,
        "role": invitation.membership.role.value,
        "organisation_id": invitation.membership.organisation_id,
        "invited_by": invitation.invited_by,
        "invited_on": invitation.invited_on,
        "expires_on": invitation.expires_on,
        "state": invitation.state,
    }


def _invitation(row: Row[tuple[object, ...]]) -> StoredInvitation:
    return StoredInvitation(
        row.id,
        row.letter_hash,
        row.hand_hash,
        row.sealed_email,
        row.email_hash,
        Membership(Role(row.role), row.organisation_id),
        row.invited_by,
        row.invited_on,
        row.expires_on,
        row.state,
    )
