"""Fixtures that every suite shares."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.organisations import OPERATOR
from app.storage import Database
from tests.databases import KEYS, Databases, PostgresServer, SqliteFiles, postgres
from tests.site import Site, make_site


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Both kinds of database, one after the other."""
    found: Databases = request.getfixturevalue("sqlite_files" if request.param == "sqlite" else "postgres_server")
    return found


@pytest.fixture
def database(databases: Databases) -> Iterator[Database]:
    """A migrated database with the library loaded, on SQLite and on PostgreSQL."""
    found = Database.at(databases.new_url(), lambda: KEYS).acting_for(OPERATOR)
    yield found
    found.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def site(sqlite_files: SqliteFiles, tmp_path: Path) -> Iterator[Site]:
    """The whole application on a database of its own."""
    made = make_site(tmp_path, sqlite_files.new_url())
    yield made
    made.close()
