"""The sign-in library (Flask-Security), set up for this installation: what it may do, and what stays off."""

from datetime import datetime, time, timedelta

from flask import Flask
from flask_security import Security, SQLAlchemySessionUserDatastore, UserMixin
from flask_security.core import RoleMixin
from sqlalchemy.orm import scoped_session, sessionmaker

from app.storage import Database
from app.storage.accounts import Account, Passkey
from app.web import access
from app.web.accounts import (
    addresses,
    belonging,  # noqa: F401  # its pages are the account's
    forms,
    letters,  # noqa: F401  # its pages are the account's
    links,
    noting,
    second_step,
    sessions,
    words,
)
from app.web.accounts.second_step import OnceOnly, PersonPresent
from app.web.accounts.strength import Strength
from app.web.context import today
from app.web.keys import derived
from app.web.letters import LetterUtil, can_send_letters
from config import Settings


class SignedInAccount(Account, UserMixin):
    """An account with the methods that the sign-in library asks of it. Roles are memberships, not the library's."""

    roles: list[RoleMixin] = []  # noqa: RUF012  # the library reads it; it stays empty


def prepare(app: Flask, database: Database, settings: Settings) -> None:
    app.config.update({**_BASICS, **_PASSWORDS, **second_step.settings(settings), **words.settings()})
    app.config["SECURITY_PASSWORD_SALT"] = derived(settings.hash_key(), "password").hex()
    # A session that stayed in a transaction for the whole request would hold up what a round's close clears away.
    objects = scoped_session(sessionmaker(database.engine.execution_options(isolation_level="AUTOCOMMIT")))
    datastore = SQLAlchemySessionUserDatastore(objects, SignedInAccount, RoleMixin, webauthn_model=Passkey)
    library = Security(
        app,
        datastore,
        register_blueprint=True,
        mail_util_cls=LetterUtil,
        password_util_cls=Strength,
        totp_cls=OnceOnly,
        webauthn_util_cls=PersonPresent,
        forgot_password_form=forms.ForgottenForm,
        change_password_form=forms.ChangeForm,
        mf_recovery_form=forms.RecoveryForm,
        two_factor_setup_form=forms.SetUpForm,
        two_factor_rescue_form=forms.LostForm,
        two_factor_select_form=forms.WhichForm,
        wan_register_form=forms.PasskeyForm,
        verify_form=forms.AgainForm,
    )
    _leave_out(app, library)
    sessions.prepare(app, library.login_manager, objects, SignedInAccount)
    second_step.prepare(app)
    noting.prepare(app)
    links.prepare(app)
    library.reauthn_handler(lambda _within, _grace: access.ask_again())
    addresses.prepare(app)
    app.jinja_env.globals["can_send_letters"] = can_send_letters
    app.teardown_appcontext(lambda _error: objects.remove())


def _leave_out(app: Flask, library: Security) -> None:
    """Take away what is not used: permissions of its own, answers in JSON, tokens of an API."""
    library.principal.identity_loaders.clear()  # its permissions are not used: organisations/permissions decides
    library.want_json(lambda _request: False)
    library.login_manager.request_loader(None)
    library.login_manager.session_protection = None  # it compares network addresses, which change on a journey
    # Templates ask signed_in(): what the library offers them would look for an account on every page by link.
    offered = app.template_context_processors[None]
    offered[:] = [each for each in offered if each.__module__ != "flask_login.utils"]


def _today_at_midnight() -> datetime:
    """Return the day alone: the library keeps a time where we keep none."""
    return datetime.combine(today(), time())


_BASICS: dict[str, object] = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_POST_LOGIN_VIEW": "/rounds",
    "SECURITY_POST_LOGOUT_VIEW": "/",
    "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
    "SECURITY_STATIC_FOLDER": None,
    "SECURITY_FLASH_MESSAGES": False,
    "SECURITY_JOIN_USER_ROLES": False,  # roles are memberships, read by access
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "SECURITY_DATETIME_FACTORY": _today_at_midnight,
}
FRESH = timedelta(minutes=15)
"""How long somebody who has just shown who they are may change what matters, before they are asked again."""
_PASSWORDS: dict[str, object] = {
    "SECURITY_RECOVERABLE": True,
    "SECURITY_RESET_URL": "/reset",
    "SECURITY_RESET_PASSWORD_WITHIN": timedelta(hours=2),
    "SECURITY_LOGIN_WITHIN": timedelta(minutes=15),
    "SECURITY_CHANGEABLE": True,
    "SECURITY_CHANGE_URL": "/account/password",
    "SECURITY_POST_CHANGE_VIEW": "/account",
    "SECURITY_FRESHNESS": FRESH,
    "SECURITY_FRESHNESS_GRACE_PERIOD": timedelta(),
    "SECURITY_CHANGE_EMAIL": True,
    "SECURITY_CHANGE_EMAIL_URL": "/account/address",
    "SECURITY_CHANGE_EMAIL_WITHIN": timedelta(hours=2),
    "SECURITY_CONFIRM_EMAIL_WITHIN": timedelta(days=2),
    "SECURITY_EMAIL_HTML": False,
    "SECURITY_EMAIL_PLAINTEXT": False,  # letters are written from our own words
}
