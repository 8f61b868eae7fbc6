"""One database: an engine, and the two ways to use it. Reading never commits; writing commits once, or not at all."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import copy
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, OperationalError

from app.errors import Refused
from app.organisations import NOBODY, Actor
from app.storage.sealed import KEYS, Keys, no_keys
from app.storage.tables import (
    VISIT_TABLES,
    concern,
    concern_step,
    invitation,
    letter,
    response,
    round_address,
    share,
)

BUSY_TIMEOUT_MS = 10_000
MOMENT_MS = 50
TRIES = 10
MOST_CONNECTIONS = 64
TRACED = (invitation, response, share, concern, concern_step, letter, round_address, *VISIT_TABLES)
"""The tables of which earlier versions of rows would show an order, or what was deleted."""


class Database:
    """A database at a URL: SQLite in a file, or PostgreSQL.

    actor: on whose behalf it is used; services ask whether they may. is_read_only: `writing` then raises; what serves a
    plain GET gets such a one.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.actor: Actor = NOBODY
        self._writer = engine.execution_options(is_writer=True)
        self.is_read_only = False

    @classmethod
    def at(cls, url: str, keys: Keys = no_keys) -> "Database":
        """Open the database at a URL. keys: gives the installation's, whenever something is sealed or opened.

        Raises Refused for an address that is neither SQLite's nor PostgreSQL's.
        """
        try:
            parsed = make_url(url)
        except ArgumentError:
            raise Refused("DATABASE_URL is not the address of a database.") from None
        if parsed.get_backend_name() not in {"sqlite", "postgresql", "postgres"}:
            raise Refused("DATABASE_URL must begin with sqlite: or postgresql:")
        if parsed.drivername in {"postgresql", "postgres"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        engine = create_engine(
            parsed,
            pool_pre_ping=parsed.get_backend_name() != "sqlite",
            hide_parameters=True,
            max_overflow=MOST_CONNECTIONS,
            execution_options={KEYS: keys},
        )
        if parsed.get_backend_name() != "sqlite":
            return cls(engine)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return cls(engine)

    def as_read_only(self) -> "Database":
        found = copy(self)
        found.is_read_only = True
        return found

    def acting_for(self, actor: Actor) -> "Database":
        """Return the same database, used on behalf of somebody."""
        found = copy(self)
        found.actor = actor
        return found

    @property
    def exists(self) -> bool:
        """Whether there is anything to connect to, as far as a look at a file can say."""
        return not self.is_sqlite or Path(str(self.engine.url.database)).exists()

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection whose transaction is rolled back at the end."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose transaction is committed at the end, or rolled back on an error."""
        if self.is_read_only:
            raise RuntimeError("a page that only shows something tried to write")
        with self._writer.begin() as connection:
            yield connection

    def forget_traces(self) -> bool:
        """Clear what the database keeps of earlier row versions, so that no order of writing outlives a round.

        Returns whether it was done: somebody who reads at length keeps it from being done, and is not waited for.
        """
        try:
            return self._truncate_log(TRIES) if self.is_sqlite else self._vacuum(*TRACED)
        except OperationalError:
            return False

    def forget_log(self) -> None:
        """Empty SQLite's write-ahead log now, unless somebody reads at this moment; the next call makes good for it."""
        if self.is_sqlite:
            with suppress(OperationalError):
                self._truncate_log(1)

    def copy_to(self, path: Path) -> None:
        """Write a copy of an SQLite database, as it is at one moment, into a new file; it holds no earlier rows.

        Raises Refused for PostgreSQL, which has a program of its own for it.
        """
        if not self.is_sqlite:
            raise Refused("This database is PostgreSQL: use pg_dump, as docs/backups.md says.")
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(path),))

    def forget_letters(self) -> None:
        """Clear what is kept of letters that have left; what cannot be cleared now, the next call clears."""
        with suppress(OperationalError):
            self._truncate_log(1) if self.is_sqlite else self._vacuum(letter)

    def _vacuum(self, *tables: Table) -> bool:
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"VACUUM {', '.join(each.name for each in tables)}"))
        return True

    def _truncate_log(self, tries: int) -> bool:
        """Waits for readers at most a moment at a time, because nobody can write meanwhile."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {MOMENT_MS}")
            try:
                for _ in range(tries):
                    (busy, *_) = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
                    if not busy:
                        return True
                    time.sleep(MOMENT_MS / 1000)
            finally:
                connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        return False

    def close(self) -> None:
        self.engine.dispose()


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("is_writer") else "BEGIN")
