"""What the sign-in library says to people, in our words. Sentences that no page shows stay the library's."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

SAID: Mapping[str, LazyString] = {
    "EMAIL_NOT_PROVIDED": _("Type an e-mail address"),
    "INVALID_EMAIL_ADDRESS": _("Type an e-mail address such as name@example.org"),
    "PASSWORD_NOT_PROVIDED": _("Type a password"),
    "INVALID_PASSWORD": _("That is not the password of this account. Try again"),
    "PASSWORD_IS_THE_SAME": _("Choose another password than the one you have now"),
    "RETYPE_PASSWORD_MISMATCH": _("The two passwords are not the same. Type both again"),
    "TWO_FACTOR_INVALID_TOKEN": _("That code does not fit. Type the newest one that your app shows"),
    "INVALID_RECOVERY_CODE": _("That is none of your recovery codes, or it has been used. Try another one"),
    "INVALID_CODE": _("That code does not fit. Type the newest one that your app shows"),
    "WEBAUTHN_NAME_REQUIRED": _("Give the passkey a name, such as My phone"),
    "WEBAUTHN_NAME_DISALLOWED_CHARACTERS": _("Use letters, digits, spaces and - in the name"),
    "WEBAUTHN_NAME_INUSE": _("You have a passkey of this name. Choose another name"),
}


def settings() -> dict[str, tuple[LazyString, str]]:
    return {f"SECURITY_MSG_{name}": (words, "error") for name, words in SAID.items()}
