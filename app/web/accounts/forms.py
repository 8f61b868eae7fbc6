"""The sign-in library's forms, where they ask for something more."""

from collections.abc import Sequence

from flask import current_app, g
from flask_security import ChangePasswordForm, ForgotPasswordForm, VerifyForm, hash_password
from flask_security.forms import TwoFactorRescueForm, TwoFactorSetupForm
from flask_security.recovery_codes import MfRecoveryForm
from flask_security.tf_plugin import TwoFactorSelectForm
from flask_security.utils import hash_data
from flask_security.webauthn import WebAuthnRegisterForm
from wtforms import RadioField, StringField

from app.errors import Invalid
from app.services.accounts import address_of
from app.web.accounts.words import SAID

WRONG_PASSWORD = "wrong_password"  # noqa: S105  # the name of a note


class ForgottenForm(ForgotPasswordForm):
    """A link goes only to an address that somebody has confirmed: a mistyped one may be a stranger's.

    Whatever is typed takes the same work, so that the time of the answer does not tell who has an account.
    """

    def validate(self, **more: object) -> bool:
        is_known = bool(super().validate(**more))
        self._refuse_what_is_no_address()
        if is_known and self.user.confirmed_at is None:
            self.email.errors.append("")
            is_known = False
        if is_known:
            hash_password("not-a-password")  # the library does so for nobody's address
        else:
            hash_data("not-a-password")  # it does so for the link of somebody's
        return is_known

    def _refuse_what_is_no_address(self) -> None:
        """The library takes away what it says at the field, lest it tell who has an account; this tells nothing."""
        try:
            address_of(self.email.data or "")
        except Invalid:
            self.form_errors.append(SAID["INVALID_EMAIL_ADDRESS"])


class ChangeForm(ChangePasswordForm):
    """Choosing another password. That the present one was wrong is remembered for the log; what was typed is not."""

    def validate(self, **more: object) -> bool:
        is_valid = bool(super().validate(**more))
        is_wrong = str(SAID["INVALID_PASSWORD"]) in map(str, self.password.errors)
        setattr(g, WRONG_PASSWORD, is_wrong)
        return is_valid


class RecoveryForm(MfRecoveryForm):
    """Codes are typed from paper: capitals and spaces do not matter."""

    def validate(self, **more: object) -> bool:
        bare = "".join(each for each in (self.code.data or "").lower() if each.isalnum())
        self.code.data = "-".join(bare[start : start + 4] for start in range(0, len(bare), 4))
        return bool(super().validate(**more))


class AgainForm(VerifyForm):
    """Saying again that it is you: with the password, or with a code of the app."""

    code = StringField()

    def validate(self, **more: object) -> bool:
        code = (self.code.data or "").replace(" ", "")
        if not code:
            return bool(super().validate(**more))
        library = current_app.extensions["security"]
        if self.user.tf_totp_secret and library.totp_factory.verify_totp(
            token=code,
            totp_secret=self.user.tf_totp_secret,
            user=self.user,
            window=current_app.config["SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY"],
        ):
            return True
        self.code.errors = [SAID["TWO_FACTOR_INVALID_TOKEN"]]
        return False


# The library gives its choices as pairs, which WTForms will not take for long. Our pages show buttons in their place,
# and the library's views look at what was chosen.


class SetUpForm(TwoFactorSetupForm):
    setup = StringField()


class LostForm(TwoFactorRescueForm):
    help_setup = RadioField(choices=[])


class _Which(StringField):
    choices: Sequence[tuple[str, str]] = ()


class WhichForm(TwoFactorSelectForm):
    which = _Which()


class PasskeyForm(WebAuthnRegisterForm):
    usage = StringField()
