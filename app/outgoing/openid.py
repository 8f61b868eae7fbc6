"""OpenID Connect: asking an identity provider who somebody is, by authorization code with PKCE, state and nonce."""

import json
import secrets
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus, urlencode

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from app.outgoing.http import Answer, Caller, CallFailedError

ALGORITHMS = ("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512", "EdDSA")
"""Signatures that only the provider can make: neither none, nor one with a secret that both sides know."""

LEEWAY_SECONDS = 60
LONGEST_SUBJECT = 255


class NotProvenError(Exception):
    """It is not proven who somebody is. why: a word for the log, which says nothing about them."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Client:
    """What a provider knows us as."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the browser of whoever signs in keeps meanwhile, and nobody else knows."""

    state: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is at a provider. subject: never given to anybody else there. email: None unless it is verified."""

    issuer: str
    subject: str
    email: str | None


def address_to_sign_in(caller: Caller, client: Client, attempt: Attempt, back: str) -> str:
    """Return where to send the browser. back: where the provider sends it then. Raises NotProvenError."""
    endpoint = _described(caller, client)["authorization_endpoint"]
    if not caller.may_name(endpoint):
        raise NotProvenError("description")
    asked = {
        "response_type": "code",
        "scope": "openid email",
        "client_id": client.client_id,
        "redirect_uri": back,
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": create_s256_code_challenge(attempt.verifier),
        "code_challenge_method": "S256",
    }
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


def identity_of(caller: Caller, client: Client, attempt: Attempt, code: str, back: str) -> Identity:
    """Return who came back with this code. Raises NotProvenError."""
    described = _described(caller, client)
    token = _id_token(caller, client, attempt, code, back, described)
    keys = _json(_asked(lambda: caller.get(described["jwks_uri"])), "keys")
    claims = _checked(token, keys, client, attempt)
    email, is_verified = claims.get("email"), claims.get("email_verified")
    return Identity(client.issuer, claims["sub"], email if is_verified is True and isinstance(email, str) else None)


def _described(caller: Caller, client: Client) -> dict[str, Any]:
    """Return the provider's own description, with every address that is needed."""
    url = client.issuer.rstrip("/") + "/.well-known/openid-configuration"
    found = _json(_asked(lambda: caller.get(url)), "description")
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if found.get("issuer") != client.issuer or not all(isinstance(found.get(name), str) for name in needed):
        raise NotProvenError("description")
    return found


def _id_token(
    caller: Caller, client: Client, attempt: Attempt, code: str, back: str, described: Mapping[str, Any]
) -> str:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": attempt.verifier,
    }
    headers = {}
    if "client_secret_basic" in described.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
        pair = f"{quote_plus(client.client_id)}:{quote_plus(client.secret)}"
        headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    else:
        form |= {"client_id": client.client_id, "client_secret": client.secret}
    found = _json(_asked(lambda: caller.post_form(described["token_endpoint"], form, headers)), "code")
    token = found.get("id_token")
    if not isinstance(token, str):
        raise NotProvenError("code")
    return token


def _checked(token: str, keys: Mapping[str, Any], client: Client, attempt: Attempt) -> CodeIDToken:
    """Return what a token claims, when the provider signed it, for us, for this attempt, and it still holds."""
    options = {
        "iss": {"essential": True, "value": client.issuer},
        "aud": {"essential": True, "value": client.client_id},
        "nonce": {"essential": True, "value": attempt.nonce},
    }
    try:
        read = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS)  # type: ignore[arg-type]
        params = {"nonce": attempt.nonce, "client_id": client.client_id}
        claims = CodeIDToken(read.claims, read.header, options, params)
        claims.validate(leeway=LEEWAY_SECONDS)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        raise NotProvenError("token") from None
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise NotProvenError("token")
    return claims


def _asked(call: Callable[[], Answer]) -> Answer:
    try:
        return call()
    except CallFailedError as error:
        raise NotProvenError(error.fault.value) from None


def _json(answer: Answer, what: str) -> dict[str, Any]:
    try:
        found = json.loads(answer.body)
    except ValueError:
        raise NotProvenError(what) from None
    if answer.status != 200 or not isinstance(found, dict):
        raise NotProvenError(what)
    return found
