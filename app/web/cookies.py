"""Our cookies. Over https a name's prefix keeps the cookie from plain lines, and from other hosts."""

from hashlib import sha256

from flask import current_app
from flask.sessions import SecureCookieSessionInterface

SIGNED_WITH = {"digest_method": sha256}
"""What signs: the library's own choice, SHA-1, is for what is old."""


class SessionInterface(SecureCookieSessionInterface):
    digest_method = staticmethod(sha256)


def session_cookie(base_url: str) -> str:
    return "__Host-session" if base_url.startswith("https://") else "session"


def host_cookie(name: str) -> str:
    """Return the name of a cookie for all of our pages: no other host, however near, can put one in its place."""
    return f"__Host-{name}" if is_https() else name


def path_cookie(name: str) -> str:
    """Return the name of a cookie for the pages below one path, which browsers do not let be of the host alone."""
    return f"__Secure-{name}" if is_https() else name


def is_https() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])
