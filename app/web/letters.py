"""Letters that the sign-in library wants to send, in our own words and in the language of the page that asked."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from flask_security import MailUtil

from app.services.posting import Letter, can_send, post
from app.storage import Database
from app.web.context import settings

_NOT_ME = _(
    "If it was you, all is well. If not, choose a new password at once, with “I have forgotten my password” on the "
    "page for signing in. Then tell whoever looks after Driving Seat for you."
)
_PASSWORD_CHANGED = (
    _("Driving Seat: your password was changed"),
    _("Hello,\n\nthe password of your account at Driving Seat was changed just now.\n\n%(not_me)s\n"),
)
WORDS: Mapping[str, tuple[LazyString, LazyString]] = {
    "reset_instructions": (
        _("Driving Seat: choose a new password"),
        _(
            "Hello,\n\nsomebody, we hope you, asked for a new password for Driving Seat. Choose one here:\n\n"
            "%(reset_link)s\n\nThe link works once, for %(within)s.\n\n"
            "If it was not you, do nothing: your password stays as it is.\n"
        ),
    ),
    "sign_in": (
        _("Driving Seat: your link to sign in"),
        _(
            "Hello,\n\nhere is your link to sign in to Driving Seat:\n\n%(link)s\n\n"
            "It works once, for fifteen minutes. If you did not ask for it, do nothing: nobody is signed in.\n"
        ),
    ),
    "second_step_changed": (
        _("Driving Seat: your second step was changed"),
        _("Hello,\n\nthe second step of your account at Driving Seat was changed just now.\n\n%(not_me)s\n"),
    ),
    "change_email_instructions": (
        _("Driving Seat: is this your address?"),
        _(
            "Hello,\n\nsomebody, we hope you, wants to use this address for an account at Driving Seat. "
            "Say yes here:\n\n%(link)s\n\nThe link works once, for %(within)s.\n\n"
            "If it was not you, do nothing: your address is not used.\n"
        ),
    ),
    "confirm": (
        _("Driving Seat: is this your address?"),
        _(
            "Hello,\n\nwith this link you confirm that this address is yours:\n\n%(link)s\n\n"
            "It works for two days. If you do not know why you get this, do nothing.\n"
        ),
    ),
    "address_changed": (
        _("Driving Seat: your address was changed"),
        _(
            "Hello,\n\nyour account at Driving Seat has another e-mail address since just now. "
            "If that was you, all is well. If not, tell whoever looks after Driving Seat for you at once.\n"
        ),
    ),
    "reset_notice": _PASSWORD_CHANGED,
    "change_notice": _PASSWORD_CHANGED,
}
"""By the library's name of the letter: subject and text. Subjects name nobody: they stand where others can see them."""


class LetterUtil(MailUtil):
    """Puts the library's letters into the outbox."""

    def send_mail(
        self,
        template: str,
        _subject: str,
        recipient: str,
        _sender: object,
        _body: object,
        _html: object,
        **context: Any,  # noqa: ANN401  # as the library calls it
    ) -> None:
        """Post a letter. Raises KeyError for one without words."""
        post_words(template.rpartition("/")[2], recipient, context)


def post_words(name: str, to: str, context: Mapping[str, Any]) -> None:
    """Post one of WORDS to an address. context: what its text names; links begin with our own address."""
    subject, text = WORDS[name]
    filled = {"not_me": _NOT_ME, **{key: _shown(key, value) for key, value in context.items()}}
    writer: Database = current_app.extensions["driving_seat_database"]
    with writer.writing() as connection:
        post(connection, settings().keys(), Letter(to, str(subject), str(text) % filled))


def can_send_letters() -> bool:
    """Say whether letters leave this installation."""
    return can_send(current_app.extensions["driving_seat_database"], settings())


def _shown(name: str, value: object) -> object:
    """Return what a letter says. A link begins with our own address, whatever host the request named."""
    if not name.endswith("link"):
        return value
    link = urlsplit(str(value))
    return settings().base_url + link._replace(scheme="", netloc="").geturl()
