"""The sign-in library's forms, where they ask for something more."""

from flask_security import ForgotPasswordForm, hash_password
from flask_security.utils import hash_data

from app.errors import Invalid
from app.services.accounts import address_of
from app.web.accounts.words import SAID


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
