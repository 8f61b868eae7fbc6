"""Tending: once a day, what the schedule lets go is deleted. See app/organisations/schedule.py.

Each rule deletes in transactions of its own; one that fails keeps none of the others from it, and is tried again with
the next turn. Running twice deletes nothing more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from pathlib import Path

import structlog
from sqlalchemy import Connection

from app.organisations import Act, require
from app.organisations.evidence import DAYS_TO_UNDO
from app.organisations.log import Deed
from app.organisations.schedule import LETTER_DAYS
from app.responses import DAYS_TO_BRING_BACK
from app.services import account_sessions, asking, calling_off, evidence, sending, sign_in_links
from app.services.closing import clear_traces
from app.services.inviting_colleagues import Office, email_hash
from app.services.log import note
from app.services.own_account import forget_account
from app.storage import Database, account_invitations, expiry, installation
from app.storage import evidence as stored_evidence
from app.storage import rounds as stored_rounds

BEGUN_ON, TENDED_ON = "tending_begun_on", "tended_on"


class Said(Enum):
    """What the log says of a rule: how many rows, only that there were some, or nothing at all.

    How many answers or letters there were says who took part; and when a share ended was its respondent's choice, which
    is nobody's business. What a rule deletes one by one has lines of its own.
    """

    COUNT = "count"
    SOME = "some"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn, on a day as people at this machine have it. evidence: the folder of its files."""

    on: date
    evidence: Path
    office: Office


@dataclass(frozen=True, slots=True)
class Rule:
    """due: how many rows are to go now. remove: lets them go, and says how many those were."""

    name: str
    said: Said
    due: Callable[[Connection, Turn], int]
    remove: Callable[[Database, Turn], int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule did, or would do. count: 0 for nothing. fault: what kind of error kept it from it; or empty."""

    rule: Rule
    count: int = 0
    fault: str = ""

    @property
    def shown(self) -> str:
        """Return what may be said of it to whoever looks after the installation."""
        if self.fault:
            return f"failed ({self.fault})"
        return str(self.count) if self.rule.said is Said.COUNT or not self.count else "some"


def due(database: Database, turn: Turn) -> tuple[Outcome, ...]:
    """Return what a turn would delete. Raises NotFound for who may not."""
    require(database.actor, Act.ADMINISTER)
    with database.reading() as connection:
        return tuple(Outcome(rule, rule.due(connection, turn)) for rule in RULES)


def tend(database: Database, turn: Turn) -> tuple[Outcome, ...]:
    """Delete what is due by every rule, and say what each did. Raises NotFound for who may not."""
    require(database.actor, Act.ADMINISTER)
    done = tuple(_keep(database, rule, turn) for rule in RULES)
    failed = [each.rule.name for each in done if each.fault]
    if any(each.count for each in done):
        clear_traces(database)
    with database.writing() as connection:
        if not failed:
            installation.mark(connection, TENDED_ON, turn.on.isoformat())
        note(database, connection, Deed.SCHEDULE_KEPT, **({"failed": " ".join(failed)} if failed else {}))
    return done


def begin_turn(database: Database, on: date) -> bool:
    """Take the turn of a day. Of several processes that ask, one is told that it is theirs. Raises NotFound."""
    require(database.actor, Act.ADMINISTER)
    with database.reading() as connection:
        begun = installation.marked(connection, BEGUN_ON)
    if begun is not None and begun >= on.isoformat():
        return False
    with database.writing() as connection:
        return installation.raise_mark(connection, BEGUN_ON, on.isoformat())


def tended_on(database: Database) -> date | None:
    """Return the day of the last turn in which nothing failed. Raises NotFound."""
    require(database.actor, Act.ADMINISTER)
    with database.reading() as connection:
        found = installation.marked(connection, TENDED_ON)
    return date.fromisoformat(found) if found else None


def _keep(database: Database, rule: Rule, turn: Turn) -> Outcome:
    try:
        return Outcome(rule, rule.remove(database, turn))
    except Exception as error:  # noqa: BLE001  # whatever it is, the other rules still hold, and it is seen
        structlog.get_logger().error("retention", rule=rule.name, fault=type(error).__name__)
        return Outcome(rule, fault=type(error).__name__)


def _note(database: Database, connection: Connection, name: str, said: Said, count: int) -> None:
    if count and said is not Said.NOTHING:
        facts = {"count": str(count)} if said is Said.COUNT else {}
        note(database, connection, Deed.DELETED_BY_SCHEDULE, rule=name, **facts)


def _by_rows(name: str, said: Said, rows: expiry.DueOn) -> Rule:
    """Return the rule that deletes rows, and writes into the log that it did, in one transaction."""

    def remove(database: Database, turn: Turn) -> int:
        with database.writing() as connection:
            count = expiry.remove(connection, rows(turn.on))
            _note(database, connection, name, said, count)
        return count

    return Rule(name, said, lambda connection, turn: expiry.count(connection, rows(turn.on)), remove)


def _by_service(
    name: str, due: Callable[[Connection, Turn], int], remove: Callable[[Database, Turn], int], said: Said = Said.COUNT
) -> Rule:
    """Return the rule of a service that has its own way to delete."""

    def remove_and_note(database: Database, turn: Turn) -> int:
        count = remove(database, turn)
        if count:
            with database.writing() as connection:
                _note(database, connection, name, said, count)
        return count

    return Rule(name, said, due, remove_and_note)


def _cancelled(connection: Connection, turn: Turn) -> int:
    return len(stored_rounds.cancelled_until(connection, turn.on - timedelta(days=DAYS_TO_BRING_BACK)))


def _deleted_evidence(connection: Connection, turn: Turn) -> int:
    return len(stored_evidence.deleted_until(connection, turn.on - timedelta(days=DAYS_TO_UNDO)))


def _roleless(connection: Connection, turn: Turn) -> list[tuple[int, str]]:
    """Return (id, hash of its address) of the accounts to forget; one that is invited somewhere will be needed."""
    found = ((id_, email_hash(turn.office, email)) for id_, email in expiry.roleless_accounts(connection, turn.on))
    return [each for each in found if not account_invitations.is_invited(connection, each[1], turn.on)]


def _forget_roleless(database: Database, turn: Turn) -> int:
    with database.writing() as connection:
        found = _roleless(connection, turn)
        for account_id, hashed in found:
            forget_account(database, connection, account_id, hashed)
    return len(found)


RULES = (
    _by_rows("shares", Said.NOTHING, expiry.shares),
    _by_rows("answers", Said.SOME, expiry.answers),
    _by_rows("invitations", Said.SOME, expiry.invitations),
    _by_service(
        "addresses",
        lambda connection, turn: expiry.count(connection, expiry.addresses(turn.on)),
        lambda database, _turn: asking.forget_addresses_of_closed_rounds(database),
        Said.SOME,
    ),
    _by_service("rounds-called-off", _cancelled, lambda database, turn: calling_off.purge_cancelled(database, turn.on)),
    _by_rows("observations", Said.SOME, expiry.observations),
    _by_rows("visits", Said.SOME, expiry.visits),
    _by_service("accounts", lambda connection, turn: len(_roleless(connection, turn)), _forget_roleless),
    _by_rows("sessions", Said.COUNT, expiry.sessions(account_sessions.LONGEST)),
    _by_rows("sign-in-links", Said.COUNT, expiry.sign_in_links(sign_in_links.FORGOTTEN_AFTER)),
    _by_rows("account-invitations", Said.COUNT, expiry.account_invitations),
    _by_rows("letters", Said.SOME, expiry.letters(sending.DAYS, LETTER_DAYS)),
    _by_service(
        "evidence",
        _deleted_evidence,
        lambda database, turn: evidence.purge_deleted(database, turn.evidence, turn.on),
    ),
    _by_rows("network-invitations", Said.COUNT, expiry.network_invitations),
)
