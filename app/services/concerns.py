"""Concerns: taking what somebody tells in confidence, and letting the one contact it was sent to read and act on it.

Nothing that is kept joins a concern to a link or to a response: see docs/decisions/0014-concerns.md.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy import Connection

from app.errors import Conflict, NotFound
from app.organisations import NOT_YOURS, Actor, Contact, may_read_concern
from app.organisations.news import Event
from app.responses import Concern, ConcernState, ConcernStep, Round, Told
from app.responses.concerns import checked_note, checked_reach, checked_words, with_step
from app.services import contacts
from app.services.links import grouped
from app.services.notifying import tell
from app.services.posting import next_coarse_minute
from app.services.rounds import round_or_refuse
from app.storage import Database
from app.storage import concerns as stored
from app.storage import contacts as stored_contacts
from app.storage.concerns import FoundConcern
from app.storage.sealing import seal, unseal

MOST_A_DAY = 20
WRITTEN_MEANWHILE = (
    "The log was written to a moment ago, in another window or by pressing twice, so nothing was written now. Look at "
    "the log, and write again if it is still needed."
)
READ_FIRST = "Open this concern and read it first."


class WhyNotSent(StrEnum):
    """Why what somebody told is not kept.

    NOBODY: the round names no contact who may take it. CHANGED: the contact is not as the person was told. TOO_MANY: so
    many came from the round's links today that no more are taken.
    """

    NOBODY = "nobody"
    CHANGED = "changed"
    TOO_MANY = "too-many"


class NotSentError(Conflict):
    """What somebody told is not kept."""

    def __init__(self, why: WhyNotSent) -> None:
        super().__init__("This has not been sent.")
        self.why = why


@dataclass(frozen=True, slots=True)
class LogLine:
    """A step of the log, as it is shown."""

    step: ConcernState
    on: date
    email: str
    note: str


@dataclass(frozen=True, slots=True)
class ConcernView:
    """A concern as its contact sees it. told and log hold words only when this account has opened it.

    step_count: how many steps the log had, to tell whether somebody wrote meanwhile.
    """

    concern: Concern
    about: str
    made_up: bool
    told: Told | None
    log: tuple[LogLine, ...]
    step_count: int


def safeguarding_contact(database: Database, of: Round) -> Contact | None:
    """Return who takes a round's concerns now; None when nobody does."""
    with database.reading() as connection:
        return contacts.taker(connection, of)


def raise_concern(
    database: Database, keys: Sequence[bytes], of: Round, reader_mark: str, client_id: str, told: Told, on: date
) -> str:
    """Seal and keep what somebody tells, and return its reference. The same words of one form are kept once.

    reader_mark: the mark of the contact as the person was told of them. client_id: the form's random number. keys: the
    installation's.
    Raises Invalid, NotFound and NotSentError.
    """
    told = replace(told, words=checked_words(told.words), reach=checked_reach(told.reach))
    concern_id = _concern_id(client_id, told)
    sealed = seal(keys, stored.purpose(concern_id), json.dumps(asdict(told), ensure_ascii=False))
    with database.writing() as connection:
        locked = round_or_refuse(connection, of.id, lock=True)
        taker = _taker_as_shown(contacts.taker(connection, locked), reader_mark)
        if not stored.is_known(connection, of.provider_id, concern_id):
            if stored.count_on(connection, of.provider_id, of.id, on) >= MOST_A_DAY:
                raise NotSentError(WhyNotSent.TOO_MANY)
            stored.add(
                connection,
                Concern(concern_id, of.provider_id, of.id, taker.id, ConcernState.RECEIVED, on, sealed),
            )
            reader = [taker.account_id] if taker.account_id else []
            leaves = next_coarse_minute(datetime.now(UTC))
            tell(database, connection, Event.WORRY_CAME, reader, "/concerns", not_before=leaves)
    database.forget_log()
    return reference_of(concern_id)


def reference_of(concern_id: str) -> str:
    """Return the number, such as "K7QX-2MPA", by which somebody can ask about what they told."""
    return grouped(base64.b32encode(_hash("concern-reference", concern_id)).decode()[:8])


def concerns_of(database: Database, actor: Actor) -> tuple[FoundConcern, ...]:
    """Return the concerns that an account may read: those that nobody has read first, closed ones last."""
    with database.reading() as connection:
        own = _own_contacts(connection, actor)
        found = stored.sent_to(connection, own)
    readable = (each for each in found if _may_read(actor, own, each.concern))
    return tuple(sorted(readable, key=lambda each: list(ConcernState).index(each.concern.state)))


def view_of(database: Database, keys: Sequence[bytes], actor: Actor, concern_id: str) -> ConcernView:
    """Return a concern, with its words when this account has opened it.

    Raises NotFound for one that is not this account's to read, Conflict when no key fits.
    """
    with database.reading() as connection:
        found = _readable(connection, actor, concern_id)
        steps = stored.steps_of(connection, found.concern)
    has_opened = any(each.step.account_id == actor.account_id for each in steps)
    log = tuple(
        LogLine(each.step.step, each.step.on, each.email, _note(keys, found.concern, each.step) if has_opened else "")
        for each in steps
    )
    told = _told(keys, found.concern) if has_opened else None
    return ConcernView(found.concern, found.about, found.made_up, told, log, len(steps))


def open_concern(database: Database, actor: Actor, concern_id: str, on: date) -> None:
    """Write into the log that this account reads the concern, once. Raises NotFound."""
    with database.writing() as connection:
        found = _readable(connection, actor, concern_id, lock=True).concern
        steps = stored.steps_of(connection, found)
        if not any(each.step.account_id == actor.account_id for each in steps):
            read = ConcernStep(len(steps) + 1, ConcernState.READ, on, actor.account_id)
            stored.add_step(connection, with_step(found, ConcernState.READ), read)


def write_step(
    database: Database,
    keys: Sequence[bytes],
    actor: Actor,
    concern_id: str,
    step: ConcernState,
    note: str,
    *,
    step_count: int,
    on: date,
) -> None:
    """Write what was done into the log. step_count: how many steps the writer saw.

    Raises NotFound, Invalid for a note that is missing, Conflict for a step that does not follow or a log that has
    grown meanwhile.
    """
    note = checked_note(step, note)
    with database.writing() as connection:
        found = _readable(connection, actor, concern_id, lock=True).concern
        steps = stored.steps_of(connection, found)
        if not any(each.step.account_id == actor.account_id for each in steps):
            raise Conflict(READ_FIRST)
        if len(steps) != step_count:
            raise Conflict(WRITTEN_MEANWHILE)
        number = len(steps) + 1
        sealed = seal(keys, stored.note_purpose(concern_id, number), note) if note else ""
        stored.add_step(connection, with_step(found, step), ConcernStep(number, step, on, actor.account_id, sealed))


def _taker_as_shown(taker: Contact | None, reader_mark: str) -> Contact:
    if taker is None:
        raise NotSentError(WhyNotSent.NOBODY)
    if taker.reader_mark != reader_mark:
        raise NotSentError(WhyNotSent.CHANGED)
    return taker


def _readable(connection: Connection, actor: Actor, concern_id: str, *, lock: bool = False) -> FoundConcern:
    own = _own_contacts(connection, actor)
    found = stored.find(connection, concern_id, own, lock=lock)
    if found is None or not _may_read(actor, own, found.concern):
        raise NotFound(NOT_YOURS)
    return found


def _may_read(actor: Actor, own: Mapping[str, Contact], concern: Concern) -> bool:
    return may_read_concern(actor, own[concern.contact_id], concern.provider_id)


def _own_contacts(connection: Connection, actor: Actor) -> dict[str, Contact]:
    return {each.id: each for each in stored_contacts.contacts_of_account(connection, actor.account_id)}


def _told(keys: Sequence[bytes], concern: Concern) -> Told:
    return Told(**json.loads(unseal(keys, stored.purpose(concern.id), concern.sealed)))


def _note(keys: Sequence[bytes], concern: Concern, step: ConcernStep) -> str:
    return unseal(keys, stored.note_purpose(concern.id, step.number), step.sealed_note) if step.sealed_note else ""


def _concern_id(client_id: str, told: Told) -> str:
    """Return an id that one form's same words always get; without the form's random number it says nothing."""
    return _hash("concern", "\0".join((client_id, told.words, told.reach, str(told.in_danger)))).hex()[:32]


def _hash(domain: str, text: str) -> bytes:
    return hashlib.sha256(f"driving-seat/{domain}/1\0{text}".encode()).digest()
