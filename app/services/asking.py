"""Asking people by letter: a list of addresses for one audience of a round, reminders, and leaving the list.

Nothing ties an address to an invitation or to a response but the draft of a letter that has not left yet: see
docs/decisions/0025-asking-by-e-mail.md.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from app.disclosure import count_band
from app.errors import Conflict, Fault, Invalid, Refused
from app.library.address_file import AddressRow
from app.organisations import Act, require
from app.organisations.log import Deed
from app.outgoing import checked_mail_address
from app.responses import Round, refuse_over
from app.services.inviting import MOST_AT_ONCE
from app.services.links import invitation_hash, new_token
from app.services.log import note
from app.services.posting import Draft, MailSettings, mail_server_of, post
from app.services.rounds import round_or_refuse
from app.services.sealed_addresses import (
    Addressee,
    AskingSettings,
    OpenedAddress,
    id_of_secret,
    mark_of_stopped,
    open_address,
    sealed_address,
)
from app.standards import LANGUAGES, Audience
from app.storage import Database, addresses, invitations
from app.storage.addresses import StoredAddress, StoredList

MOST_REMINDERS = 3
PAUSE = timedelta(days=7)
LONGEST_SECRET = 64
ASK, REMIND = "ask", "remind"
FAULTS = "Nothing was sent. Some lines need to be put right first."
NO_LETTERS = "No letter can leave here, so nobody can be asked by e-mail. Give people links or squares instead."


@dataclass(frozen=True, slots=True)
class SortedOut:
    """What a list comes to. fresh: to be asked, each address once. again: further lines with an address of these.

    known_count: how many lines have an address that was asked before.
    """

    fresh: tuple[Addressee, ...]
    again: tuple[Addressee, ...]
    known_count: int


@dataclass(frozen=True, slots=True)
class AskedByLetter:
    """What a lead sees of one audience's list.

    count: how many addresses are on it, in a band. reminders: how many were asked for. next_on: from when the next may
    be; None when there will be none.
    """

    count: str
    reminders: int
    next_on: date | None


def can_ask(database: Database, settings: MailSettings, of: Round) -> bool:
    """Say whether letters about a round leave. Those of a made-up one do not leave this machine: nobody is asked."""
    server = mail_server_of(database, settings)
    return server is not None and (server.is_on_this_machine or not of.made_up)


def addressees(rows: Sequence[AddressRow], language: str) -> tuple[Addressee, ...]:
    """Return whom a list names. language: where a line names none. Raises Invalid with every fault, and its place."""
    faults, found = [], []
    for row in rows:
        chosen = row.language.lower() or language
        try:
            found.append(Addressee(checked_mail_address(row.address), chosen))
        except Invalid as error:
            faults.append(Fault(row.place, error.message if row.address else "The address is missing."))
        if chosen not in LANGUAGES:
            faults.append(Fault(row.place, f"The language is one of: {', '.join(LANGUAGES)}."))
    if len(rows) > MOST_AT_ONCE:
        faults.append(Fault(rows[MOST_AT_ONCE].place, f"Ask at most {MOST_AT_ONCE:,} people at a time."))
    if not rows:
        raise Invalid("There is no address in this list.")
    if faults:
        raise Invalid(FAULTS, faults)
    return tuple(found)


def sort_out(
    database: Database, settings: AskingSettings, round_id: str, audience: Audience, given: Sequence[Addressee]
) -> SortedOut:
    """Say what asking these would do, and do nothing. Raises like `ask`."""
    with database.reading() as connection:
        of = _open_round(database, connection, settings, round_id, audience)
        return _sorted_out(connection, settings, of, audience, given)


def ask(
    database: Database,
    settings: AskingSettings,
    round_id: str,
    audience: Audience,
    given: Sequence[Addressee],
    on: date,
    *,
    each_line: bool = False,
) -> int:
    """Post a letter with a link of its own to everybody who is not on the list yet. Returns how many there are.

    each_line: an address that stands several times gets a letter a line, for several people who share it.
    Raises NotFound, Conflict for a round that has closed, Refused where no letter leaves, Invalid for an audience that
    is not asked by letter.
    """
    with database.writing() as connection:
        of = _open_round(database, connection, settings, round_id, audience, lock=True)
        sorted_out = _sorted_out(connection, settings, of, audience, given)
        asked = (*sorted_out.fresh, *(sorted_out.again if each_line else ()))
        if not asked:
            return 0
        stored = [sealed_address(settings, audience, each) for each in asked]
        addresses.add(connection, of, audience, stored, on)
        nobodys = [invitation_hash(new_token()) for _ in stored]
        numbers = invitations.add_invitations(connection, of, audience, nobodys, by_letter=True)
        secrets.SystemRandom().shuffle(numbers)
        for each, number in zip(stored, numbers, strict=True):
            post(connection, settings.keys(), Draft(ASK, {"address": each.id, "number": str(number)}))
        note(database, connection, Deed.PEOPLE_ASKED, of.provider_id, of.id, audience=audience, count=str(len(asked)))
    return len(asked)


def remind(
    database: Database,
    settings: MailSettings,
    round_id: str,
    audience: Audience,
    on: date,
    reminders: int | None = None,
) -> None:
    """Post the same letter to every address of a list, whoever has answered: nobody here knows who has.

    reminders: how many there had been when this was asked for; a form sent twice reminds once.
    Raises like `ask`, and Conflict when it is too early, or was often enough.
    """
    with database.writing() as connection:
        of = _open_round(database, connection, settings, round_id, audience, lock=True)
        _refuse_reminding(addresses.list_of(connection, of, audience), reminders, on)
        once = {opened.to.key: address_id for address_id, opened in _opened_in(connection, settings, of, audience)}
        for address_id in once.values():
            post(connection, settings.keys(), Draft(REMIND, {"address": address_id}))
        addresses.note_reminder(connection, of, audience, on)
        note(database, connection, Deed.PEOPLE_REMINDED, of.provider_id, of.id, audience=audience)


def asked_by_letter(database: Database, round_id: str, on: date) -> Mapping[Audience, AskedByLetter]:
    """Return the lists of a round; an audience that nobody was asked from by letter is absent. Raises NotFound."""
    with database.reading() as connection:
        of = round_or_refuse(connection, round_id)
        require(database.actor, Act.RUN_ROUNDS, of.provider_id)
        found = addresses.lists_of(connection, of)
    return {
        audience: AskedByLetter(count_band(each.count), each.reminders, _next_on(each, on))
        for audience, each in found.items()
    }


def take_off(database: Database, settings: MailSettings, round_id: str, address: str) -> None:
    """Take an address off every list of a round, whether it is on one or not. Raises NotFound, Invalid, Conflict."""
    typed = checked_mail_address(address.strip()).lower()
    with database.writing() as connection:
        of = round_or_refuse(connection, round_id, lock=True)
        require(database.actor, Act.RUN_ROUNDS, of.provider_id)
        found = [address_id for address_id, opened in _opened_in(connection, settings, of) if opened.to.key == typed]
        addresses.replace(connection, of, found, ())
        note(database, connection, Deed.ADDRESS_REMOVED, of.provider_id, of.id)
    database.forget_log()


def stop(database: Database, settings: AskingSettings, secret: str) -> None:
    """Take the address that a letter went to off every list of its round, for good: asking it again does nothing.

    A secret that we do not know does nothing.
    """
    if len(secret) > LONGEST_SECRET:
        return
    with database.writing() as connection:
        known = addresses.find(connection, id_of_secret(secret))
        if known is None:
            return
        of = round_or_refuse(connection, known[1], lock=True)
        key = open_address(settings, of, known[0]).to.key
        found = [(each, opened) for each, opened in _opened_in(connection, settings, of) if opened.to.key == key]
        stopped = [
            StoredAddress(mark_of_stopped(settings, of, opened.audience, key), opened.audience, "")
            for _, opened in found
        ]
        addresses.replace(connection, of, [address_id for address_id, _ in found], stopped)
    database.forget_log()


def forget_addresses_of_closed_rounds(database: Database) -> int:
    """Delete every address of a round that has closed. Returns how many there were. Raises NotFound."""
    require(database.actor, Act.ADMINISTER)
    with database.writing() as connection:
        return addresses.remove_of_closed_rounds(connection)


def opened_address(connection: Connection, settings: MailSettings, address_id: str) -> OpenedAddress | None:
    """Return an address, with its round locked; None when it was taken off, or the round has closed.

    Raises Conflict while the round is called off: it may be brought back, and then the letter can leave.
    """
    known = addresses.find(connection, address_id)
    if known is None:
        return None
    of = round_or_refuse(connection, known[1], lock=True)
    still = addresses.find(connection, address_id)
    if still is None or of.is_closed:
        return None
    refuse_over(of, "so no letter about it leaves")
    return open_address(settings, of, still[0])


def _open_round(
    database: Database,
    connection: Connection,
    settings: MailSettings,
    round_id: str,
    audience: Audience,
    *,
    lock: bool = False,
) -> Round:
    of = round_or_refuse(connection, round_id, lock=lock)
    require(database.actor, Act.RUN_ROUNDS, of.provider_id)
    refuse_over(of, "so nobody can be asked any more")
    if of.is_agreed(audience):
        raise Invalid("Your organisation’s self-assessment is given once, with a link of its own.")
    if not can_ask(database, settings, of):
        raise Refused(NO_LETTERS)
    return of


def _sorted_out(
    connection: Connection, settings: AskingSettings, of: Round, audience: Audience, given: Sequence[Addressee]
) -> SortedOut:
    known = {opened.to.key for _, opened in _opened_in(connection, settings, of, audience)}
    stopped = {each.id for each in addresses.addresses_of(connection, of) if each.is_stopped}
    fresh: dict[str, Addressee] = {}
    again = []
    for each in given:
        if each.key in fresh:
            again.append(each)
        elif each.key not in known and stopped.isdisjoint(
            mark_of_stopped(settings, of, on, each.key) for on in Audience
        ):
            fresh[each.key] = each
    return SortedOut(tuple(fresh.values()), tuple(again), len(given) - len(fresh) - len(again))


def _refuse_reminding(found: StoredList | None, reminders: int | None, on: date) -> None:
    if found is None:
        raise Conflict("Nobody of this group has been asked by e-mail yet.")
    if reminders is not None and reminders != found.reminders:
        raise Conflict("A reminder was asked for a moment ago, in another window or by pressing twice. It goes once.")
    if found.reminders >= MOST_REMINDERS:
        raise Conflict(f"People have been reminded {MOST_REMINDERS} times. That is enough.")
    if on < found.written_on + PAUSE:
        raise Conflict(
            f"The last letters are less than a week old. A reminder can go from {found.written_on + PAUSE:%d/%m/%Y} on."
        )


def _next_on(found: StoredList, on: date) -> date | None:
    return max(on, found.written_on + PAUSE) if found.reminders < MOST_REMINDERS else None


def _opened_in(
    connection: Connection, settings: MailSettings, of: Round, audience: Audience | None = None
) -> list[tuple[str, OpenedAddress]]:
    """Return (id, address) of a round's addresses, or of one audience's, but for those whose letters were stopped."""
    return [
        (each.id, open_address(settings, of, each))
        for each in addresses.addresses_of(connection, of)
        if not each.is_stopped and audience in (None, each.audience)
    ]
