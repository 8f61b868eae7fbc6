"""Visits of quality checkers: planning one, declaring ties to the provider, making a tablet ready, taking it back."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from app.errors import Conflict, Invalid, NotFound, Refused
from app.organisations import (
    NOT_YOURS,
    Act,
    Actor,
    Membership,
    Network,
    Provider,
    Role,
    asked_about,
    may_visit,
    refuse_unfit_checker,
    require,
    require_visiting,
)
from app.organisations.log import Deed
from app.organisations.model import checked_name
from app.organisations.news import Event
from app.responses import Round
from app.responses.visit import (
    Declared,
    Observation,
    Visit,
    VisitState,
    begun,
    can_be_read,
    cancelled,
    finished,
    pair_of,
    with_checker_replaced,
    with_declaration,
)
from app.services.log import note
from app.services.networking import network_or_refuse
from app.services.notifying import tell
from app.services.rounds import round_or_refuse
from app.storage import Database, accounts, visits
from app.storage import organisations as stored
from app.storage import rounds as stored_rounds
from app.storage.keys import new_id
from app.storage.visits import Device

UNKNOWN_TABLET = "This tablet is not known here. Make it ready again."
TO_BE_EMPTIED = "This tablet is to be emptied: nothing goes to it or comes from it any more."
_SECRET = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class VisitView:
    """A visit as the pair and the coordinator see it. addresses: {account's id: e-mail address} of its checkers."""

    visit: Visit
    round: Round
    provider: Provider
    network: Network
    addresses: Mapping[int, str]
    devices: tuple[Device, ...]
    site_name: str | None = None

    @property
    def provider_name(self) -> str:
        return self.provider.name

    @property
    def about(self) -> str:
        """Return whom the visit is to, as staff read it."""
        return asked_about(self.provider_name, self.site_name)

    @property
    def may_begin(self) -> bool:
        is_over = self.visit.state in {VisitState.FINISHED, VisitState.CANCELLED}
        return not is_over and self.round.is_open and not self.visit.what_is_missing


@dataclass(frozen=True, slots=True)
class Choices:
    """What a coordinator chooses from: open rounds with whom they are about, and checkers {account's id: address}."""

    rounds: tuple[tuple[Round, str], ...]
    checkers: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Findings:
    """What the pairs of a round's visits saw, and whether more is to come. by_standard: {standard's id: theirs}."""

    by_standard: Mapping[str, tuple[Observation, ...]]
    visit_count: int
    waiting_count: int


def choices_of(database: Database, network_id: str) -> Choices:
    """Return the open rounds of a network's members and its checkers. Raises NotFound."""
    require(database.actor, Act.RUN_NETWORK, network_id)
    with database.reading() as connection:
        network_or_refuse(connection, network_id)
        return Choices(stored_rounds.open_rounds_in(connection, network_id), _checkers(connection, network_id))


def checkers_of(database: Database, network_id: str) -> Mapping[int, str]:
    """Return a network's checkers: {account's id: e-mail address}. Raises NotFound."""
    require(database.actor, Act.RUN_NETWORK, network_id)
    with database.reading() as connection:
        return _checkers(connection, network_id)


def plan_visit(
    database: Database,
    network_id: str,
    round_id: str,
    account_ids: Sequence[int],
    on: date,
    new_visit_id: str | None = None,
) -> Visit:
    """Plan a visit. new_visit_id: the id that it shall have; a form that is sent twice then plans it once.

    Raises NotFound (no such open round in the network), Invalid (not two people), Refused (somebody may not check) or
    Conflict (another network's visit has the id).
    """
    require(database.actor, Act.RUN_NETWORK, network_id)
    with database.writing() as connection:
        of = round_or_refuse(connection, round_id, lock=True)
        known = visits.find(connection, new_visit_id) if new_visit_id else None
        if known is not None and known.network_id == network_id:
            return known
        if known is not None:
            raise Conflict("This form cannot be used any more. Open it again and begin anew.")
        if not of.is_open or of.provider_id not in _member_ids(connection, network_id):
            raise NotFound("There is no such open round in this network.")
        pair = pair_of(tuple(account_ids))
        for checker in pair:
            refuse_unfit_checker(_actor(connection, checker.account_id), network_id, of.provider_id)
        planned = Visit(new_visit_id or new_id(), of.provider_id, of.id, network_id, on, VisitState.PLANNED, pair)
        visits.add(connection, planned)
        note(database, connection, Deed.VISIT_PLANNED, network_id, planned.id)
        tell(database, connection, Event.VISIT_PLANNED, planned.account_ids, f"/visits/{planned.id}")
    return planned


def replace_checker(database: Database, visit_id: str, account_id: int, by: int) -> None:
    """Put somebody else in the place of one of the pair. Raises NotFound, Conflict, Invalid, Refused."""
    with database.writing() as connection:
        visit = visit_or_refuse(connection, visit_id, lock=True)
        require(database.actor, Act.RUN_NETWORK, visit.network_id)
        refuse_unfit_checker(_actor(connection, by), visit.network_id, visit.provider_id)
        visits.change(connection, with_checker_replaced(visit, account_id, by))
        note(database, connection, Deed.CHECKER_REPLACED, visit.network_id, visit.id)
        tell(database, connection, Event.VISIT_PLANNED, [by], f"/visits/{visit.id}")


def declare(database: Database, visit_id: str, account_id: int, declared: Declared, interest: str) -> None:
    """Keep whether a checker has ties to the provider. Raises NotFound, Conflict, Invalid."""
    with database.writing() as connection:
        visit = visit_or_refuse(connection, visit_id, lock=True)
        _require_own(database, visit)
        visits.change(connection, with_declaration(visit, account_id, declared, interest))


def cancel(database: Database, visit_id: str) -> None:
    with database.writing() as connection:
        visit = visit_or_refuse(connection, visit_id, lock=True)
        require(database.actor, Act.RUN_NETWORK, visit.network_id)
        visits.change(connection, cancelled(visit))
        note(database, connection, Deed.VISIT_CANCELLED, visit.network_id, visit.id)


def finish(database: Database, visit_id: str) -> None:
    with database.writing() as connection:
        visit = visit_or_refuse(connection, visit_id, lock=True)
        _require_own(database, visit)
        visits.change(connection, finished(visit))
        note(database, connection, Deed.VISIT_FINISHED, visit.network_id, visit.id)


def register_device(database: Database, visit_id: str, account_id: int, name: str, secret: str) -> None:
    """Make a tablet known, and so begin the visit. secret: 64 hexadecimal characters that the tablet made.

    The same secret again changes nothing. Raises NotFound, Conflict (what keeps the visit from beginning), Invalid, and
    Refused when one of the pair leads the provider by now or the tablet is to be emptied.
    """
    if not _SECRET.fullmatch(secret):
        raise Invalid(UNKNOWN_TABLET)
    device = Device(device_id(secret), checked_name(name), account_id)
    with database.writing() as connection:
        visit = visit_or_refuse(connection, visit_id, lock=True)
        _require_own(database, visit)
        for checker in visit.checkers:
            refuse_unfit_checker(_actor(connection, checker.account_id), visit.network_id, visit.provider_id)
        visits.change(connection, begun(visit, round_or_refuse(connection, visit.round_id)))
        known = _devices(connection, visit)
        if device.id not in known:
            visits.add_device(connection, visit, device)
            note(database, connection, Deed.TABLET_READY, visit.network_id, visit.id)
        elif known[device.id].wipe:
            raise Refused(TO_BE_EMPTIED)


def device_of(database: Database, visit_id: str, secret: str) -> Device:
    """Return the tablet that has this secret. Raises Refused for one that we do not know."""
    with database.reading() as connection:
        visit = visits.find(connection, visit_id)
        found = _devices(connection, visit).get(device_id(secret)) if visit else None
    if found is None:
        raise Refused(UNKNOWN_TABLET)
    return found


def ask_to_wipe(database: Database, visit_id: str, device_id: str) -> None:
    """Have a tablet emptied when it is next in touch. Raises NotFound."""
    with database.writing() as connection:
        visit = visit_or_refuse(connection, visit_id, lock=True)
        _require_seeing(database, visit)
        if device_id not in _devices(connection, visit):
            raise NotFound(UNKNOWN_TABLET)
        visits.mark_device(connection, visit, device_id, wipe=True, wiped=False)
        note(database, connection, Deed.TABLET_WIPE_ASKED, visit.network_id, visit.id)


def note_wiped(database: Database, visit_id: str, secret: str) -> None:
    """Keep that a tablet has emptied itself. Raises Refused for one that we do not know."""
    device = device_of(database, visit_id, secret)
    with database.writing() as connection:
        visit = visit_or_refuse(connection, visit_id, lock=True)
        visits.mark_device(connection, visit, device.id, wipe=True, wiped=True)


def device_id(secret: str) -> str:
    """Return the hash that is kept of a tablet's secret."""
    return hashlib.sha256(f"driving-seat/tablet/1\0{secret}".encode()).hexdigest()


def view_of(database: Database, visit_id: str) -> VisitView:
    """Return a visit to one of its pair, or to its network's coordinator. Raises NotFound."""
    with database.reading() as connection:
        found = visit_or_refuse(connection, visit_id)
        _require_seeing(database, found)
        (view,) = _views(connection, [found])
    return view


def is_own(database: Database, visit_id: str) -> bool:
    """Say whether the actor is of a visit's pair, and may still visit."""
    with database.reading() as connection:
        found = visits.find(connection, visit_id)
    return found is not None and may_visit(database.actor, found.network_id, found.account_ids)


def own_visits(database: Database) -> tuple[VisitView, ...]:
    """Return the visits that the actor may still open, latest first."""
    who = database.actor
    with database.reading() as connection:
        own = [
            each
            for each in visits.of_checker(connection, who.account_id)
            if may_visit(who, each.network_id, each.account_ids)
        ]
        return _views(connection, own)


def visits_of_network(database: Database, network_id: str) -> tuple[VisitView, ...]:
    require(database.actor, Act.RUN_NETWORK, network_id)
    with database.reading() as connection:
        return _views(connection, visits.of_network(connection, network_id))


def findings_of(database: Database, of: Round) -> Findings:
    """Return what the pairs saw at a provider in a round: only of visits that are finished, once the round closed."""
    require(database.actor, Act.SEE_ROUNDS, of.provider_id)
    with database.reading() as connection:
        known = [each for each in visits.of_round(connection, of) if each.state is not VisitState.CANCELLED]
        readable = [each for each in known if can_be_read(each, of)]
        seen = [found for each in readable for found in visits.observations_of(connection, each)]
    by_standard: dict[str, tuple[Observation, ...]] = {}
    for found in seen:
        by_standard[found.standard_id] = (*by_standard.get(found.standard_id, ()), found)
    return Findings(by_standard, len(known), len(known) - len(readable))


def visit_or_refuse(connection: Connection, visit_id: str, *, lock: bool = False) -> Visit:
    found = visits.find(connection, visit_id, lock=lock)
    if found is None:
        raise NotFound(f"There is no visit {visit_id}.")
    return found


def _require_own(database: Database, visit: Visit) -> None:
    require_visiting(database.actor, visit.network_id, visit.account_ids)


def _require_seeing(database: Database, visit: Visit) -> None:
    """Raises NotFound unless the actor is of the visit's pair or looks after the network that sends it."""
    who = database.actor
    if not may_visit(who, visit.network_id, visit.account_ids) and not who.may(Act.RUN_NETWORK, visit.network_id):
        raise NotFound(NOT_YOURS)


def _views(connection: Connection, found: Sequence[Visit]) -> tuple[VisitView, ...]:
    """Return the visits with all that is shown beside them, in a fixed number of queries."""
    places, devices = visits.places_of(connection, found), visits.devices_of(connection, found)
    address = accounts.addresses_of(connection, {checker.account_id for each in found for checker in each.checkers})

    def view(visit: Visit) -> VisitView:
        to = places[visit.id]
        addresses = {each.account_id: address[each.account_id] for each in visit.checkers}
        return VisitView(visit, to.round, to.provider, to.network, addresses, devices.get(visit.id, ()), to.site_name)

    return tuple(view(each) for each in found)


def _devices(connection: Connection, visit: Visit) -> Mapping[str, Device]:
    """Return {id: tablet} of a visit."""
    return {each.id: each for each in visits.devices_of(connection, [visit]).get(visit.id, ())}


def _checkers(connection: Connection, network_id: str) -> Mapping[int, str]:
    return accounts.holders_of(connection, Membership(Role.CHECKER, network_id))


def _actor(connection: Connection, account_id: int) -> Actor:
    return Actor.of(accounts.memberships_of(connection, account_id), account_id)


def _member_ids(connection: Connection, network_id: str) -> frozenset[str]:
    return frozenset(each.id for each in stored.members_of(connection, network_id))
