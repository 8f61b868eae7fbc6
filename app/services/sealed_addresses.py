"""Addresses as they are kept: sealed, each under a hash of a secret that only its letters hold."""

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from typing import Protocol

from app.responses import Round
from app.services.posting import MailSettings
from app.standards import Audience
from app.storage import addresses
from app.storage.addresses import StoredAddress
from app.storage.sealing import seal, unseal


class AskingSettings(MailSettings, Protocol):
    """What an installation's settings say about letters that people can stop."""

    def hash_key(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody to ask. language: of the letter."""

    address: str = field(repr=False)
    language: str

    @property
    def key(self) -> str:
        """What is the same for two addresses that reach the same people."""
        return self.address.lower()


@dataclass(frozen=True, slots=True)
class OpenedAddress:
    """An address unsealed, for the moment in which a letter is written. secret: takes it off the list."""

    round: Round
    audience: Audience
    to: Addressee = field(repr=False)
    secret: str = field(repr=False)


def sealed_address(settings: MailSettings, audience: Audience, to: Addressee) -> StoredAddress:
    """Return an address as it is kept, under the hash of a new secret."""
    secret = secrets.token_urlsafe(24)
    address_id = id_of_secret(secret)
    content = json.dumps({"to": to.address, "language": to.language, "secret": secret}, ensure_ascii=False)
    return StoredAddress(address_id, audience, seal(settings.keys(), addresses.purpose(address_id), content))


def open_address(settings: MailSettings, of: Round, stored: StoredAddress) -> OpenedAddress:
    """Return what was sealed. Raises Conflict when the key does not fit."""
    content = json.loads(unseal(settings.keys(), addresses.purpose(stored.id), stored.sealed))
    return OpenedAddress(of, stored.audience, Addressee(content["to"], content["language"]), content["secret"])


def mark_of_stopped(settings: AskingSettings, of: Round, audience: Audience, key: str) -> str:
    """Return the keyed hash by which an address whose letters were stopped is known again, on this list alone."""
    message = f"driving-seat/stopped/1\0{of.id}\0{audience}\0{key}".encode()
    return hmac.new(settings.hash_key(), message, hashlib.sha256).hexdigest()


def id_of_secret(secret: str) -> str:
    """Return what is kept of the secret by which an address can be taken off its lists."""
    return hashlib.sha256(f"driving-seat/address/1\0{secret}".encode()).hexdigest()
