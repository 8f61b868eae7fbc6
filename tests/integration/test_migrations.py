from datetime import date, datetime, time

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    String,
    Text,
    insert,
    inspect,
    text,
)

from app.organisations import Provider
from app.storage import Database
from app.storage.migrate import differences, downgrade, is_current, upgrade
from app.storage.organisations import add_provider
from app.storage.tables import metadata
from tests.days import TODAY

OF_TYPE: dict[type, str | int | bool | bytes | date | dict[str, str]] = {
    String: "x",
    Text: "x",
    Integer: 1,
    Boolean: True,
    Date: TODAY,
    DateTime: datetime.combine(TODAY, time()),
    LargeBinary: b"x",
    JSON: {},
}


def test_the_migrated_tables_are_the_tables_in_the_code(database: Database):
    assert is_current(database)
    assert differences(database) == []


def test_every_migration_can_be_taken_back_and_made_again(databases):
    database = Database.at(databases.empty_url())
    assert not is_current(database)

    upgrade(database)
    with database.writing() as connection:
        add_provider(connection, Provider("a", "Kept until it is taken back"))
    downgrade(database, "base")
    left = set(inspect(database.engine).get_table_names()) - {"alembic_version"}
    upgrade(database)

    assert left == set()
    assert is_current(database)
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM provider")).scalar() == 0
    database.close()


def test_the_newest_migration_can_be_taken_back_and_made_again_with_a_row_in_every_table(databases):
    database, older = Database.at(databases.new_url()), Database.at(databases.empty_url())
    upgrade(older, "0001")
    with database.writing() as connection:
        add_a_row_to_every_table(connection)

    downgrade(database, "0001")

    assert described(database) == described(older)
    upgrade(database)
    assert differences(database) == []
    with database.reading() as connection:
        counts = {
            table: connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar()
            for table in ("round", "response", "invitation", "share", "visit", "concern")
        }
    assert counts == {"round": 1, "response": 1, "invitation": 1, "share": 0, "visit": 0, "concern": 0}
    database.close()
    older.close()


def add_a_row_to_every_table(connection: Connection) -> None:
    """Every key is the same, so that each row refers to the others."""
    for table in metadata.sorted_tables:
        row = {column.name: "" if "sealed" in column.info else OF_TYPE[type(column.type)] for column in table.columns}
        connection.execute(insert(table).values(row))


def described(database: Database) -> dict[str, tuple[set[str], set[str]]]:
    """Return each table's columns and indexes, as text."""
    found = inspect(database.engine)
    return {
        table: (
            {f"{each['name']} {each['type']} {each['nullable']}" for each in found.get_columns(table)},
            {f"{each['name']} {each['column_names']} {each['unique']}" for each in found.get_indexes(table)},
        )
        for table in found.get_table_names()
    }


def test_what_is_only_read_cannot_be_written(database: Database):
    reader = database.as_read_only()
    with pytest.raises(RuntimeError, match="tried to write"), reader.writing():
        raise AssertionError("a reader could write")
