import pytest

from app.errors import Invalid, NotFound, Refused
from app.organisations import (
    Actor,
    Membership,
    Role,
    refuse_unfit_checker,
    require_coordinator,
    require_entering,
    require_lead,
    require_visiting,
)
from app.organisations.model import LONGEST_NAME, checked_name

LEAD_OF_A = Actor.of([Membership(Role.LEAD, "a")])
COORDINATOR_OF_N = Actor.of([Membership(Role.COORDINATOR, "n")])


def test_a_lead_may_lead_their_own_provider_and_no_other():
    require_lead(LEAD_OF_A, "a")
    with pytest.raises(NotFound):
        require_lead(LEAD_OF_A, "b")


def test_a_coordinator_may_coordinate_their_own_network_and_no_other():
    require_coordinator(COORDINATOR_OF_N, "n")
    with pytest.raises(NotFound):
        require_coordinator(COORDINATOR_OF_N, "m")


def test_a_role_in_one_kind_of_organisation_is_none_in_the_other():
    with pytest.raises(NotFound):
        require_lead(COORDINATOR_OF_N, "n")
    with pytest.raises(NotFound):
        require_coordinator(LEAD_OF_A, "a")


def test_what_does_not_exist_and_what_is_not_yours_are_told_in_the_same_words():
    refusals = []
    for actor, provider_id in ((LEAD_OF_A, "somebody else's"), (LEAD_OF_A, ""), (Actor(), "a")):
        with pytest.raises(NotFound) as refused:
            require_lead(actor, provider_id)
        refusals.append(refused.value.message)
    assert len(set(refusals)) == 1


MEMBERSHIPS = [
    Membership(Role.LEAD, "a"),
    Membership(Role.COORDINATOR, "n"),
    Membership(Role.CHECKER, "n"),
    Membership(Role.CHECKER, "m"),
    Membership(Role.SAFEGUARDING, "m"),
]


def test_an_actor_holds_each_role_where_it_was_given_and_nowhere_else():
    actor = Actor.of(iter(MEMBERSHIPS), 7)

    assert (actor.leads, actor.coordinates) == ({"a"}, {"n"})
    assert (actor.checks, actor.safeguards) == ({"n", "m"}, {"m"})
    assert actor.account_id == 7
    assert actor.roles == {
        Role.PUBLIC,
        Role.SIGNED_IN,
        Role.LEAD,
        Role.COORDINATOR,
        Role.CHECKER,
        Role.SAFEGUARDING,
    }


@pytest.mark.parametrize("role", [Role.CHECKER, Role.SAFEGUARDING])
def test_a_checker_and_a_safeguarding_contact_neither_lead_nor_coordinate(role):
    actor = Actor.of([Membership(role, "n")])

    assert actor.roles == {Role.PUBLIC, Role.SIGNED_IN, role}
    with pytest.raises(NotFound):
        require_lead(actor, "n")
    with pytest.raises(NotFound):
        require_coordinator(actor, "n")


def test_a_lead_and_a_checker_of_its_network_type_in_a_providers_paper_and_nobody_else():
    checker_of_n = Actor.of([Membership(Role.CHECKER, "n")])

    require_entering(LEAD_OF_A, "a", [])
    require_entering(checker_of_n, "a", ["m", "n"])
    for stranger in (LEAD_OF_A, checker_of_n, COORDINATOR_OF_N):
        with pytest.raises(NotFound):
            require_entering(stranger, "b", ["m"])


def test_a_checker_of_the_network_may_check_a_provider():
    refuse_unfit_checker(Actor(checks=frozenset({"network"}), leads=frozenset({"another"})), "network", "provider-1")


def test_whoever_is_no_checker_of_this_network_may_not():
    with pytest.raises(Refused, match="checkers in this network"):
        refuse_unfit_checker(Actor(checks=frozenset({"elsewhere"})), "network", "provider-1")


def test_whoever_leads_the_provider_may_not_check_it():
    lead = Actor(checks=frozenset({"network"}), leads=frozenset({"provider-1"}))

    with pytest.raises(Refused, match="leads a provider"):
        refuse_unfit_checker(lead, "network", "provider-1")


def test_only_the_pair_opens_a_visit_and_only_while_they_are_checkers():
    require_visiting(Actor(checks=frozenset({"network"}), account_id=7), "network", {7, 8})
    for stranger in (
        Actor(checks=frozenset({"network"}), account_id=9),
        Actor(checks=frozenset({"elsewhere"}), account_id=7),
        Actor(),
    ):
        with pytest.raises(NotFound):
            require_visiting(stranger, "network", {7, 8})


def test_roles_follow_from_memberships():
    assert Actor().roles == {Role.PUBLIC, Role.SIGNED_IN}
    assert LEAD_OF_A.roles == {Role.PUBLIC, Role.SIGNED_IN, Role.LEAD}
    both = Actor.of([Membership(Role.LEAD, "a"), Membership(Role.COORDINATOR, "n")])
    assert both.roles == {Role.PUBLIC, Role.SIGNED_IN, Role.LEAD, Role.COORDINATOR}


def test_a_name_loses_what_surrounds_it_and_keeps_its_own_letters():
    assert checked_name("  Cefnogaeth   Tŷ Ŵyn \n") == "Cefnogaeth Tŷ Ŵyn"


@pytest.mark.parametrize("name", ["", "   ", "x" * (LONGEST_NAME + 1), "a\x00b", "a\x0bb\x07"])
def test_a_name_that_cannot_be_shown_is_refused(name: str):
    with pytest.raises(Invalid):
        checked_name(name)
