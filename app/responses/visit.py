"""A visit: two quality checkers go to a provider with a tablet, ask people, and say what they saw themselves. Pure.

What people answer on a visit becomes a response like any other and knows nothing of the visit. What the checkers saw is
an observation: theirs, kept apart, and never part of a score.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.errors import Conflict, Invalid, NotFound
from app.responses.life import refuse_over
from app.responses.model import Round

CHECKER_COUNT = 2
LONGEST_INTEREST = 500
LONGEST_NOTE = 2000


class VisitState(StrEnum):
    """PLANNED until a tablet is made ready, OPEN until the pair says that it is done, or CANCELLED before."""

    PLANNED = "planned"
    OPEN = "open"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Declared(StrEnum):
    """What a checker said about their own ties to the provider."""

    NONE = "none"
    INTEREST = "interest"


@dataclass(frozen=True, slots=True)
class Checker:
    """One of the pair. declared: None until they said so. interest: their words, where they have one."""

    account_id: int
    declared: Declared | None = None
    interest: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of a pair to a provider, within one of its rounds. network_id: of the network that sends the pair."""

    id: str
    provider_id: str
    round_id: str
    network_id: str
    planned_on: date
    state: VisitState
    checkers: tuple[Checker, ...]

    def checker(self, account_id: int) -> Checker:
        """Return the one of the pair who has this account, or raise NotFound."""
        for each in self.checkers:
            if each.account_id == account_id:
                return each
        raise NotFound("You are not one of the checkers of this visit.")

    @property
    def account_ids(self) -> frozenset[int]:
        return frozenset(each.account_id for each in self.checkers)

    @property
    def what_is_missing(self) -> str:
        """Say what keeps the visit from beginning; empty when nothing does."""
        if len(self.checkers) != CHECKER_COUNT:
            return "A visit needs exactly two checkers."
        if any(each.declared is Declared.INTEREST for each in self.checkers):
            return "A checker has ties to this provider. The coordinator has to choose somebody else."
        if any(each.declared is None for each in self.checkers):
            return "Both checkers have to say whether they have ties to this provider."
        return ""


class Seen(StrEnum):
    """How much of a standard the pair saw."""

    SEEN = "seen"
    PARTLY = "partly"
    NOT_SEEN = "not-seen"
    NOT_LOOKED = "not-looked"


@dataclass(frozen=True, slots=True)
class Observation:
    """What the pair saw of one standard. note: their own words about the service, never about a person."""

    standard_id: str
    seen: Seen
    note: str


def pair_of(account_ids: tuple[int, ...]) -> tuple[Checker, ...]:
    """Return a pair that has not declared anything yet. Raises Invalid unless they are two different people."""
    if len(set(account_ids)) != CHECKER_COUNT or len(account_ids) != CHECKER_COUNT:
        raise Invalid("Choose two different checkers.")
    return tuple(Checker(each) for each in sorted(account_ids))


def with_declaration(visit: Visit, account_id: int, declared: Declared, interest: str) -> Visit:
    """Return the visit with what one of the pair declared. interest: the words that go with it.

    Raises NotFound (not one of the pair), Conflict (the visit has begun) or Invalid (words missing or too long).
    """
    _require(visit, VisitState.PLANNED, "This visit has begun already, so nothing can be declared any more.")
    visit.checker(account_id)
    words = interest.strip() if declared is Declared.INTEREST else ""
    if declared is Declared.INTEREST and not words:
        raise Invalid("Say in a few words what your tie to this provider is.")
    if len(words) > LONGEST_INTEREST:
        raise Invalid(f"Use at most {LONGEST_INTEREST} characters.")
    said = Checker(account_id, declared, words)
    return replace(visit, checkers=tuple(said if each.account_id == account_id else each for each in visit.checkers))


def with_checker_replaced(visit: Visit, account_id: int, by: int) -> Visit:
    """Return the visit with somebody else in the place of one of the pair. Raises like with_declaration and pair_of."""
    _require(visit, VisitState.PLANNED, "This visit has begun already, so its checkers cannot be changed.")
    visit.checker(account_id)
    others = tuple(each for each in visit.checkers if each.account_id != account_id)
    pair_of((*(each.account_id for each in others), by))
    return replace(visit, checkers=tuple(sorted((*others, Checker(by)), key=lambda each: each.account_id)))


def begun(visit: Visit, of: Round) -> Visit:
    """Return the visit as begun; a second tablet may be made ready for it. Raises Conflict with what is in the way."""
    if visit.state not in {VisitState.PLANNED, VisitState.OPEN}:
        raise Conflict("This visit is over, so no tablet can be made ready for it.")
    refuse_over(of, "so there is nothing to ask any more")
    if visit.what_is_missing:
        raise Conflict(visit.what_is_missing)
    return replace(visit, state=VisitState.OPEN)


def finished(visit: Visit) -> Visit:
    """Return the visit as finished. Raises Conflict unless it had begun."""
    _require(visit, VisitState.OPEN, "Only a visit that has begun can be finished.")
    return replace(visit, state=VisitState.FINISHED)


def cancelled(visit: Visit) -> Visit:
    """Return the visit as cancelled. Raises Conflict when it has begun."""
    _require(visit, VisitState.PLANNED, "Only a visit that has not begun can be cancelled.")
    return replace(visit, state=VisitState.CANCELLED)


def refuse_answers(visit: Visit) -> None:
    """Raises Conflict unless people's answers may come from this visit: also after it, while the round is open."""
    if visit.state not in {VisitState.OPEN, VisitState.FINISHED}:
        raise Conflict("This visit has not begun, so nothing can be sent from it.")


def refuse_observations(visit: Visit, of: Round) -> None:
    """Raises Conflict unless observations may still come: not to a round called off, nor once they can be read."""
    refuse_answers(visit)
    if of.is_cancelled:
        raise Conflict("This round has been called off, so nothing is added to it.")
    if can_be_read(visit, of):
        raise Conflict("This visit is finished and its round has closed, so the provider reads the observations now.")


def can_be_read(visit: Visit, of: Round) -> bool:
    """Say whether the provider may read what the pair saw: the visit is finished, and the round has closed."""
    return visit.state is VisitState.FINISHED and of.is_closed


def checked_note(note: str) -> str:
    """Return the words of an observation; a line's end counts once, as on the tablet. Raises Invalid for too many."""
    words = note.replace("\r\n", "\n").strip()
    if len(words) > LONGEST_NOTE:
        raise Invalid(f"Use at most {LONGEST_NOTE} characters for what you saw.")
    return words


def _require(visit: Visit, state: VisitState, otherwise: str) -> None:
    if visit.state is not state:
        raise Conflict(otherwise)
