"""Everybody's rounds at a glance."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from app.organisations import Actor, Contact, ContactKind, Membership, Provider, Role
from app.responses import Round
from app.services import accounts, contacts
from app.services.calling_off import cancel_round
from app.services.closing import close_round
from app.services.entering import enter
from app.services.inviting import invite
from app.services.organising import add_network, add_provider, join_network
from app.services.overview import Glance, ProviderRounds, rounds_at_a_glance
from app.services.rounds import open_round
from app.standards import Audience
from app.storage import Database
from app.storage.keys import new_id
from app.storage.tables import membership
from app.surveys import Length
from tests.counting import count_queries
from tests.days import TODAY
from tests.integration.conftest import SURVEY, AnswerAll


def seen_by(database: Database, role: Role, *providers: Provider) -> tuple[ProviderRounds, ...]:
    return rounds_at_a_glance(database.acting_for(Actor.of([Membership(role, each.id) for each in providers], 1)))


def glance_of(database: Database, provider: Provider, role: Role = Role.LEAD) -> Glance:
    ((found,),) = [each.open for each in seen_by(database, role, provider)]
    return found


def test_rounds_are_shown_by_what_has_become_of_them(database: Database, provider: Provider):
    opened, closed, off = (open_round(database, provider.id, SURVEY, on=TODAY) for _ in range(3))
    close_round(database, closed.id, TODAY)
    cancel_round(database, off.id, TODAY)

    (found,) = seen_by(database, Role.LEAD, provider)

    shown = [[each.round.id for each in part] for part in (found.open, found.closed, found.cancelled)]
    assert shown == [[opened.id], [closed.id], [off.id]]
    assert found.may_run
    assert not found.is_empty


def test_an_open_round_shows_who_answered_in_bands_and_what_is_missing(
    database: Database, provider: Provider, short_round: Round, answer_all: AnswerAll
):
    before = glance_of(database, provider)
    answer_all(short_round, Audience.PERSON, ["yes"] * 6)
    invited = glance_of(database, provider)
    answer_all(short_round, Audience.PROVIDER, ["yes"])

    after = glance_of(database, provider)

    assert (before.invited, before.lacks_own_view, before.has_taker) == (False, True, False)
    assert (invited.invited, invited.lacks_own_view) == (True, True)
    assert after.sent == {Audience.PERSON: "5 to 9", Audience.FAMILY: "fewer than 5"}
    assert not after.lacks_own_view


def test_a_survey_of_staff_has_no_own_view_to_wait_for(database: Database, provider: Provider, staff_round: Round):
    found = glance_of(database, provider)

    assert set(found.sent) == set(Audience)
    assert not found.lacks_own_view


def test_booklets_that_wait_are_shown_to_whoever_runs_the_round_alone(database: Database, provider: Provider):
    of = open_round(database, provider.id, SURVEY, on=TODAY, length=Length.SHORT, paper_is_checked=True)
    (link,) = invite(database, of.id, Audience.PERSON, 1)
    enter(database, of, link.token, {"edition": "standard", "consent": "ticked"}, 7, TODAY)

    assert glance_of(database, provider).booklets == "fewer than 5"
    for role in (Role.CONTRIBUTOR, Role.MEMBER):
        assert glance_of(database, provider, role).booklets == ""


def test_whoever_takes_concerns_is_known_until_they_belong_to_the_team(database: Database, provider: Provider):
    network = add_network(database, "The north")
    join_network(database, network.id, provider.id)
    accounts.add_account(database, "jo@example.org", "-", [Membership(Role.SAFEGUARDING, network.id)])
    account_id = contacts.account_for(database, network.id, "jo@example.org")
    jo = Contact(new_id(), network.id, ContactKind.SAFEGUARDING, "Jo", "999", "Of the council.", account_id)
    contacts.add_contact(database, jo)
    open_round(database, provider.id, SURVEY, on=TODAY)
    assert glance_of(database, provider).has_taker

    with database.writing() as connection:
        connection.execute(
            insert(membership).values(account_id=account_id, role=Role.MEMBER.value, organisation_id=provider.id)
        )
    assert not glance_of(database, provider).has_taker


@pytest.mark.parametrize("role", [Role.LEAD, Role.MEMBER])
def test_only_the_rounds_of_ones_own_providers_are_seen_by_name(database: Database, role: Role):
    providers = [add_provider(database, name) for name in ("Rowan", "Ash", "Elm")]
    for each in providers:
        open_round(database, each.id, SURVEY, on=TODAY)

    found = seen_by(database, role, *providers[:2])

    assert [each.provider.name for each in found] == ["Ash", "Rowan"]
    assert [each.may_run for each in found] == [role is Role.LEAD] * 2
    assert seen_by(database, role) == ()


def test_the_number_of_queries_is_the_same_for_one_round_and_for_many(
    database: Database, provider: Provider, answer_all: AnswerAll
):
    open_round(database, provider.id, SURVEY, on=TODAY)
    with count_queries(database) as one:
        seen_by(database, Role.LEAD, provider)
    others = [add_provider(database, f"Provider {number}") for number in range(6)]
    for each in others:
        for days in range(4):
            of = open_round(database, each.id, SURVEY, on=TODAY - timedelta(days=days), length=Length.SHORT)
            answer_all(of, Audience.PERSON, ["yes"])

    with count_queries(database) as many:
        found = seen_by(database, Role.LEAD, provider, *others)

    assert sum(len(each.open) for each in found) == 25
    assert len(many) == len(one) <= 8
