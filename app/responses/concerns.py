"""Concerns: what somebody tells in confidence while a round asks, and what is done about it.

A concern knows its round and its day. It knows nothing of who told it: no link, no response, no audience.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.errors import Conflict, Invalid

LONGEST_WORDS = 4000
LONGEST_REACH = 200
LONGEST_NOTE = 2000


class ConcernState(StrEnum):
    """How far a concern has come; each but the first is also a step of its log."""

    RECEIVED = "received"
    READ = "read"
    ACTING = "acting"
    PASSED_ON = "passed-on"
    CLOSED = "closed"


_AFTER_READING = (ConcernState.ACTING, ConcernState.PASSED_ON, ConcernState.CLOSED)
_NEXT = {
    ConcernState.RECEIVED: (),
    ConcernState.READ: _AFTER_READING,
    ConcernState.ACTING: _AFTER_READING,
    ConcernState.PASSED_ON: _AFTER_READING,
    ConcernState.CLOSED: (ConcernState.ACTING,),
}
_NEEDS_NOTE = {
    ConcernState.PASSED_ON: "Say whom you passed it on to.",
    ConcernState.CLOSED: "Say why it is closed.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells. reach: how to reach them; empty when they did not say. in_danger: None when not said."""

    words: str
    reach: str = ""
    in_danger: bool | None = None


@dataclass(frozen=True, slots=True)
class Concern:
    """One concern. contact_id: whom it was sent to. sealed: what was told, encrypted."""

    id: str
    provider_id: str
    round_id: str
    contact_id: str
    state: ConcernState
    raised_on: date
    sealed: str


@dataclass(frozen=True, slots=True)
class ConcernStep:
    """One line of a concern's log, numbered from 1. sealed_note: encrypted, empty when there is none."""

    number: int
    step: ConcernState
    on: date
    account_id: int
    sealed_note: str = ""


def checked_words(words: str) -> str:
    """Return what was told without empty lines around it. Raises Invalid when there is nothing, or too much."""
    words = _with_plain_line_ends(words).strip()
    if not words:
        raise Invalid("Write what you are worried about.")
    if len(words) > LONGEST_WORDS:
        raise Invalid(f"That is too long. Use at most {LONGEST_WORDS} letters.")
    return words


def checked_reach(reach: str) -> str:
    """Return how to reach somebody, on one line; may be empty. Raises Invalid when it is too long."""
    reach = " ".join(reach.split())
    if len(reach) > LONGEST_REACH:
        raise Invalid(f"That is too long. Use at most {LONGEST_REACH} letters to say how we can reach you.")
    return reach


def steps_after(state: ConcernState) -> tuple[ConcernState, ...]:
    """Return the steps that can be written next; a concern has to be read first."""
    return _NEXT[state]


def with_step(concern: Concern, step: ConcernState) -> Concern:
    """Return the concern after a step. Reading changes what nobody has read yet. Raises Conflict."""
    if step is ConcernState.READ:
        return replace(concern, state=step) if concern.state is ConcernState.RECEIVED else concern
    if step not in steps_after(concern.state):
        raise Conflict("This step does not follow from where the concern is now. Look at its log, and choose again.")
    return replace(concern, state=step)


def checked_note(step: ConcernState, note: str) -> str:
    """Return the note of a step. Raises Invalid when it is needed and missing, or too long."""
    note = _with_plain_line_ends(note).strip()
    if not note and step in _NEEDS_NOTE:
        raise Invalid(_NEEDS_NOTE[step])
    if len(note) > LONGEST_NOTE:
        raise Invalid(f"Use at most {LONGEST_NOTE} characters.")
    return note


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
