"""Where the people of a network sign in, and which identity there is bound to which account."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from app.storage.sealed import purpose_of
from app.storage.tables import account, sign_on, sign_on_account


@dataclass(frozen=True, slots=True)
class SignOn:
    """A network's identity provider. name: on the button. is_second_factor: no further step is asked for after it."""

    id: str
    network_id: str
    issuer: str
    client_id: str
    sealed_secret: str
    name: str
    is_second_factor: bool


def purpose(sign_on_id: str) -> str:
    """Return what a client's secret is sealed for."""
    return purpose_of(sign_on.c.sealed_secret, {"id": sign_on_id})


def all_sign_ons(connection: Connection) -> tuple[SignOn, ...]:
    return tuple(_found(row) for row in connection.execute(select(sign_on).order_by(sign_on.c.name, sign_on.c.id)))


def find(connection: Connection, sign_on_id: str) -> SignOn | None:
    row = connection.execute(select(sign_on).where(sign_on.c.id == sign_on_id)).one_or_none()
    return _found(row) if row else None


def of_network(connection: Connection, network_id: str) -> SignOn | None:
    row = connection.execute(select(sign_on).where(sign_on.c.network_id == network_id)).one_or_none()
    return _found(row) if row else None


def add(connection: Connection, added: SignOn) -> None:
    connection.execute(insert(sign_on).values(**asdict(added)))


def change(connection: Connection, changed: SignOn) -> None:
    connection.execute(update(sign_on).where(sign_on.c.id == changed.id).values(**asdict(changed)))


def remove(connection: Connection, sign_on_id: str) -> None:
    forget_bindings(connection, sign_on_id)
    connection.execute(delete(sign_on).where(sign_on.c.id == sign_on_id))


def forget_bindings(connection: Connection, sign_on_id: str) -> None:
    connection.execute(delete(sign_on_account).where(sign_on_account.c.sign_on_id == sign_on_id))


def account_bound_to(connection: Connection, sign_on_id: str, subject: str) -> int | None:
    """subject: the hash of an identity."""
    query = select(sign_on_account.c.account_id).where(
        sign_on_account.c.sign_on_id == sign_on_id, sign_on_account.c.subject == subject
    )
    return connection.execute(query).scalar()


def is_bound(connection: Connection, sign_on_id: str, account_id: int) -> bool:
    query = select(sign_on_account.c.subject).where(
        sign_on_account.c.sign_on_id == sign_on_id, sign_on_account.c.account_id == account_id
    )
    return connection.execute(query).first() is not None


def bind(connection: Connection, sign_on_id: str, subject: str, account_id: int) -> None:
    connection.execute(insert(sign_on_account).values(subject=subject, sign_on_id=sign_on_id, account_id=account_id))


def confirmed_account(connection: Connection, email: str) -> int | None:
    query = select(account.c.id).where(
        func.lower(account.c.email) == email.lower(), account.c.active, account.c.confirmed_at.is_not(None)
    )
    return connection.execute(query).scalar()


def is_active(connection: Connection, account_id: int) -> bool:
    return (
        connection.execute(select(account.c.id).where(account.c.id == account_id, account.c.active)).first() is not None
    )


def _found(row: Row[Any]) -> SignOn:
    return SignOn(
        id=row.id,
        network_id=row.network_id,
        issuer=row.issuer,
        client_id=row.client_id,
        sealed_secret=row.sealed_secret,
        name=row.name,
        is_second_factor=row.is_second_factor,
    )
