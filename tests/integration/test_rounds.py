"""What is said and planned when a round opens, and what may be changed of it later."""

from datetime import date, timedelta

import pytest

from app.errors import Conflict, Invalid
from app.organisations import Provider
from app.organisations.log import Deed
from app.responses import HealthCondition, LawfulBasis, Purpose, Round
from app.services import log
from app.services.closing import close_round
from app.services.networking import open_campaign
from app.services.organising import add_network, join_network
from app.services.rounds import PLANNED_MEANWHILE, all_rounds, change_last_day, open_round, view_of
from app.storage import Database
from tests.days import TODAY
from tests.integration.conftest import SURVEY

WHY = Purpose("To learn how it goes.", LawfulBasis.LEGITIMATE_INTERESTS, HealthCondition.SOCIAL_CARE)
A_WEEK, A_MONTH = TODAY + timedelta(days=7), TODAY + timedelta(days=30)


def kept(database: Database, of: Round) -> Round:
    return view_of(database, of.id).round


def test_why_a_round_asks_and_until_when_is_kept_with_it(database: Database, provider: Provider):
    of = open_round(database, provider.id, SURVEY, on=TODAY, purpose=WHY, last_on=A_WEEK)

    assert kept(database, of) == of
    assert (of.purpose, of.last_on) == (WHY, A_WEEK)


def test_a_round_that_says_nothing_of_it_keeps_that_nothing_was_said(database: Database, provider: Provider):
    of = kept(database, open_round(database, provider.id, SURVEY, on=TODAY))

    assert (of.purpose, of.last_on) == (Purpose(), None)


def test_a_purpose_that_is_too_long_and_a_last_day_in_the_past_open_nothing(database: Database, provider: Provider):
    for wrong in ({"purpose": Purpose("x" * 501)}, {"last_on": date(2026, 11, 20)}):
        with pytest.raises(Invalid):
            open_round(database, provider.id, SURVEY, on=TODAY, **wrong)
    assert all_rounds(database, provider_id=provider.id) == ()


def test_a_campaign_says_it_for_each_of_its_rounds(database: Database, provider: Provider):
    network = add_network(database, "The north")
    join_network(database, network.id, provider.id)

    opened = open_campaign(database, network.id, SURVEY, on=TODAY, purpose=WHY, last_on=A_MONTH)

    ((of, _),) = all_rounds(database, campaign_id=opened.id)
    assert (of.purpose, of.last_on) == (WHY, A_MONTH)


def test_the_last_day_is_moved_in_both_directions_and_taken_away(database: Database, round_: Round):
    for last_on, before in ((A_MONTH, None), (A_WEEK, A_MONTH), (None, A_WEEK)):
        change_last_day(database, round_.id, last_on, before=before, on=TODAY)
        assert kept(database, round_).last_on == last_on

    deeds = [line.deed for line, _ in log.all_lines(database)]
    assert deeds.count(Deed.LAST_DAY_CHANGED) == 3


def test_two_who_plan_another_last_day_at_once_see_each_other_s(database: Database, round_: Round):
    change_last_day(database, round_.id, A_WEEK, before=None, on=TODAY)

    with pytest.raises(Conflict, match="Somebody else planned another last day") as refused:
        change_last_day(database, round_.id, A_MONTH, before=None, on=TODAY)

    assert refused.value.message == PLANNED_MEANWHILE
    assert kept(database, round_).last_on == A_WEEK
    assert change_last_day(database, round_.id, A_WEEK, before=None, on=TODAY).last_on == A_WEEK


def test_the_last_day_of_a_closed_round_stays(database: Database, round_: Round):
    close_round(database, round_.id, TODAY)

    with pytest.raises(Conflict, match="has closed, so its last day"):
        change_last_day(database, round_.id, A_WEEK, before=None, on=TODAY)
