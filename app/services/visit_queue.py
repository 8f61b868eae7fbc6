"""What comes from a tablet, one item at a time: a person's answers, or what the pair saw. The same item again adds
nothing.

A response from a visit is like one that came by a link: it has a link's secret of its own, which the tablet made and
showed to the person alone. It keeps no visit, no tablet and no checker. See docs/decisions/0015-quality-checkers.md.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from sqlalchemy import Connection

from app.errors import Invalid
from app.organisations import require_visiting
from app.responses import (
    AnsweredHow,
    Consent,
    ConsentGiven,
    Help,
    Response,
    Round,
    Support,
    Supporter,
    started,
    submitted,
    with_answer,
    with_answered_how,
    with_consent,
)
from app.responses.visit import Observation, Seen, checked_note, refuse_answers, refuse_observations
from app.services.coming_back import lock_of
from app.services.links import ALPHABET, TOKEN_LENGTH, response_id
from app.services.publishing import languages_of, standards_of, survey_of
from app.services.rounds import round_or_refuse
from app.services.visit_envelopes import opened
from app.services.visiting import visit_or_refuse
from app.standards import Audience
from app.storage import Database, responses, visits
from app.surveys import Edition, Survey

NOT_UNDERSTOOD = "What the tablet sent cannot be read. Make the tablet ready again for the next visit."
_ITEM_ID = re.compile(r"[0-9a-f]{32}")


class Taken(StrEnum):
    """What became of an item: stored now, or there already."""

    NOW = "taken"
    BEFORE = "there"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Given(_Part):
    given: ConsentGiven
    witness: Supporter | None = None


class _Answer(_Part):
    option: str = Field(max_length=80)
    language: str = Field(max_length=8)


class _Answers(_Part):
    """One person's answers. token: the secret of the link that the person may keep. word: what locks them, if any.

    The tablet says whether a word is too short or too long, while the person can still choose another. Here any word is
    taken: nobody could give the answers again.
    """

    kind: Literal["answers"]
    token: str = Field(pattern=f"^[{ALPHABET}]{{{TOKEN_LENGTH}}}$")
    audience: Literal[Audience.PERSON, Audience.FAMILY]
    edition: Edition
    language: str = Field(max_length=8)
    consent: _Given
    how: Literal[AnsweredHow.SELF, AnsweredHow.HELPED] | None = None
    who: frozenset[Supporter] = frozenset()
    ways: frozenset[Help] = frozenset()
    answers: dict[str, _Answer]
    word: str = Field("", max_length=200)


class _Observed(_Part):
    kind: Literal["observation"]
    standard: str = Field(max_length=40)
    seen: Seen
    note: str


_item: TypeAdapter[_Answers | _Observed] = TypeAdapter(Annotated[_Answers | _Observed, Field(discriminator="kind")])


def take_in(
    database: Database, keys: Sequence[bytes], visit_id: str, item_id: str, envelope: Mapping[str, str], on: date
) -> Taken:
    """Open an item of a tablet's queue and store it once. keys: the installation's. item_id: 128 random bits.

    Raises NotFound, Conflict (the round has closed, the visit has not begun) or Invalid (it cannot be read).
    """
    if not _ITEM_ID.fullmatch(item_id):
        raise Invalid(NOT_UNDERSTOOD)
    item = _read(opened(keys, visit_id, item_id, envelope))
    with database.writing() as connection:
        visit = visit_or_refuse(connection, visit_id)
        require_visiting(database.actor, visit.network_id, visit.account_ids)
        of = round_or_refuse(connection, visit.round_id, lock=True)
        if isinstance(item, _Answers):
            refuse_answers(visit)
            taken = _take_answers(database, connection, of, item, on)
        else:
            observation_id = hashlib.sha256(f"driving-seat/observation/1\0{item_id}".encode()).hexdigest()
            if visits.has_observation(connection, visit, observation_id):
                return Taken.BEFORE
            refuse_observations(visit, of)
            visits.add_observation(connection, visit, observation_id, _observation(database, of, item))
            taken = Taken.NOW
    database.forget_log()
    return taken


def _read(content: bytes) -> _Answers | _Observed:
    try:
        return _item.validate_json(content)
    except ValidationError:
        raise Invalid(NOT_UNDERSTOOD) from None


def _take_answers(database: Database, connection: Connection, of: Round, item: _Answers, on: date) -> Taken:
    id_ = response_id(item.token)
    if responses.find(connection, id_) is not None:
        return Taken.BEFORE
    response = _response(of, survey_of(database, of), languages_of(database, of), item)
    lock = lock_of(item.word) if item.word else None
    responses.add_submitted(connection, of, [(id_, response)], on)
    if lock:
        responses.set_own_word(connection, of, id_, lock)
    return Taken.NOW


def _response(of: Round, survey: Survey, languages: tuple[str, ...], item: _Answers) -> Response:
    """Return the response as the pages would have made it, by the same rules. Raises Conflict, NotFound, Invalid."""
    spoken = {item.language, *(answer.language for answer in item.answers.values())}
    if not spoken <= set(languages):
        raise Invalid(NOT_UNDERSTOOD)
    response = started(of, item.audience, item.edition, item.language)
    response = with_consent(of, response, Consent(item.consent.given, item.consent.witness))
    for question_id, answer in item.answers.items():
        response = with_answer(of, response, survey, question_id, answer.option, answer.language)
    response = with_answered_how(of, response, item.how, Support(who=item.who, ways=item.ways))
    return submitted(of, response)


def _observation(database: Database, of: Round, item: _Observed) -> Observation:
    standard = standards_of(database, of).standard(item.standard)
    return Observation(standard.id, item.seen, checked_note(item.note))
