"""What one request works with: the settings, the database, and who signed in."""

from datetime import date
from typing import cast

from flask import current_app, g, request
from flask_login import current_user

from app.organisations import Actor
from app.services import accounts
from app.storage import Database
from config import Settings

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def settings() -> Settings:
    return cast(Settings, current_app.extensions["driving_seat_settings"])


def database() -> Database:
    """Return the database; one that cannot be written to while a page is only shown."""
    key = "driving_seat_reader" if request.method in _SAFE_METHODS else "driving_seat_database"
    return cast(Database, current_app.extensions[key])


def today() -> date:
    """Return the day as people at this server have it."""
    return date.today()  # noqa: DTZ011


def actor() -> Actor | None:
    """Return who signed in, with their roles; None for a stranger. One query a request."""
    if not current_user.is_authenticated:
        return None
    if "actor" not in g:
        g.actor = accounts.actor_of(database(), current_user.id)
    return cast(Actor, g.actor)
