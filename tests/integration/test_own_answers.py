"""Everything that is kept of somebody who answers, on both kinds of database."""

import pytest

from app.errors import Conflict
from app.responses import HowLong
from app.services import answering, sharing
from app.services.inviting import invite
from app.services.organising import add_provider
from app.services.own_answers import as_entries, everything
from app.services.rounds import open_round
from app.services.sharing import SharedWith
from app.standards import Audience
from app.storage import Database
from app.surveys import Edition
from tests.days import TODAY


@pytest.fixture
def token(database: Database) -> str:
    of = open_round(database, add_provider(database, "Bramble Way").id, "personalised-support", on=TODAY)
    (link,) = invite(database, of.id, Audience.PERSON, 1)
    return link.token


def test_it_gives_answers_month_and_shares_that_have_not_ended(database: Database, token: str):
    answering.start(database, token, Edition.STANDARD, "en")
    answering.record_answer(database, token, "S01.a", "no")
    assert everything(database, token, TODAY).also.sent_in is None
    answering.submit(database, token, TODAY)
    sharing.share(database, token, SharedWith.FAMILY, HowLong.A_WEEK, TODAY)

    entries = as_entries(everything(database, token, TODAY), answering.open_link(database, token))
    later = everything(database, token, TODAY.replace(year=TODAY.year + 1))

    assert entries["sent_in"] == f"{TODAY:%Y-%m}"
    assert [each["answer"] for each in entries["answers"]] == ["no"]
    assert [each["with"] for each in entries["shared"]] == ["family"]
    assert later.shares == ()


def test_there_is_nothing_before_somebody_begins_or_after_they_took_it_back(database: Database, token: str):
    with pytest.raises(Conflict):
        everything(database, token, TODAY)
    answering.start(database, token, Edition.STANDARD, "en")
    answering.withdraw(database, token)
    with pytest.raises(Conflict):
        everything(database, token, TODAY)
