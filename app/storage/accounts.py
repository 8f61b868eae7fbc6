"""Accounts of people who sign in, and their roles."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped

from app.organisations import Membership, Role
from app.storage import tables


class AccountBase(DeclarativeBase):
    metadata = tables.metadata


class Account(AccountBase):
    """One account, as an object, for the sign-in library."""

    __table__ = tables.account

    id: Mapped[int]
    email: Mapped[str]
    password: Mapped[str | None]
    active: Mapped[bool]
    fs_uniquifier: Mapped[str]


def add_account(connection: Connection, email: str, password_hash: str, fs_uniquifier: str) -> int:
    """Store an account and return its id."""
    added = insert(tables.account).values(email=email, password=password_hash, active=True, fs_uniquifier=fs_uniquifier)
    account_id: int = connection.execute(added.returning(tables.account.c.id)).scalar_one()
    return account_id


def add_membership(connection: Connection, account_id: int, membership: Membership) -> None:
    connection.execute(
        insert(tables.membership).values(
            account_id=account_id, role=membership.role.value, organisation_id=membership.organisation_id
        )
    )


def memberships_of(connection: Connection, account_id: int) -> tuple[Membership, ...]:
    rows = connection.execute(select(tables.membership).where(tables.membership.c.account_id == account_id))
    return tuple(Membership(Role(row.role), row.organisation_id) for row in rows)


def holders_of(connection: Connection, membership: Membership) -> Mapping[int, str]:
    """Return who holds a role in an organisation: account's id → e-mail address, by address."""
    rows = connection.execute(
        select(tables.account.c.id, tables.account.c.email)
        .join(tables.membership)
        .where(
            tables.membership.c.role == membership.role.value,
            tables.membership.c.organisation_id == membership.organisation_id,
        )
        .order_by(tables.account.c.email)
    )
    return {row.id: row.email for row in rows}


def addresses_of(connection: Connection, account_ids: Iterable[int]) -> Mapping[int, str]:
    """Return {account's id: e-mail address}."""
    query = select(tables.account.c.id, tables.account.c.email).where(tables.account.c.id.in_(sorted(account_ids)))
    return {row.id: row.email for row in connection.execute(query)}


def account_exists(connection: Connection, email: str) -> bool:
    query = select(tables.account.c.id).where(tables.account.c.email == email)
    return connection.execute(query).first() is not None


def change_password(connection: Connection, email: str, password_hash: str, fs_uniquifier: str) -> bool:
    """Return whether there is such an account. A new fs_uniquifier ends its sessions."""
    changed = connection.execute(
        update(tables.account)
        .where(tables.account.c.email == email)
        .values(password=password_hash, fs_uniquifier=fs_uniquifier)
    )
    return changed.rowcount == 1
