"""A network with two checkers and a visit of theirs, for tests on both databases."""

from app.organisations import Membership, Network, Role
from app.responses import Round
from app.responses.visit import Declared, Visit
from app.services import accounts, visiting
from app.services.organising import add_network, join_network
from app.storage import Database
from tests.days import TODAY
from tests.tablets import SECRET


def network_with_checkers(database: Database, of: Round, count: int = 2) -> tuple[Network, list[int]]:
    """Return a network that the round's provider is in, and its checkers' account ids."""
    network = add_network(database, "The north")
    join_network(database, network.id, of.provider_id)
    checker = Membership(Role.CHECKER, network.id)
    for number in range(count):
        accounts.add_account(database, f"checker-{number}@example.org", "hash", [checker])
    return network, list(visiting.checkers_of(database, network.id))


def planned_visit(database: Database, of: Round) -> Visit:
    network, pair = network_with_checkers(database, of)
    return visiting.plan_visit(database, network.id, of.id, pair, TODAY)


def begun_visit(database: Database, of: Round) -> Visit:
    """Return a visit whose checkers have no ties, with one tablet that is ready."""
    visit = planned_visit(database, of)
    for checker in visit.checkers:
        visiting.declare(database, visit.id, checker.account_id, Declared.NONE, "")
    visiting.register_device(database, visit.id, visit.checkers[0].account_id, "Blue tablet", SECRET)
    return visiting.view_of(database, visit.id).visit
