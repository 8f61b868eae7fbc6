"""Links to sign in without a password. Each works once; how long is written in what the web signs around its secret."""

import hashlib
import secrets
from datetime import date, timedelta

from app.services.accounts import address_of
from app.storage import Database
from app.storage import sign_in_links as stored

FORGOTTEN_AFTER = timedelta(days=1)


def make(database: Database, email: str, on: date) -> str | None:
    """Return the secret of a new link; None where no letter may go. Raises Invalid for what is no address."""
    address = address_of(email)
    secret = secrets.token_urlsafe(24)
    with database.writing() as connection:
        stored.remove_made_before(connection, on - FORGOTTEN_AFTER)
        account_id = stored.confirmed_account(connection, address)
        if account_id is None:
            return None
        stored.add(connection, _hash(secret), account_id, on)
    return secret


def is_usable(database: Database, secret: str) -> bool:
    with database.reading() as connection:
        return stored.is_there(connection, _hash(secret))


def use(database: Database, secret: str) -> int | None:
    """Return the account that a link signs in, this once; None when it has been used."""
    with database.writing() as connection:
        return stored.take(connection, _hash(secret))


def forget(database: Database, account_id: int) -> None:
    """Let no link of an account work any more."""
    with database.writing() as connection:
        stored.remove_of(connection, account_id)


def _hash(secret: str) -> str:
    return hashlib.sha256(f"driving-seat/sign-in-link/1\0{secret}".encode()).hexdigest()
