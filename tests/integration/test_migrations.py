import pytest
from sqlalchemy import inspect, text

from app.storage import Database
from app.storage.migrate import differences, downgrade, is_current, upgrade
from app.storage.organisations import add_provider


def test_the_migrated_tables_are_the_tables_in_the_code(database: Database):
    assert is_current(database)
    assert differences(database) == []


def test_every_migration_can_be_taken_back_and_made_again(databases):
    database = Database.at(databases.empty_url())
    assert not is_current(database)

    upgrade(database)
    with database.writing() as connection:
        add_provider(connection, "Kept until it is taken back", {}, made_up=False)
    downgrade(database, "base")
    left = set(inspect(database.engine).get_table_names()) - {"alembic_version"}
    upgrade(database)

    assert left == set()
    assert is_current(database)
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM provider")).scalar() == 0
    database.close()


def test_what_is_only_read_cannot_be_written(database: Database):
    reader = database.as_read_only()
    with pytest.raises(RuntimeError, match="tried to write"), reader.writing():
        raise AssertionError("a reader could write")
