"""The headers that every answer carries."""

import secrets
from collections.abc import Callable
from typing import Any
from wsgiref.headers import Headers

from flask import Flask, Response, g, request

from app.errors import Refused
from app.web.context import SAFE_METHODS
from app.web.cookies import is_https
from app.web.logs import BY_LINK

_OTHER_SITES = frozenset({"cross-site", "same-site"})
PLOTLY_IMAGES = "data: blob:"
DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""For a drawing that somebody opens by itself: it may be coloured, and nothing in it runs or fetches."""

BUILT_POLICY = "default-src 'none'; frame-ancestors 'none'"
"""For a style sheet, a font or a script that somebody opens by itself."""

BROWSERS_COPIES = '"cache"'
"""What a browser forgets when somebody signs out: pages that it holds for going back.

Not its storage: there a checker's tablet keeps what it has not sent yet.
"""

ONLY_HTTPS = "max-age=31536000; includeSubDomains"
FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""For a file that somebody added: should a browser ever show it, nothing in it runs or fetches."""


def prepare(app: Flask) -> None:
    app.before_request(_refuse_other_sites)
    app.after_request(_add_headers)
    app.jinja_env.globals["csp_nonce"] = csp_nonce


def csp_nonce() -> str:
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = g.csp_nonce
    return nonce


def _refuse_other_sites() -> None:
    """Raises Refused for a form that another site's page sends. Browsers say so; the token of a form counts as well.

    For pages by a link, whose forms have no token, it is the second wall behind the secret in their address.
    """
    if request.method not in SAFE_METHODS and request.headers.get("Sec-Fetch-Site") in _OTHER_SITES:
        raise Refused("This came from a page of another site. Open our own page, and send it from there.")


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _policy())
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer" if is_by_link() else "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), browsing-topics=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers.setdefault("Cache-Control", "no-store")
    if is_https():
        headers["Strict-Transport-Security"] = ONLY_HTTPS
    if g.get("leaves_nothing"):
        headers["Clear-Site-Data"] = BROWSERS_COPIES
    if is_by_link():
        headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def static_headers(base_url: str) -> Callable[[Headers, str, str], None]:
    """Return what adds to the headers of a style sheet, a font, a script or a picture."""

    def add(headers: Headers, path: str, _url: str) -> None:
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Content-Security-Policy"] = DRAWING_POLICY if path.endswith(".svg") else BUILT_POLICY
        if base_url.startswith("https://"):
            headers["Strict-Transport-Security"] = ONLY_HTTPS

    return add


def is_by_link() -> bool:
    return request.blueprint in BY_LINK


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
        "object-src": "'none'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())
