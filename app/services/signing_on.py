"""Signing on: the people of a network sign in at its own identity provider.

Nobody gets an account by it. An identity is bound, once and by its owner's own yes, to the account that has the same
verified e-mail address; from then on the identity counts and not the address. A network's provider speaks for the
accounts of the network and its members alone. See docs/decisions/0020-calls-to-other-servers.md.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.errors import Invalid, NotFound
from app.organisations import Act, require
from app.organisations.log import Deed
from app.outgoing import Caller
from app.outgoing.openid import Attempt, Client, Identity, NotProvenError, address_to_sign_in, identity_of
from app.services.accounts import address_of
from app.services.log import note
from app.storage import Database
from app.storage import accounts as stored_accounts
from app.storage import organisations as stored_organisations
from app.storage import sign_ons as stored
from app.storage.keys import new_id
from app.storage.sealing import seal, unseal
from app.storage.sign_ons import SignOn

__all__ = ["Attempt", "Client", "NotProvenError", "SignOn", "SignedOn"]


@dataclass(frozen=True, slots=True)
class SignedOn:
    """Who came back from a provider. subject: the hash of their identity. is_bound: whether they were here before."""

    account_id: int
    subject: str
    is_bound: bool
    is_second_factor: bool


def set_sign_on(
    database: Database,
    keys: Sequence[bytes],
    caller: Caller,
    network_id: str,
    client: Client,
    *,
    name: str,
    is_second_factor: bool,
) -> SignOn:
    """Let a network's people sign in at a provider, instead of at the one before. keys: the installation's.

    With another issuer every identity is forgotten. Raises NotFound, Invalid.
    """
    require(database.actor, Act.ADMINISTER)
    _refuse_unusable(caller, client, name)
    with database.writing() as connection:
        if stored_organisations.network_of(connection, network_id, lock=True) is None:
            raise NotFound(f"There is no network {network_id}.")
        before = stored.of_network(connection, network_id)
        sign_on_id = before.id if before else new_id()
        sealed = seal(keys, stored.purpose(sign_on_id), client.secret)
        made = SignOn(sign_on_id, network_id, client.issuer, client.client_id, sealed, name.strip(), is_second_factor)
        (stored.change if before else stored.add)(connection, made)
        if before and before.issuer != made.issuer:
            stored.forget_bindings(connection, sign_on_id)
        note(database, connection, Deed.SIGN_ON_SET, network_id, sign_on_id)
    return made


def sign_ons(database: Database) -> tuple[SignOn, ...]:
    """Raises NotFound for who may not."""
    require(database.actor, Act.ADMINISTER)
    with database.reading() as connection:
        return stored.all_sign_ons(connection)


def remove_sign_on(database: Database, network_id: str) -> None:
    """Let a network's people sign in with their passwords alone. Raises NotFound."""
    require(database.actor, Act.ADMINISTER)
    with database.writing() as connection:
        found = stored.of_network(connection, network_id)
        if found is None:
            raise NotFound(f"The network {network_id} has no identity provider.")
        stored.remove(connection, found.id)
        note(database, connection, Deed.SIGN_ON_REMOVED, network_id, found.id)


def buttons(database: Database) -> tuple[tuple[str, str], ...]:
    """Return (id, name) of every way to sign on, for the sign-in page."""
    with database.reading() as connection:
        return tuple((each.id, each.name) for each in stored.all_sign_ons(connection))


def begin(
    database: Database, keys: Sequence[bytes], caller: Caller, sign_on_id: str, attempt: Attempt, back: str
) -> str:
    """Return where to send the browser. Raises NotFound, NotProvenError."""
    found = _sign_on(database, sign_on_id)
    return address_to_sign_in(caller, _client(keys, found), attempt, back)


def come_back(
    database: Database, keys: Sequence[bytes], caller: Caller, sign_on_id: str, attempt: Attempt, code: str, back: str
) -> SignedOn:
    """Return who came back, when there is an account that they may sign in to. Nothing is kept yet.

    Raises NotFound, and NotProvenError in every other case.
    """
    found = _sign_on(database, sign_on_id)
    identity = identity_of(caller, _client(keys, found), attempt, code, back)
    subject = _subject(found, identity)
    with database.reading() as connection:
        bound = stored.account_bound_to(connection, found.id, subject)
        account_id = bound if bound is not None else _account_with_address(connection, found, identity)
        _refuse_account(connection, found, account_id)
    return SignedOn(account_id, subject, bound is not None, found.is_second_factor)


def bind(database: Database, sign_on_id: str, signed_on: SignedOn) -> None:
    """Bind an identity to its account, for good; one that is bound stays so.

    Raises NotFound, and NotProvenError when one of them is taken, or the account may not be signed in to any more.
    """
    found = _sign_on(database, sign_on_id)
    with database.writing() as connection:
        if stored_organisations.network_of(connection, found.network_id, lock=True) is None:
            raise NotProvenError("account")
        _refuse_account(connection, found, signed_on.account_id)
        bound = stored.account_bound_to(connection, found.id, signed_on.subject)
        if bound == signed_on.account_id:
            return
        if bound is not None or stored.is_bound(connection, found.id, signed_on.account_id):
            raise NotProvenError("account")
        stored.bind(connection, found.id, signed_on.subject, signed_on.account_id)


def _account_with_address(connection: Connection, of: SignOn, identity: Identity) -> int:
    """Return the account that a new identity may be bound to. Its holder has shown that its address is theirs, too."""
    if identity.email is None:
        raise NotProvenError("email")
    try:
        account_id = stored.confirmed_account(connection, address_of(identity.email))
    except Invalid:
        raise NotProvenError("email") from None
    if account_id is None or stored.is_bound(connection, of.id, account_id):
        raise NotProvenError("account")
    return account_id


def _refuse_account(connection: Connection, of: SignOn, account_id: int) -> None:
    """Raises NotProvenError unless all that the account may do is in the provider's own network.

    Otherwise whoever runs one network's provider could say "I am the administrator", or another network's coordinator.
    """
    members = {each.id for each in stored_organisations.members_of(connection, of.network_id)}
    held = {each.organisation_id for each in stored_accounts.memberships_of(connection, account_id)}
    if not held or not held <= members | {of.network_id} or not stored.is_active(connection, account_id):
        raise NotProvenError("account")


def _refuse_unusable(caller: Caller, client: Client, name: str) -> None:
    if not caller.may_name(client.issuer) or len(client.issuer) > 300 or "?" in client.issuer:
        raise Invalid("The issuer must be an address that begins with https://, as the provider writes it.")
    if not 0 < len(client.client_id) <= 200 or not client.client_id.isprintable() or not client.secret:
        raise Invalid("The provider’s client id and secret are both needed.")
    if not 0 < len(name.strip()) <= 60 or not name.isprintable():
        raise Invalid("The name on the button has 1 to 60 characters.")


def _sign_on(database: Database, sign_on_id: str) -> SignOn:
    with database.reading() as connection:
        found = stored.find(connection, sign_on_id)
    if found is None:
        raise NotFound("There is no such way to sign in.")
    return found


def _client(keys: Sequence[bytes], of: SignOn) -> Client:
    return Client(of.issuer, of.client_id, unseal(keys, stored.purpose(of.id), of.sealed_secret))


def _subject(of: SignOn, identity: Identity) -> str:
    """Return the hash that an identity is known by here: what the provider calls somebody is not stored."""
    pair = json.dumps([of.id, identity.issuer, identity.subject])
    return hashlib.sha256(f"driving-seat/sign-on/1\0{pair}".encode()).hexdigest()
