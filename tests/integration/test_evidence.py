"""A provider's evidence, on both databases: locked files beside rows."""

import stat
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from app.errors import Conflict, Invalid, NotFound, Refused
from app.library.virus_scanner import Scanner
from app.organisations import Actor, Membership, Provider, Role
from app.organisations.evidence import Evidence, Label, StandardKey
from app.organisations.permissions import MAY
from app.responses import Round
from app.services import evidence
from app.services.accounts import add_account
from app.services.changing_keys import seal_anew
from app.services.evidence import Store
from app.services.log import all_lines
from app.services.organising import add_provider
from app.services.rounds import open_round
from app.storage import Database
from app.storage.keys import new_id
from tests.days import TODAY
from tests.evidence_files import KEPT, PDF, bomb
from tests.integration.conftest import SURVEY

KEY, NEW_KEY = b"k" * 40, b"n" * 40
MONEY = StandardKey("personalised-support", "S01")
Script = Callable[[str], Scanner]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "evidence", [KEY], 1024 * 1024, 2 * 1024 * 1024)


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """Make a virus scanner of a few lines of shell."""

    def make(lines: str, seconds: float = 20) -> Scanner:
        path = tmp_path / "scanner"
        path.write_text(f"#!/bin/sh\n{lines}\n")
        path.chmod(0o700)
        return Scanner((str(path), "-"), seconds)

    return make


def add(database: Database, store: Store, provider: Provider, **other) -> Evidence:
    given = {
        "evidence_id": new_id(), "label": Label("Our plan", MONEY), "file_name": "plan.pdf", "content": PDF, "on": TODAY
    }  # fmt: skip
    return evidence.add_evidence(database, store, provider.id, **{**given, **other})


def titles(database: Database, provider: Provider, on: date = TODAY) -> list[str]:
    return [each.label.title for each in evidence.evidence_of(database, provider.id, on).kept]


def files(store: Store) -> list[Path]:
    return [path for path in store.folder.rglob("*") if path.is_file()]


def as_(database: Database, role: Role, organisation_id: str, account_id: int = 0) -> Database:
    return database.acting_for(Actor.of([Membership(role, organisation_id)], account_id))


def test_a_file_is_kept_locked_for_its_owner_alone_and_read_again(database, store, provider, round_: Round):
    label = Label("  Our\nplan ", MONEY, round_.id)
    kept = add(database, store, provider, label=label, file_name="C:\\Jo\\plan.pdf")

    assert (kept.label, kept.file_name) == (replace(label, title="Our plan"), "plan.pdf")
    assert (kept.media_type, kept.size, kept.deleted_on) == ("application/pdf", len(PDF), None)
    assert evidence.one_of(database, provider.id, kept.id) == kept
    assert evidence.content_of(database, store, kept) == PDF
    (only,) = files(store)
    assert only == store.folder / provider.id / kept.id
    assert PDF[:8] not in only.read_bytes()
    assert stat.S_IMODE(only.stat().st_mode) == 0o600
    assert stat.S_IMODE(only.parent.stat().st_mode) == 0o700


def test_every_kind_comes_back_as_it_was(database, store, provider):
    for name, content in KEPT.items():
        kept = add(database, store, provider, file_name=name, content=content)
        assert evidence.content_of(database, store, kept) == content


def test_who_added_it_is_kept_until_their_account_goes(database, store, provider):
    add_account(database, "jo@example.org", "not a password", [Membership(Role.CONTRIBUTOR, provider.id)])
    kept = add(as_(database, Role.CONTRIBUTOR, provider.id, 1), store, provider)

    assert evidence.one_of(database, provider.id, kept.id).added_by == 1
    with database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM membership")
        connection.exec_driver_sql("DELETE FROM account")
    assert evidence.one_of(database, provider.id, kept.id).added_by is None


def test_a_form_that_is_sent_twice_keeps_one_file(database, store, provider):
    first = add(database, store, provider)

    assert add(database, store, provider, evidence_id=first.id) == first
    assert add(database, store, provider, evidence_id=first.id, label=Label("Another")) == first
    assert titles(database, provider) == ["Our plan"]
    assert len(files(store)) == 1


@pytest.mark.parametrize(
    ("other", "error", "said"),
    [
        ({"content": b""}, Invalid, "empty"),
        ({"content": PDF + bytes(1024 * 1024)}, Invalid, "larger than 1 MB"),
        ({"content": KEPT["board.png"]}, Invalid, r"content is that of a \.png"),
        ({"content": bomb(30_000_000), "file_name": "x.docx"}, Invalid, "far more than its size"),
        ({"file_name": "plan.exe"}, Invalid, "files of this kind"),
        ({"label": Label(" ")}, Invalid, "title"),
        ({"label": Label("x", StandardKey("personalised-support", "S99"))}, NotFound, "standard"),
        ({"label": Label("x", None, "nothing")}, NotFound, "round"),
    ],
)
def test_what_cannot_be_kept_changes_nothing(database, store, provider, other, error, said):
    with pytest.raises(error, match=said):
        add(database, store, provider, **other)

    assert titles(database, provider) == []
    assert not store.folder.exists()


def test_a_round_of_somebody_else_cannot_be_named(database, store, provider):
    other = open_round(database, add_provider(database, "Rowan Lane").id, SURVEY, on=TODAY)
    kept = add(database, store, provider)

    with pytest.raises(NotFound):
        add(database, store, provider, label=Label("x", None, other.id))
    label = Label("x", None, other.id)
    with pytest.raises(NotFound):
        evidence.change_label(database, provider.id, kept.id, label, before=kept.label)
    assert titles(database, provider) == ["Our plan"]


def test_a_provider_has_room_for_so_much_and_what_is_deleted_takes_room(database, store, provider):
    small = replace(store, most_bytes=2 * len(PDF) + 5)
    first, _ = add(database, small, provider), add(database, small, provider)

    with pytest.raises(Refused, match="no more room"):
        add(database, small, provider)
    evidence.delete_evidence(database, provider.id, first.id, TODAY)
    with pytest.raises(Refused, match="no more room"):
        add(database, small, provider)
    assert evidence.evidence_of(database, provider.id, TODAY).used_bytes == 2 * len(PDF)
    evidence.purge_deleted(database, store.folder, TODAY + timedelta(days=30))
    assert add(database, small, provider)


def test_a_file_that_cannot_be_written_leaves_no_row(database, store, provider):
    store.folder.parent.mkdir(exist_ok=True)
    store.folder.write_text("in the way")

    with pytest.raises(OSError, match="evidence"):
        add(database, store, provider)
    assert titles(database, provider) == []


def test_a_row_that_cannot_be_written_leaves_a_file_that_is_cleaned_away(database, store, provider, monkeypatch):
    def fail(*_):
        raise OperationalError("commit", {}, Exception("the disk is full"))

    kept = add(database, store, provider)
    with monkeypatch.context() as patch:
        patch.setattr("sqlalchemy.engine.default.DefaultDialect.do_commit", fail)
        with pytest.raises(OperationalError):
            add(database, store, provider)
    assert len(files(store)) == 2

    evidence.purge_deleted(database, store.folder, TODAY)
    assert files(store) == [evidence.path_of(store.folder, kept)]


def test_a_clean_file_is_kept_and_the_scanner_saw_all_of_it(database, store, provider, script: Script, tmp_path: Path):
    scanner = script(f'cat > "{tmp_path}/seen"; env > "{tmp_path}/environment"; echo "stream: OK"')

    add(database, replace(store, scanner=scanner), provider)
    assert (tmp_path / "seen").read_bytes() == PDF
    assert "DRIVING_SEAT" not in (tmp_path / "environment").read_text()


@pytest.mark.parametrize(
    ("lines", "error", "said"),
    [
        ("cat > /dev/null; exit 1", Refused, "something dangerous"),
        ("exit 2", Conflict, "could not be checked"),
        ("kill -9 $$", Conflict, "could not be checked"),
    ],
)
def test_what_the_scanner_does_not_call_clean_is_not_kept(database, store, provider, script, lines, error, said):
    with pytest.raises(error, match=said):
        add(database, replace(store, scanner=script(lines)), provider)

    assert titles(database, provider) == []
    assert files(store) == []


def test_a_scanner_that_takes_too_long_is_ended_with_all_it_started(database, store, provider, script, tmp_path):
    scanner = script(f'sleep 600 & echo $! > "{tmp_path}/child"; wait', 2)

    with pytest.raises(Conflict, match="could not be checked"):
        add(database, replace(store, scanner=scanner), provider)
    child = int((tmp_path / "child").read_text())
    until = time.monotonic() + 10
    while is_running(child):
        assert time.monotonic() < until


def is_running(process_id: int) -> bool:
    try:
        return (Path("/proc") / str(process_id) / "stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_scanner_that_is_not_there_lets_nothing_through(database, store, provider):
    with pytest.raises(Conflict):
        add(database, replace(store, scanner=Scanner.of("/nowhere/scan --no-summary -")), provider)
    assert Scanner.of("clamdscan --no-summary -").command == ("clamdscan", "--no-summary", "-")
    assert Scanner.of(" ") is None


def test_two_people_who_change_the_same_thing_see_each_other_s_change(database, store, provider, round_: Round):
    kept = add(database, store, provider)
    theirs, mine = Label("Theirs", MONEY), Label("Mine", None, round_.id)

    evidence.change_label(database, provider.id, kept.id, theirs, before=kept.label)
    with pytest.raises(Conflict, match="Somebody else changed this"):
        evidence.change_label(database, provider.id, kept.id, mine, before=kept.label)
    assert evidence.change_label(database, provider.id, kept.id, theirs, before=kept.label).label == theirs
    assert evidence.change_label(database, provider.id, kept.id, mine, before=theirs).label == mine


def test_a_deleted_file_is_out_of_sight_and_comes_back(database, store, provider):
    kept = add(database, store, provider)

    for _ in range(2):
        evidence.delete_evidence(database, provider.id, kept.id, TODAY)
    found = evidence.evidence_of(database, provider.id, TODAY)
    assert [each.id for each in found.deleted] == [kept.id]
    assert found.kept == ()
    for attempt in (
        lambda: evidence.one_of(database, provider.id, kept.id),
        lambda: evidence.content_of(database, store, kept),
        lambda: evidence.change_label(database, provider.id, kept.id, Label("x"), before=kept.label),
    ):
        with pytest.raises(NotFound):
            attempt()
    for _ in range(2):
        assert evidence.bring_back(database, provider.id, kept.id, TODAY + timedelta(days=29)) == kept
    assert evidence.content_of(database, store, kept) == PDF


def test_a_deletion_is_final_after_thirty_days_and_not_a_day_before(database, store, provider):
    kept, other = add(database, store, provider), add(database, store, provider, label=Label("Stays"))
    evidence.delete_evidence(database, provider.id, kept.id, TODAY)
    day = TODAY + timedelta(days=29)

    assert evidence.purge_deleted(database, store.folder, day) == 0
    assert len(evidence.evidence_of(database, provider.id, day).deleted) == 1
    day += timedelta(days=1)
    assert evidence.evidence_of(database, provider.id, day).deleted == ()
    with pytest.raises(Conflict, match="gone for good"):
        evidence.bring_back(database, provider.id, kept.id, day)
    assert evidence.purge_deleted(database, store.folder, day) == 1
    assert evidence.purge_deleted(database, store.folder, day) == 0
    assert files(store) == [evidence.path_of(store.folder, other)]
    with pytest.raises(NotFound):
        evidence.bring_back(database, provider.id, kept.id, day)
    assert titles(database, provider) == ["Stays"]


def test_a_purge_that_was_interrupted_is_finished_the_next_time(database, store, provider):
    kept = add(database, store, provider)
    evidence.delete_evidence(database, provider.id, kept.id, TODAY)
    evidence.path_of(store.folder, kept).unlink()  # and the row was not removed

    assert evidence.purge_deleted(database, store.folder, TODAY + timedelta(days=40)) == 1
    assert not (store.folder / provider.id).exists()


def test_a_row_stays_while_its_file_cannot_be_removed(database, store, provider):
    kept = add(database, store, provider)
    evidence.delete_evidence(database, provider.id, kept.id, TODAY)
    path = evidence.path_of(store.folder, kept)
    path.unlink()
    (path / "in the way").mkdir(parents=True)

    with pytest.raises(OSError, match=kept.id):
        evidence.purge_deleted(database, store.folder, TODAY + timedelta(days=30))
    assert evidence.evidence_of(database, provider.id, TODAY).deleted


def test_a_new_key_seals_the_keys_of_files_and_leaves_the_files(database, store, provider):
    kept = add(database, store, provider)
    before = files(store)[0].read_bytes()

    assert seal_anew(database, [NEW_KEY, KEY]) == 1
    assert evidence.content_of(database, replace(store, keys=[NEW_KEY]), kept) == PDF
    assert files(store)[0].read_bytes() == before
    with pytest.raises(Conflict):
        evidence.content_of(database, store, kept)


def test_a_file_that_was_changed_exchanged_or_lost_is_said_to_be_damaged(database, store, provider):
    kept, other = add(database, store, provider), add(database, store, provider)
    path, second = (evidence.path_of(store.folder, each) for each in (kept, other))

    for damage in (lambda: path.write_bytes(second.read_bytes()), lambda: path.write_bytes(b"x"), path.unlink):
        damage()
        with pytest.raises(Conflict, match="cannot be opened"):
            evidence.content_of(database, store, kept)


def test_what_is_done_is_logged_once_without_a_word_of_what_it_is_about(database, store, provider):
    kept = add(database, store, provider)
    add(database, store, provider, evidence_id=kept.id)
    evidence.change_label(database, provider.id, kept.id, Label("Secret"), before=kept.label)
    for _ in range(2):
        evidence.delete_evidence(database, provider.id, kept.id, TODAY)
    for _ in range(2):
        evidence.bring_back(database, provider.id, kept.id, TODAY)
    evidence.delete_evidence(database, provider.id, kept.id, TODAY)
    evidence.purge_deleted(database, store.folder, TODAY + timedelta(days=30))

    lines = [line for line, _ in all_lines(database) if line.about == kept.id]
    assert [line.deed.removeprefix("evidence ") for line in lines] == [
        "added", "changed", "deleted", "brought back", "deleted", "purged",
    ]  # fmt: skip
    assert {line.organisation_id for line in lines} == {provider.id}
    assert all(dict(line.facts) == {} for line in lines)


@pytest.mark.parametrize("role", MAY)
def test_the_team_sees_and_its_lead_and_contributors_keep(database, store, provider, role: Role):
    kept, acting = add(database, store, provider), as_(database, role, provider.id)
    seen = [lambda: titles(acting, provider), lambda: evidence.content_of(acting, store, kept)]
    changed = [
        lambda: add(acting, store, provider),
        lambda: evidence.change_label(acting, provider.id, kept.id, Label("x"), before=kept.label),
        lambda: evidence.delete_evidence(acting, provider.id, kept.id, TODAY),
        lambda: evidence.bring_back(acting, provider.id, kept.id, TODAY),
    ]
    keeps = role in (Role.LEAD, Role.CONTRIBUTOR)
    for may, attempts in ((keeps or role is Role.MEMBER, seen), (keeps, changed)):
        for attempt in attempts:
            if may:
                attempt()
            else:
                with pytest.raises(NotFound):
                    attempt()


def test_the_team_of_another_provider_sees_nothing(database, store, provider):
    kept, other = add(database, store, provider), add_provider(database, "Rowan Lane")
    lead = as_(database, Role.LEAD, other.id)

    for attempt in (
        lambda: titles(lead, provider),
        lambda: evidence.content_of(lead, store, kept),
        lambda: evidence.content_of(lead, store, replace(kept, provider_id=other.id)),
        lambda: evidence.one_of(lead, other.id, kept.id),
        lambda: evidence.delete_evidence(lead, other.id, kept.id, TODAY),
        lambda: evidence.purge_deleted(lead, store.folder, TODAY),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert titles(database, provider) == ["Our plan"]


def test_a_provider_that_is_not_there_has_no_evidence(database, store):
    with pytest.raises(NotFound):
        evidence.add_evidence(database, store, "nobody", "0" * 16, Label("x"), file_name="x.pdf", content=PDF, on=TODAY)
    assert files(store) == []
