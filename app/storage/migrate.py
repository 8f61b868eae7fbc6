"""Migrations, run from code: no command of Alembic's own is needed."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.storage.database import Database
from app.storage.tables import metadata

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(database: Database, revision: str = "head") -> None:
    with database.writing() as connection:
        command.upgrade(_config(connection), revision)


def downgrade(database: Database, revision: str) -> None:
    with database.writing() as connection:
        command.downgrade(_config(connection), revision)


def is_current(database: Database) -> bool:
    """Say whether every migration has run."""
    newest = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    with database.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


def differences(database: Database) -> list[object]:
    """Return what the migrated tables and the tables in code do not agree on."""
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
