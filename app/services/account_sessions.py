"""Sessions of accounts: in which browsers somebody is signed in, and until when.

The browser's cookie holds a random secret; only its hash is stored, with no time, no address and no list of what was
done. When somebody last used a session is not stored either: reading pages writes nothing, so a date kept at the few
requests that write would be wrong just where it matters. The cookie, which is signed, holds it instead.
"""

import hashlib
import secrets
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from app.organisations.log import Deed
from app.services.log import note_of
from app.storage import Database
from app.storage import account_sessions as stored
from app.storage.account_sessions import AccountSession

IDLE = timedelta(hours=12)
"""A working day: a browser that was left open in the evening asks again in the morning."""
LONGEST = timedelta(days=30)
"""Whoever stays signed in on a device signs in again once a month, used or not."""


def session_id(secret: str) -> str:
    """Return what is kept of a session's secret."""
    return hashlib.sha256(f"driving-seat/session/1\0{secret}".encode()).hexdigest()


def is_over(session: AccountSession, on: date, unused: timedelta) -> bool:
    """Say whether a session has ended by itself. unused: how long ago the browser last asked for anything."""
    return on - session.begun_on >= LONGEST or (unused >= IDLE and not session.remembered)


def begin(
    database: Database,
    account_id: int,
    label: str,
    on: date,
    *,
    has_second_factor: bool,
    remembered: bool,
    way: str | None = None,
) -> str:
    """Begin a session and return its secret; what ended by itself long ago is forgotten on the way.

    way: how somebody signed in, in a word for the log; None where one session only takes the place of another.
    """
    secret = secrets.token_urlsafe(32)
    session = AccountSession(session_id(secret), account_id, label, on, has_second_factor, remembered)
    with database.writing() as connection:
        stored.forget_begun_before(connection, on - LONGEST)
        stored.add(connection, session)
        if way is not None:
            note_of(database, connection, account_id, Deed.SIGNED_IN, way=way)
    return secret


def pass_second_step(database: Database, session: AccountSession) -> tuple[str, AccountSession]:
    """Give a session that has just passed the second step another secret. Every other session of its account ends."""
    secret = secrets.token_urlsafe(32)
    with database.writing() as connection:
        stored.replace(connection, session.id, session_id(secret))
        ended = stored.end_all_but(connection, session.account_id, session_id(secret))
        _note_ended(database, connection, session.account_id, ended)
    return secret, replace(session, id=session_id(secret), has_second_factor=True)


def sessions_of(database: Database, account_id: int, on: date) -> tuple[AccountSession, ...]:
    """Return the sessions of an account that are not over, as far as their first day says."""
    with database.reading() as connection:
        found = stored.sessions_of(connection, account_id)
    return tuple(each for each in found if not is_over(each, on, timedelta()))


def end(database: Database, account_id: int, id: str) -> None:
    """End one session of an account; one that has ended already, or is another's, changes nothing."""
    with database.writing() as connection:
        _note_ended(database, connection, account_id, stored.end(connection, account_id, [id]))


def sign_out(database: Database, session: AccountSession) -> None:
    """End the session in which somebody says goodbye."""
    with database.writing() as connection:
        if stored.end(connection, session.account_id, [session.id]):
            note_of(database, connection, session.account_id, Deed.SIGNED_OUT)


def end_others(database: Database, account_id: int, id: str | None) -> None:
    """End every session of an account but one; every one when that is None."""
    with database.writing() as connection:
        _note_ended(database, connection, account_id, stored.end_all_but(connection, account_id, id))


def _note_ended(database: Database, connection: Connection, account_id: int, count: int) -> None:
    if count:
        note_of(database, connection, account_id, Deed.SESSIONS_ENDED, count=str(count))
