"""What kind of installation this is."""

import ipaddress

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


def is_loopback(host: str) -> bool:
    """Say whether a host name or address is of this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
