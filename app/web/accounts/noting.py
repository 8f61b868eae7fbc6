"""What the sign-in library does, written into the log: who could not sign in, new passwords, recovery codes.

Signing in, signing out and sessions that end are written by the services that do it. What was typed is never written.
"""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, Response, current_app, g, request, session
from flask_security.signals import password_changed, password_reset

from app.organisations.log import Deed
from app.services import accounts
from app.services.log import note_failed, note_own
from app.storage.accounts import Account
from app.web.accounts.forms import WRONG_PASSWORD
from app.web.accounts.sessions import SECRET
from app.web.context import database, session_found

_SHOWN_AGAIN, _GONE, _NOT_PROVEN = frozenset({200, 422}), frozenset({410}), frozenset({403})


def _named() -> int | None:
    return accounts.id_behind(database(), request.form.get("email", ""))


def _half_signed_in() -> int | None:
    user = current_app.extensions["security"].datastore.find_user(fs_uniquifier=session.get("tf_user_id", ""))
    return user.id if user is not None else None


def _signed_in() -> int | None:
    found = session_found()
    return found.account.id if found else None


def _nobody() -> None:
    return None


_MIDDLE = frozenset({"security.two_factor_token_validation", "security.mf_recovery", "security.wan_signin_response"})
TRIED: Mapping[str, tuple[str, frozenset[int], Callable[[], int | None]]] = {
    "security.login": ("password", _SHOWN_AGAIN, _named),
    "security.two_factor_token_validation": ("code", _SHOWN_AGAIN, _half_signed_in),
    "security.mf_recovery": ("recovery code", _SHOWN_AGAIN, _half_signed_in),
    "security.wan_signin_response": ("passkey", frozenset({200, 302, 303, 422}), _half_signed_in),
    "security.verify": ("saying it again", _SHOWN_AGAIN, _signed_in),
    "security.change_password": ("saying it again", _SHOWN_AGAIN, _signed_in),
    "by_letter.sign_in": ("letter", _GONE, _nobody),
    "security.reset_password": ("letter for a new password", _GONE, _nobody),
    "sign_on.finish": ("sign-on", _NOT_PROVEN, _nobody),
}
"""By endpoint: how somebody tried, which answers say that they failed, and whom they wanted to be."""


def prepare(app: Flask) -> None:
    app.after_request(_note_what_came)
    password_changed.connect(_password_changed, app)
    password_reset.connect(_password_changed, app)


def _note_what_came(response: Response) -> Response:
    """What a limit refused was not looked at, and is not written: so the log grows no faster than tries are let in."""
    endpoint = request.endpoint or ""
    if request.method != "POST":
        return response
    if endpoint in TRIED:
        way, failed, who = TRIED[endpoint]
        if response.status_code in failed and not _is_something_else(endpoint):
            note_failed(database(), who(), way)
    elif endpoint == "security.mf_recovery_codes" and response.status_code == 200:
        _note_codes()
    return response


def _is_something_else(endpoint: str) -> bool:
    """Say whether no wrong proof was given: an empty form, an app that is being set up, a new password that is weak."""
    if endpoint == "security.login":
        return not request.form.get("password")
    if endpoint == "security.change_password":
        return not g.get(WRONG_PASSWORD)
    return endpoint in _MIDDLE and SECRET in session


def _note_codes() -> None:
    account_id = _signed_in()
    if account_id is not None:
        note_own(database(), account_id, Deed.RECOVERY_CODES_MADE)


def _password_changed(_app: Flask, *, user: Account, **_more: Any) -> None:  # noqa: ANN401  # as the library calls it
    note_own(database(), user.id, Deed.PASSWORD_CHANGED)
