"""Whose account a page is about: always that of whoever asks."""

from app.errors import NotFound
from app.organisations import NOT_YOURS
from app.storage.account_sessions import AccountSession, SignedIn
from app.storage.accounts import Account
from app.web.context import session_found


def account() -> Account:
    return _who().account


def session() -> AccountSession:
    """Return the session of this request."""
    return _who().session


def _who() -> SignedIn[Account]:
    """Raises NotFound for a stranger; access has sent them to sign in before."""
    found = session_found()
    if found is None:
        raise NotFound(NOT_YOURS)
    return found
