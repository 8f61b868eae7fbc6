"""What kind of installation this is, and whether anybody has begun to use it."""

from app.storage import Database, installation

DEMONSTRATION = "demonstration"
BEGUN, FINISHED = "begun", "finished"


def is_demonstration(database: Database) -> bool:
    with database.reading() as connection:
        return installation.marked(connection, DEMONSTRATION) is not None


def is_unfinished_demonstration(database: Database) -> bool:
    """Say whether making a demonstration was interrupted."""
    with database.reading() as connection:
        return installation.marked(connection, DEMONSTRATION) == BEGUN


def is_set_up(database: Database) -> bool:
    """Say whether anybody looks after this installation, or any provider or network is in it."""
    with database.reading() as connection:
        return installation.has_somebody(connection)
