"""Sealing: what people tell in confidence is encrypted before it is stored.

Each purpose has a key of its own, derived from the installation's keys, so that what is sealed for one thing cannot be
put in the place of another. The first of the keys is the present one: it seals. Any of them opens. What is sealed holds
no time. See docs/decisions/0021-keys.md.
"""

import base64
from collections.abc import Sequence
from contextlib import suppress

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.errors import Conflict

NO_TIME = 0
OTHER_KEY = (
    "This cannot be read: it was sealed with another secret key than this installation has now. Whoever looks after "
    "the installation can put the earlier key back."
)


def seal(keys: Sequence[bytes], purpose: str, text: str) -> str:
    """Return the text encrypted with the present key, as letters that can be stored. keys: the installation's."""
    return _box(purpose, keys).encrypt_at_time(text.encode(), NO_TIME).decode()


def unseal(keys: Sequence[bytes], purpose: str, sealed: str) -> str:
    """Return what was sealed for this purpose, with one of these keys. Raises Conflict when none fits."""
    try:
        return _box(purpose, keys).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Conflict(OTHER_KEY) from None


def place_of_key(keys: Sequence[bytes], purpose: str, sealed: str) -> int | None:
    """Return which of the keys opens it: 0 is the present one; None when none does."""
    for place, key in enumerate(keys):
        with suppress(InvalidToken):
            _box(purpose, [key]).decrypt(sealed.encode())
            return place
    return None


def _box(purpose: str, keys: Sequence[bytes]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, purpose))) for key in keys])


def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=f"driving-seat/sealed/1/{purpose}".encode()).derive(key)
