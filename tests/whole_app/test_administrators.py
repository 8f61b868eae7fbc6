"""The first administrator comes by a link that somebody at the machine hands over."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.cli import installation
from app.organisations import INSTALLATION, Membership, Role
from app.services.inviting_colleagues import Office, OverError, accept_new
from app.storage import accounts
from app.storage.tables import account_invitation, letter
from app.web import create_app
from tests.site import Visitor
from tests.whole_app.conftest import Run

NOT_SET_UP = "This installation is not set up yet"

EMAIL = "ada@example.org"


@pytest.fixture
def link(installed: Run) -> str:
    return installed("administrator", "add", EMAIL).last_line


@pytest.fixture
def app(installed: Run) -> Flask:
    return create_app(installation.settings().model_copy(update={"log_level": "ERROR"}))


def test_the_link_is_alone_on_the_last_line_and_is_stored_nowhere(link: str):
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/join/[\w-]{32}", link)
    with installation.database().reading() as connection:
        stored = repr(connection.execute(select(account_invitation)).all())
    assert link.rpartition("/")[2] not in stored
    assert EMAIL not in stored


def test_it_works_until_the_end_of_tomorrow_and_no_letter_is_sent(link: str):
    with installation.database().reading() as connection:
        (until,) = connection.execute(select(account_invitation.c.expires_on)).scalars()
        assert until == date.today() + timedelta(days=1)
        assert connection.execute(select(func.count()).select_from(letter)).scalar() == 0


def administrators() -> list[str]:
    with installation.database().reading() as connection:
        return sorted(accounts.holders_of(connection, Membership(Role.ADMINISTRATOR, INSTALLATION)).values())


def test_whoever_opens_the_link_is_asked_in_and_is_nothing_before_they_say_yes(link: str, app: Flask):
    page = Visitor(app).get(link.removeprefix("http://127.0.0.1:8000"))
    app.extensions["driving_seat_database"].close()

    assert page.status == 200
    assert administrators() == []


def test_the_link_makes_one_administrator_once_and_none_when_it_is_too_late(link: str):
    settings, secret = installation.settings(), link.rpartition("/")[2]
    office = Office(settings.keys(), settings.hash_key(), settings.base_url)

    with pytest.raises(OverError):
        accept_new(installation.database(), office, secret, "hash", date.today() + timedelta(days=2))
    accept_new(installation.database(), office, secret, "hash", date.today())
    assert administrators() == [EMAIL]
    with pytest.raises(OverError):
        accept_new(installation.database(), office, secret, "hash", date.today())


def test_what_is_no_address_makes_no_link(installed: Run):
    refused = installed("administrator", "add", "nobody")

    assert (refused.status, refused.out) == (1, "")


def test_a_new_installation_says_that_it_is_not_set_up_and_what_to_do_and_so_does_doctor(installed: Run, app: Flask):
    start = Visitor(app).get("/")
    app.extensions["driving_seat_database"].close()

    assert start.words("h1") == [NOT_SET_UP]
    assert "driving-seat administrator add" in start.said
    assert "Read the standards" not in start.said
    assert "look    set up: Nobody looks after it" in installed("doctor").out


def test_an_invited_administrator_who_has_not_come_yet_does_not_make_it_set_up(link: str, app: Flask):
    assert Visitor(app).get("/").words("h1") == [NOT_SET_UP]
    app.extensions["driving_seat_database"].close()


@pytest.mark.parametrize("begun", [("provider", "add", "Bramble Way"), ("network", "add", "The north")])
def test_an_installation_with_an_organisation_begins_with_its_own_start_page(
    installed: Run, app: Flask, begun: tuple[str, ...]
):
    installed(*begun)

    assert Visitor(app).get("/").words("h1") == ["Who is in the driving seat?"]
    app.extensions["driving_seat_database"].close()
    assert "ok      set up:" in installed("doctor").out


def test_an_installation_with_an_administrator_alone_begins_with_its_own_start_page(link: str, app: Flask):
    current = installation.settings()
    office = Office(current.keys(), current.hash_key(), current.base_url)
    accept_new(installation.database(), office, link.rpartition("/")[2], "x" * 60, date.today())

    assert Visitor(app).get("/").words("h1") == ["Who is in the driving seat?"]
    app.extensions["driving_seat_database"].close()
