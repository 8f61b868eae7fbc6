"""Keys for one purpose each, derived from the installation's: what is signed for one is worth nothing for another."""

import hashlib
import hmac


def derived(key: bytes, purpose: str) -> bytes:
    """Return 32 bytes. key: the installation's."""
    return hmac.new(key, f"driving-seat/{purpose}/1".encode(), hashlib.sha256).digest()
