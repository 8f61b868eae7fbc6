import pytest

from app.errors import Invalid, NotFound, Refused
from app.organisations import (
    INSTALLATION,
    INSTALLATION_ROLES,
    NETWORK_ROLES,
    NOBODY,
    OPERATOR,
    PROVIDER_ROLES,
    Act,
    Actor,
    Membership,
    Role,
    refuse_unfit_checker,
    require,
    require_entering,
    require_inviting,
    require_visiting,
    roles_that_may,
)
from app.organisations.model import LONGEST_NAME, checked_name


def holding(role: Role, organisation_id: str = "a", account_id: int = 0) -> Actor:
    return Actor.of([Membership(role, organisation_id)], account_id)


EXPECTED = {
    Role.LEAD: "SEE_ROUNDS RUN_ROUNDS SEE_EVIDENCE KEEP_EVIDENCE RUN_PROVIDER TYPE_IN_PAPER",
    Role.CONTRIBUTOR: "SEE_ROUNDS SEE_EVIDENCE KEEP_EVIDENCE",
    Role.MEMBER: "SEE_ROUNDS SEE_EVIDENCE",
    Role.COORDINATOR: "RUN_NETWORK",
    Role.CHECKER: "VISIT TYPE_IN_PAPER",
    Role.SAFEGUARDING: "READ_CONCERNS",
    Role.EDITOR: "EDIT_STANDARDS",
    Role.ADMINISTRATOR: "ADMINISTER",
    Role.AUDITOR: "READ_LOG",
}


@pytest.mark.parametrize("role", [*PROVIDER_ROLES, *NETWORK_ROLES, *INSTALLATION_ROLES])
def test_each_role_may_exactly_what_is_said_here_where_it_is_held_and_nothing_elsewhere(role: Role):
    expected = {Act[name] for name in EXPECTED[role].split()}
    actor = holding(role)

    assert {act for act in Act if actor.may(act, "a")} == expected
    assert {act for act in Act if actor.may(act, "b") or actor.may(act)} == set()


def test_a_role_in_the_installation_counts_there_and_in_no_organisation():
    administrator = holding(Role.ADMINISTRATOR, INSTALLATION)

    assert administrator.may(Act.ADMINISTER)
    assert not any(administrator.may(act, "a") for act in Act)


def test_nobody_may_anything_and_the_operator_everything_that_is_asked_by_act():
    assert not any(NOBODY.may(act, organisation_id) for act in Act for organisation_id in ("a", INSTALLATION))
    assert all(OPERATOR.may(act, "a") for act in Act)


def test_a_coordinator_sees_no_providers_rounds():
    assert roles_that_may(Act.SEE_ROUNDS) == set(PROVIDER_ROLES)


def test_what_does_not_exist_and_what_is_not_yours_are_told_in_the_same_words():
    refusals = []
    for actor, provider_id in ((holding(Role.LEAD), "somebody else's"), (holding(Role.LEAD), ""), (NOBODY, "a")):
        with pytest.raises(NotFound) as refused:
            require(actor, Act.RUN_ROUNDS, provider_id)
        refusals.append(refused.value.message)
    assert len(set(refusals)) == 1
    require(holding(Role.LEAD), Act.RUN_ROUNDS, "a")


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
    assert actor.where_may(Act.TYPE_IN_PAPER) == {"a", "n", "m"}
    assert actor.roles == {
        Role.PUBLIC,
        Role.SIGNED_IN,
        Role.LEAD,
        Role.COORDINATOR,
        Role.CHECKER,
        Role.SAFEGUARDING,
    }


def test_a_lead_and_a_checker_of_its_network_type_in_a_providers_paper_and_nobody_else():
    checker_of_n = holding(Role.CHECKER, "n")

    require_entering(holding(Role.LEAD), "a", [])
    require_entering(checker_of_n, "a", ["m", "n"])
    require_entering(OPERATOR, "a", [])
    for stranger in (holding(Role.LEAD), checker_of_n, holding(Role.COORDINATOR, "m"), holding(Role.CONTRIBUTOR, "b")):
        with pytest.raises(NotFound):
            require_entering(stranger, "b", ["m"])


def test_a_checker_of_the_network_may_check_a_provider():
    both = Actor.of([Membership(Role.CHECKER, "network"), Membership(Role.LEAD, "another")])
    refuse_unfit_checker(both, "network", "provider-1")


def test_whoever_is_no_checker_of_this_network_may_not():
    with pytest.raises(Refused, match="checkers in this network"):
        refuse_unfit_checker(holding(Role.CHECKER, "elsewhere"), "network", "provider-1")


@pytest.mark.parametrize("role", PROVIDER_ROLES)
def test_whoever_belongs_to_the_providers_team_may_not_check_it(role: Role):
    insider = Actor.of([Membership(Role.CHECKER, "network"), Membership(role, "provider-1")])

    with pytest.raises(Refused, match="provider’s team"):
        refuse_unfit_checker(insider, "network", "provider-1")


def test_only_the_pair_opens_a_visit_and_only_while_they_are_checkers():
    require_visiting(holding(Role.CHECKER, "network", 7), "network", {7, 8})
    for stranger in (holding(Role.CHECKER, "network", 9), holding(Role.CHECKER, "elsewhere", 7), NOBODY):
        with pytest.raises(NotFound):
            require_visiting(stranger, "network", {7, 8})


def test_roles_follow_from_memberships():
    assert NOBODY.roles == {Role.PUBLIC, Role.SIGNED_IN}
    both = Actor.of([Membership(Role.LEAD, "a"), Membership(Role.COORDINATOR, "n")])
    assert both.roles == {Role.PUBLIC, Role.SIGNED_IN, Role.LEAD, Role.COORDINATOR}


def test_a_name_loses_what_surrounds_it_and_keeps_its_own_letters():
    assert checked_name("  Cefnogaeth   Tŷ Ŵyn \n") == "Cefnogaeth Tŷ Ŵyn"


@pytest.mark.parametrize("name", ["", "   ", "x" * (LONGEST_NAME + 1), "a\x00b", "a\x0bb\x07"])
def test_a_name_that_cannot_be_shown_is_refused(name: str):
    with pytest.raises(Invalid):
        checked_name(name)


@pytest.mark.parametrize(
    ("giver", "roles"),
    [
        (Role.LEAD, PROVIDER_ROLES),
        (Role.COORDINATOR, NETWORK_ROLES),
        (Role.CONTRIBUTOR, ()),
        (Role.MEMBER, ()),
        (Role.CHECKER, ()),
        (Role.SAFEGUARDING, ()),
    ],
)
def test_whoever_looks_after_an_organisation_brings_others_into_its_roles_and_into_no_other(giver: Role, roles):
    for role in (*PROVIDER_ROLES, *NETWORK_ROLES, *INSTALLATION_ROLES):
        actor = holding(giver)
        if role in roles:
            require_inviting(actor, Membership(role, "a"))
        else:
            with pytest.raises(NotFound):
                require_inviting(actor, Membership(role, "a"))
        with pytest.raises(NotFound):
            require_inviting(actor, Membership(role, "b"))


def test_an_administrator_brings_people_into_every_role_everywhere():
    administrator = holding(Role.ADMINISTRATOR, INSTALLATION)

    for role in (*PROVIDER_ROLES, *NETWORK_ROLES, *INSTALLATION_ROLES):
        require_inviting(administrator, Membership(role, "a"))
