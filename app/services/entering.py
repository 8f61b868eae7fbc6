"""Typing in what came on paper, by the same rules as answering by link, and having a second person check it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection

from app.disclosure import count_band
from app.errors import Conflict, Invalid, NotFound
from app.responses import Response, ResponseState, Round, submitted
from app.responses.paper import Reading, differences, reading_of, response_of
from app.services.links import LONGEST_TOKEN, invitation_hash, normalised, receipt, response_id
from app.services.publishing import survey_of
from app.services.rounds import about, refuse_second_agreed, require_typing_in, round_or_refuse
from app.standards import Audience
from app.storage import Database, invitations, paper, responses, rounds
from app.surveys import Edition

_IN_ADDRESS = re.compile(r"/a/([^/#?\s]+)", re.IGNORECASE)
_PIN = re.compile(r"([\w-]+)@([\w.+-]+)/([a-z-]+)/([a-z]{2,8})\s*\Z")
UNKNOWN_CODE = "No booklet of this round has this code. Check it against the booklet’s first page."
OTHER_SURVEY = "This booklet was printed for another survey or another version of it, so it cannot be typed in here."


class PaperState(StrEnum):
    """What has become of a booklet. FIRST_BY_YOU: it waits for somebody else. ON_SCREEN: begun by the link itself."""

    NEW = "new"
    WAITS = "waits"
    FIRST_BY_YOU = "first-by-you"
    SENT = "sent"
    ON_SCREEN = "on-screen"
    TAKEN_BACK = "taken-back"


@dataclass(frozen=True, slots=True)
class TypedCode:
    """What somebody typed, or a scanner did. edition, language: None where it was the code alone."""

    token: str
    edition: Edition | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class PaperRound:
    """A round as somebody sees it who types booklets in.

    about: whom the round is about. waiting, waiting_for_you: how many booklets wait for a second person, and how many
    of those were not typed in by whoever looks. The provider's lead sees the first in a band, and not the second.
    """

    round: Round
    about: str
    waiting: str
    waiting_for_you: str = ""


@dataclass(frozen=True, slots=True)
class PaperBooklet:
    """A booklet by its code. receipt: once its answers were sent."""

    round: Round
    audience: Audience
    state: PaperState
    receipt: str


@dataclass(frozen=True, slots=True)
class Entered:
    """What typing a booklet in came to.

    receipt: empty while it waits for a second person. unsettled: {what: the first person's reading} where two people
    read differently; nothing was kept then.
    """

    receipt: str = ""
    unsettled: Mapping[str, str] | None = None


def paper_round(database: Database, round_id: str) -> PaperRound:
    """Raises NotFound, also for a round that is not the actor's to type answers into."""
    actor = database.actor
    with database.reading() as connection:
        of = round_or_refuse(connection, round_id)
        require_typing_in(database, connection, of)
        whom = about(connection, of)
        waiting = paper.waiting_for_second(connection, [of])
    if of.provider_id in actor.leads:
        return PaperRound(of, whom, count_band(len(waiting)))
    others = sum(account_id != actor.account_id for account_id in waiting)
    return PaperRound(of, whom, str(len(waiting)), str(others))


def open_rounds_to_check(database: Database) -> tuple[tuple[Round, str], ...]:
    """Return (round, whom it is about) of every open round of the networks that the actor checks for, newest first."""
    with database.reading() as connection:
        return rounds.open_rounds_of(connection, database.actor.checks)


def code_from(of: Round, typed: str) -> TypedCode:
    """Read a code in groups, in any case, or the whole address from a booklet's square. Raises Invalid."""
    address = _IN_ADDRESS.search(typed)
    token = normalised(address[1] if address else typed.strip())
    if not token or len(token) > LONGEST_TOKEN:
        raise Invalid("Type the code of the booklet. It stands on its first page, in five groups of four.")
    pin = _PIN.search(typed)
    if pin is None:
        return TypedCode(token)
    survey_id, version, edition, language = pin.groups()
    if (survey_id, version) != (of.survey_id, of.survey_version) or edition not in set(Edition):
        raise Invalid(OTHER_SURVEY)
    return TypedCode(token, Edition(edition), language)


def open_booklet(database: Database, of: Round, token: str, account_id: int) -> PaperBooklet:
    """Find what has become of a booklet. Raises NotFound for a code that no booklet of the round has."""
    with database.reading() as connection:
        require_typing_in(database, connection, of)
        response, state = _looked_up(connection, of, token, account_id)
        audience = response.audience if response else _invitation(connection, of, token).audience
    return PaperBooklet(of, audience, state, receipt(token) if state is PaperState.SENT else "")


def read_booklet(database: Database, booklet: PaperBooklet, reading: Reading) -> Response:
    """Return the response that a reading would make, and keep nothing. Raises like `responses.paper.response_of`."""
    return response_of(reading, booklet.round, booklet.audience, survey_of(database, booklet.round))


def enter(
    database: Database, of: Round, token: str, reading: Reading, account_id: int, on: date,
    settled: Mapping[str, str] | None = None,
) -> Entered:  # fmt: skip
    """Keep what an account read in a booklet, and send it unless the round wants a second person.

    settled: {what: the right reading} where a second person read differently and looked at the paper again.
    Raises NotFound, Invalid, and Conflict when the round has closed, or the booklet was sent, taken back, begun on a
    screen, or typed in first by the same account.
    """
    booklet = open_booklet(database, of, token, account_id)
    if booklet.state is PaperState.WAITS:
        return _enter_second(database, booklet, token, {**reading, **(settled or {})}, settled or {}, account_id, on)
    survey = survey_of(database, of)
    with database.writing() as connection:
        of = round_or_refuse(connection, of.id, lock=True)
        _refuse_known(connection, of, token, account_id)
        response_of(reading, of, booklet.audience, survey)
        invitations.mark_used(connection, _invitation(connection, of, token))
    with database.writing() as connection:
        of = round_or_refuse(connection, of.id, lock=True)
        _refuse_known(connection, of, token, account_id)
        _keep_first(connection, of, token, response_of(reading, of, booklet.audience, survey), on)
        paper.note_entered(connection, of, response_id(token), account_id)
    database.forget_log()
    return Entered("" if of.paper_is_checked else receipt(token))


CANNOT_BE_ENTERED: Mapping[PaperState, str] = {
    PaperState.SENT: "The answers with this code have been sent already. A booklet counts once.",
    PaperState.WAITS: "Somebody else typed this booklet in a moment ago. In this round a second person has to type it "
    "in too: open it again with its code.",
    PaperState.FIRST_BY_YOU: "You typed this booklet in already. In this round a second person has to type it in.",
    PaperState.ON_SCREEN: "Somebody has begun to answer with this code on a phone or a computer, and we keep those "
    "answers. Ask the person which answers count. They can send the others with their code.",
    PaperState.TAKEN_BACK: "The answers with this code were taken back by the person who gave them. Do not type them "
    "in again.",
}


def _keep_first(connection: Connection, of: Round, token: str, response: Response, on: date) -> None:
    """Store a first reading: started where a second person is wanted, else sent."""
    if of.paper_is_checked:
        responses.add(connection, of, response_id(token), response)
        return
    refuse_second_agreed(connection, of, response.audience)
    responses.add_submitted(connection, of, [(response_id(token), submitted(of, response))], on)


def _enter_second(
    database: Database, booklet: PaperBooklet, token: str, reading: Reading, settled: Mapping[str, str],
    account_id: int, on: date,
) -> Entered:  # fmt: skip
    survey = survey_of(database, booklet.round)
    with database.writing() as connection:
        of = round_or_refuse(connection, booklet.round.id, lock=True)
        second = response_of(reading, of, booklet.audience, survey)
        first, state = _looked_up(connection, of, token, account_id)
        if first is None or state is not PaperState.WAITS:
            raise Conflict(CANNOT_BE_ENTERED[state])
        was = reading_of(first)
        unsettled = {name: was.get(name, "") for name in differences(first, second) if name not in settled}
        if unsettled:
            return Entered(unsettled=unsettled)
        refuse_second_agreed(connection, of, second.audience)
        responses.change(connection, of, response_id(token), submitted(of, second), on)
        paper.note_checked(connection, of, response_id(token), account_id)
    return Entered(receipt(token))


def _refuse_known(connection: Connection, of: Round, token: str, account_id: int) -> None:
    response, state = _looked_up(connection, of, token, account_id)
    if response is not None:
        raise Conflict(CANNOT_BE_ENTERED[state])


def _looked_up(
    connection: Connection, of: Round, token: str, account_id: int
) -> tuple[Response | None, PaperState]:  # fmt: skip
    """Return what is kept of a booklet of this round, and what has become of it."""
    found = responses.find(connection, response_id(token))
    if found is None or found.round.id != of.id:
        return None, PaperState.NEW
    first_by = paper.entered_by(connection, of, response_id(token))
    return found.response, _state(found.response, first_by, account_id)


def _state(response: Response, first_by: int | None, account_id: int) -> PaperState:
    if response.state is ResponseState.SUBMITTED:
        return PaperState.SENT
    if response.state is ResponseState.WITHDRAWN:
        return PaperState.TAKEN_BACK
    if first_by is None:
        return PaperState.ON_SCREEN
    return PaperState.FIRST_BY_YOU if first_by == account_id else PaperState.WAITS


def _invitation(connection: Connection, of: Round, token: str) -> invitations.Invitation:
    found = invitations.invitation_by(connection, invitation_hash(token))
    if found is None or found.round_id != of.id:
        raise NotFound(UNKNOWN_CODE)
    return found
