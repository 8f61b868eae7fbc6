"""Responses: found by the hash that only the link's holder can make, or all of a round at its close."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, null, select, tuple_, update

from app.responses import (
    AnsweredHow,
    Consent,
    ConsentGiven,
    Help,
    Response,
    ResponseState,
    Round,
    Support,
    Supporter,
    ViewsKnown,
    WhyOnBehalf,
)
from app.standards import Audience
from app.storage.rounds import round_from
from app.storage.tables import provider, response, round_table, site
from app.surveys import Edition

_FIND = (
    select(
        round_table,
        provider.c.name.label("provider_name"),
        site.c.name.label("site_name"),
        response.c.audience.label("response_audience"),
        response.c.edition,
        response.c.language,
        response.c.answered_how,
        response.c.state.label("response_state"),
        response.c.answers,
        response.c.support,
        response.c.consent,
        response.c.translated,
        response.c.own_word,
        response.c.entered_by,
    )
    .join_from(response, round_table)
    .join(provider, provider.c.id == round_table.c.provider_id)
    .outerjoin(site, site.c.id == round_table.c.site_id)
    .where(response.c.id == bindparam("response_id"))
)
_FIND_AND_LOCK = _FIND.with_for_update(of=response)
_CHANGE = update(response).where(
    response.c.provider_id == bindparam("of_provider"), response.c.id == bindparam("of_response")
)


@dataclass(frozen=True, slots=True)
class FoundResponse:
    """A response with its round, as its holder sees it. own_word: the hash of the word that locks it.

    is_on_paper: whether it was typed in from paper and waits for a second person. site_name: of a round for one site.
    """

    round: Round
    provider_name: str
    response: Response
    own_word: str | None
    is_on_paper: bool = False
    site_name: str | None = None


def month_of(day: date) -> date:
    """Return the first day of the month: all that a response keeps of when it was sent."""
    return day.replace(day=1)


def find(connection: Connection, response_id: str, *, lock: bool = False) -> FoundResponse | None:
    """Return the response and its round, in one query; with `lock`, nobody else changes either meanwhile."""
    query = _FIND_AND_LOCK if lock else _FIND
    row = connection.execute(query, {"response_id": response_id}).one_or_none()
    if row is None:
        return None
    found = _response(row, audience=row.response_audience, state=row.response_state)
    is_on_paper = row.entered_by is not None and found.state is ResponseState.STARTED
    return FoundResponse(round_from(row), row.provider_name, found, row.own_word, is_on_paper, row.site_name)


@dataclass(frozen=True, slots=True)
class AlsoKept:
    """What is kept beside the answers themselves. sent_in: the first day of the month of sending.

    has_word: whether a word locks them. typed_in, checked: whether somebody typed them in from paper, and a second
    person checked them.
    """

    sent_in: date | None
    has_word: bool
    typed_in: bool
    checked: bool


def also_kept(connection: Connection, response_id: str) -> AlsoKept:
    kept = response.c.submitted_on, response.c.own_word, response.c.entered_by, response.c.checked_by
    row = connection.execute(select(*kept).where(response.c.id == response_id)).one()
    return AlsoKept(row.submitted_on, *(each is not None for each in row[1:]))


def add(connection: Connection, of: Round, response_id: str, added: Response) -> None:
    connection.execute(
        insert(response).values(provider_id=of.provider_id, id=response_id, round_id=of.id, **_columns(added))
    )


def add_submitted(connection: Connection, of: Round, added: Sequence[tuple[str, Response]], on: date) -> None:
    """Store many sent responses at once, in the order of their ids and not of the file they came from."""
    rows = [
        {"provider_id": of.provider_id, "id": id_, "round_id": of.id, **_columns(each), "submitted_on": month_of(on)}
        for id_, each in sorted(added, key=lambda pair: pair[0])
    ]
    if rows:
        connection.execute(insert(response), rows)


def change(connection: Connection, of: Round, response_id: str, changed: Response, submitted_on: date | None) -> None:
    month = month_of(submitted_on) if submitted_on else None
    key = {"of_provider": of.provider_id, "of_response": response_id}
    connection.execute(_CHANGE, {**key, **_columns(changed), "submitted_on": month})


def forget(connection: Connection, of: Round, response_id: str, withdrawn: Response) -> None:
    """Store a response as taken back, without its word and without who typed it in."""
    change(connection, of, response_id, withdrawn, None)
    connection.execute(
        update(response)
        .where(response.c.provider_id == of.provider_id, response.c.id == response_id)
        .values(own_word=None, entered_by=None, checked_by=None)
    )


def set_own_word(connection: Connection, of: Round, response_id: str, own_word: str) -> None:
    """Keep the hash of the word that locks a response."""
    connection.execute(
        update(response)
        .where(response.c.provider_id == of.provider_id, response.c.id == response_id)
        .values(own_word=own_word)
    )


def by_id(connection: Connection, of: Round, response_ids: Sequence[str]) -> Mapping[str, Response]:
    """Return the stored ones among these ids."""
    found: dict[str, Response] = {}
    for start in range(0, len(response_ids), 500):
        chunk = response_ids[start : start + 500]
        rows = connection.execute(
            select(response).where(response.c.provider_id == of.provider_id, response.c.id.in_(chunk))
        )
        found.update((row.id, _response(row)) for row in rows)
    return found


def submitted(connection: Connection, of: Round) -> Iterator[Response]:
    """Give every sent response of the round."""
    columns = (
        response.c.audience,
        response.c.edition,
        response.c.language,
        response.c.answered_how,
        response.c.state,
        response.c.answers,
        response.c.support,
        response.c.consent,
        response.c.translated,
    )
    rows = connection.execute(select(*columns).where(*_of(of), response.c.state == ResponseState.SUBMITTED.value))
    return (_response(row) for row in rows)


def submitted_counts(connection: Connection, of: Round) -> Mapping[Audience, int]:
    rows = connection.execute(
        select(response.c.audience, func.count())
        .where(*_of(of), response.c.state == ResponseState.SUBMITTED.value)
        .group_by(response.c.audience)
    )
    return {Audience(audience): count for audience, count in rows}


def submitted_in(connection: Connection, rounds: Sequence[Round]) -> Mapping[str, Mapping[Audience, int]]:
    """Return {round's id: {audience: how many responses were sent}}; what nobody sent anything to is absent."""
    keys = [(of.provider_id, of.id) for of in rounds]
    rows = connection.execute(
        select(response.c.round_id, response.c.audience, func.count())
        .where(
            tuple_(response.c.provider_id, response.c.round_id).in_(keys),
            response.c.state == ResponseState.SUBMITTED.value,
        )
        .group_by(response.c.round_id, response.c.audience)
    )
    found: dict[str, dict[Audience, int]] = {}
    for round_id, audience, count in rows:
        found.setdefault(round_id, {})[Audience(audience)] = count
    return found


def _of(of: Round) -> tuple[Any, ...]:
    return (response.c.provider_id == of.provider_id, response.c.round_id == of.id)


def _columns(stored: Response) -> dict[str, Any]:
    return {
        "audience": stored.audience.value,
        "edition": stored.edition.value,
        "language": stored.language,
        "answered_how": stored.answered_how.value if stored.answered_how else None,
        "state": stored.state.value,
        "answers": dict(stored.answers),
        "support": _support_document(stored.support) if stored.support else null(),
        "consent": _consent_document(stored.consent) if stored.consent else null(),
        "translated": dict(stored.translated) or null(),
    }


def _response(row: Row[*tuple[Any, ...]], *, audience: str = "", state: str = "") -> Response:
    """Return the response of a row. audience, state: where the row's columns of that name are another table's."""
    return Response(
        audience=Audience(audience or row.audience),
        edition=Edition(row.edition),
        language=row.language,
        answered_how=AnsweredHow(row.answered_how) if row.answered_how else None,
        state=ResponseState(state or row.state),
        answers=row.answers,
        support=_support_from(row.support) if row.support else None,
        consent=_consent_from(row.consent) if row.consent else None,
        translated=row.translated or {},
    )


def _support_document(stored: Support) -> dict[str, Any]:
    return {
        "who": sorted(stored.who),
        "ways": sorted(stored.ways),
        "why": stored.why,
        "known": sorted(stored.known),
    }


def _support_from(document: Mapping[str, Any]) -> Support:
    return Support(
        who=frozenset(Supporter(each) for each in document["who"]),
        ways=frozenset(Help(each) for each in document["ways"]),
        why=WhyOnBehalf(document["why"]) if document["why"] else None,
        known=frozenset(ViewsKnown(each) for each in document["known"]),
    )


def _consent_document(stored: Consent) -> dict[str, Any]:
    return {"given": stored.given, "witness": stored.witness}


def _consent_from(document: Mapping[str, Any]) -> Consent:
    return Consent(ConsentGiven(document["given"]), Supporter(document["witness"]) if document["witness"] else None)
