"""People's own words stand in the database sealed."""

from collections.abc import Iterator

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from app.errors import Conflict
from app.responses import Round
from app.responses.visit import Declared, Visit
from app.services import visiting
from app.services.visit_queue import take_in
from app.storage import Database, visits
from app.storage.migrate import MIGRATIONS, downgrade, upgrade
from app.storage.sealed import sealed_columns
from tests.databases import KEYS, Databases, SqliteFiles
from tests.days import TODAY
from tests.integration.visits import begun_visit, planned_visit
from tests.tablets import enclosed, new_item_id, observation

BEFORE = str(ScriptDirectory(str(MIGRATIONS)).get_revision("0008").down_revision)
NOTE, OTHER_NOTE = "Wynne has a plan on her wall. Ŵŷ", "Nobody locks the kitchen."
TIE = "My sister Wynne lives there."


def see(database: Database, visit: Visit, note: str) -> None:
    item_id = new_item_id()
    take_in(database, KEYS, visit.id, item_id, enclosed(visit.id, item_id, observation(note=note)), TODAY)


def notes(connection: Connection, visit: Visit) -> set[str]:
    return {each.note for each in visits.observations_of(connection, visit)}


def stored_text(database: Database) -> str:
    """Return all that the database holds, as one text."""
    with database.reading() as connection:
        tables = [column.table.name for column in sealed_columns()]
        return repr([connection.execute(text(f"SELECT * FROM {name}")).all() for name in tables])


def test_what_a_pair_saw_and_its_ties_stand_sealed_and_are_read_by_whom_they_are_for(database: Database, round_: Round):
    planned = planned_visit(database, round_)
    (one, other) = planned.account_ids
    visiting.declare(database, planned.id, one, Declared.INTEREST, TIE)
    visiting.declare(database, planned.id, other, Declared.NONE, "")
    assert visiting.view_of(database, planned.id).visit.checker(one).interest == TIE

    visiting.declare(database, planned.id, one, Declared.NONE, "")
    visiting.register_device(database, planned.id, one, "Blue tablet", "5" * 64)
    see(database, planned, NOTE)
    see(database, planned, "")

    with database.reading() as connection:
        assert notes(connection, planned) == {NOTE, ""}
    assert "Wynne" not in stored_text(database)


def test_a_note_cannot_be_put_in_the_place_of_another(database: Database, round_: Round):
    visit = begun_visit(database, round_)
    see(database, visit, NOTE)
    see(database, visit, OTHER_NOTE)
    with database.writing() as connection:
        (stolen, _) = connection.execute(text("SELECT sealed_note FROM observation ORDER BY id")).scalars()
        connection.execute(text("UPDATE observation SET sealed_note = :stolen"), {"stolen": stolen})

    with database.reading() as connection, pytest.raises(Conflict, match="another secret key"):
        notes(connection, visit)


@pytest.fixture
def older(databases: Databases) -> Iterator[Database]:
    """A database as it was before words were sealed."""
    database = Database.at(databases.empty_url(), lambda: KEYS)
    upgrade(database, BEFORE)
    yield database
    database.close()


def test_what_stood_there_in_clear_is_sealed_by_the_migration_and_opened_when_it_is_taken_back(older: Database):
    write_in_clear(older)
    upgrade(older)

    assert "Wynne" not in stored_text(older)
    with older.reading() as connection:
        found = visits.find(connection, "v")
        assert found is not None
        assert notes(connection, found) == {NOTE, OTHER_NOTE, ""}
        assert found.checker(1).interest == TIE

    downgrade(older, BEFORE)
    with older.reading() as connection:
        in_clear = set(connection.execute(text("SELECT note FROM observation")).scalars())
        assert in_clear == {NOTE, OTHER_NOTE, ""}
        assert connection.execute(text("SELECT interest FROM visit_checker")).scalar() == TIE


def write_in_clear(database: Database) -> None:
    rows = [
        "INSERT INTO provider (id, name, context, made_up) VALUES ('p', 'P', '{}', false)",
        "INSERT INTO network (id, name, made_up) VALUES ('n', 'N', false)",
        (
            "INSERT INTO round (provider_id, id, survey_id, survey_version, survey_sha256, standards_id,"
            " standards_version, standards_sha256, length, provider_view, standard_threshold,"
            " indicator_threshold, state, opened_on, made_up)"
            " VALUES ('p', 'r', 's', '1', 'x', 's', '1', 'x', 'short', 'agreed', 5, 10, 'open', '2026-11-21', false)"
        ),
        "INSERT INTO account (id, email, active, fs_uniquifier) VALUES (1, 'jo@example.org', true, 'x')",
        "INSERT INTO visit VALUES ('p', 'v', 'r', 'n', '2026-11-21', 'open')",
        f"INSERT INTO visit_checker VALUES ('p', 'v', 1, 'interest', '{TIE}')",
        f"INSERT INTO observation VALUES ('p', 'v', 'a', 'S01', 'seen', '{NOTE}')",
        f"INSERT INTO observation VALUES ('p', 'v', 'b', 'S02', 'seen', '{OTHER_NOTE}')",
        "INSERT INTO observation VALUES ('p', 'v', 'c', 'S03', 'seen', '')",
    ]
    with database.writing() as connection:
        for row in rows:
            connection.execute(text(row))


def test_after_an_upgrade_nothing_of_the_clear_words_is_left_in_the_file(sqlite_files: SqliteFiles):
    database = Database.at(sqlite_files.empty_url(), lambda: KEYS)
    upgrade(database, BEFORE)
    write_in_clear(database)
    upgrade(database)
    database.forget_traces()
    path = str(database.engine.url.database)
    database.close()

    with open(path, "rb") as file:  # noqa: PTH123
        assert b"Wynne" not in file.read()
