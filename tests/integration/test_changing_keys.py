"""After a change of keys everything is readable and known as before, and the earlier key can be forgotten."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.errors import Conflict, Refused
from app.responses import ConcernState, Round
from app.services import answering, changing_keys
from app.services.changing_keys import held, refuse_forgetting, seal_anew
from app.services.closing import close_round
from app.services.coming_back import choose_word, link_behind
from app.services.importing import import_responses
from app.services.inviting import invite
from app.services.visit_queue import Taken, take_in
from app.standards import Audience
from app.storage import Database, sealed
from app.storage.sealed import sealed_columns
from app.storage.tables import letter, metadata
from app.surveys import Edition
from config import Settings
from tests.databases import KEYS
from tests.days import TODAY
from tests.integration.test_concerns import Office
from tests.integration.test_concerns import office as office
from tests.integration.visits import begun_visit
from tests.responses_files import row, write_csv
from tests.tablets import answers, enclosed, new_item_id

NEW = b"n" * 40
BOTH = (NEW, *KEYS)


def counts(database: Database, keys: Sequence[bytes] = BOTH) -> dict[str, tuple[int, int, int]]:
    """Return how many texts of each column that has any the present, an earlier and no key opens."""
    found = {each.column: (each.present, each.earlier, each.unknown) for each in held(database, keys)}
    return {column: numbers for column, numbers in found.items() if any(numbers)}


def told(office: Office, *more: str) -> None:
    """Tell a worry, and let the letter about it have left."""
    office.tell(*more)
    with office.database.writing() as connection:
        connection.execute(letter.delete())


def tell(office: Office) -> None:
    """Three concerns, one of them with two notes."""
    told(office)
    office.opened()
    office.write(ConcernState.ACTING, "Rang her.", seen=1)
    office.write(ConcernState.PASSED_ON, "To the council.", seen=2)
    told(office, "Another", "b" * 32)
    told(office, "A third", "c" * 32)


def test_a_concern_and_its_notes_are_readable_with_the_new_key_alone(office: Office):
    told(office)
    office.opened()
    office.write(ConcernState.ACTING, "Rang her.", seen=1)

    assert seal_anew(office.database, BOTH) == 2

    view = office.view(keys=[NEW])
    assert view.told is not None
    assert "Wynne Quill" in view.told.words
    assert view.log[-1].note == "Rang her."
    assert counts(office.database) == {"concern.sealed": (1, 0, 0), "concern_step.sealed_note": (1, 0, 0)}
    with pytest.raises(Conflict):
        office.view(keys=KEYS)


def test_sealing_anew_goes_through_every_batch(office: Office, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sealed, "BATCH", 2)
    tell(office)
    assert counts(office.database) == {"concern.sealed": (0, 3, 0), "concern_step.sealed_note": (0, 2, 0)}

    assert seal_anew(office.database, BOTH) == 5
    assert counts(office.database) == {"concern.sealed": (3, 0, 0), "concern_step.sealed_note": (2, 0, 0)}
    assert seal_anew(office.database, BOTH) == 0


def test_an_interrupted_change_leaves_everything_readable_and_goes_on(office: Office, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sealed, "BATCH", 1)
    tell(office)
    calls = []

    def interrupted(connection: Connection, *rest: object) -> None:
        calls.append(rest)
        if len(calls) == 3:
            raise KeyboardInterrupt
        sealed.put(connection, *rest)

    monkeypatch.setattr(changing_keys, "put", interrupted)
    with pytest.raises(KeyboardInterrupt):
        seal_anew(office.database, BOTH)
    assert counts(office.database)["concern.sealed"] == (2, 1, 0)
    with pytest.raises(Refused, match="keys rotate"):
        refuse_forgetting(office.database, BOTH)

    monkeypatch.undo()
    assert seal_anew(office.database, BOTH) == 3
    refuse_forgetting(office.database, BOTH)


def test_what_no_known_key_opens_is_left_as_it_is_and_counted(office: Office):
    told(office)

    assert seal_anew(office.database, [NEW]) == 0
    assert counts(office.database, [NEW]) == {"concern.sealed": (0, 0, 1)}
    assert counts(office.database, KEYS) == {"concern.sealed": (1, 0, 0)}


def test_what_somebody_writes_meanwhile_is_not_lost(office: Office):
    told(office)
    with office.database.writing() as connection:
        (column,) = (each for each in sealed_columns() if str(each) == "concern.sealed")
        (text,) = sealed.batch(connection, column, BOTH)
        connection.execute(column.table.update().values({column.name: "written meanwhile"}))
        sealed.put(connection, column, text, BOTH)
        assert connection.execute(column.table.select()).one().sealed == "written meanwhile"


def test_a_tablet_s_queued_envelope_is_taken_after_a_change_and_keeps_the_earlier_key(
    database: Database, round_: Round
):
    visit, item_id = begun_visit(database, round_), new_item_id()
    closed_before = enclosed(visit.id, item_id, answers({"S01.a": "yes"}), KEYS[0])

    with pytest.raises(Refused, match="Tablets of 1 visits"):
        refuse_forgetting(database, BOTH)
    assert take_in(database, BOTH, visit.id, item_id, closed_before, TODAY) is Taken.NOW

    close_round(database, round_.id, TODAY)
    refuse_forgetting(database, BOTH)


@pytest.fixture
def settings(home: Path) -> Settings:
    found = Settings(home=home)
    found.make_keys()
    return found


def test_an_imported_row_is_still_known_after_a_change(
    database: Database, round_: Round, settings: Settings, tmp_path: Path
):
    path = write_csv(tmp_path / "r.csv", [row("1"), row("2")])
    import_responses(database, settings.hash_key(), round_.id, path, TODAY)
    settings.add_key()
    settings.forget_earlier_keys()

    again = import_responses(database, settings.hash_key(), round_.id, path, TODAY)
    assert (again.new_count, again.known_count) == (0, 2)


def test_a_short_code_with_its_word_still_opens_after_a_change(database: Database, round_: Round, settings: Settings):
    (link,) = invite(database, round_.id, Audience.PERSON, 1)
    answering.start(database, link.token, Edition.EASY_READ, "en")
    code = choose_word(database, settings.hash_key(), link.token, "blue dog")
    settings.add_key()
    settings.forget_earlier_keys()

    assert link_behind(database, settings.hash_key(), code, "blue dog") == link.token


def test_every_sealed_column_is_declared_as_one():
    """Otherwise a change of keys would pass it by, and what it holds would be lost with the earlier key."""
    named = {
        column for table in metadata.sorted_tables for column in table.columns
        if column.name.startswith("sealed") or column.name.endswith("sealed")
    }  # fmt: skip
    by_other_means = {column for column in named if "sealed_by" in column.info}

    assert [str(column) for column in named - by_other_means - set(sealed_columns())] == []
    assert [str(column) for column in sealed_columns() if column not in named] == []


def test_every_sealed_column_s_purpose_names_its_row():
    """So that what is sealed for one row cannot be put in the place of another's."""
    for column in sealed_columns():
        key = {each.name: f"<{each.name}>" for each in column.table.primary_key.columns}
        purposes = {sealed.purpose_of(column, key | {name: "other"}) for name in key if name != "provider_id"}
        assert sealed.purpose_of(column, key) not in purposes, column
