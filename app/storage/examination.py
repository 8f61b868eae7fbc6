"""What a database says of itself, for whoever looks after the installation."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class SqliteState:
    """journal: how it keeps its log. is_overwritten: whether deleted content is."""

    journal: str
    is_overwritten: bool


@dataclass(frozen=True, slots=True)
class PostgresState:
    """is_encrypted: this connection. is_superuser: the role that connects. is_archived: its write-ahead log."""

    is_encrypted: bool
    is_superuser: bool
    is_archived: bool
    now: datetime


def sqlite_state(connection: Connection) -> SqliteState:
    journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    return SqliteState(str(journal), bool(connection.exec_driver_sql("PRAGMA secure_delete").scalar_one()))


def postgres_state(connection: Connection) -> PostgresState:
    row = connection.execute(
        text(
            "SELECT (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()) AS is_encrypted,"
            " (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS is_superuser,"
            " current_setting('archive_mode') <> 'off' AS is_archived, clock_timestamp() AS now"
        )
    ).one()
    return PostgresState(bool(row.is_encrypted), bool(row.is_superuser), bool(row.is_archived), row.now)
