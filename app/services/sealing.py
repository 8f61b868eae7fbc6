"""Sealing: what people tell in confidence is encrypted before it is stored.

Each purpose has a key of its own, derived from the installation's key, so that what is sealed for one thing cannot be
put in the place of another. What is sealed holds no time.
"""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.errors import Conflict

NO_TIME = 0
OTHER_KEY = (
    "This cannot be read: it was sealed with another secret key than this installation has now. Whoever looks after "
    "the installation can put the earlier key back."
)


def seal(key: bytes, purpose: str, text: str) -> str:
    """Return the text encrypted, as letters that can be stored. key: the installation's."""
    return _box(purpose, key).encrypt_at_time(text.encode(), NO_TIME).decode()


def unseal(key: bytes, purpose: str, sealed: str, earlier_keys: Sequence[bytes] = ()) -> str:
    """Return what was sealed for this purpose, with this key or an earlier one. Raises Conflict when none fits."""
    try:
        return _box(purpose, key, *earlier_keys).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Conflict(OTHER_KEY) from None


def _box(purpose: str, *keys: bytes) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, purpose))) for key in keys])


def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=f"driving-seat/sealed/1/{purpose}".encode()).derive(key)
