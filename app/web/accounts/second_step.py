"""The second step: codes of an app, recovery codes, passkeys. The library's, with what it leaves to us."""

import base64
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask, flash, g, session
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from flask_security.signals import tf_disabled, tf_profile_changed, wan_deleted, wan_registered
from flask_security.totp import Totp
from flask_security.webauthn_util import WebauthnUtil
from markupsafe import Markup
from passlib.totp import TotpMatch
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.exports import qr_svg
from app.organisations.log import Deed
from app.services import account_sessions
from app.services.log import note_own
from app.storage.accounts import Account
from app.web.accounts.sessions import SECRET
from app.web.context import database
from app.web.context import settings as installation
from app.web.keys import derived
from app.web.letters import post_words
from config import Settings

CODES = 10
SECONDS_OFF = 30
"""How far a phone's clock may be off: the code before and the one after are taken too, each once."""


def settings(of: Settings) -> Mapping[str, object]:
    """Return what the library is told. Secrets at rest are encrypted under keys of their own."""
    recovery_key = base64.urlsafe_b64encode(derived(of.hash_key(), "recovery-codes"))
    return {
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": SECONDS_OFF,
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_SETUP_URL": "/account/second-step/app",
        "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
        "SECURITY_TWO_FACTOR_SELECT_URL": "/sign-in/second-step",
        "SECURITY_TWO_FACTOR_RESCUE_URL": "/sign-in/rescue",
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/account/second-step",
        "SECURITY_TOTP_SECRETS": {"1": derived(of.hash_key(), "second-step").hex()},
        "SECURITY_TOTP_ISSUER": "Driving Seat",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": CODES,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": [recovery_key],
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/account/recovery-codes",
        "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery-code",
        "SECURITY_WEBAUTHN": True,
        "SECURITY_WAN_ALLOW_USER_HINTS": False,  # an address typed beside a passkey would tell who has an account
        "SECURITY_WAN_RP_NAME": "Driving Seat",
        "SECURITY_WAN_REGISTER_URL": "/account/passkeys",
        "SECURITY_WAN_DELETE_URL": "/account/passkeys/remove",
        "SECURITY_WAN_SIGNIN_URL": "/sign-in/passkey",
        "SECURITY_WAN_VERIFY_URL": "/verify/passkey",
        "SECURITY_WAN_POST_REGISTER_VIEW": "/account/second-step",
        "SECURITY_WAN_SIGNIN_WITHIN": timedelta(minutes=5),
    }


class OnceOnly(Totp):
    """Codes that work once: who looked over somebody's shoulder cannot use the same code within its half minute."""

    def get_last_counter(self, user: Account) -> int | None:
        return user.tf_last_counter

    def set_last_counter(self, user: Account, tmatch: TotpMatch) -> None:
        user.tf_last_counter = tmatch.counter

    def generate_qrcode(self, username: str, totp: str) -> str:
        return Markup(qr_svg(self.get_totp_uri(username, totp)))  # noqa: S704  # our own drawing


class PersonPresent(WebauthnUtil):
    """Passkeys that ask for a finger, a face or a PIN, and know their account by themselves."""

    def origin(self) -> str:
        """Return where pages are, as browsers have it, whatever stands between them and this server."""
        address = urlsplit(installation().base_url)
        return f"{address.scheme}://{address.netloc}"

    def authenticator_selection(self, _user: Account, _usage: str) -> AuthenticatorSelectionCriteria:
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        )

    def authentication_options(
        self, _user: Account | None, _usage: list[str], existing_options: dict[str, object]
    ) -> dict[str, object]:
        return {**existing_options, "user_verification": UserVerificationRequirement.REQUIRED}


def prepare(app: Flask) -> None:
    tf_profile_changed.connect(_app_set_up, app)
    wan_registered.connect(_passkey_added, app)
    tf_disabled.connect(_app_removed, app)
    wan_deleted.connect(_passkey_removed, app)


def is_set_up(account: Account) -> bool:
    return bool(account.tf_primary_method or account.webauthn)


def _app_set_up(_app: Flask, *, user: Account, **_more: object) -> None:
    note_own(database(), user.id, Deed.SECOND_STEP_SET, what="app")
    _pass(user, _("Your app is set up. Have recovery codes too: they help when your phone is lost."))


def _passkey_added(_app: Flask, *, user: Account, **_more: object) -> None:
    note_own(database(), user.id, Deed.SECOND_STEP_SET, what="passkey")
    _pass(user, _("The passkey was added."))


def _app_removed(_app: Flask, *, user: Account, **_more: object) -> None:
    user.tf_last_counter = None
    note_own(database(), user.id, Deed.SECOND_STEP_REMOVED, what="app")
    _tell(user, _("The app is not used any more."))


def _passkey_removed(_app: Flask, *, user: Account, **_more: object) -> None:
    note_own(database(), user.id, Deed.SECOND_STEP_REMOVED, what="passkey")
    _tell(user, _("The passkey was removed."))


def _pass(user: Account, message: LazyString) -> None:
    """Take what was just set up as the second step of this session. All others of the account end."""
    session[SECRET], _passed = account_sessions.pass_second_step(database(), g.signed_in.session)
    _tell(user, message)


def _tell(user: Account, message: LazyString) -> None:
    flash(str(message))
    post_words("second_step_changed", user.email, {})
