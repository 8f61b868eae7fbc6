"""What one request works with: the settings, the database, and who signed in."""

from datetime import date
from typing import cast

from flask import current_app, g, request
from flask_login import current_user

from app.organisations import NOBODY, Actor
from app.outgoing import Caller, CallRules
from app.services.inviting_colleagues import Office
from app.storage import Database
from app.storage.account_sessions import SignedIn
from app.storage.accounts import Account
from config import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def settings() -> Settings:
    return cast(Settings, current_app.extensions["driving_seat_settings"])


def database() -> Database:
    """Return the database on behalf of who signed in; one that cannot be written to while a page is only shown.

    On behalf of nobody on pages that need no account, whoever may have signed in: `guard` alone asks who that is.
    """
    key = "driving_seat_reader" if request.method in SAFE_METHODS else "driving_seat_database"
    found = cast(Database, current_app.extensions[key])
    return found.acting_for(g.actor) if "actor" in g else found


def caller() -> Caller:
    """Return what calls other servers, by the rules of this installation."""
    return Caller(CallRules.of(settings().outgoing_private_hosts))


def office() -> Office:
    """Return what invitations of colleagues are written with."""
    return Office(settings().keys(), settings().hash_key(), settings().base_url)


def today() -> date:
    """Return the day as people at this server have it."""
    return date.today()  # noqa: DTZ011


def session_found() -> SignedIn[Account] | None:
    """Return who signed in, in which session, with which roles; None for a stranger. One query a request."""
    if not current_user.is_authenticated:
        return None
    return cast("SignedIn[Account] | None", g.get("signed_in"))


def signed_in() -> Actor | None:
    """Return who signed in, for templates; None for a stranger."""
    found = actor()
    return None if found is NOBODY else found


def actor() -> Actor:
    """Return who signed in, with their roles; NOBODY for a stranger."""
    found = session_found()
    if found is None:
        return NOBODY
    if "actor" not in g:
        g.actor = Actor.of(found.memberships, found.account.id)
    return cast(Actor, g.actor)
