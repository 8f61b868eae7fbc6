"""The secret in an invitation's link, and the separate hashes that are all we keep of it.

The secret is random and stored nowhere. The invitation keeps one hash of it and the response another; neither can be
made from the other, so only the link's holder joins them: see docs/decisions/0003-nobody-can-join.md.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O or U, which are read as 1, 1, 0 and V
_TYPED = str.maketrans("ILOU", "110V", " -\u2010\u2011\u2013\u00a0")
TOKEN_LENGTH = 20
SHORT_CODE_LENGTH = 8
GROUP_LENGTH = 4
LONGEST_TOKEN = 64


@dataclass(frozen=True, slots=True)
class Link:
    """One link to give to one person. number: what the link sheet calls it."""

    number: int
    token: str

    def url(self, base_url: str) -> str:
        return f"{base_url}/a/{self.token}"


def new_token() -> str:
    """Return 100 random bits as 20 characters that can be read from paper and typed."""
    return _random(TOKEN_LENGTH)


def new_short_code() -> str:
    """Return 40 random bits as 8 characters; they open nothing without the word that goes with them."""
    return _random(SHORT_CODE_LENGTH)


def normalised(typed: str) -> str:
    """Return what somebody typed of a link's secret or a short code as it was made: capitals, no hyphens or spaces."""
    return typed.upper().translate(_TYPED)


def grouped(code: str) -> str:
    """Return a secret or a short code in groups of four, as it is printed: "K7QX-2MPA"."""
    return "-".join(code[start : start + GROUP_LENGTH] for start in range(0, len(code), GROUP_LENGTH))


def invitation_hash(token: str) -> str:
    return _hash("invitation", token)


def response_id(token: str) -> str:
    return _hash("response", token)


def share_id(share_token: str) -> str:
    """Return what is kept of the secret that opens a shared result."""
    return _hash("share", share_token)


def receipt(token: str) -> str:
    """Return the receipt of a sent response, such as "K7QX-2MPA": always the same for one link, and stored nowhere."""
    return grouped(base64.b32encode(bytes.fromhex(_hash("receipt", token))).decode()[:8])


def imported_response_id(key: bytes, round_id: str, given_id: str) -> str:
    """Return the keyed hash that is kept of a file's response_id."""
    return hmac.new(key, f"driving-seat/imported/1\0{round_id}\0{given_id}".encode(), hashlib.sha256).hexdigest()


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _hash(domain: str, token: str) -> str:
    return hashlib.sha256(f"driving-seat/{domain}/1\0{normalised(token)}".encode()).hexdigest()
