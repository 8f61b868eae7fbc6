"""Who is signed in, looked up once a request; and where sessions begin and end."""

import time
from datetime import timedelta

from flask import Flask, flash, g, request, session
from flask_babel import lazy_gettext as _
from flask_login import LoginManager, user_logged_out
from flask_security.signals import password_reset, user_authenticated
from sqlalchemy.orm import Session, scoped_session

from app.services import account_sessions, sign_in_links
from app.storage import account_sessions as stored
from app.storage.account_sessions import Kind, SignedIn
from app.storage.accounts import Account
from app.web.accounts.browsers import label_of
from app.web.context import database, today

SECRET, USED, SIGNED_AT = "session_secret", "used_at", "fs_paa"
NOTED_EVERY = 5 * 60
"""Seconds: the cookie that says when a session was last used is not sent anew with every picture."""
SIGNED_ON_WITH_BOTH_STEPS = "sign-on with both steps"
_BOTH_STEPS_IN_ONE = frozenset({"webauthn", SIGNED_ON_WITH_BOTH_STEPS})
"""A passkey that signs somebody in asks for a finger, a face or a PIN: it is both steps in one. An identity provider
may stand for both, where whoever looks after the installation said so."""
_WAYS = {
    "password": "password",
    "token": "letter",
    "webauthn": "passkey",
    "reset": "new password",
    "sign-on": "sign-on",
    SIGNED_ON_WITH_BOTH_STEPS: "sign-on",
}


def prepare(app: Flask, manager: LoginManager, objects: scoped_session[Session], kind: type[Account]) -> None:
    app.config["PERMANENT_SESSION_LIFETIME"] = account_sessions.LONGEST
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False

    @manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
    def load(fs_uniquifier: str) -> Account | None:
        return _load(objects(), kind, fs_uniquifier)

    user_authenticated.connect(_begin, app)
    user_logged_out.connect(_end, app)
    password_reset.connect(_end_all, app)


def _load(objects: Session, kind: type[Kind], fs_uniquifier: str) -> Kind | None:
    """Return who is signed in, if the session is still there. What the library asks about the request is noted too."""
    secret = session.get(SECRET)
    found = stored.signed_in(objects, kind, fs_uniquifier, account_sessions.session_id(secret)) if secret else None
    if found is None or not found.account.active or account_sessions.is_over(found.session, today(), _unused()):
        return None
    if _unused() > timedelta(seconds=NOTED_EVERY):
        session[USED] = int(time.time())
    g.signed_in = found
    g.fs_authn_via, g.fs_paa = "session", session.get(SIGNED_AT, 0)
    return found.account


def _unused() -> timedelta:
    return timedelta(seconds=time.time() - session.get(USED, 0))


def _begin(_app: Flask, *, user: Account, authn_via: list[str] | None, **_more: object) -> None:
    """Begin a session with a secret of its own. The library signs in after the second step alone, and names no way."""
    via = frozenset(authn_via or ())
    before: SignedIn[Account] | None = g.pop("signed_in", None)
    same = before.session if before and "change" in via else None  # a new password: all other sessions end
    session.permanent = same.remembered if same else session.pop("_remember", "") == "set"
    session[SECRET] = account_sessions.begin(
        database(),
        user.id,
        label_of(request.user_agent.string),
        today(),
        has_second_factor=same.has_second_factor if same else via <= _BOTH_STEPS_IN_ONE,
        remembered=session.permanent,
        way=None if same else _way(via),
    )
    session[USED] = int(time.time())
    _forget_form_token()
    if same:
        flash(str(_("Your password was changed.")))
        account_sessions.end_others(database(), user.id, account_sessions.session_id(session[SECRET]))


def _way(via: frozenset[str]) -> str:
    """Return the word of the log for how somebody signed in. After a second step the library names nothing."""
    return next((word for name, word in _WAYS.items() if name in via), "second step")


def _forget_form_token() -> None:
    """Let the forms of whoever signed in carry another token than those before."""
    session.pop("csrf_token", None)
    g.pop("csrf_token", None)


def _end(_app: Flask, **_more: object) -> None:
    g.leaves_nothing = True
    ended: SignedIn[Account] | None = g.pop("signed_in", None)
    for name in (SECRET, USED):
        session.pop(name, None)
    if ended is not None:
        account_sessions.sign_out(database(), ended.session)


def _end_all(_app: Flask, *, user: Account, **_more: object) -> None:
    account_sessions.end_others(database(), user.id, None)
    sign_in_links.forget(database(), user.id)
