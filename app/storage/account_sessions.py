"""Where accounts are signed in. A session is known by a hash of its secret, which only the browser's cookie holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.orm import Session

from app.organisations import Membership, Role
from app.storage.accounts import Account
from app.storage.tables import account_session, membership, provider

Kind = TypeVar("Kind", bound=Account)


@dataclass(frozen=True, slots=True)
class AccountSession:
    """One browser in which somebody is signed in. label: coarse, such as "Firefox on Android"."""

    id: str
    account_id: int
    label: str
    begun_on: date
    has_second_factor: bool
    remembered: bool


@dataclass(frozen=True, slots=True)
class SignedIn(Generic[Kind]):
    """Who signed in, in which session, with which roles."""

    account: Kind
    session: AccountSession
    memberships: tuple[Membership, ...]


def signed_in(objects: Session, kind: type[Kind], fs_uniquifier: str, session_id: str) -> SignedIn[Kind] | None:
    """Return an account as an object of a kind, its session and its roles, in one query; None when it has ended."""
    rows = objects.execute(
        select(kind, *account_session.c, membership.c.role, membership.c.organisation_id, provider.c.id)
        .join(account_session, account_session.c.account_id == kind.id)
        .outerjoin(membership, membership.c.account_id == kind.id)
        .outerjoin(provider, provider.c.merged_into == membership.c.organisation_id)
        .where(kind.fs_uniquifier == fs_uniquifier, account_session.c.id == session_id)
    ).all()
    if not rows:
        return None
    found, *session, _, _, _ = rows[0]
    held = {Membership(Role(row[-3]), each) for row in rows if row[-3] for each in row[-2:] if each is not None}
    return SignedIn(found, AccountSession(*session), tuple(held))


def add(connection: Connection, session: AccountSession) -> None:
    connection.execute(
        insert(account_session).values(
            id=session.id,
            account_id=session.account_id,
            label=session.label,
            begun_on=session.begun_on,
            has_second_factor=session.has_second_factor,
            remembered=session.remembered,
        )
    )


def sessions_of(connection: Connection, account_id: int) -> tuple[AccountSession, ...]:
    """Return an account's sessions, the newest day first."""
    rows = connection.execute(
        select(account_session)
        .where(account_session.c.account_id == account_id)
        .order_by(account_session.c.begun_on.desc(), account_session.c.label, account_session.c.id)
    )
    return tuple(AccountSession(*row) for row in rows)


def end(connection: Connection, account_id: int, ids: Iterable[str]) -> int:
    """Return how many were there."""
    chosen = (account_session.c.account_id == account_id, account_session.c.id.in_(list(ids)))
    return connection.execute(delete(account_session).where(*chosen)).rowcount


def end_all_but(connection: Connection, account_id: int, id: str | None) -> int:
    """End every session of an account but one; every one when that is None. Returns how many there were."""
    query = delete(account_session).where(account_session.c.account_id == account_id)
    return connection.execute(query if id is None else query.where(account_session.c.id != id)).rowcount


def end_all(connection: Connection) -> None:
    """End every session of every account."""
    connection.execute(delete(account_session))


def forget_begun_before(connection: Connection, day: date) -> None:
    connection.execute(delete(account_session).where(account_session.c.begun_on < day))


def replace(connection: Connection, id: str, by: str) -> None:
    """Give a session another secret, and note that it has passed the second step."""
    connection.execute(update(account_session).where(account_session.c.id == id).values(id=by, has_second_factor=True))
