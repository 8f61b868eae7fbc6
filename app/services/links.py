"""The secret in an invitation's link, and the separate hashes that are all we keep of it.

The secret is random and stored nowhere. The invitation keeps one hash of it and the response another; neither can be
made from the other, so only the link's holder joins them: see docs/decisions/0003-nobody-can-join.md.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

TOKEN_BYTES = 18
LONGEST_TOKEN = 64


@dataclass(frozen=True, slots=True)
class Link:
    """One link to give to one person. number: what the link sheet calls it."""

    number: int
    token: str

    def url(self, base_url: str) -> str:
        return f"{base_url}/a/{self.token}"


def new_token() -> str:
    """Return 144 random bits as 24 characters that are safe in a URL."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def invitation_hash(token: str) -> str:
    return _hash("invitation", token)


def response_id(token: str) -> str:
    return _hash("response", token)


def receipt(token: str) -> str:
    """Return the receipt of a sent response, such as "K7QX-2MPA": always the same for one link, and stored nowhere."""
    code = base64.b32encode(bytes.fromhex(_hash("receipt", token))).decode()[:8]
    return f"{code[:4]}-{code[4:]}"


def imported_response_id(key: bytes, round_id: str, given_id: str) -> str:
    """Return the keyed hash that is kept of a file's response_id."""
    return hmac.new(key, f"driving-seat/imported/1\0{round_id}\0{given_id}".encode(), hashlib.sha256).hexdigest()


def _hash(domain: str, token: str) -> str:
    return hashlib.sha256(f"driving-seat/{domain}/1\0{token}".encode()).hexdigest()
