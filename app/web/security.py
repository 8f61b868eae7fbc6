"""Signing in, and the headers that every answer carries."""

import secrets
from typing import Any
from wsgiref.headers import Headers

from flask import Flask, Response, current_app, g, request
from flask_security import Security, SQLAlchemySessionUserDatastore, UserMixin
from flask_security.core import RoleMixin
from sqlalchemy.orm import scoped_session, sessionmaker

from app.storage import Database
from app.storage.accounts import Account

SHORTEST_PASSWORD = 12
_BY_LINK = frozenset({"answer", "shared", "come_back"})
PLOTLY_IMAGES = "data: blob:"
DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For a drawing that somebody opens by itself: it may be coloured, and nothing in it runs or fetches."""


class SignedInAccount(Account, UserMixin):
    """An account with the methods that the sign-in library asks of it. Roles are memberships, not the library's."""

    roles: list[RoleMixin] = []  # noqa: RUF012  # the library reads it; it stays empty


def prepare(app: Flask, database: Database, password_salt: str) -> None:
    app.config.update(
        SECURITY_PASSWORD_SALT=password_salt,
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106  # the name of a method
        SECURITY_PASSWORD_LENGTH_MIN=SHORTEST_PASSWORD,
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_LOGIN_URL="/sign-in",
        SECURITY_LOGOUT_URL="/sign-out",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_POST_LOGIN_VIEW="/rounds",
        SECURITY_POST_LOGOUT_VIEW="/",
        SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS=False,
        SECURITY_STATIC_FOLDER=None,
        SECURITY_JOIN_USER_ROLES=False,  # roles are memberships, read by access
        REMEMBER_COOKIE_SECURE=app.config["SESSION_COOKIE_SECURE"],
        REMEMBER_COOKIE_SAMESITE="Lax",
    )
    # A session that stayed in a transaction for the whole request would hold up what a round's close clears away.
    sessions = scoped_session(sessionmaker(database.engine.execution_options(isolation_level="AUTOCOMMIT")))
    datastore = SQLAlchemySessionUserDatastore(sessions, SignedInAccount, RoleMixin)
    library = Security(app, datastore, register_blueprint=True)
    library.principal.identity_loaders.clear()  # its permissions are not used: organisations/permissions decides
    # Templates ask signed_in(): what the library offers them would look for an account on every page by link.
    offered = app.template_context_processors[None]
    offered[:] = [each for each in offered if each.__module__ != "flask_login.utils"]
    app.teardown_appcontext(lambda _error: sessions.remove())
    app.after_request(_add_headers)
    app.jinja_env.globals["csp_nonce"] = csp_nonce


def csp_nonce() -> str:
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = g.csp_nonce
    return nonce


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = _policy()
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer" if _is_by_link() else "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), browsing-topics=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers.setdefault("Cache-Control", "no-store")
    if current_app.config["SESSION_COOKIE_SECURE"]:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if _is_by_link():
        headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def add_static_headers(headers: Headers, path: str, _url: str) -> None:
    """Add what a style sheet, a font or a script carries."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if path.endswith(".svg"):
        headers["Content-Security-Policy"] = DRAWING_POLICY


def _is_by_link() -> bool:
    return request.blueprint in _BY_LINK


def _policy() -> str:
    rules: dict[str, Any] = {
        "default-src": "'none'",
        "script-src": f"'self' 'nonce-{csp_nonce()}'",
        "style-src": "'self'",
        "img-src": f"'self' {PLOTLY_IMAGES}",
        "font-src": "'self'",
        "connect-src": "'self'",
        "media-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())
