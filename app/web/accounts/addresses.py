"""Changing the address of an account, and showing that it is one's own. A link alone changes nothing."""

from typing import Any

from flask import Flask, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_security.change_email import change_email_confirm
from flask_security.confirmable import confirm_email_token_status, confirm_user, generate_confirmation_token
from flask_security.signals import change_email_confirmed
from flask_security.utils import check_and_get_token_status, verify_hash

from app.organisations import Role
from app.organisations.log import Deed
from app.services import account_sessions, sign_in_links
from app.services.log import note_own
from app.storage.accounts import Account
from app.web import access
from app.web.accounts.links import Over, over
from app.web.accounts.views import blueprint
from app.web.accounts.who import account
from app.web.context import database
from app.web.letters import post_words


def prepare(app: Flask) -> None:
    app.view_functions["security.change_email_confirm"] = _show_new_address
    change_email_confirmed.connect(_changed, app)


@blueprint.post("/address/<token>")
@access.open_to(Role.PUBLIC)
def change_address(token: str) -> ResponseReturnValue:
    why = _why_no_new_address(token)
    if why is not None:
        return _over(why)
    change_email_confirm(token)
    return render_template("accounts/address_changed.html")


@blueprint.post("/confirm")
@access.open_to(Role.SIGNED_IN, fresh=True)
def ask_to_confirm() -> ResponseReturnValue:
    """Post a letter with a link, by which the address shows to be the account's."""
    link = url_for(".show_confirm", token=generate_confirmation_token(account()))
    post_words("confirm", account().email, {"link": link})
    flash(str(_("A letter with a link is on its way. Open the link within two days.")))
    return redirect(url_for(".overview"), 303)


@blueprint.get("/confirm/<token>")
@access.open_to(Role.PUBLIC)
def show_confirm(token: str) -> ResponseReturnValue:
    why, _user = _confirmable(token)
    if why is not None:
        return _over(why)
    return render_template("accounts/confirm_address.html", is_new=False)


@blueprint.post("/confirm/<token>")
@access.open_to(Role.PUBLIC)
def confirm(token: str) -> ResponseReturnValue:
    why, user = _confirmable(token)
    if why is not None:
        return _over(why)
    confirm_user(user)
    _datastore().commit()
    return render_template("accounts/address_confirmed.html")


def _confirmable(token: str) -> tuple[Over | None, Account | None]:
    expired, invalid, user = confirm_email_token_status(token)
    if expired:
        return Over.EXPIRED, None
    if invalid or user is None:
        return Over.WRONG, None
    return (Over.USED, None) if user.confirmed_at else (None, user)


def _show_new_address(token: str) -> ResponseReturnValue:
    why = _why_no_new_address(token)
    if why is not None:
        return _over(why)
    return render_template("accounts/confirm_address.html", is_new=True)


def _why_no_new_address(token: str) -> Over | None:
    """Return why a link changes nothing. An address that somebody has taken meanwhile looks like a used link."""
    within = current_app.config["SECURITY_CHANGE_EMAIL_WITHIN"]
    expired, invalid, state = check_and_get_token_status(token, "change_email", within)
    if invalid:
        return Over.WRONG
    if expired:
        return Over.EXPIRED
    fs_uniquifier, old_hash, new = state
    user = _datastore().find_user(fs_uniquifier=fs_uniquifier)
    is_open = user is not None and verify_hash(old_hash, user.email) and not _datastore().find_user(email=new)
    return None if is_open else Over.USED


def _changed(_app: Flask, *, user: Account, old_email: str, **_more: object) -> None:
    """Tell the old address; let no link to it work any more; end every session."""
    _datastore().set_uniquifier(user)
    _datastore().commit()
    note_own(database(), user.id, Deed.ADDRESS_CHANGED)
    account_sessions.end_others(database(), user.id, None)
    sign_in_links.forget(database(), user.id)
    post_words("address_changed", old_email, {})


def _over(why: Over) -> ResponseReturnValue:
    return over(
        why,
        _("Sign in, and ask for a new link on the pages of your account."),
        url_for("accounts.overview"),
        _("Your account"),
    )


def _datastore() -> Any:  # noqa: ANN401  # the library has no types
    return current_app.extensions["security"].datastore
