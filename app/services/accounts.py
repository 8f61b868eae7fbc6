"""Accounts: who signs in, and as what."""

import secrets
from collections.abc import Iterable

from email_validator import EmailNotValidError, validate_email

from app.errors import Conflict, Invalid, NotFound
from app.organisations import Actor, Membership, Role
from app.organisations.log import Deed
from app.services.log import note
from app.storage import Database
from app.storage import account_sessions as stored_sessions
from app.storage import accounts as stored
from app.storage import organisations as stored_organisations


def add_account(database: Database, email: str, password_hash: str, memberships: Iterable[Membership]) -> None:
    """Add an account with its roles. password_hash: made by the sign-in library. Raises Invalid, Conflict."""
    address = address_of(email)
    with database.writing() as connection:
        if stored.account_exists(connection, address):
            raise Conflict("There is an account with this e-mail address already.")
        account_id = stored.add_account(connection, address, password_hash, secrets.token_urlsafe(32))
        for membership in memberships:
            stored.add_membership(connection, account_id, membership)
        note(database, connection, Deed.ACCOUNT_ADDED, about=str(account_id))


def change_password(database: Database, email: str, password_hash: str) -> None:
    """Give an account another password and end its sessions. Raises NotFound."""
    address = address_of(email)
    with database.writing() as connection:
        if not stored.change_password(connection, address, password_hash, secrets.token_urlsafe(32)):
            raise NotFound("There is no account with this e-mail address.")
        account_id = stored.id_of(connection, address)
        if account_id is not None:
            stored_sessions.end_all_but(connection, account_id, None)
            note(database, connection, Deed.PASSWORD_CHANGED, about=str(account_id))


def forget_second_step(database: Database, email: str) -> None:
    """Take away the second step of somebody who has lost everything for it, and end their sessions. Raises NotFound."""
    address = address_of(email)
    with database.writing() as connection:
        account_id = stored.id_of(connection, address)
        if account_id is None:
            raise NotFound("There is no account with this e-mail address.")
        stored.forget_second_step(connection, account_id)
        stored_sessions.end_all_but(connection, account_id, None)
        note(database, connection, Deed.SECOND_STEP_FORGOTTEN, about=str(account_id))


def sign_out(database: Database, email: str) -> None:
    """End every session of an account. Raises NotFound."""
    address = address_of(email)
    with database.writing() as connection:
        account_id = stored.id_of(connection, address)
        if account_id is None:
            raise NotFound("There is no account with this e-mail address.")
        stored_sessions.end_all_but(connection, account_id, None)
        note(database, connection, Deed.SIGNED_OUT_EVERYWHERE, about=str(account_id))


def sign_everybody_out(database: Database) -> None:
    """End every session of every account."""
    with database.writing() as connection:
        stored_sessions.end_all(connection)
        note(database, connection, Deed.SIGNED_OUT_EVERYWHERE)


def membership_of(database: Database, role: Role, organisation_id: str) -> Membership:
    """Return a role in an organisation that exists: a lead's in a provider, any other in a network. Raises NotFound."""
    look_up = stored_organisations.provider_of if role is Role.LEAD else stored_organisations.network_of
    with database.reading() as connection:
        if look_up(connection, organisation_id) is None:
            raise NotFound(f"There is no organisation {organisation_id}.")
    return Membership(role, organisation_id)


def account_exists(database: Database, email: str) -> bool:
    with database.reading() as connection:
        return stored.account_exists(connection, email)


def organisations_of(database: Database, account_id: int) -> tuple[str, ...]:
    """Return the names of the organisations in which an account holds a role."""
    with database.reading() as connection:
        held = stored.memberships_of(connection, account_id)
        return stored_organisations.names_of(connection, [each.organisation_id for each in held])


def id_behind(database: Database, email: str) -> int | None:
    """Return the account that somebody names when they sign in; None when nobody has one."""
    with database.reading() as connection:
        return stored.id_of(connection, email.strip())


def actor_of(database: Database, account_id: int) -> Actor:
    with database.reading() as connection:
        return Actor.of(stored.memberships_of(connection, account_id), account_id)


def address_of(email: str) -> str:
    """Return an address as the sign-in page will look for it."""
    try:
        return validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError:
        raise Invalid("This is not an e-mail address.") from None
