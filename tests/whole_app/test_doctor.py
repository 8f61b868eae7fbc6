"""`doctor` looks at an installation as it is."""

import json
import os
import shutil
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from app.cli import installation
from app.services.tending import TENDED_ON
from app.storage import Database
from app.storage.installation import mark
from tests.databases import LIBRARY, PostgresServer
from tests.mail import room
from tests.whole_app.conftest import Run
from tests.whole_app.test_keys import told as told


@pytest.fixture
def found(run: Run):
    """Return {about: state} and the exit status of a look."""

    def look() -> tuple[dict[str, str], int]:
        installation.settings.cache_clear()
        result = run("doctor", "--json")
        return {each["about"]: each["state"] for each in json.loads(result.out)}, result.status

    return look


def broken(states: dict[str, str]) -> set[str]:
    return {about for about, state in states.items() if state == "broken"}


def test_a_new_installation_on_one_machine_has_nothing_broken(installed: Run, found):
    states, status = found()

    assert (broken(states), status) == (set(), 0)
    assert len(states) >= 19


def test_before_init_it_says_what_to_do_and_makes_nothing(run: Run, home: Path, found):
    states, status = found()

    assert {"secret key", "database", "tables"} <= broken(states)
    assert status == 1
    assert not home.exists()
    assert "Run: driving-seat init" in run("doctor").out


def test_what_others_can_read_is_broken(installed: Run, home: Path, found):
    for path in (home / "secret-key", home / "hashing-key", home / "driving-seat.db"):
        path.chmod(0o644)
    home.chmod(0o755)

    assert broken(found()[0]) == {"secret key", "hashing key", "SQLite", "home folder"}


def test_an_address_without_https_and_a_host_that_is_not_answered_are_broken(
    installed: Run, found, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DRIVING_SEAT_BASE_URL", "http://answers.example.org")
    monkeypatch.setenv("DRIVING_SEAT_TRUSTED_HOSTS", "localhost")

    assert broken(found()[0]) == {"address", "host names"}


def test_a_demonstration_at_a_public_address_is_broken(installed: Run, found, monkeypatch: pytest.MonkeyPatch):
    installed("demo", "--providers", 1, "--people", 1)
    assert found()[0]["demonstration"] == "look"
    monkeypatch.setenv("DRIVING_SEAT_BASE_URL", "https://answers.example.org")

    assert broken(found()[0]) == {"demonstration"}


def test_the_newest_backup_counts(installed: Run, found, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "backups"
    folder.mkdir()
    monkeypatch.setenv("DRIVING_SEAT_BACKUPS", str(folder))
    assert found()[0]["backups"] == "broken"

    for name, days in (("old", 40), ("newer", 10)):
        (folder / name).touch(0o600)
        os.utime(folder / name, (time.time() - days * 86_400,) * 2)
    assert found()[0]["backups"] == "look"
    (folder / "newest").touch(0o600)
    assert found()[0]["backups"] == "ok"


def test_a_schedule_that_was_not_kept_for_two_days_is_broken(
    installed: Run, found, monkeypatch: pytest.MonkeyPatch, home: Path
):
    assert found()[0]["schedule"] == "look"
    assert installed("retention", "run").status == 0
    assert found()[0]["schedule"] == "ok"
    monkeypatch.setenv("DRIVING_SEAT_KEEP_SCHEDULE", "false")
    assert found()[0]["schedule"] == "look"

    database = Database.at(f"sqlite:///{home / 'driving-seat.db'}")
    for days, state in ((2, "look"), (3, "broken")):
        with database.writing() as connection:
            mark(connection, TENDED_ON, (date.today() - timedelta(days=days)).isoformat())
        assert found()[0]["schedule"] == state
    database.close()


def test_a_library_with_a_changed_standard_and_a_clock_before_its_ledger_are_broken(
    installed: Run, found, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for kind in ("standards", "surveys"):
        shutil.copytree(LIBRARY / kind, tmp_path / kind)
    file = tmp_path / "standards" / "personalised-support" / "1.0.0" / "standards.yaml"
    file.write_text(file.read_text().replace("weight: 1", "weight: 2").replace("budget", "purse"))
    ledger = tmp_path / "surveys" / "LOCK.json"
    ledger.write_text(ledger.read_text().replace('"on": "2026', '"on": "2999'))
    monkeypatch.setenv("DRIVING_SEAT_LIBRARY", str(tmp_path))

    assert broken(found()[0]) == {"library", "clock"}


def test_a_key_that_was_lost_and_a_change_that_was_interrupted_are_noticed(told: Run, home: Path, found):
    first = (home / "secret-key").read_text()
    (home / "secret-key").write_text("n" * 40)
    assert broken(found()[0]) == {"sealed texts"}

    (home / "secret-key").write_text("n" * 40 + "\n" + first)
    states, _ = found()
    assert (states["sealed texts"], states["earlier keys"]) == ("look", "look")


def test_a_mail_server_that_does_not_answer_is_broken(installed: Run, found, monkeypatch: pytest.MonkeyPatch):
    assert found()[0]["mail"] == "look"
    monkeypatch.setenv("DRIVING_SEAT_MAIL_SERVER", "smtp://127.0.0.1:1")
    monkeypatch.setenv("DRIVING_SEAT_MAIL_FROM", "seat@example.org")

    assert broken(found()[0]) == {"mail"}


def test_a_mail_server_that_answers_is_in_order_and_gets_no_letter(
    installed: Run, found, monkeypatch: pytest.MonkeyPatch
):
    with room().open() as mail:
        monkeypatch.setenv("DRIVING_SEAT_MAIL_SERVER", f"smtp://127.0.0.1:{mail.port}")
        monkeypatch.setenv("DRIVING_SEAT_MAIL_FROM", "seat@example.org")
        assert found()[0]["mail"] == "ok"
    assert mail.raw == []


def test_a_speech_program_that_is_not_there_is_to_be_looked_at(installed: Run, found, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DRIVING_SEAT_SPEECH_PROGRAM", "no-such-program")

    assert found()[0]["reading aloud"] == "look"


def test_a_database_that_does_not_answer_is_broken_and_the_rest_is_looked_at(
    installed: Run, found, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@127.0.0.1:1/nothing")
    states, _ = found()

    assert broken(states) == {"database"}
    assert states["translations"] == "ok"


def test_postgresql_is_looked_at_as_it_is(
    installed: Run, found, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
):
    url = postgres_server.new_url()
    monkeypatch.setenv("DATABASE_URL", make_url(url).render_as_string(hide_password=False))
    states, status = found()

    assert (broken(states), status) == (set(), 0)
    assert states["PostgreSQL"] == "look"  # the server of the tests has no other role than its superuser


def test_no_key_and_no_address_of_a_database_is_shown(installed: Run, run: Run, home: Path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody:hidden-password@127.0.0.1:1/nothing")
    installation.settings.cache_clear()
    said = run("doctor")

    assert "hidden-password" not in said.out + said.err
    assert (home / "secret-key").read_text() not in said.out + said.err
