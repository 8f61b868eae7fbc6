"""What is signed for browsers, sessions and links of accounts, is signed with the present key, whenever that changes.

A key that was changed is taken with the next request, without a restart: what the one before had signed is worth
nothing from then on.
"""

from flask import Flask
from itsdangerous import Serializer, URLSafeTimedSerializer

from app.errors import DrivingSeatError
from app.web.cookies import SessionInterface
from app.web.keys import derived
from config import Settings


class PresentKeySessions(SessionInterface):
    """A request opens its session before anything else, so the key is looked at here."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        sign_with_present_key(app, self._settings)
        return super().get_signing_serializer(app)


def signing_key(settings: Settings) -> str:
    """Return what the present key signs for browsers with. Raises Invalid when there is none."""
    return derived(settings.keys()[0], "session").hex()


def sign_with_present_key(app: Flask, settings: Settings) -> None:
    """Let the application, and the sign-in library in it, sign with the present key. A lost file changes nothing."""
    try:
        key = signing_key(settings)
    except (DrivingSeatError, OSError):
        return
    if key == app.config["SECRET_KEY"]:
        return
    app.config["SECRET_KEY"] = key
    for each in vars(app.extensions["security"]).values():
        if isinstance(each, Serializer):
            each.secret_keys = [key.encode()]
