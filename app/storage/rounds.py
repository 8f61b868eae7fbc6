"""Rounds and campaigns."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, insert, select, update

from app.organisations import asked_about
from app.responses import HealthCondition, LawfulBasis, ProviderView, Purpose, Round, RoundState
from app.storage.tables import campaign, network_member, provider, round_table, site
from app.surveys import Length, Thresholds

_NAMED: Select[Any] = (
    select(round_table, provider.c.name.label("provider_name"), site.c.name.label("site_name"))
    .select_from(round_table.join(provider))
    .outerjoin(site, site.c.id == round_table.c.site_id)
)


@dataclass(frozen=True, slots=True)
class Campaign:
    """A network's rounds together: one survey version, asked in every member provider."""

    id: str
    network_id: str
    survey_id: str
    survey_version: str
    survey_sha256: str
    length: Length
    state: RoundState
    opened_on: date
    closed_on: date | None

    @property
    def is_open(self) -> bool:
        return self.state is RoundState.OPEN


def add_round(connection: Connection, opened: Round) -> None:
    connection.execute(
        insert(round_table).values(
            provider_id=opened.provider_id,
            id=opened.id,
            campaign_id=opened.campaign_id,
            survey_id=opened.survey_id,
            survey_version=opened.survey_version,
            survey_sha256=opened.survey_sha256,
            standards_id=opened.standards_id,
            standards_version=opened.standards_version,
            standards_sha256=opened.standards_sha256,
            length=opened.length.value,
            provider_view=opened.provider_view.value,
            standard_threshold=opened.thresholds.standard,
            indicator_threshold=opened.thresholds.indicator,
            state=opened.state.value,
            opened_on=opened.opened_on,
            closed_on=opened.closed_on,
            made_up=opened.made_up,
            paper_is_checked=opened.paper_is_checked,
            safeguarding_contact_id=opened.safeguarding_contact_id,
            purpose=opened.purpose.words,
            lawful_basis=opened.purpose.basis.value if opened.purpose.basis else None,
            health_condition=opened.purpose.condition.value,
            last_on=opened.last_on,
            cancelled_on=opened.cancelled_on,
            site_id=opened.site_id,
        )
    )


def round_of(connection: Connection, round_id: str, *, lock: bool = False) -> Round | None:
    """Return the round; with `lock`, nobody else changes it before this transaction ends."""
    query = select(round_table).where(round_table.c.id == round_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return round_from(row) if row else None


def rounds(
    connection: Connection, *, provider_id: str | None = None, campaign_id: str | None = None
) -> tuple[tuple[Round, str], ...]:
    """Return (round, whom it is about), newest first."""
    query = _NAMED
    if provider_id is not None:
        query = query.where(round_table.c.provider_id == provider_id)
    if campaign_id is not None:
        query = query.where(round_table.c.campaign_id == campaign_id)
    return _newest_first(connection, query)


def open_rounds_of(connection: Connection, network_ids: Collection[str]) -> tuple[tuple[Round, str], ...]:
    """Return (round, whom it is about) of the open rounds of the networks' members, newest first."""
    members = select(network_member.c.provider_id).where(network_member.c.network_id.in_(network_ids))
    still_open = round_table.c.state == RoundState.OPEN.value
    return _newest_first(connection, _NAMED.where(round_table.c.provider_id.in_(members), still_open))


def open_rounds_in(connection: Connection, network_id: str) -> tuple[tuple[Round, str], ...]:
    """Return (round, whom it is about) of the open rounds of a network's members, by name."""
    rows = connection.execute(
        _NAMED.join(network_member, network_member.c.provider_id == provider.c.id)
        .where(network_member.c.network_id == network_id, round_table.c.state == RoundState.OPEN.value)
        .order_by(provider.c.name, provider.c.id, round_table.c.opened_on.desc(), round_table.c.id)
    )
    return tuple(_named(row) for row in rows)


def rounds_of_providers(connection: Connection, provider_ids: Collection[str]) -> tuple[Round, ...]:
    """Return the rounds of these providers, newest first."""
    query = select(round_table).where(round_table.c.provider_id.in_(provider_ids))
    rows = connection.execute(query.order_by(round_table.c.opened_on.desc(), round_table.c.id))
    return tuple(round_from(row) for row in rows)


def change(connection: Connection, changed: Round) -> None:
    """Store what may change in a round's life: its state and days, its campaign, and who takes concerns."""
    connection.execute(
        update(round_table)
        .where(*_at(changed))
        .values(
            campaign_id=changed.campaign_id,
            state=changed.state.value,
            closed_on=changed.closed_on,
            last_on=changed.last_on,
            cancelled_on=changed.cancelled_on,
            safeguarding_contact_id=changed.safeguarding_contact_id,
        )
    )


def cancelled_until(connection: Connection, on: date) -> tuple[Round, ...]:
    """Return the rounds that were called off on a day or before, and whose responses are still there."""
    overdue = (
        round_table.c.state == RoundState.CANCELLED.value,
        round_table.c.cancelled_on <= on,
        round_table.c.purged_on.is_(None),
    )
    rows = connection.execute(select(round_table).where(*overdue).order_by(round_table.c.id))
    return tuple(round_from(row) for row in rows)


def mark_purged(connection: Connection, purged: Round, on: date) -> None:
    connection.execute(update(round_table).where(*_at(purged)).values(purged_on=on))


def add_campaign(connection: Connection, opened: Campaign) -> None:
    connection.execute(
        insert(campaign).values(
            id=opened.id,
            network_id=opened.network_id,
            survey_id=opened.survey_id,
            survey_version=opened.survey_version,
            survey_sha256=opened.survey_sha256,
            length=opened.length.value,
            state=opened.state.value,
            opened_on=opened.opened_on,
            closed_on=opened.closed_on,
        )
    )


def campaign_of(connection: Connection, campaign_id: str, *, lock: bool = False) -> Campaign | None:
    query = select(campaign).where(campaign.c.id == campaign_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _campaign(row) if row else None


def campaigns_of(connection: Connection, network_id: str) -> tuple[Campaign, ...]:
    rows = connection.execute(
        select(campaign).where(campaign.c.network_id == network_id).order_by(campaign.c.opened_on.desc(), campaign.c.id)
    )
    return tuple(_campaign(row) for row in rows)


def mark_campaign_closed(connection: Connection, campaign_id: str, on: date) -> None:
    connection.execute(
        update(campaign).where(campaign.c.id == campaign_id).values(state=RoundState.CLOSED.value, closed_on=on)
    )


def _at(of: Round) -> tuple[ColumnElement[bool], ...]:
    return (round_table.c.provider_id == of.provider_id, round_table.c.id == of.id)


def _newest_first(connection: Connection, query: Select[Any]) -> tuple[tuple[Round, str], ...]:
    rows = connection.execute(query.order_by(round_table.c.opened_on.desc(), provider.c.name, round_table.c.id))
    return tuple(_named(row) for row in rows)


def _named(row: Row[Any]) -> tuple[Round, str]:
    return round_from(row), asked_about(row.provider_name, row.site_name)


def round_from(row: Row[Any]) -> Round:
    """Return the round of a row that holds the round table's columns."""
    return Round(
        id=row.id,
        provider_id=row.provider_id,
        campaign_id=row.campaign_id,
        survey_id=row.survey_id,
        survey_version=row.survey_version,
        survey_sha256=row.survey_sha256,
        standards_id=row.standards_id,
        standards_version=row.standards_version,
        standards_sha256=row.standards_sha256,
        length=Length(row.length),
        provider_view=ProviderView(row.provider_view),
        thresholds=Thresholds(row.standard_threshold, row.indicator_threshold),
        state=RoundState(row.state),
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        made_up=row.made_up,
        paper_is_checked=row.paper_is_checked,
        safeguarding_contact_id=row.safeguarding_contact_id,
        last_on=row.last_on,
        cancelled_on=row.cancelled_on,
        purpose=_purpose(row.purpose, row.lawful_basis, row.health_condition),
        site_id=row.site_id,
    )


@lru_cache(maxsize=256)
def _purpose(words: str, basis: str | None, condition: str) -> Purpose:
    """Return a round's purpose; kept, for it is read with every answer."""
    return Purpose(words, LawfulBasis(basis) if basis else None, HealthCondition(condition))


def _campaign(row: Row[Any]) -> Campaign:
    return Campaign(
        id=row.id,
        network_id=row.network_id,
        survey_id=row.survey_id,
        survey_version=row.survey_version,
        survey_sha256=row.survey_sha256,
        length=Length(row.length),
        state=RoundState(row.state),
        opened_on=row.opened_on,
        closed_on=row.closed_on,
    )
