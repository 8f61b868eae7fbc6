"""What somebody can learn and do about their own account: what is kept, and closing it."""

import secrets
from datetime import date

from sqlalchemy import Connection

from app.errors import Conflict, Invalid
from app.organisations.log import Deed
from app.organisations.news import Event
from app.services import account_sessions
from app.services.inviting_colleagues import Office, email_hash
from app.services.log import note
from app.services.notifying import tell_of_colleague
from app.storage import Database
from app.storage import accounts as stored_accounts
from app.storage import own_account as stored


class StillNeededError(Conflict):
    """Somebody else has to take something over first. names: of providers, networks and contacts."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__("Somebody else has to take over first.")
        self.names = names


def kept(database: Database, account_id: int, on: date) -> dict[str, object]:
    """Return everything that is kept about an account, but for what only programs can read: hashes and secrets."""
    sessions = account_sessions.sessions_of(database, account_id, on)
    with database.reading() as connection:
        return {
            **stored.account_entry(connection, account_id),
            "roles": stored.roles(connection, account_id),
            "signed_in": [
                {"browser": each.label, "since": each.begun_on, "stays_signed_in": each.remembered} for each in sessions
            ],
            "passkeys": stored.passkeys(connection, account_id),
            "letters": stored.letters(connection, account_id),
            "contact_entries": stored.contacts(connection, account_id),
            "visits": stored.visits(connection, account_id),
            "invitations_given": stored.invitations_given(connection, account_id),
            "how_often_the_account_stands_beside": stored.counts(connection, account_id),
        }


def close(database: Database, office: Office, account_id: int, typed: str) -> None:
    """Close an account for good. typed: its address, to be sure. Raises Invalid for another, StillNeededError."""
    with database.writing() as connection:
        email = str(stored.account_entry(connection, account_id)["email"])
        if typed.strip().lower() != email.lower():
            raise Invalid("Type the address of this account.")
        needed = stored.still_needed(connection, account_id)
        if needed:
            raise StillNeededError(needed)
        forget_account(database, connection, account_id, email_hash(office, email))


def forget_account(database: Database, connection: Connection, account_id: int, hashed_email: str) -> None:
    """Take away all that says who an account was; the caller asked who may. hashed_email: as invitations have it."""
    note(database, connection, Deed.ACCOUNT_CLOSED, about=str(account_id))
    held = {each.organisation_id: each for each in stored_accounts.own_memberships_of(connection, account_id)}
    for each in held.values():
        tell_of_colleague(database, connection, Event.COLLEAGUE_LEFT, account_id, each)
    stored.forget_invitations(connection, hashed_email)
    stored.forget(connection, account_id, f"closed-{account_id}@closed.invalid", secrets.token_urlsafe(32))
