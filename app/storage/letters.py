"""Letters that wait to be sent. What they say and whom they are to stands here sealed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update

from app.storage.sealed import purpose_of
from app.storage.tables import letter


@dataclass(frozen=True, slots=True)
class WaitingLetter:
    """tries: how often it was tried before."""

    id: str
    sealed: str
    tries: int


@dataclass(frozen=True, slots=True)
class LettersFound:
    """oldest_on: the day on which the oldest was posted. faults: how many wait because of what."""

    count: int
    oldest_on: date | None
    faults: dict[str, int]


def purpose(letter_id: str) -> str:
    """Return what a letter is sealed for: none can be put in another's place."""
    return purpose_of(letter.c.sealed, {"id": letter_id})


def add(connection: Connection, letter_id: str, sealed: str, on: date, not_before: int = 0) -> None:
    """Store a letter, to be sent at once, or not before a minute."""
    connection.execute(
        insert(letter).values(id=letter_id, sealed=sealed, posted_on=on, tries=0, not_before=not_before, fault="")
    )


def has_due(connection: Connection, now: int, since: date) -> bool:
    return connection.execute(select(letter.c.id).where(_is_due(now, since)).limit(1)).first() is not None


def next_due(connection: Connection, now: int, since: date) -> WaitingLetter | None:
    """Return the letter to send next and lock it; one that another sender holds is passed over.

    now: as not_before. since: the first day of those that are tried.
    """
    query = select(letter.c.id, letter.c.sealed, letter.c.tries).where(_is_due(now, since))
    ordered = query.order_by(letter.c.posted_on, letter.c.tries, letter.c.id).limit(1)
    row = connection.execute(ordered.with_for_update(skip_locked=True)).first()
    return WaitingLetter(row.id, row.sealed, row.tries) if row else None


def put_off(connection: Connection, letter_id: str, until: int) -> None:
    """Count a try, and let nobody try again before."""
    changed = update(letter).where(letter.c.id == letter_id)
    connection.execute(changed.values(tries=letter.c.tries + 1, not_before=until))


def note_fault(connection: Connection, letter_id: str, fault: str) -> None:
    connection.execute(update(letter).where(letter.c.id == letter_id).values(fault=fault))


def make_all_due(connection: Connection, on: date) -> None:
    """Let every letter be tried at once, as if posted on this day."""
    connection.execute(update(letter).values(posted_on=on, not_before=0))


def remove(connection: Connection, letter_id: str) -> None:
    connection.execute(delete(letter).where(letter.c.id == letter_id))


def remove_posted_before(connection: Connection, day: date) -> int:
    """Return how many there were."""
    return connection.execute(delete(letter).where(letter.c.posted_on < day)).rowcount


def found_before(connection: Connection, day: date) -> LettersFound:
    """Return what is known of the letters that were posted before a day."""
    return _counted(connection, letter.c.posted_on < day)


def found_since(connection: Connection, day: date) -> LettersFound:
    return _counted(connection, letter.c.posted_on >= day)


def _counted(connection: Connection, chosen: ColumnElement[bool]) -> LettersFound:
    query = select(letter.c.fault, func.count(), func.min(letter.c.posted_on)).where(chosen).group_by(letter.c.fault)
    rows = connection.execute(query.order_by(letter.c.fault)).all()
    oldest = min((row[2] for row in rows), default=None)
    return LettersFound(sum(row[1] for row in rows), oldest, {row[0]: row[1] for row in rows if row[0]})


def _is_due(now: int, since: date) -> ColumnElement[Any]:
    return and_(letter.c.not_before <= now, letter.c.posted_on >= since)
