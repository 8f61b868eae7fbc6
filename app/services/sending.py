"""Sending what waits in the outbox. A letter is deleted when a mail server has taken it: no record of it is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from app.errors import DrivingSeatError
from app.organisations import Act, require
from app.outgoing import Letter, Mailer, MailFault, NotSentError
from app.services import asking, asking_letters, news_letters, notifying
from app.services.posting import COARSE, Draft, MailSettings, mail_server_of, unsealed
from app.storage import Database
from app.storage import letters as stored
from app.storage.letters import LettersFound, WaitingLetter

Maker = Callable[[Database, MailSettings, Mapping[str, str]], Letter | None]
"""Writes a letter in the moment in which it is sent, and commits what the letter needs, such as the hash of its link.

It is called anew for every try. None: the letter is not wanted any more, and is deleted.
"""

MAKERS: Mapping[str, Maker] = {
    asking.ASK: asking_letters.write_asking,
    asking.REMIND: asking_letters.write_reminder,
    notifying.NEWS: news_letters.write,
}

PAUSES = (10, 30, 60, 180, 360, 720)  # minutes after the first try, the second …; the last is repeated
DAYS = 7
_OF_THE_SERVER = {MailFault.UNREACHABLE, MailFault.ENCRYPTION, MailFault.SIGN_IN}


@dataclass(frozen=True, slots=True)
class Sent:
    """What one run did. fault: the last one, or None."""

    sent: int = 0
    failed: int = 0
    fault: MailFault | None = None


@dataclass(frozen=True, slots=True)
class OutboxStatus:
    """waiting: what is tried. given_up: what was not taken within a week; only `send_again` tries it."""

    waiting: LettersFound
    given_up: LettersFound


def send_waiting(
    database: Database, settings: MailSettings, makers: Mapping[str, Maker] = MAKERS, now: datetime | None = None
) -> Sent:
    """Send every letter that is due, as long as the mail server answers. Does nothing where letters cannot leave.

    Several processes may do this at once: each letter is claimed by one of them, and until its pause is over no other
    takes it. Who is stopped between the server's word and the deletion leaves a letter that is sent twice.
    """
    at = now or datetime.now(UTC)
    with database.reading() as connection:
        if not stored.has_due(connection, _minutes(at), _first_day(at)):
            return Sent()
    server = mail_server_of(database, settings)
    if server is None:
        return Sent()
    done = Sent()
    with Mailer(server, settings.mail_from) as mailer:
        while done.fault not in _OF_THE_SERVER and (claimed := _claim(database, at)):
            done = _after(done, _send(database, settings, makers, mailer, claimed))
    database.forget_letters()
    return done


def send_again(database: Database, now: datetime | None = None) -> None:
    """Let every letter be tried again, also what was given up. Raises NotFound for who may not."""
    require(database.actor, Act.ADMINISTER)
    with database.writing() as connection:
        stored.make_all_due(connection, (now or datetime.now(UTC)).date())


def drop_given_up(database: Database, now: datetime | None = None) -> int:
    """Delete what was not taken within a week. Returns how many there were. Raises NotFound for who may not."""
    require(database.actor, Act.ADMINISTER)
    with database.writing() as connection:
        return stored.remove_posted_before(connection, _first_day(now or datetime.now(UTC)))


def status(database: Database, now: datetime | None = None) -> OutboxStatus:
    """Return how many letters wait, and since when, and nothing about any of them. Raises NotFound for who may not."""
    require(database.actor, Act.ADMINISTER)
    first = _first_day(now or datetime.now(UTC))
    with database.reading() as connection:
        return OutboxStatus(stored.found_since(connection, first), stored.found_before(connection, first))


def _claim(database: Database, at: datetime) -> WaitingLetter | None:
    """Take the next letter for this process, by putting it off for all."""
    with database.writing() as connection:
        found = stored.next_due(connection, _minutes(at), _first_day(at))
        if found is not None:
            stored.put_off(connection, found.id, _next_try(at, found.tries))
    return found


def _send(
    database: Database, settings: MailSettings, makers: Mapping[str, Maker], mailer: Mailer, claimed: WaitingLetter
) -> MailFault | None:
    try:
        letter = _letter(database, settings, makers, claimed)
        if letter is not None:
            mailer.send(letter)
    except DrivingSeatError:
        return _kept(database, claimed, MailFault.NOT_MADE)
    except NotSentError as error:
        return _kept(database, claimed, error.fault)
    with database.writing() as connection:
        stored.remove(connection, claimed.id)
    return None


def _letter(
    database: Database, settings: MailSettings, makers: Mapping[str, Maker], claimed: WaitingLetter
) -> Letter | None:
    """Return the letter as it is to be sent now. Raises DrivingSeatError, and NotSentError for an unknown maker."""
    found = unsealed(settings.keys(), claimed.id, claimed.sealed)
    if not isinstance(found, Draft):
        return found
    if found.maker not in makers:
        raise NotSentError(MailFault.NOT_MADE)
    return makers[found.maker](database, settings, found.arguments)


def _kept(database: Database, claimed: WaitingLetter, fault: MailFault) -> MailFault:
    with database.writing() as connection:
        stored.note_fault(connection, claimed.id, fault.value)
    return fault


def _after(done: Sent, fault: MailFault | None) -> Sent:
    if fault is None:
        return Sent(done.sent + 1, done.failed, done.fault)
    return Sent(done.sent, done.failed + 1, fault)


def _next_try(at: datetime, tries: int) -> int:
    until = _minutes(at) + PAUSES[min(tries, len(PAUSES) - 1)]
    return -(-until // COARSE) * COARSE


def _minutes(at: datetime) -> int:
    return int(at.timestamp() // 60)


def _first_day(at: datetime) -> date:
    """Return the first day whose letters are still tried."""
    return at.date() - timedelta(days=DAYS)
