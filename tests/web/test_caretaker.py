"""Once a day the server keeps the schedule, in the background, whatever pages are asked for."""

import threading
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.services import sending, tending
from app.storage import accounts as stored_accounts
from app.storage.installation import mark
from app.storage.tables import share
from app.web import caretaker, create_app
from app.web.caretaker import Caretaker, caretaker_of
from tests.site import Site

LONG_AGO = date.today() - timedelta(days=60)


@pytest.fixture
def ended_share(site: Site) -> None:
    token = site.shared_token()
    assert token
    with site.database.writing() as connection:
        connection.execute(share.update().values(until=LONG_AGO))


def shares(site: Site) -> int:
    with site.database.reading() as connection:
        return len(connection.execute(select(share.c.id)).all())


def test_the_first_who_looks_takes_the_turn_and_nobody_else_does(site: Site, ended_share: None):
    other_process = caretaker_of(create_app(site.settings))

    assert caretaker_of(site.app).look()
    assert not other_process.look()
    assert not caretaker_of(site.app).look()
    assert shares(site) == 0
    assert tending.tended_on(site.database) == date.today()


def test_the_next_day_has_a_turn_of_its_own(site: Site):
    with site.database.writing() as connection:
        mark(connection, tending.BEGUN_ON, (date.today() - timedelta(days=1)).isoformat())

    assert caretaker_of(site.app).look()


def test_no_page_takes_the_turn(site: Site, ended_share: None):
    site.visitor("lead").get("/rounds")
    site.visitor("administrator").get("/administration")

    assert shares(site) == 1
    assert tending.tended_on(site.database) is None


def test_the_server_looks_by_itself_and_goes_on_after_a_fault(
    site: Site, ended_share: None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(caretaker, "LOOKS_EVERY_SECONDS", 0.01)
    looks, done = [], threading.Event()

    class Watched(Caretaker):
        def look(self) -> bool:
            looks.append(len(looks))
            if len(looks) == 1:
                raise RuntimeError("the database is away")
            found = super().look()
            if len(looks) > 2:
                done.set()
                threading.Event().wait()  # the thread ends with the tests
            return found

    Watched(site.database, site.settings).go_round()

    assert done.wait(20)
    assert shares(site) == 0


def test_leads_are_told_of_a_last_day_that_is_near(site: Site):
    site.open_round(last_on=date.today() + timedelta(days=3))
    with site.database.writing() as connection:
        stored_accounts.confirm(connection, site.account_id("lead"), datetime(2026, 11, 1))  # noqa: DTZ001

    caretaker_of(site.app).look()

    assert sending.status(site.database).waiting.count == 1


def test_where_the_schedule_is_not_to_be_kept_nothing_is_deleted_and_leads_are_told_all_the_same(
    site: Site, ended_share: None
):
    site.open_round(last_on=date.today())
    with site.database.writing() as connection:
        stored_accounts.confirm(connection, site.account_id("lead"), datetime(2026, 11, 1))  # noqa: DTZ001

    assert Caretaker(site.database, site.settings.model_copy(update={"keep_schedule": False})).look()

    assert shares(site) == 1
    assert tending.tended_on(site.database) is None
    assert sending.status(site.database).waiting.count == 1
