"""A backup, and an installation made from it."""

import io
import os
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from app.cli import installation
from app.errors import Refused
from app.organisations import OPERATOR
from app.services.backing_up import write_backup
from app.storage import Database
from tests.databases import PostgresServer
from tests.whole_app.conftest import Run
from tests.whole_app.test_keys import WORDS, words_told
from tests.whole_app.test_keys import told as told

DRIVING_SEAT = Path(sys.executable).with_name("driving-seat")


def test_an_installation_made_from_a_backup_and_its_keys_holds_what_the_first_one_held(
    told: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    voice = home / "recordings" / "n" / "voice.mp3"
    voice.parent.mkdir(parents=True)
    voice.write_bytes(b"a voice")
    out, second = tmp_path / "backup.tar", tmp_path / "second"
    assert told("backup", "--out", out).status == 0
    assert out.stat().st_mode & 0o077 == 0

    second.mkdir()
    with tarfile.open(out) as archive:
        archive.extractall(second, filter="data")
    for key in ("secret-key", "hashing-key"):
        (second / key).write_bytes((home / key).read_bytes())
    monkeypatch.setenv("DRIVING_SEAT_HOME", str(second))
    installation.settings.cache_clear()

    assert told("init").status == 0
    assert words_told() == WORDS
    assert (second / "recordings" / "n" / "voice.mp3").read_bytes() == b"a voice"


def test_a_backup_holds_no_key_and_nothing_of_whose_computer_it_was(told: Run, home: Path, tmp_path: Path):
    out = tmp_path / "backup.tar"
    told("backup", "--out", out)

    with tarfile.open(out) as archive:
        members = archive.getmembers()
    assert {each.name for each in members} == {"driving-seat.db"}
    assert {(each.uid, each.uname, each.gname, each.mtime) for each in members} == {(0, "", "", 0)}
    for key in ("secret-key", "hashing-key"):
        assert (home / key).read_bytes() not in out.read_bytes()
    assert [each.name for each in home.iterdir() if each.name.startswith(".")] == []


def test_a_backup_holds_no_rows_that_are_not_there_any_more(told: Run, home: Path, tmp_path: Path):
    out = tmp_path / "backup.tar"
    with sqlite3.connect(home / "driving-seat.db") as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("UPDATE provider SET name = 'Renamed'")
    connection.close()
    told("backup", "--out", out)

    assert b"Renamed" in out.read_bytes()
    assert b"Bramble Way" not in out.read_bytes()


def test_no_backup_is_written_over_and_none_is_left_half_written(told: Run, tmp_path: Path, monkeypatch):
    out = tmp_path / "backup.tar"
    out.write_text("last week's")
    refused = told("backup", "--out", out)
    assert (refused.status, out.read_text()) == (1, "last week's")

    def full(**_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.services.backing_up.tarfile.open", full)
    assert told("backup", "--out", tmp_path / "other.tar").status == 1
    assert {each.name for each in tmp_path.iterdir()} == {"backup.tar", "home"}


def test_a_backup_can_go_straight_to_the_program_that_encrypts_it(told: Run, home: Path):
    """Run as a program of its own, because what is written is bytes."""
    written = subprocess.run(
        [DRIVING_SEAT, "backup", "--out", "-"],
        capture_output=True,
        check=True,
        env={**os.environ, "DRIVING_SEAT_HOME": str(home)},
    ).stdout

    with tarfile.open(fileobj=io.BytesIO(written)) as archive:
        assert archive.getnames() == ["driving-seat.db"]


def test_for_postgresql_it_says_what_to_use(postgres_server: PostgresServer, tmp_path: Path):
    database = Database.at(postgres_server.new_url()).acting_for(OPERATOR)
    with pytest.raises(Refused, match="pg_dump"):
        write_backup(database, (), tmp_path, io.BytesIO())
    database.close()
