"""Sharing one's own result."""

from collections import Counter
from datetime import timedelta

import pytest

from app.errors import Conflict, NotFound
from app.responses import HowLong, Round
from app.services import answering, sharing
from app.services.closing import close_round
from app.services.inviting import invite
from app.services.links import share_id
from app.services.rounds import open_round
from app.services.sharing import DAYS, MOST_SHARES, SharedWith, last_day
from app.standards import Audience
from app.storage import Database
from app.surveys import Edition
from tests.days import TODAY
from tests.integration.conftest import SURVEY


@pytest.fixture
def token(database: Database, round_: Round) -> str:
    """A link whose answers have been sent."""
    (link,) = invite(database, round_.id, Audience.FAMILY, 1)
    answering.start(database, link.token, Edition.STANDARD, "en")
    answering.record_answer(database, link.token, "S01.a", "no")
    answering.submit(database, link.token, TODAY)
    return link.token


@pytest.mark.parametrize("how_long", list(HowLong))
def test_a_share_is_open_to_its_last_day_and_not_longer(database: Database, token: str, how_long: HowLong):
    secret = sharing.share(database, token, SharedWith.FAMILY, how_long, TODAY)
    last = last_day(how_long, TODAY)

    shared = sharing.open_share(database, secret, last)
    assert (shared.until, shared.shared_with) == (last, SharedWith.FAMILY)
    assert shared.response.answers == {"S01.a": "no"}
    with pytest.raises(NotFound):
        sharing.open_share(database, secret, last + timedelta(days=1))
    assert sharing.shares_of(database, token, last + timedelta(days=1)) == []


@pytest.mark.parametrize("how_long", list(HowLong))
def test_the_last_day_of_a_share_does_not_tell_on_which_day_of_the_week_it_began(how_long: HowLong):
    days = [TODAY + timedelta(days=number) for number in range(70)]
    ends = [last_day(how_long, day) for day in days]

    assert {end.strftime("%A") for end in ends} == {"Sunday"}
    assert {days_that_end for _, days_that_end in Counter(ends).most_common(8)} == {7}
    for day, end in zip(days, ends, strict=True):
        assert DAYS[how_long] <= (end - day).days < DAYS[how_long] + 7


def test_a_share_that_has_ended_is_kept_no_longer_than_to_the_next_share_or_the_close(
    database: Database, token: str, round_: Round
):
    def kept() -> int:
        with database.reading() as connection:
            return connection.exec_driver_sql("SELECT count(*) FROM share").scalar() or 0

    after = last_day(HowLong.A_WEEK, TODAY) + timedelta(days=1)
    sharing.share(database, token, SharedWith.FAMILY, HowLong.A_WEEK, TODAY)
    sharing.share(database, token, SharedWith.CIRCLE, HowLong.A_MONTH, after)
    assert kept() == 1

    close_round(database, round_.id, after)
    assert kept() == 1
    other = open_round(database, round_.provider_id, SURVEY, on=after)
    close_round(database, other.id, last_day(HowLong.A_MONTH, after) + timedelta(days=1))
    assert kept() == 0


def test_a_share_that_is_taken_back_opens_nothing(database: Database, token: str):
    first, second = (sharing.share(database, token, SharedWith.CIRCLE, HowLong.A_WEEK, TODAY) for _ in range(2))

    sharing.take_back(database, token, share_id(first))

    with pytest.raises(NotFound):
        sharing.open_share(database, first, TODAY)
    assert sharing.open_share(database, second, TODAY).shared_with is SharedWith.CIRCLE


def test_the_links_own_secret_opens_no_share_and_a_share_opens_no_answers_to_change(database: Database, token: str):
    secret = sharing.share(database, token, SharedWith.PROVIDER, HowLong.A_WEEK, TODAY)

    with pytest.raises(NotFound):
        sharing.open_share(database, token, TODAY)
    with pytest.raises(NotFound):
        answering.open_link(database, secret)
    with pytest.raises(NotFound):
        sharing.open_share(database, "x" * 1000, TODAY)


def test_nothing_is_shared_before_it_is_sent(database: Database, round_: Round):
    (link,) = invite(database, round_.id, Audience.PERSON, 1)
    answering.start(database, link.token, Edition.STANDARD, "en")

    with pytest.raises(Conflict):
        sharing.share(database, link.token, SharedWith.FAMILY, HowLong.A_WEEK, TODAY)


def test_there_is_an_end_to_sharing(database: Database, token: str):
    for _ in range(MOST_SHARES):
        sharing.share(database, token, SharedWith.FAMILY, HowLong.A_WEEK, TODAY)

    with pytest.raises(Conflict):
        sharing.share(database, token, SharedWith.FAMILY, HowLong.A_WEEK, TODAY)
    later = last_day(HowLong.A_WEEK, TODAY) + timedelta(days=1)
    assert sharing.share(database, token, SharedWith.FAMILY, HowLong.A_WEEK, later)


def test_taking_the_answers_back_ends_every_share(database: Database, token: str):
    secret = sharing.share(database, token, SharedWith.FAMILY, HowLong.A_WEEK, TODAY)

    answering.withdraw(database, token)
    answering.withdraw(database, token)

    with pytest.raises(NotFound):
        sharing.open_share(database, secret, TODAY)
    visit = answering.open_link(database, token)
    assert visit.is_withdrawn
    assert visit.response is not None
    assert visit.response.answers == {}
    with pytest.raises(Conflict):
        answering.submit(database, token, TODAY)


def test_a_share_stands_beside_no_invitation(database: Database, token: str):
    sharing.share(database, token, SharedWith.FAMILY, HowLong.A_WEEK, TODAY)

    with database.reading() as connection:
        shares = connection.exec_driver_sql("SELECT * FROM share").mappings().all()
        hashes = connection.exec_driver_sql("SELECT link_hash FROM invitation").scalars().all()
    assert {str(value) for row in shares for value in row.values()}.isdisjoint(hashes)
