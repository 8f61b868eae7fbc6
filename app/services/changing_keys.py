"""Changing the keys: what is sealed with an earlier one is sealed anew, and then that key can be forgotten.

Each batch is a step of its own, so that whoever is interrupted goes on by beginning again: see
docs/decisions/0021-keys.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import Refused
from app.organisations import Act, require
from app.organisations.log import Deed
from app.services.log import note
from app.storage import Database, visits
from app.storage.sealed import batch, put, sealed_columns


@dataclass(frozen=True, slots=True)
class Held:
    """How many texts of a column are sealed with the present key, with an earlier one, and with none that is known."""

    column: str
    present: int
    earlier: int
    unknown: int


def held(database: Database, keys: Sequence[bytes]) -> tuple[Held, ...]:
    """Count which keys the sealed texts need, column by column. keys: the present one first. Raises NotFound."""
    require(database.actor, Act.ADMINISTER)
    found = []
    for column in sealed_columns():
        places: list[int | None] = []
        after = None
        with database.reading() as connection:
            while texts := batch(connection, column, keys, after):
                places += [each.place for each in texts]
                after = texts[-1].at
        present, unknown = places.count(0), places.count(None)
        found.append(Held(str(column), present, len(places) - present - unknown, unknown))
    return tuple(found)


def seal_anew(database: Database, keys: Sequence[bytes]) -> int:
    """Seal with the present key what an earlier one sealed, and return how many texts that were. Raises NotFound."""
    require(database.actor, Act.ADMINISTER)
    count = 0
    for column in sealed_columns():
        after = None
        while True:
            with database.writing() as connection:
                texts = batch(connection, column, keys, after)
                earlier = [each for each in texts if each.place]
                for each in earlier:
                    put(connection, column, each, keys)
            if not texts:
                break
            count, after = count + len(earlier), texts[-1].at
    with database.writing() as connection:
        note(database, connection, Deed.SEALED_ANEW, count=str(count))
    database.forget_traces()
    return count


def refuse_forgetting(database: Database, keys: Sequence[bytes]) -> None:
    """Raises Refused while anything needs an earlier key: a sealed text, or what a tablet may still send."""
    if any(each.earlier for each in held(database, keys)):
        raise Refused("Something is still sealed with an earlier key. First run: driving-seat keys rotate")
    waiting = tablets_waiting(database)
    if waiting:
        raise Refused(
            f"Tablets of {waiting} visits may still send what they closed for an earlier key. "
            "Try again when the rounds of these visits have closed."
        )


def note_forgetting(database: Database) -> None:
    """Write into the log that the earlier keys are forgotten. Raises NotFound."""
    require(database.actor, Act.ADMINISTER)
    with database.writing() as connection:
        note(database, connection, Deed.EARLIER_KEYS_FORGOTTEN)


def tablets_waiting(database: Database) -> int:
    """Return how many visits have tablets that may still send something."""
    require(database.actor, Act.ADMINISTER)
    with database.reading() as connection:
        return visits.sending_count(connection)
