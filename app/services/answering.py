"""Answering by link: the one way from a link's secret to a response, and the only commit on that way."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from app.errors import Conflict, NotFound
from app.responses import (
    AnsweredHow,
    Response,
    ResponseState,
    Round,
    RoundState,
    started,
    submitted,
    with_answer,
    with_answered_how,
    with_edition,
)
from app.services.links import LONGEST_TOKEN, invitation_hash, receipt, response_id
from app.services.publishing import survey_of
from app.services.rounds import provider_or_refuse, round_or_refuse
from app.standards import Audience
from app.storage import Database, invitations, responses
from app.surveys import Edition, Survey

UNKNOWN_LINK = "This link does not open anything. Check that it is complete, or ask for a new one."


@dataclass(frozen=True, slots=True)
class Visit:
    """What the holder of a link finds behind it. response: None until they agree to take part."""

    round: Round
    audience: Audience
    survey: Survey
    provider_name: str
    response: Response | None
    receipt: str | None

    @property
    def is_open(self) -> bool:
        return self.round.state is RoundState.OPEN


def open_link(database: Database, token: str) -> Visit:
    """Find what a link leads to: one query for somebody who has begun. Raises NotFound for a link we do not know."""
    if len(token) > LONGEST_TOKEN:
        raise NotFound(UNKNOWN_LINK)
    with database.reading() as connection:
        found = responses.find(connection, response_id(token))
        if found is not None:
            sent = receipt(token) if found.response.state is ResponseState.SUBMITTED else None
            survey = survey_of(database, found.round)
            return Visit(found.round, found.response.audience, survey, found.provider_name, found.response, sent)
        invitation = _invitation(connection, invitation_hash(token))
        of = round_or_refuse(connection, invitation.round_id)
        provider = provider_or_refuse(connection, of.provider_id)
    return Visit(of, invitation.audience, survey_of(database, of), provider.name, None, None)


def start(database: Database, token: str, edition: Edition, language: str) -> None:
    """Begin a response, once the holder has agreed to take part. Doing it again changes nothing.

    The invitation's mark and the response are written in two transactions that share nothing, and what SQLite logs of
    them is emptied at once. Where a crash came between them, doing it again goes on.
    Raises NotFound, and Conflict when the round has closed.
    """
    link_hash = invitation_hash(token)
    with database.writing() as connection:
        of = round_or_refuse(connection, _invitation(connection, link_hash).round_id, lock=True)
        invitation = _invitation(connection, link_hash)
        started(of, invitation.audience, edition, language)
        if not invitation.used:
            invitations.mark_used(connection, invitation)
    with database.writing() as connection:
        of = round_or_refuse(connection, invitation.round_id, lock=True)
        if responses.find(connection, response_id(token)) is None:
            responses.add(connection, of, response_id(token), started(of, invitation.audience, edition, language))
    database.forget_log()


def record_answer(database: Database, token: str, question_id: str, option_id: str) -> Visit:
    """Keep one answer and return the visit as it is then.

    Raises NotFound, Conflict (closed, already sent, not begun) or Invalid (not an answer to this question).
    """
    with database.writing() as connection:
        found = _found(responses.find(connection, response_id(token), lock=True))
        survey = survey_of(database, found.round)
        changed = with_answer(found.round, found.response, survey, question_id, option_id)
        responses.change(connection, found.round, response_id(token), changed, None)
    return Visit(found.round, changed.audience, survey, found.provider_name, changed, None)


def record_answered_how(database: Database, token: str, how: AnsweredHow | None) -> None:
    """Keep whether somebody helped. Raises like record_answer."""
    with database.writing() as connection:
        found = _found(responses.find(connection, response_id(token), lock=True))
        changed = with_answered_how(found.round, found.response, how)
        responses.change(connection, found.round, response_id(token), changed, None)


def change_edition(database: Database, token: str, edition: Edition) -> Visit:
    """Go on in another edition, with the answers so far. Raises like record_answer."""
    with database.writing() as connection:
        found = _found(responses.find(connection, response_id(token), lock=True))
        changed = with_edition(found.round, found.response, edition)
        responses.change(connection, found.round, response_id(token), changed, None)
    survey = survey_of(database, found.round)
    return Visit(found.round, changed.audience, survey, found.provider_name, changed, None)


def submit(database: Database, token: str, on: date) -> str:
    """Send the response and return its receipt; sending it again returns the same receipt.

    The round is locked first, so that nothing is sent into a round while it closes.
    """
    with database.writing() as connection:
        of = _found(responses.find(connection, response_id(token))).round
        round_or_refuse(connection, of.id, lock=True)
        found = _found(responses.find(connection, response_id(token), lock=True))
        if found.response.state is not ResponseState.SUBMITTED:
            _refuse_second_agreed(connection, found)
            sent = submitted(found.round, found.response)
            responses.change(connection, found.round, response_id(token), sent, on)
    return receipt(token)


def _invitation(connection: Connection, link_hash: str) -> invitations.Invitation:
    found = invitations.invitation_by(connection, link_hash)
    if found is None:
        raise NotFound(UNKNOWN_LINK)
    return found


def _refuse_second_agreed(connection: Connection, found: responses.FoundResponse) -> None:
    audience = found.response.audience
    if found.round.is_agreed(audience) and responses.submitted_counts(connection, found.round).get(audience):
        raise Conflict("Your organisation’s self-assessment has been sent already, and a round takes one.")


def _found(found: responses.FoundResponse | None) -> responses.FoundResponse:
    if found is None:
        raise Conflict("Nothing has been begun with this link yet. Open the link again to begin.")
    return found
