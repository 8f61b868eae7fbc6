"""Hashing a password outside a request, exactly as the sign-in page will check it."""

from collections.abc import Callable

from flask_security import hash_password

from app.web import create_app
from config import Settings


def hash_new_password(settings: Settings) -> Callable[[str], str]:
    """Return a function that hashes a password for this installation."""
    app = create_app(settings)

    def hashed(password: str) -> str:
        with app.app_context():
            return str(hash_password(password))

    return hashed
