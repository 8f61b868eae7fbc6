"""A small identity provider on loopback: description, keys, and codes for tokens. It can be made to cheat."""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from tests.another_server import AnotherServer, Asked, says

CLIENT_ID, SECRET = "driving-seat", "s3cret/of+ours"


@dataclass
class IdentityProvider:
    """claims: what a token claims besides, or instead of, the usual. described: the same for the description."""

    server: AnotherServer = field(default_factory=AnotherServer)
    subject: str = "u-1"
    email: str = "lead@example.org"
    claims: dict[str, Any] = field(default_factory=dict)
    described: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    key: Any = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    signed_with: Any = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    @contextmanager
    def open(self) -> Iterator["IdentityProvider"]:
        self.server.replies = {
            "/.well-known/openid-configuration": lambda handler, _: self._say(handler, self._description()),
            "/keys": lambda handler, _: self._say(handler, KeySet([self.key]).as_dict(private=False)),
            "/token": self._token,
        }
        with self.server.open():
            yield self

    def sign_in(self, address: str) -> str:
        """Do what somebody does there with a browser, and return the path to which they are sent back."""
        asked = {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return f"{urlsplit(asked['redirect_uri']).path}?code={code}&state={asked['state']}"

    def _description(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            **self.described,
        }

    def _token(self, handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        form = {name: value for name, (value,) in parse_qs(asked.body.decode()).items()}
        began = self.codes.pop(form["code"], {})
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=")
        is_right = (
            began.get("code_challenge") == challenge.decode()
            and began.get("code_challenge_method") == "S256"
            and began.get("redirect_uri") == form["redirect_uri"]
            and self._who(asked, form) == (CLIENT_ID, SECRET)
        )
        if not is_right:
            says(b'{"error": "invalid_grant"}', 400)(handler, asked)
            return
        self._say(handler, {"access_token": "x", "token_type": "Bearer", "id_token": self._id_token(began)})

    def _who(self, asked: Asked, form: dict[str, str]) -> tuple[str, str]:
        if "authorization" not in asked.headers:
            return form.get("client_id", ""), form.get("client_secret", "")
        pair = base64.b64decode(asked.headers["authorization"].removeprefix("Basic ")).decode()
        name, _, secret = pair.partition(":")
        return unquote_plus(name), unquote_plus(secret)

    def _id_token(self, began: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT_ID, "sub": self.subject, "iat": now, "exp": now + 300,
            "nonce": began["nonce"], "email": self.email, "email_verified": True, **self.claims,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.algorithm == "none":
            parts = ({"alg": "none"}, claims)
            return ".".join(_base64(json.dumps(each).encode()) for each in parts) + "."
        header = {"alg": self.algorithm, "kid": "1"}
        return jwt.encode(header, claims, self.signed_with or self.key, algorithms=[self.algorithm])

    def _say(self, handler: BaseHTTPRequestHandler, what: dict[str, Any]) -> None:
        says(json.dumps(what).encode())(handler, Asked("", "", {}, b""))


def _base64(text: bytes) -> str:
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()
