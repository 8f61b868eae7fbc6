from concurrent.futures import ThreadPoolExecutor

import pytest

from app.errors import Conflict, NotFound, Refused
from app.organisations import INSTALLATION, NETWORK_ROLES, PROVIDER_ROLES, Actor, Membership, Provider, Role
from app.services import accounts, inviting_colleagues, log, teams
from app.services.inviting_colleagues import Office
from app.services.organising import add_network
from app.storage import Database
from app.storage import accounts as stored
from tests.days import TODAY

OFFICE = Office([b"k" * 40], b"h" * 40, "https://example.org")


def join(database: Database, email: str, membership: Membership) -> int:
    accounts.add_account(database, email, "not a hash", [membership])
    with database.reading() as connection:
        return stored.id_of(connection, email) or 0


def acting(database: Database, account_id: int) -> Database:
    return database.acting_for(accounts.actor_of(database, account_id))


@pytest.fixture
def led(provider: Provider) -> Membership:
    return Membership(Role.LEAD, provider.id)


@pytest.fixture
def lead(database: Database, led: Membership) -> int:
    return join(database, "ann@example.org", led)


@pytest.fixture
def contributor(database: Database, provider: Provider) -> int:
    return join(database, "bob@example.org", Membership(Role.CONTRIBUTOR, provider.id))


def roles(database: Database, provider: Provider) -> list[tuple[str, str]]:
    return [
        (each.email.split("@")[0], each.membership.role.value)
        for each in teams.team_of(database, provider.id, PROVIDER_ROLES)
    ]


def test_a_lead_sees_the_team_by_role_and_whom_they_are_themselves(database, provider, lead, contributor):
    join(database, "cy@example.org", Membership(Role.MEMBER, provider.id))

    found = teams.team_of(acting(database, lead), provider.id, PROVIDER_ROLES)

    assert [(each.email, each.is_you) for each in found] == [
        ("ann@example.org", True),
        ("bob@example.org", False),
        ("cy@example.org", False),
    ]


def test_a_lead_hands_over_by_giving_the_role_first_and_giving_it_up_then(
    database, provider, led: Membership, lead, contributor
):
    as_lead = acting(database, lead)
    with pytest.raises(Conflict, match="Give it to somebody else first"):
        teams.change_role(as_lead, lead, led, Role.CONTRIBUTOR)
    with pytest.raises(Conflict, match="Give it to somebody else first"):
        teams.leave(as_lead, led)

    teams.change_role(as_lead, contributor, Membership(Role.CONTRIBUTOR, provider.id), Role.LEAD)
    teams.change_role(as_lead, lead, led, Role.MEMBER)

    assert roles(database, provider) == [("bob", "lead"), ("ann", "member")]
    with pytest.raises(NotFound):
        teams.team_of(acting(database, lead), provider.id, PROVIDER_ROLES)


def test_a_role_that_was_taken_away_is_gone_at_once_and_the_account_stays(database, provider, lead, contributor):
    teams.take_role_away(acting(database, lead), contributor, Membership(Role.CONTRIBUTOR, provider.id))

    assert roles(database, provider) == [("ann", "lead")]
    assert accounts.actor_of(database, contributor).memberships == frozenset()
    assert accounts.account_exists(database, "bob@example.org")


def test_whoever_changes_what_somebody_else_changed_meanwhile_is_told(database, provider, lead, contributor):
    was = Membership(Role.CONTRIBUTOR, provider.id)
    teams.change_role(database, contributor, was, Role.MEMBER)

    for change in (
        lambda: teams.change_role(database, contributor, was, Role.LEAD),
        lambda: teams.take_role_away(database, contributor, was),
    ):
        with pytest.raises(Conflict, match="Somebody changed the team meanwhile"):
            change()
    assert roles(database, provider) == [("ann", "lead"), ("bob", "member")]


def test_two_leads_who_give_up_the_role_at_once_leave_one_behind(database, provider, led, lead):
    other = join(database, "bob@example.org", led)

    def give_up(account_id: int) -> bool:
        try:
            teams.take_role_away(database, account_id, led)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        done = list(both.map(give_up, (lead, other)))

    assert sorted(done) == [False, True]
    assert len(roles(database, provider)) == 1


def test_a_role_of_a_network_cannot_be_had_in_a_provider(database, provider, lead, contributor):
    with pytest.raises((Refused, NotFound)):
        teams.change_role(
            acting(database, lead), contributor, Membership(Role.CONTRIBUTOR, provider.id), Role.COORDINATOR
        )
    with pytest.raises(Refused):
        teams.change_role(database, contributor, Membership(Role.CONTRIBUTOR, provider.id), Role.COORDINATOR)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.MEMBER])
def test_only_leads_and_administrators_change_a_team(database, provider, led, lead, role):
    others = join(database, "eve@example.org", Membership(role, provider.id))
    elsewhere = join(database, "far@example.org", Membership(Role.LEAD, "another"))
    coordinator = join(database, "net@example.org", Membership(Role.COORDINATOR, add_network(database, "N").id))

    for stranger in (others, elsewhere, coordinator):
        with pytest.raises(NotFound):
            teams.take_role_away(acting(database, stranger), lead, led)
        with pytest.raises(NotFound):
            teams.change_role(acting(database, stranger), others, Membership(role, provider.id), Role.LEAD)
        with pytest.raises(NotFound):
            inviting_colleagues.invite(acting(database, stranger), OFFICE, "1" * 16, "x@example.org", led, TODAY)
        assert inviting_colleagues.invitations_of(acting(database, stranger), OFFICE, provider.id, TODAY) == ()


def test_nobody_gives_a_role_to_themselves(database, provider, led):
    administrator = join(database, "root@example.org", Membership(Role.ADMINISTRATOR, INSTALLATION))
    invited, link = inviting_colleagues.invite(
        acting(database, administrator), OFFICE, "1" * 16, "root@example.org", led, TODAY
    )

    with pytest.raises(Refused, match="Nobody gives a role to themselves"):
        inviting_colleagues.accept_as(database, OFFICE, link.rsplit("/", 1)[1], administrator, TODAY)
    assert accounts.actor_of(database, administrator).leads == frozenset()
    assert invited.email == "root@example.org"


def test_every_change_of_a_team_is_in_the_log_with_the_role_and_without_an_address(
    database, provider, led, lead, contributor
):
    before = log.verify(database).line_count
    _, link = inviting_colleagues.invite(
        acting(database, lead), OFFICE, "1" * 16, "new@example.org", Membership(Role.MEMBER, provider.id), TODAY
    )
    inviting_colleagues.accept_new(database, OFFICE, link.rsplit("/", 1)[1], "not a hash", TODAY)
    teams.take_role_away(acting(database, lead), contributor, Membership(Role.CONTRIBUTOR, provider.id))

    lines = [line for line, _ in log.all_lines(database)][before:]
    assert [(line.deed.value, line.account_id == lead, dict(line.facts)) for line in lines] == [
        ("colleague invited", True, {"role": "member"}),
        ("role given", False, {"role": "member"}),
        ("role taken away", True, {"role": "contributor"}),
    ]
    assert "example.org" not in str(lines)


def test_a_network_keeps_a_coordinator_and_a_checker_may_go(database):
    network = add_network(database, "Northern")
    coordinator = join(database, "co@example.org", Membership(Role.COORDINATOR, network.id))
    checker = join(database, "ch@example.org", Membership(Role.CHECKER, network.id))
    as_coordinator = acting(database, coordinator)

    teams.take_role_away(as_coordinator, checker, Membership(Role.CHECKER, network.id))
    with pytest.raises(Conflict):
        teams.take_role_away(as_coordinator, coordinator, Membership(Role.COORDINATOR, network.id))
    assert [each.email for each in teams.team_of(as_coordinator, network.id, NETWORK_ROLES)] == ["co@example.org"]


def test_an_actor_is_what_their_memberships_say_now(database, provider, led, lead):
    assert accounts.actor_of(database, lead) == Actor.of([led], lead)
