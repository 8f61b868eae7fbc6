"""Concerns and the log of what was done about them. What was told stands here sealed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update

from app.organisations import asked_about
from app.responses import Concern, ConcernState, ConcernStep
from app.storage.sealed import purpose_of
from app.storage.tables import account, concern, concern_step, provider, round_table, site


@dataclass(frozen=True, slots=True)
class FoundConcern:
    """A concern, with its provider and, where its round is for one, its site.

    made_up: whether the provider is invented, for a demonstration.
    """

    concern: Concern
    provider_name: str
    made_up: bool
    site_name: str | None = None

    @property
    def about(self) -> str:
        return asked_about(self.provider_name, self.site_name)


@dataclass(frozen=True, slots=True)
class FoundStep:
    """A step, with the e-mail address of who wrote it."""

    step: ConcernStep
    email: str


def purpose(concern_id: str) -> str:
    """Return what a concern's words are sealed for: no concern's can be put in another's place."""
    return purpose_of(concern.c.sealed, {"id": concern_id})


def note_purpose(concern_id: str, number: int) -> str:
    return purpose_of(concern_step.c.sealed_note, {"concern_id": concern_id, "number": number})


def is_known(connection: Connection, provider_id: str, concern_id: str) -> bool:
    query = select(concern.c.id).where(concern.c.provider_id == provider_id, concern.c.id == concern_id)
    return connection.execute(query).first() is not None


def add(connection: Connection, added: Concern) -> None:
    connection.execute(
        insert(concern).values(
            provider_id=added.provider_id,
            id=added.id,
            round_id=added.round_id,
            contact_id=added.contact_id,
            state=added.state.value,
            raised_on=added.raised_on,
            sealed=added.sealed,
        )
    )
    _forget_order(connection, added)


def count_on(connection: Connection, provider_id: str, round_id: str, day: date) -> int:
    """Return how many concerns of a round were raised on a day."""
    query = select(func.count()).where(
        concern.c.provider_id == provider_id, concern.c.round_id == round_id, concern.c.raised_on == day
    )
    return connection.execute(query).scalar_one()


def sent_to(connection: Connection, contact_ids: Collection[str]) -> tuple[FoundConcern, ...]:
    """Return the concerns that were sent to these contacts, the newest day first."""
    query = _select().where(concern.c.contact_id.in_(contact_ids))
    rows = connection.execute(query.order_by(concern.c.raised_on.desc(), provider.c.name, concern.c.id))
    return tuple(_found(row) for row in rows)


def find(
    connection: Connection, concern_id: str, contact_ids: Collection[str], *, lock: bool = False
) -> FoundConcern | None:
    """Return a concern that was sent to one of these contacts."""
    query = _select().where(concern.c.id == concern_id, concern.c.contact_id.in_(contact_ids))
    row = connection.execute(query.with_for_update(of=concern) if lock else query).one_or_none()
    return _found(row) if row else None


def steps_of(connection: Connection, of: Concern) -> tuple[FoundStep, ...]:
    query = (
        select(concern_step, account.c.email)
        .join(account)
        .where(concern_step.c.provider_id == of.provider_id, concern_step.c.concern_id == of.id)
        .order_by(concern_step.c.number)
    )
    return tuple(_found_step(row) for row in connection.execute(query))


def add_step(connection: Connection, of: Concern, added: ConcernStep) -> None:
    """Write a line into the log; the concern is stored in the state that it has then."""
    connection.execute(
        insert(concern_step).values(
            provider_id=of.provider_id,
            concern_id=of.id,
            number=added.number,
            step=added.step.value,
            on=added.on,
            account_id=added.account_id,
            sealed_note=added.sealed_note,
        )
    )
    connection.execute(update(concern).where(*_is(of)).values(state=of.state.value))
    _forget_order(connection, of)


def _forget_order(connection: Connection, of: Concern) -> None:
    """Write the round's concerns anew in the order of their random ids.

    Otherwise PostgreSQL's row versions and places would show in which order they came, beside those of the responses:
    see docs/decisions/0014-concerns.md.
    """
    if connection.dialect.name == "sqlite":
        return
    in_round = (concern.c.provider_id == of.provider_id, concern.c.round_id == of.round_id)
    ids = connection.execute(select(concern.c.id).where(*in_round).order_by(concern.c.id)).scalars().all()
    again = update(concern).where(*in_round, concern.c.id == bindparam("one")).values(state=concern.c.state)
    connection.execute(again, [{"one": each} for each in ids])


def _select() -> Select[Any]:
    named = (provider.c.name.label("provider_name"), site.c.name.label("site_name"), provider.c.made_up)
    return (
        select(concern, *named)
        .join_from(concern, provider, concern.c.provider_id == provider.c.id)
        .join(round_table, round_table.c.id == concern.c.round_id)
        .outerjoin(site, site.c.id == round_table.c.site_id)
    )


def _is(of: Concern) -> tuple[Any, ...]:
    return (concern.c.provider_id == of.provider_id, concern.c.id == of.id)


def _found(row: Row[Any]) -> FoundConcern:
    found = Concern(
        id=row.id,
        provider_id=row.provider_id,
        round_id=row.round_id,
        contact_id=row.contact_id,
        state=ConcernState(row.state),
        raised_on=row.raised_on,
        sealed=row.sealed,
    )
    return FoundConcern(found, row.provider_name, row.made_up, row.site_name)


def _found_step(row: Row[Any]) -> FoundStep:
    step = ConcernStep(row.number, ConcernState(row.step), row.on, row.account_id, row.sealed_note)
    return FoundStep(step, row.email)
