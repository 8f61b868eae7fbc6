"""Changing the keys of an installation from a shell."""

import json
import sqlite3
from pathlib import Path

import pytest

from app.cli import installation
from app.organisations import Contact, ContactKind
from app.responses import Told
from app.services import accounts, concerns, contacts
from app.services.rounds import open_round
from app.storage.keys import new_id
from app.storage.tables import letter
from tests.days import TODAY
from tests.whole_app.conftest import Run

WORDS = "He shouts at night."


@pytest.fixture
def told(installed: Run) -> Run:
    """An installation in which somebody told a worry."""
    provider = installed("provider", "add", "Bramble Way").last_line
    network = installed("network", "add", "The north").last_line
    installed("network", "join", network, provider)
    installed("account", "add", "jo@example.org", "--safeguarding-of", network)
    database, keys = installation.database(), installation.settings().keys()
    jo = contacts.account_for(database, network, "jo@example.org")
    contact = Contact(new_id(), network, ContactKind.SAFEGUARDING, "Jo Bell", "01632 960001", "Of the council.", jo)
    contacts.add_contact(database, contact)
    of = open_round(database, provider, "personalised-support", on=TODAY)
    concerns.raise_concern(database, keys, of, contact.reader_mark, "a" * 32, Told(WORDS), TODAY)
    with database.writing() as connection:
        connection.execute(letter.delete())  # that tells Jo of it
    return installed


def words_told() -> str:
    """Return what the contact reads."""
    database, keys = installation.database(), installation.settings().keys()
    reader = accounts.actor_of(database, 1)
    database = database.acting_for(reader)
    (found,) = concerns.concerns_of(database, reader)
    concerns.open_concern(database, reader, found.concern.id, TODAY)
    view = concerns.view_of(database, keys, reader, found.concern.id)
    return view.told.words if view.told else ""


def test_a_key_is_changed_and_the_earlier_one_forgotten_and_everything_is_readable(told: Run, home: Path):
    first = (home / "secret-key").read_text()

    assert told("keys", "rotate").out == "1 sealed anew\n"
    assert (home / "secret-key").read_text().split("\n")[1:] == [first]
    assert "concern.sealed: 1 present, 0 earlier, 0 unknown\n" in told("keys", "status").out
    assert told("keys", "forget-earlier").status == 0
    assert len((home / "secret-key").read_text().split("\n")) == 1
    assert words_told() == WORDS


def test_no_earlier_key_is_forgotten_while_something_needs_it_and_no_third_is_made(told: Run, home: Path):
    installation.settings().add_key()
    before = (home / "secret-key").read_text()

    refused = told("keys", "forget-earlier")
    assert (refused.status, refused.out) == (1, "")
    assert "keys rotate" in refused.err
    counted = {each["column"]: each for each in json.loads(told("keys", "status", "--json").out)}
    assert counted["concern.sealed"] == {"column": "concern.sealed", "present": 0, "earlier": 1, "unknown": 0}

    assert told("keys", "rotate").out == "1 sealed anew\n"
    assert (home / "secret-key").read_text() == before
    assert words_told() == WORDS


def test_keys_from_the_environment_are_changed_there_and_sealed_anew_here(
    told: Run, home: Path, monkeypatch: pytest.MonkeyPatch
):
    first, kept = (home / "secret-key").read_text(), sorted(path.name for path in home.iterdir())
    monkeypatch.setenv("DRIVING_SEAT_SECRET_KEY", first)
    installation.settings.cache_clear()
    refused = told("keys", "rotate")
    assert refused.status == 1
    assert "DRIVING_SEAT_EARLIER_SECRET_KEYS" in refused.err

    monkeypatch.setenv("DRIVING_SEAT_SECRET_KEY", "n" * 40)
    monkeypatch.setenv("DRIVING_SEAT_EARLIER_SECRET_KEYS", first)
    installation.settings.cache_clear()
    assert told("keys", "rotate").out == "1 sealed anew\n"
    assert told("keys", "rotate").out == "0 sealed anew\n"
    monkeypatch.delenv("DRIVING_SEAT_EARLIER_SECRET_KEYS")
    installation.settings.cache_clear()
    assert words_told() == WORDS
    assert sorted(path.name for path in home.iterdir() if not path.name.startswith("driving-seat.db-")) == [
        each for each in kept if not each.startswith("driving-seat.db-")
    ]


def test_the_status_tells_no_word_and_no_key(told: Run, home: Path):
    said = told("keys", "status")

    assert (home / "secret-key").read_text() not in said.out + said.err
    assert "shouts" not in said.out + said.err


def test_passwords_still_fit_after_a_change_of_keys(told: Run, monkeypatch: pytest.MonkeyPatch):
    from app.web import create_app
    from tests.site import Visitor

    password = told("account", "password", "jo@example.org").last_line
    told("keys", "rotate")
    app = create_app(installation.settings().model_copy(update={"log_level": "ERROR"}))

    signed_in = Visitor(app).fill_in("/sign-in", {"email": "jo@example.org", "password": password})
    assert signed_in.status == 302
    app.extensions["driving_seat_database"].close()


def test_a_change_of_keys_leaves_nothing_of_the_earlier_seal_in_the_file(told: Run, home: Path):
    with sqlite3.connect(home / "driving-seat.db") as connection:
        ((before,),) = connection.execute("SELECT sealed FROM concern").fetchall()
    connection.close()
    told("keys", "rotate")

    assert before.encode() not in b"".join(path.read_bytes() for path in home.glob("driving-seat.db*"))
