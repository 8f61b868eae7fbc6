"""Letters that the sign-in library writes, handed to the outbox. Nothing of a letter is ever logged."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from flask_security import MailUtil

from app.services.posting import Letter, can_send, post
from app.web.context import database, settings

SUBJECTS: Mapping[str, LazyString] = {
    "security/email/reset_instructions": _("Driving Seat: choose a new password"),
    "security/email/reset_notice": _("Driving Seat: your password was changed"),
    "security/email/change_notice": _("Driving Seat: your password was changed"),
}
"""Subjects name nobody: they stand in lists that others can see."""


class Letters(MailUtil):
    """Posts each letter, in the language of the page that asked for it."""

    def send_mail(
        self, template: str, _subject: str, recipient: str, _sender: object, body: str, *_html: object, **_more: object
    ) -> None:
        letter = Letter(recipient, str(SUBJECTS[template]), body)
        with database().writing() as connection:
            post(connection, settings().key(), letter)


def prepare(app: Flask) -> None:
    app.jinja_env.globals.update(link_to=link_to, can_send_letters=can_send_letters)


def link_to(endpoint: str, **values: Any) -> str:  # noqa: ANN401  # as url_for
    """Return a page's address for a letter: never under the name by which the request called this server."""
    return f"{settings().base_url}{url_for(endpoint, **values)}"


def can_send_letters() -> bool:
    return can_send(database(), settings())
