"""Visits: who may go, when a tablet becomes ready, and what the provider's lead reads."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.errors import Conflict, Invalid, NotFound, Refused
from app.organisations import Actor, Membership, Role
from app.responses import Round
from app.responses.visit import Checker, Declared, Observation, Seen, VisitState
from app.services import accounts, visit_queue, visiting
from app.services.closing import close_round
from app.services.organising import add_network, add_provider, join_network
from app.services.rounds import open_round
from app.storage import Database
from tests.counting import count_queries
from tests.days import TODAY
from tests.integration.conftest import SURVEY
from tests.integration.visits import begun_visit, network_with_checkers, planned_visit
from tests.tablets import KEYS, OTHER_SECRET, SECRET, enclosed, new_item_id, observation


def as_checker(database: Database, network_id: str, account_id: int) -> Database:
    return database.acting_for(Actor.of([Membership(Role.CHECKER, network_id)], account_id))


def see(database: Database, visit_id: str, **seen: str) -> None:
    item_id = new_item_id()
    content = observation(**seen)
    visit_queue.take_in(database, KEYS, visit_id, item_id, enclosed(visit_id, item_id, content), TODAY)


def test_a_planned_visit_waits_for_what_its_checkers_declare(database: Database, round_: Round):
    visit = planned_visit(database, round_)

    (view,) = visiting.own_visits(as_checker(database, visit.network_id, visit.checkers[1].account_id))
    assert view.visit == visit
    assert view.visit.state is VisitState.PLANNED
    assert sorted(view.addresses.values()) == ["checker-0@example.org", "checker-1@example.org"]
    assert not view.may_begin
    assert visiting.visits_of_network(database, visit.network_id) == (view,)


def test_a_form_that_is_sent_twice_plans_one_visit(database: Database, round_: Round):
    network, pair = network_with_checkers(database, round_)

    for _ in range(2):
        visiting.plan_visit(database, network.id, round_.id, pair, TODAY, "0123456789abcdef")

    assert len(visiting.visits_of_network(database, network.id)) == 1


def test_a_form_that_is_sent_several_times_at_once_plans_one_visit(database: Database, round_: Round):
    network, pair = network_with_checkers(database, round_)

    with ThreadPoolExecutor(4) as pool:
        planned = pool.map(
            lambda _: visiting.plan_visit(database, network.id, round_.id, pair, TODAY, "0123456789abcdef"), range(8)
        )
        assert len(set(planned)) == 1

    assert len(visiting.visits_of_network(database, network.id)) == 1


def test_the_id_of_another_network_s_visit_is_refused(database: Database, round_: Round):
    theirs = planned_visit(database, round_)
    network = add_network(database, "The south")
    join_network(database, network.id, round_.provider_id)

    with pytest.raises(Conflict, match="Open it again"):
        visiting.plan_visit(database, network.id, round_.id, [1, 2], TODAY, theirs.id)
    assert visiting.visits_of_network(database, network.id) == ()


def test_more_visits_and_rounds_take_no_more_queries(database: Database, round_: Round):
    network, pair = network_with_checkers(database, round_)

    def queries() -> list[int]:
        counts = []
        for look in (
            lambda: visiting.visits_of_network(database, network.id),
            lambda: visiting.own_visits(as_checker(database, network.id, pair[0])),
            lambda: visiting.choices_of(database, network.id),
        ):
            with count_queries(database) as sent:
                look()
            counts.append(len(sent))
        return counts

    visiting.plan_visit(database, network.id, round_.id, pair, TODAY)
    with_one = queries()
    for number in range(4):
        provider = add_provider(database, f"Member {number}")
        join_network(database, network.id, provider.id)
        opened = open_round(database, provider.id, SURVEY, on=TODAY)
        visiting.plan_visit(database, network.id, opened.id, pair, TODAY)

    assert len(visiting.visits_of_network(database, network.id)) == 5
    assert queries() == with_one


def test_only_open_rounds_of_the_network_s_members_are_visited(database: Database, round_: Round):
    network, pair = network_with_checkers(database, round_)
    stranger = open_round(database, add_provider(database, "Far away").id, SURVEY, on=TODAY)

    assert [of for of, _ in visiting.choices_of(database, network.id).rounds] == [round_]
    with pytest.raises(NotFound, match="no such open round"):
        visiting.plan_visit(database, network.id, stranger.id, pair, TODAY)
    close_round(database, round_.id, TODAY)
    with pytest.raises(NotFound, match="no such open round"):
        visiting.plan_visit(database, network.id, round_.id, pair, TODAY)
    assert visiting.choices_of(database, network.id).rounds == ()


def test_the_lead_of_a_provider_cannot_check_it(database: Database, round_: Round):
    network, pair = network_with_checkers(database, round_, count=1)
    both = [Membership(Role.CHECKER, network.id), Membership(Role.LEAD, round_.provider_id)]
    accounts.add_account(database, "lead@example.org", "hash", both)
    lead = next(iter(set(visiting.checkers_of(database, network.id)) - set(pair)))

    with pytest.raises(Refused, match="provider’s team"):
        visiting.plan_visit(database, network.id, round_.id, [*pair, lead], TODAY)


def test_a_checker_of_another_network_cannot_go(database: Database, round_: Round):
    network, pair = network_with_checkers(database, round_, count=1)
    elsewhere = add_network(database, "Elsewhere")
    accounts.add_account(database, "far@example.org", "hash", [Membership(Role.CHECKER, elsewhere.id)])
    (far,) = visiting.checkers_of(database, elsewhere.id)

    with pytest.raises(Refused, match="checkers in this network"):
        visiting.plan_visit(database, network.id, round_.id, [*pair, far], TODAY)


def test_no_tablet_becomes_ready_before_both_have_declared_and_none_with_a_tie(database: Database, round_: Round):
    visit = planned_visit(database, round_)
    one, other = (checker.account_id for checker in visit.checkers)

    def make_ready() -> None:
        visiting.register_device(database, visit.id, one, "Blue tablet", SECRET)

    visiting.declare(database, visit.id, one, Declared.NONE, "")
    with pytest.raises(Conflict, match="Both checkers"):
        make_ready()
    visiting.declare(database, visit.id, other, Declared.INTEREST, "I worked there.")
    with pytest.raises(Conflict, match="ties to this provider"):
        make_ready()
    assert visiting.view_of(database, visit.id).devices == ()
    visiting.declare(database, visit.id, other, Declared.NONE, "")
    make_ready()
    view = visiting.view_of(database, visit.id)
    assert view.visit.state is VisitState.OPEN
    assert [device.name for device in view.devices] == ["Blue tablet"]


def test_somebody_without_ties_takes_the_place_of_somebody_with_one(database: Database, round_: Round):
    network, (one, other, third) = network_with_checkers(database, round_, count=3)
    visit = visiting.plan_visit(database, network.id, round_.id, [one, other], TODAY)
    visiting.declare(database, visit.id, other, Declared.INTEREST, "My brother lives there.")

    visiting.replace_checker(database, visit.id, other, third)

    assert visiting.view_of(database, visit.id).visit.checkers == (Checker(one), Checker(third))
    assert visiting.own_visits(as_checker(database, network.id, other)) == ()


def test_whoever_has_become_the_provider_s_lead_meanwhile_keeps_the_visit_from_beginning(
    database: Database, round_: Round
):
    visit = planned_visit(database, round_)
    for checker in visit.checkers:
        visiting.declare(database, visit.id, checker.account_id, Declared.NONE, "")
    with database.writing() as connection:
        from app.storage import accounts as stored

        stored.add_membership(connection, visit.checkers[0].account_id, Membership(Role.LEAD, round_.provider_id))

    with pytest.raises(Refused, match="provider’s team"):
        visiting.register_device(database, visit.id, visit.checkers[1].account_id, "Blue tablet", SECRET)


def test_the_same_tablet_is_known_once_and_only_as_a_hash(database: Database, round_: Round):
    visit = begun_visit(database, round_)

    visiting.register_device(database, visit.id, visit.checkers[1].account_id, "Blue tablet", SECRET)

    (device,) = visiting.view_of(database, visit.id).devices
    assert device == visiting.device_of(database, visit.id, SECRET)
    assert SECRET not in str(device)
    for wrong in ("", OTHER_SECRET, device.id):
        with pytest.raises(Refused, match="not known"):
            visiting.device_of(database, visit.id, wrong)
    with pytest.raises(Invalid):
        visiting.register_device(database, visit.id, visit.checkers[1].account_id, "Blue tablet", "short")


def test_a_lost_tablet_is_emptied_when_it_is_next_in_touch(database: Database, round_: Round):
    visit = begun_visit(database, round_)
    device = visiting.device_of(database, visit.id, SECRET)
    assert (device.wipe, device.wiped) == (False, False)

    visiting.ask_to_wipe(database, visit.id, device.id)
    asked = visiting.device_of(database, visit.id, SECRET)
    visiting.note_wiped(database, visit.id, SECRET)
    done = visiting.device_of(database, visit.id, SECRET)

    assert (asked.wipe, asked.wiped) == (True, False)
    assert (done.wipe, done.wiped) == (True, True)
    with pytest.raises(NotFound):
        visiting.ask_to_wipe(database, visit.id, "no such tablet")
    with pytest.raises(Refused):
        visiting.note_wiped(database, visit.id, OTHER_SECRET)


def test_the_lead_reads_what_the_pair_saw_once_the_visit_is_finished_and_the_round_has_closed(
    database: Database, round_: Round
):
    visit = begun_visit(database, round_)
    see(database, visit.id, standard="S02", seen="seen", note="They showed us a plan.")
    while_open = visiting.findings_of(database, round_)
    visiting.finish(database, visit.id)
    finished = visiting.findings_of(database, round_)
    close_round(database, round_.id, TODAY)
    closed = visiting.findings_of(database, round_in(database, round_))

    assert (while_open.by_standard, while_open.waiting_count) == ({}, 1)
    assert (finished.by_standard, finished.waiting_count) == ({}, 1)
    assert closed.by_standard == {"S02": (Observation("S02", Seen.SEEN, "They showed us a plan."),)}
    assert (closed.visit_count, closed.waiting_count) == (1, 0)


def test_after_the_provider_reads_them_no_observation_comes_any_more(database: Database, round_: Round):
    visit = begun_visit(database, round_)
    close_round(database, round_.id, TODAY)
    see(database, visit.id)
    visiting.finish(database, visit.id)

    with pytest.raises(Conflict, match="reads the observations now"):
        see(database, visit.id)


def test_a_cancelled_visit_is_none(database: Database, round_: Round):
    visit = planned_visit(database, round_)
    visiting.cancel(database, visit.id)

    assert visiting.findings_of(database, round_).visit_count == 0
    with pytest.raises(Conflict, match="has not begun"):
        see(database, visit.id)
    for checker in visit.checkers:
        with pytest.raises(Conflict, match="has begun already"):
            visiting.declare(database, visit.id, checker.account_id, Declared.NONE, "")


def round_in(database: Database, of: Round) -> Round:
    from app.services.rounds import view_of

    return view_of(database, of.id).round
