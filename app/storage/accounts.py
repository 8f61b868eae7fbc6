"""Accounts of people who sign in, and their roles."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, relationship

from app.organisations import Membership, Role
from app.storage import tables


class AccountBase(DeclarativeBase):
    metadata = tables.metadata


class EitherStep(str):
    """What a passkey is for: each asks for a finger, a face or a PIN, so each is good as first step and as second."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return other in ("first", "secondary")

    def __hash__(self) -> int:
        return hash(str(self))


class Passkey(AccountBase):
    """One passkey of an account, as an object, for the sign-in library."""

    __table__ = tables.passkey

    id: Mapped[int]
    account_id: Mapped[int]
    credential_id: Mapped[bytes]
    public_key: Mapped[bytes]
    sign_count: Mapped[int]
    transports: Mapped[list[str] | None]
    extensions: Mapped[str | None]
    lastuse_datetime: Mapped[datetime]
    name: Mapped[str]
    backup_state: Mapped[bool]
    device_type: Mapped[str]

    @property
    def usage(self) -> EitherStep:
        return EitherStep("first")

    @usage.setter
    def usage(self, _chosen: str) -> None:
        """The library chooses between the steps; here nothing is kept of it."""

    def get_user_mapping(self) -> dict[str, int]:
        """Return how the sign-in library finds the passkey's account."""
        return {"id": self.account_id}


class Account(AccountBase):
    """One account, as an object, for the sign-in library."""

    __table__ = tables.account

    id: Mapped[int]
    email: Mapped[str]
    password: Mapped[str | None]
    active: Mapped[bool]
    fs_uniquifier: Mapped[str]
    confirmed_at: Mapped[datetime | None]
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    tf_last_counter: Mapped[int | None]
    mf_recovery_codes: Mapped[list[str] | None]
    fs_webauthn_user_handle: Mapped[str | None]
    language: Mapped[str | None]
    webauthn: Mapped[list[Passkey]] = relationship(cascade="all, delete-orphan", order_by=tables.passkey.c.id)


def add_account(
    connection: Connection, email: str, password_hash: str, fs_uniquifier: str, confirmed_at: datetime | None = None
) -> int:
    """Store an account and return its id. confirmed_at: None while nobody has shown that the address is theirs."""
    added = insert(tables.account).values(
        email=email, password=password_hash, active=True, fs_uniquifier=fs_uniquifier, confirmed_at=confirmed_at
    )
    account_id: int = connection.execute(added.returning(tables.account.c.id)).scalar_one()
    return account_id


def add_membership(connection: Connection, account_id: int, membership: Membership) -> None:
    connection.execute(
        insert(tables.membership).values(
            account_id=account_id, role=membership.role.value, organisation_id=membership.organisation_id
        )
    )


def memberships_of(connection: Connection, account_id: int) -> tuple[Membership, ...]:
    """Return the roles of an account; a role in a provider is one in every provider that it has taken over."""
    rows = connection.execute(
        select(tables.membership.c.role, tables.membership.c.organisation_id, tables.provider.c.id)
        .outerjoin(tables.provider, tables.provider.c.merged_into == tables.membership.c.organisation_id)
        .where(tables.membership.c.account_id == account_id)
    )
    held = {Membership(Role(role), each) for role, *places in rows for each in places if each is not None}
    return tuple(sorted(held, key=lambda each: (each.organisation_id, each.role)))


def own_memberships_of(connection: Connection, account_id: int) -> tuple[Membership, ...]:
    """Return the roles that an account was given, without what they bring in providers that were taken over."""
    held = tables.membership.c
    rows = connection.execute(select(held.role, held.organisation_id).where(held.account_id == account_id))
    found = (Membership(Role(row.role), row.organisation_id) for row in rows)
    return tuple(sorted(found, key=lambda each: (each.organisation_id, each.role)))


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


def team_of(connection: Connection, organisation_id: str) -> tuple[tuple[int, str, Membership], ...]:
    """Return (account's id, e-mail address, role) of everybody who holds a role in an organisation."""
    rows = connection.execute(
        select(tables.account.c.id, tables.account.c.email, tables.membership.c.role)
        .join(tables.membership)
        .where(tables.membership.c.organisation_id == organisation_id)
    )
    return tuple((row.id, row.email, Membership(Role(row.role), organisation_id)) for row in rows)


def remove_membership(connection: Connection, account_id: int, membership: Membership) -> None:
    held = tables.membership.c
    connection.execute(
        delete(tables.membership).where(
            held.account_id == account_id,
            held.role == membership.role.value,
            held.organisation_id == membership.organisation_id,
        )
    )


def addresses_of(connection: Connection, account_ids: Iterable[int]) -> Mapping[int, str]:
    """Return {account's id: e-mail address}."""
    query = select(tables.account.c.id, tables.account.c.email).where(tables.account.c.id.in_(sorted(account_ids)))
    return {row.id: row.email for row in connection.execute(query)}


def account_exists(connection: Connection, email: str) -> bool:
    return id_of(connection, email) is not None


def id_of(connection: Connection, email: str) -> int | None:
    """Return the id of the account with this address, in whichever letters it was typed, as sign-in looks for it."""
    query = select(tables.account.c.id).where(func.lower(tables.account.c.email) == email.lower())
    found: int | None = connection.execute(query).scalar()
    return found


def confirm(connection: Connection, account_id: int, at: datetime) -> None:
    """Note that an account's address is its holder's, unless that is known already."""
    connection.execute(
        update(tables.account)
        .where(tables.account.c.id == account_id, tables.account.c.confirmed_at.is_(None))
        .values(confirmed_at=at)
    )


def change_password(connection: Connection, email: str, password_hash: str, fs_uniquifier: str) -> bool:
    """Return whether there is such an account. A new fs_uniquifier ends its sessions."""
    changed = connection.execute(
        update(tables.account)
        .where(tables.account.c.email == email)
        .values(password=password_hash, fs_uniquifier=fs_uniquifier)
    )
    return changed.rowcount == 1


def forget_second_step(connection: Connection, account_id: int) -> None:
    """Take away an account's passkeys, app and recovery codes."""
    connection.execute(delete(tables.passkey).where(tables.passkey.c.account_id == account_id))
    connection.execute(
        update(tables.account)
        .where(tables.account.c.id == account_id)
        .values(tf_primary_method=None, tf_totp_secret=None, tf_last_counter=None, mf_recovery_codes=None)
    )
