"""How often things may be tried, so that nobody guesses a password, a code or a word by trying them all.

What counts is what failed: a house or an office with one network address can sign in and answer as often as it likes.
Each limit is counted by network address, and where there is an account by that too, so that many addresses together do
not get further. Both are kept as keyed hashes, in memory, until the limit's time is over.
"""

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask import Blueprint, Flask, Response, request, session
from flask_limiter import Limiter

from app.web.context import session_found, settings
from app.web.keys import derived
from config import Settings

Counts = Callable[[Response], bool]


def _address() -> str:
    return _hashed("address", request.remote_addr or "")


def _typed_email() -> str:
    return _hashed("email", request.form.get("email", "").strip().lower())


def _who() -> str:
    """Return whose second step, or whose session, is tried."""
    found = session_found()
    return _hashed("account", found.account.fs_uniquifier if found else str(session.get("tf_user_id", "")))


def _hashed(kind: str, value: str) -> str:
    key = derived(settings().hash_key(), "limits")
    return f"{kind}:{hmac.new(key, value.encode(), sha256).hexdigest()[:32]}"


def _failed(response: Response) -> bool:
    """Say whether the form is shown again, or refused."""
    return response.status_code in (200, 422)


def _opened_nothing(response: Response) -> bool:
    return response.status_code == 410


def _gives_a_word() -> bool:
    return request.method == "POST" and "own_word" in request.form


def _wrong_word(response: Response) -> bool:
    return response.status_code == 422 and _gives_a_word()


def _always(_response: Response) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Limit:
    """most: how often, and in which time. by: what is counted. counts: which answers count."""

    most: str
    by: Callable[[], str]
    counts: Counts


# By account: ten slips are many for a person, and few for a program. Whoever is kept out so by somebody else still
# comes in with a passkey, or with a letter. By address: sixty, because a whole office may share one.
_TRIES = (Limit("10 per 15 minutes", _typed_email, _failed), Limit("60 per 15 minutes", _address, _failed))
_SECOND = (Limit("10 per 15 minutes", _who, _failed), Limit("60 per 15 minutes", _address, _failed))
# Each sends a letter to somebody, who did not always ask for it.
_LETTERS = (Limit("5 per hour", _typed_email, _always), Limit("60 per hour", _address, _always))
_OWN_LETTERS = (Limit("5 per hour", _who, _always),)
_LINKS = (Limit("60 per 15 minutes", _address, _opened_nothing),)
# A short code has 40 bits and needs its word too: thousands of tries are worth nothing. A day centre shares an address.
_CODES = (Limit("60 per 10 minutes", _address, _failed),)
_WORDS = (Limit("60 per 10 minutes", _address, _wrong_word),)

POSTED: dict[str, Iterable[Limit]] = {
    "security.login": _TRIES,
    "security.verify": _SECOND,
    "security.change_password": _SECOND,
    "security.two_factor_token_validation": _SECOND,
    "security.mf_recovery": _SECOND,
    "security.wan_signin_response": (Limit("60 per 15 minutes", _address, _always),),
    "security.forgot_password": _LETTERS,
    "security.change_email": _OWN_LETTERS,
    "accounts.ask_to_confirm": _OWN_LETTERS,
    "accounts.save_close": _OWN_LETTERS,
    "by_letter.send": _LETTERS,
    "come_back.open_by_code": _CODES,
}
LINKS = (
    "security.reset_password",
    "security.change_email_confirm",
    "accounts.change_address",
    "accounts.show_confirm",
    "accounts.confirm",
    "by_letter.show",
    "by_letter.sign_in",
    "joining.show",
    "joining.accept",
)


def prepare(app: Flask, of: Settings, answering: Blueprint) -> None:
    """answering: the pages by link, each of which can ask for somebody's own word."""
    limiter = Limiter(
        _address,
        storage_uri=of.limits_url.get_secret_value() or "memory://",
        in_memory_fallback_enabled=True,
        strategy="moving-window",
    )
    limiter.init_app(app)
    limiter.request_filter(_has_no_limit)
    for endpoint, limits in POSTED.items():
        _limit(app, limiter, endpoint, limits, ["POST"])
    for endpoint in LINKS:
        _limit(app, limiter, endpoint, _LINKS, ["GET", "POST"])
    for each in _WORDS:
        limiter.limit(each.most, key_func=each.by, methods=["POST"], deduct_when=each.counts)(answering)


def _has_no_limit() -> bool:
    """Spare every page without a limit, each question among them, the search for one."""
    return request.endpoint not in POSTED and request.endpoint not in LINKS and not _gives_a_word()


def _limit(app: Flask, limiter: Limiter, endpoint: str, limits: Iterable[Limit], methods: list[str]) -> None:
    for each in limits:
        view: Callable[..., Any] = app.view_functions[endpoint]
        limited = limiter.limit(each.most, key_func=each.by, methods=methods, deduct_when=each.counts)
        app.view_functions[endpoint] = limited(view)
