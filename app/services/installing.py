"""What kind of installation this is."""

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
