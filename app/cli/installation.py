"""What every command works with: the settings and a database that is ready."""

from functools import cache

from app.errors import Refused
from app.organisations import OPERATOR
from app.storage import Database
from app.storage.migrate import is_current
from config import Settings, read_settings


@cache
def settings() -> Settings:
    return read_settings()


def database() -> Database:
    """Return the installation's database. Raises Refused before `init` has been run."""
    found = Database.at(settings().url_of_database, settings().keys).acting_for(OPERATOR)
    if not found.exists or not is_current(found):
        raise Refused("This installation has not been set up yet, or is older than the program. Run: driving-seat init")
    return found
