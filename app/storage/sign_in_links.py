"""Links to sign in without a password: a hash of each, until it is used."""

from datetime import date

from sqlalchemy import Connection, delete, insert, select

from app.storage.tables import account, sign_in_link


def confirmed_account(connection: Connection, email: str) -> int | None:
    """Return the id of the account to which a letter may go: it can sign in, and its address was confirmed."""
    query = select(account.c.id).where(account.c.email == email, account.c.active, account.c.confirmed_at.is_not(None))
    found: int | None = connection.execute(query).scalar()
    return found


def add(connection: Connection, id: str, account_id: int, on: date) -> None:
    connection.execute(insert(sign_in_link).values(id=id, account_id=account_id, made_on=on))


def is_there(connection: Connection, id: str) -> bool:
    return connection.execute(select(sign_in_link.c.id).where(sign_in_link.c.id == id)).first() is not None


def take(connection: Connection, id: str) -> int | None:
    """Remove a link and return its account's id; None when somebody has taken it before."""
    taken = delete(sign_in_link).where(sign_in_link.c.id == id).returning(sign_in_link.c.account_id)
    found: int | None = connection.execute(taken).scalar()
    return found


def remove_made_before(connection: Connection, day: date) -> None:
    connection.execute(delete(sign_in_link).where(sign_in_link.c.made_on < day))


def remove_of(connection: Connection, account_id: int) -> None:
    connection.execute(delete(sign_in_link).where(sign_in_link.c.account_id == account_id))
