"""Accounts: who signs in, and as what."""

import secrets
from collections.abc import Iterable

from app.errors import Conflict
from app.organisations import Actor, Membership
from app.storage import Database
from app.storage import accounts as stored


def add_account(database: Database, email: str, password_hash: str, memberships: Iterable[Membership]) -> None:
    """Add an account with its roles. password_hash: made by the sign-in library. Raises Conflict when it exists."""
    with database.writing() as connection:
        if stored.account_exists(connection, email):
            raise Conflict("There is an account with this e-mail address already.")
        account_id = stored.add_account(connection, email, password_hash, secrets.token_urlsafe(32))
        for membership in memberships:
            stored.add_membership(connection, account_id, membership)


def actor_of(database: Database, account_id: int) -> Actor:
    with database.reading() as connection:
        return Actor.of(stored.memberships_of(connection, account_id))


def account_exists(database: Database, email: str) -> bool:
    with database.reading() as connection:
        return stored.account_exists(connection, email)
