"""The log: services write a line in the transaction of what they did, auditors read it, anybody can check the chain."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from app.errors import Invalid
from app.organisations import INSTALLATION, Act, Actor, require
from app.organisations.log import BEFORE_THE_FIRST, SOMEBODY, Deed, LogLine, Part, faults_in
from app.storage import Database
from app.storage import log as stored
from app.storage.log import StoredLine

LINES_A_PAGE = 100
MOST_FAILED = 120
LOOKED_BACK = 1000
"""How many of the newest lines are looked at to count those of the last hour: counting takes the same time for ever."""
_MARK = re.compile(r"([0-9]{1,9}):([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Verified:
    """What checking the chain came to. head: the hash of the last line, which stands for all of them."""

    line_count: int
    head: str
    faults: tuple[str, ...]


def note(
    database: Database,
    connection: Connection,
    deed: Deed,
    organisation_id: str = INSTALLATION,
    about: str = "",
    **facts: str,
) -> None:
    """Write into the log what the actor does, in the transaction in which it is done.

    about: an id. facts: small facts, never anything that somebody wrote or answered.
    """
    stored.append(connection, _minute(), database.actor.account_id, deed, organisation_id, about, facts)


def note_of(database: Database, connection: Connection, account_id: int, deed: Deed, **facts: str) -> None:
    """Write what somebody does with their own account, also where they are not signed in yet, or no more."""
    note(database.acting_for(Actor.of([], account_id)), connection, deed, about=str(account_id), **facts)


def note_own(database: Database, account_id: int, deed: Deed, **facts: str) -> None:
    """Write what the sign-in library has just done for somebody with their own account."""
    with database.writing() as connection:
        note_of(database, connection, account_id, deed, **facts)


def note_failed(database: Database, account_id: int | None, way: str) -> None:
    """Write that somebody could not sign in. account_id: whom they wanted to be; None when that is nobody's account.

    Of whoever is nobody here nothing is written but the way they tried. At most MOST_FAILED lines are written in an
    hour, so that nobody fills the log from outside; the last one says that more are left out. What was typed for an
    account and what was not takes the same work.
    """
    since = _minute(timedelta(hours=1))
    with database.writing() as connection:
        count = stored.count_newest(connection, Deed.SIGN_IN_FAILED, since, LOOKED_BACK)
        if count >= MOST_FAILED:
            return
        facts = {"way": way} | ({"more": "left out for an hour"} if count == MOST_FAILED - 1 else {})
        about = "" if account_id is None else str(account_id)
        stored.append(connection, _minute(), SOMEBODY, Deed.SIGN_IN_FAILED, INSTALLATION, about, facts)


def newest_lines(database: Database, before: int | None = None, part: Part = Part.ALL) -> tuple[StoredLine, ...]:
    """Return a page of a part of the log, newest first; with `before`, the one before that number. Raises NotFound."""
    require(database.actor, Act.READ_LOG)
    with database.reading() as connection:
        return stored.newest(connection, LINES_A_PAGE, before, part)


def all_lines(database: Database) -> tuple[tuple[LogLine, str], ...]:
    """Return the whole log with each line's hash, from the first one on. Raises NotFound."""
    require(database.actor, Act.READ_LOG)
    with database.reading() as connection:
        return tuple(stored.lines(connection))


def verify(database: Database, expected: str | None = None) -> Verified:
    """Check the whole chain. Raises NotFound, Invalid.

    expected: "number:hash" of a line as an earlier check printed it. Lines taken off the end leave no gap: they are
    missed only by somebody who kept an earlier mark.
    """
    require(database.actor, Act.READ_LOG)
    kept = _mark(expected) if expected else None
    with database.reading() as connection:
        faults = list(faults_in(stored.lines(connection)))
        head = stored.last(connection)
        if kept and stored.sha256_of(connection, kept[0]) != kept[1]:
            faults.append(f"Line {kept[0]} is not the line that it was.")
    return Verified(*(head or (0, BEFORE_THE_FIRST)), tuple(faults))


def _minute(ago: timedelta = timedelta()) -> str:
    return (datetime.now(UTC) - ago).strftime("%Y-%m-%dT%H:%MZ")


def _mark(expected: str) -> tuple[int, str]:
    found = _MARK.fullmatch(expected.strip())
    if found is None:
        raise Invalid("Give the mark as it was printed: the line’s number, a colon, and 64 characters.")
    return int(found[1]), found[2]
