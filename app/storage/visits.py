"""Visits of quality checkers, their tablets, and what the pair saw. Nothing here leads to a response.

The pair's own words, and their ties to a provider, are sealed here on their way in and opened on their way out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, and_, delete, func, insert, select, tuple_, update

from app.organisations import Network, Provider
from app.responses import Round, RoundState
from app.responses.visit import Checker, Declared, Observation, Seen, Visit, VisitState
from app.storage.rounds import round_from
from app.storage.sealed import opened, sealed
from app.storage.tables import (
    VISIT_TABLES,
    network,
    observation,
    provider,
    round_table,
    site,
    visit,
    visit_checker,
    visit_device,
)


@dataclass(frozen=True, slots=True)
class Device:
    """A tablet that was made ready for a visit. id: the hash of its secret. wipe: asked for; wiped: done."""

    id: str
    name: str
    account_id: int
    wipe: bool = False
    wiped: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a visit goes, and which network sends it. site_name: where its round is for one site."""

    round: Round
    provider: Provider
    network: Network
    site_name: str | None = None


def add(connection: Connection, planned: Visit) -> None:
    connection.execute(
        insert(visit).values(
            provider_id=planned.provider_id,
            id=planned.id,
            round_id=planned.round_id,
            network_id=planned.network_id,
            planned_on=planned.planned_on,
            state=planned.state.value,
        )
    )
    _add_checkers(connection, planned)


def change(connection: Connection, changed: Visit) -> None:
    """Store the state and the checkers of a visit."""
    connection.execute(update(visit).where(visit.c.id == changed.id).values(state=changed.state.value))
    connection.execute(delete(visit_checker).where(visit_checker.c.visit_id == changed.id))
    _add_checkers(connection, changed)


def find(connection: Connection, visit_id: str, *, lock: bool = False) -> Visit | None:
    """Return the visit; with `lock`, nobody else changes it before this transaction ends."""
    query = select(visit).where(visit.c.id == visit_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _visits(connection, [row])[0] if row else None


def of_network(connection: Connection, network_id: str) -> tuple[Visit, ...]:
    return _found(connection, select(visit).where(visit.c.network_id == network_id))


def of_round(connection: Connection, of: Round) -> tuple[Visit, ...]:
    return _found(connection, select(visit).where(visit.c.provider_id == of.provider_id, visit.c.round_id == of.id))


def unfinished_count(connection: Connection, rounds: Sequence[Round]) -> int:
    """Return how many visits in these rounds are planned or have begun, and have not been finished."""
    query = select(func.count()).where(
        tuple_(visit.c.provider_id, visit.c.round_id).in_([(of.provider_id, of.id) for of in rounds]),
        visit.c.state.in_([VisitState.PLANNED.value, VisitState.OPEN.value]),
    )
    return connection.execute(query).scalar_one()


def sending_count(connection: Connection) -> int:
    """Return how many visits have a tablet that has not been emptied: it may still send something.

    Visits in closed rounds do not count; those of a round that was called off do, for it may be brought back.
    """
    is_kept = select(visit_device.c.id).where(visit_device.c.visit_id == visit.c.id, visit_device.c.wiped.is_(False))
    query = (
        select(func.count())
        .select_from(visit)
        .join(round_table, and_(round_table.c.provider_id == visit.c.provider_id, round_table.c.id == visit.c.round_id))
        .where(is_kept.exists(), round_table.c.state != RoundState.CLOSED.value)
    )
    return connection.execute(query).scalar_one()


def unfinished_in(connection: Connection, rounds: Sequence[Round]) -> Mapping[str, int]:
    """Return {round's id: how many visits are planned or have begun}; where there is none, it is absent."""
    rows = connection.execute(
        select(visit.c.round_id, func.count())
        .where(
            tuple_(visit.c.provider_id, visit.c.round_id).in_([(of.provider_id, of.id) for of in rounds]),
            visit.c.state.in_([VisitState.PLANNED.value, VisitState.OPEN.value]),
        )
        .group_by(visit.c.round_id)
    )
    return {row[0]: row[1] for row in rows}


def of_checker(connection: Connection, account_id: int) -> tuple[Visit, ...]:
    return _found(connection, select(visit).join(visit_checker).where(visit_checker.c.account_id == account_id))


def places_of(connection: Connection, of: Iterable[Visit]) -> Mapping[str, Place]:
    """Return {visit's id: where it goes and who sends it}."""
    rows = connection.execute(
        select(
            round_table,
            visit.c.id.label("visit_id"),
            visit.c.network_id,
            provider.c.name.label("provider_name"),
            site.c.name.label("site_name"),
            provider.c.context,
            provider.c.made_up.label("provider_made_up"),
            network.c.name.label("network_name"),
            network.c.made_up.label("network_made_up"),
        )
        .join(visit, and_(visit.c.provider_id == round_table.c.provider_id, visit.c.round_id == round_table.c.id))
        .join(provider, provider.c.id == visit.c.provider_id)
        .outerjoin(site, site.c.id == round_table.c.site_id)
        .join(network, network.c.id == visit.c.network_id)
        .where(visit.c.id.in_([each.id for each in of]))
    )
    return {row.visit_id: _place(row) for row in rows}


def devices_of(connection: Connection, of: Iterable[Visit]) -> Mapping[str, tuple[Device, ...]]:
    """Return {visit's id: its tablets}; a visit without one is not in it."""
    rows = connection.execute(
        select(visit_device)
        .where(visit_device.c.visit_id.in_([each.id for each in of]))
        .order_by(visit_device.c.name, visit_device.c.id)
    )
    found: dict[str, tuple[Device, ...]] = {}
    for row in rows:
        device = Device(row.id, row.name, row.account_id, row.wipe, row.wiped)
        found[row.visit_id] = (*found.get(row.visit_id, ()), device)
    return found


def add_device(connection: Connection, of: Visit, added: Device) -> None:
    connection.execute(
        insert(visit_device).values(
            provider_id=of.provider_id,
            visit_id=of.id,
            id=added.id,
            name=added.name,
            account_id=added.account_id,
            wipe=added.wipe,
            wiped=added.wiped,
        )
    )


def mark_device(connection: Connection, of: Visit, device_id: str, *, wipe: bool, wiped: bool) -> None:
    connection.execute(
        update(visit_device)
        .where(*_at(visit_device, of), visit_device.c.id == device_id)
        .values(wipe=wipe, wiped=wiped)
    )


def has_observation(connection: Connection, of: Visit, observation_id: str) -> bool:
    query = select(observation.c.id).where(*_at(observation, of), observation.c.id == observation_id)
    return connection.execute(query).first() is not None


def add_observation(connection: Connection, of: Visit, observation_id: str, seen: Observation) -> None:
    key = {"provider_id": of.provider_id, "visit_id": of.id, "id": observation_id}
    note = sealed(connection, observation.c.sealed_note, key, seen.note)
    connection.execute(
        insert(observation).values(**key, standard_id=seen.standard_id, seen=seen.seen.value, sealed_note=note)
    )


def observations_of(connection: Connection, of: Visit) -> tuple[Observation, ...]:
    """Return what the pair saw, by standard; several of one standard in an order that says nothing."""
    rows = connection.execute(
        select(observation).where(*_at(observation, of)).order_by(observation.c.standard_id, observation.c.id)
    )
    return tuple(
        Observation(row.standard_id, Seen(row.seen), opened(connection, observation.c.sealed_note, row._asdict()))
        for row in rows
    )


def rewrite_all(connection: Connection, of: Round) -> None:
    """Write every row of a round's visits anew, so that no row version shows beside which responses it was written.

    What was there before is cleared by Database.forget_traces.
    """
    ids = select(visit.c.id).where(visit.c.provider_id == of.provider_id, visit.c.round_id == of.id)
    for table in VISIT_TABLES:
        id_ = table.c.id if table is visit else table.c.visit_id
        connection.execute(update(table).where(id_.in_(ids)).values(provider_id=table.c.provider_id))


def _at(table: Table, of: Visit) -> tuple[Any, ...]:
    return (table.c.provider_id == of.provider_id, table.c.visit_id == of.id)


def _add_checkers(connection: Connection, of: Visit) -> None:
    connection.execute(insert(visit_checker), [_checker_row(connection, of, each) for each in of.checkers])


def _checker_row(connection: Connection, of: Visit, checker: Checker) -> dict[str, Any]:
    key = {"provider_id": of.provider_id, "visit_id": of.id, "account_id": checker.account_id}
    return {
        **key,
        "declared": checker.declared.value if checker.declared else None,
        "sealed_interest": sealed(connection, visit_checker.c.sealed_interest, key, checker.interest),
    }


def _place(row: Row[Any]) -> Place:
    return Place(
        round_from(row),
        Provider(row.provider_id, row.provider_name, row.context, row.provider_made_up),
        Network(row.network_id, row.network_name, row.network_made_up),
        row.site_name,
    )


def _found(connection: Connection, query: Select[Any]) -> tuple[Visit, ...]:
    rows = connection.execute(query.order_by(visit.c.planned_on.desc(), visit.c.id)).all()
    return _visits(connection, rows)


def _visits(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[Visit, ...]:
    pairs = _checkers_of(connection, [row.id for row in rows])
    return tuple(
        Visit(
            id=row.id,
            provider_id=row.provider_id,
            round_id=row.round_id,
            network_id=row.network_id,
            planned_on=row.planned_on,
            state=VisitState(row.state),
            checkers=pairs.get(row.id, ()),
        )
        for row in rows
    )


def _checkers_of(connection: Connection, visit_ids: Sequence[str]) -> Mapping[str, tuple[Checker, ...]]:
    rows = connection.execute(
        select(visit_checker).where(visit_checker.c.visit_id.in_(visit_ids)).order_by(visit_checker.c.account_id)
    )
    found: dict[str, tuple[Checker, ...]] = {}
    for row in rows:
        declared = Declared(row.declared) if row.declared else None
        interest = opened(connection, visit_checker.c.sealed_interest, row._asdict())
        found[row.visit_id] = (*found.get(row.visit_id, ()), Checker(row.account_id, declared, interest))
    return found
