"""Answering by link: the one way from a link's secret to a response, and the only commit on that way."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from app.errors import Conflict, NotFound
from app.responses import (
    AnsweredHow,
    Consent,
    Response,
    ResponseState,
    Round,
    Support,
    started,
    submitted,
    with_answer,
    with_answered_how,
    with_consent,
    with_edition,
    with_language,
    withdrawn,
)
from app.services.links import LONGEST_TOKEN, invitation_hash, receipt, response_id
from app.services.publishing import survey_of
from app.services.rounds import provider_or_refuse, refuse_second_agreed, round_or_refuse, site_name_of
from app.standards import Audience
from app.storage import Database, invitations, responses, shares
from app.surveys import Edition, Survey

UNKNOWN_LINK = "This link does not open anything. Check that it is complete, or ask for a new one."


@dataclass(frozen=True, slots=True)
class Visit:
    """What the holder of a link finds behind it. response: None until they agree to take part.

    survey: in the language of the response, or the one that was asked for. lock: the hash of the word that the
    respondent chose, without which nothing of their answers may be shown; empty when there is none. is_on_paper:
    whether somebody types in the respondent's booklet now; nothing of it may be shown or changed by the link.
    site_name: of a round for one site.
    """

    round: Round
    audience: Audience
    survey: Survey
    provider_name: str
    response: Response | None
    receipt: str | None
    lock: str = ""
    is_on_paper: bool = False
    site_name: str | None = None

    @property
    def is_open(self) -> bool:
        return self.round.is_open

    @property
    def is_changeable(self) -> bool:
        """Whether something was begun that can still be changed by the link."""
        is_settled = self.receipt or self.is_withdrawn or self.is_on_paper
        return self.response is not None and self.is_open and not is_settled

    @property
    def is_withdrawn(self) -> bool:
        return self.response is not None and self.response.state is ResponseState.WITHDRAWN


def open_link(database: Database, token: str, language: str = "en") -> Visit:
    """Find what a link leads to: one query for somebody who has begun. Raises NotFound for a link we do not know.

    language: to show it in before somebody has begun.
    """
    if len(token) > LONGEST_TOKEN:
        raise NotFound(UNKNOWN_LINK)
    with database.reading() as connection:
        found = responses.find(connection, response_id(token))
        if found is not None:
            return _visit(database, token, found)
        invitation = _invitation(connection, invitation_hash(token))
        of = round_or_refuse(connection, invitation.round_id)
        provider, site_name = provider_or_refuse(connection, of.provider_id), site_name_of(connection, of)
    survey = survey_of(database, of, language)
    return Visit(of, invitation.audience, survey, provider.name, None, None, site_name=site_name)


def start(database: Database, token: str, edition: Edition, language: str, consent: Consent | None = None) -> None:
    """Begin a response, once the holder has agreed to take part. Doing it again changes nothing.

    The invitation's mark and the response are written in two transactions that share nothing, and what SQLite logs of
    them is emptied at once. Where a crash came between them, doing it again goes on.
    Raises NotFound, and Conflict when the round is over.
    """
    link_hash = invitation_hash(token)
    with database.writing() as connection:
        of = round_or_refuse(connection, _invitation(connection, link_hash).round_id, lock=True)
        invitation = _invitation(connection, link_hash)
        begun = started(of, invitation.audience, edition, language)
        if not invitation.used:
            invitations.mark_used(connection, invitation)
    with database.writing() as connection:
        of = round_or_refuse(connection, invitation.round_id, lock=True)
        if responses.find(connection, response_id(token)) is None:
            agreed = with_consent(of, begun, consent) if consent else started(of, begun.audience, edition, language)
            responses.add(connection, of, response_id(token), agreed)
    database.forget_log()


def record_answer(
    database: Database, token: str, question_id: str, option_id: str, language: str | None = None
) -> Visit:
    """Keep one answer and return the visit as it is then.

    language: in which the question was shown; the response's own when not said.
    Raises NotFound, Conflict (closed, already sent, not begun) or Invalid (not an answer to this question).
    """

    def answered(of: Round, response: Response) -> Response:
        return with_answer(of, response, survey_of(database, of), question_id, option_id, language)

    return _changed(database, token, answered)


def record_answered_how(
    database: Database, token: str, how: AnsweredHow | None, support: Support | None = None
) -> Visit:
    """Keep whether somebody helped, and how. Raises like record_answer."""
    return _changed(database, token, lambda of, response: with_answered_how(of, response, how, support))


def record_consent(database: Database, token: str, consent: Consent) -> Visit:
    """Keep how somebody who has begun agreed to take part. Raises like record_answer."""
    return _changed(database, token, lambda of, response: with_consent(of, response, consent))


def change_edition(database: Database, token: str, edition: Edition) -> Visit:
    """Go on in another edition, with the answers so far. Raises like record_answer."""
    return _changed(database, token, lambda of, response: with_edition(of, response, edition))


def change_language(database: Database, token: str, language: str) -> Visit:
    """Go on in another language, with the answers so far. Raises like record_answer."""
    return _changed(database, token, lambda of, response: with_language(of, response, language))


def submit(database: Database, token: str, on: date) -> str:
    """Send the response and return its receipt; sending it again returns the same receipt.

    The round is locked first, so that nothing is sent into a round while it closes.
    """
    with database.writing() as connection:
        of = _found(responses.find(connection, response_id(token))).round
        round_or_refuse(connection, of.id, lock=True)
        found = _found(responses.find(connection, response_id(token), lock=True))
        _refuse_on_paper(found)
        if found.response.state is not ResponseState.SUBMITTED:
            refuse_second_agreed(connection, found.round, found.response.audience)
            sent = submitted(found.round, found.response)
            responses.change(connection, found.round, response_id(token), sent, on)
    return receipt(token)


def withdraw(database: Database, token: str) -> None:
    """Take the answers back: they are deleted at once, with everything they were shared by. Doing it again is harmless.

    Raises Conflict when nothing has been begun.
    """
    with database.writing() as connection:
        of = _found(responses.find(connection, response_id(token))).round
        round_or_refuse(connection, of.id, lock=True)
        found = _found(responses.find(connection, response_id(token), lock=True))
        shares.remove_all(connection, of, response_id(token))
        responses.forget(connection, of, response_id(token), withdrawn(found.response))
    database.forget_log()


def in_language(database: Database, seen: Visit, language: str) -> Visit:
    """Return the visit with its questions in another language; what is kept with the response stays."""
    return replace(seen, survey=survey_of(database, seen.round, language))


def _changed(database: Database, token: str, change: Callable[[Round, Response], Response]) -> Visit:
    with database.writing() as connection:
        found = _found(responses.find(connection, response_id(token), lock=True))
        _refuse_on_paper(found)
        changed = change(found.round, found.response)
        responses.change(connection, found.round, response_id(token), changed, None)
    return _visit(database, token, replace(found, response=changed))


def _visit(database: Database, token: str, found: responses.FoundResponse) -> Visit:
    survey = survey_of(database, found.round, found.response.language)
    sent = receipt(token) if found.response.state is ResponseState.SUBMITTED else None
    return Visit(
        found.round, found.response.audience, survey, found.provider_name, found.response, sent,
        found.own_word or "", found.is_on_paper, found.site_name,
    )  # fmt: skip


def _invitation(connection: Connection, link_hash: str) -> invitations.Invitation:
    found = invitations.invitation_by(connection, link_hash)
    if found is None:
        raise NotFound(UNKNOWN_LINK)
    return found


def _refuse_on_paper(found: responses.FoundResponse) -> None:
    if found.is_on_paper:
        raise Conflict("Somebody types these answers in from paper just now, so they cannot be changed here.")


def _found(found: responses.FoundResponse | None) -> responses.FoundResponse:
    if found is None:
        raise Conflict("Nothing has been begun with this link yet. Open the link again to begin.")
    return found
