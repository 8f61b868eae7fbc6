"""Contacts of a network: whom its people can call, and who takes what they tell in confidence."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection

from app.errors import Conflict, NotFound, Refused
from app.organisations import Act, Contact, ContactKind, Provider, checked_contact, refuse_insider, require
from app.organisations.log import Deed
from app.responses import Round, RoundState
from app.services.accounts import address_of
from app.services.log import note
from app.storage import Database
from app.storage import contacts as stored
from app.storage import organisations as stored_organisations

STILL_NAMED = (
    "Open rounds name this contact for concerns. Choose another contact in those rounds first, or give this one "
    "another account."
)
NO_SUCH_CONTACT = "There is no such contact."


def contacts_of(database: Database, network_id: str) -> tuple[Contact, ...]:
    """Return a network's contacts in its order. Raises NotFound."""
    require(database.actor, Act.RUN_NETWORK, network_id)
    with database.reading() as connection:
        _refuse_unknown_network(connection, network_id)
        return stored.contacts_of_network(connection, network_id)


def contact(database: Database, network_id: str, contact_id: str) -> Contact:
    """Raises NotFound for one that does not exist, was removed, or is another network's."""
    require(database.actor, Act.RUN_NETWORK, network_id)
    with database.reading() as connection:
        return _contact(connection, network_id, contact_id)


def contacts_for(database: Database, provider_id: str) -> tuple[Contact, ...]:
    """Return whom people of a provider can turn to: the contacts of its networks, by kind."""
    with database.reading() as connection:
        found = stored.contacts_of_provider(connection, provider_id)
    kinds = list(ContactKind)
    return tuple(sorted(found, key=lambda each: kinds.index(each.kind)))


def safeguarding_accounts(database: Database, network_id: str) -> tuple[tuple[int, str], ...]:
    """Return (id, e-mail address) of the accounts that can be given to a safeguarding contact. Raises NotFound."""
    require(database.actor, Act.RUN_NETWORK, network_id)
    with database.reading() as connection:
        return stored.safeguarding_accounts(connection, network_id)


def account_for(database: Database, network_id: str, email: str) -> int:
    """Return the id of an account that may take this network's concerns. Raises Invalid, Refused."""
    address = address_of(email)
    found = {each: id_ for id_, each in safeguarding_accounts(database, network_id)}
    if address not in found:
        raise Refused(
            "No account with this address takes concerns in this network. Add one with: "
            "driving-seat account add EMAIL --safeguarding-of NETWORK"
        )
    return found[address]


def add_contact(database: Database, contact: Contact) -> Contact:
    """Add a contact to its network; adding one whose id is there already changes nothing.

    Raises NotFound, Invalid, and Refused for an account that takes no concerns in the network.
    """
    require(database.actor, Act.RUN_NETWORK, contact.network_id)
    checked = checked_contact(contact)
    with database.writing() as connection:
        _refuse_unknown_network(connection, contact.network_id, lock=True)
        _refuse_other_account(connection, checked)
        known = stored.contact_of(connection, contact.id)
        if known is None:
            stored.add(connection, checked)
            note(database, connection, Deed.CONTACT_ADDED, contact.network_id, checked.id)
        elif known.network_id != contact.network_id:
            raise Conflict("This form cannot be used any more. Open it again and begin anew.")
    return checked


def change_contact(database: Database, contact: Contact) -> Contact:
    """Keep a contact as it is given. Raises like add_contact, and Refused where open rounds could not name it so."""
    require(database.actor, Act.RUN_NETWORK, contact.network_id)
    checked = checked_contact(contact)
    with database.writing() as connection:
        _refuse_unknown_network(connection, contact.network_id, lock=True)
        _contact(connection, contact.network_id, contact.id)
        _refuse_other_account(connection, checked)
        led = _teams_of(connection, [checked])
        for provider_id in _named_in_open_rounds(connection, checked):
            refuse_insider(checked, provider_id, led.get(checked.id, frozenset()))
        stored.change(connection, checked)
        note(database, connection, Deed.CONTACT_CHANGED, contact.network_id, checked.id)
    return checked


def move_contact(database: Database, network_id: str, contact_id: str, by: int) -> None:
    """Put a contact earlier (by = -1) or later (by = 1) in its network's order; at an end it stays. Raises NotFound."""
    require(database.actor, Act.RUN_NETWORK, network_id)
    with database.writing() as connection:
        _refuse_unknown_network(connection, network_id, lock=True)
        _contact(connection, network_id, contact_id)
        order = [each.id for each in stored.contacts_of_network(connection, network_id)]
        place = order.index(contact_id)
        order.insert(max(0, place + by), order.pop(place))
        stored.put_in_order(connection, order)


def remove_contact(database: Database, network_id: str, contact_id: str) -> None:
    """Take a contact away. Its account still reads what was sent before.

    Raises NotFound, and Refused while open rounds name it.
    """
    require(database.actor, Act.RUN_NETWORK, network_id)
    with database.writing() as connection:
        _refuse_unknown_network(connection, network_id, lock=True)
        found = _contact(connection, network_id, contact_id)
        if _named_in_open_rounds(connection, found):
            raise Refused(STILL_NAMED)
        stored.remove(connection, found)
        note(database, connection, Deed.CONTACT_REMOVED, network_id, found.id)


def takers_of(database: Database, provider_id: str) -> tuple[Contact, ...]:
    """Return the contacts who may take concerns about a provider, in the order of its networks. Raises NotFound."""
    require(database.actor, Act.SEE_ROUNDS, provider_id)
    with database.reading() as connection:
        return _takers(connection, provider_id)


def taker(connection: Connection, of: Round) -> Contact | None:
    """Return the contact who takes a round's concerns, if that contact is still there and may."""
    return next((each for each in _takers(connection, of.provider_id) if each.id == of.safeguarding_contact_id), None)


def named_taker(connection: Connection, provider_id: str, wished: str | None) -> str | None:
    """Return the id of the contact who takes a round's concerns: the one wished for, or the first who may; or None.

    Raises NotFound for one that is of none of the provider's networks, Refused for one who may not take its concerns.
    """
    if wished is None:
        return next((each.id for each in _takers(connection, provider_id)), None)
    found = {each.id: each for each in stored.contacts_of_provider(connection, provider_id)}
    if wished not in found:
        raise NotFound(NO_SUCH_CONTACT)
    led = _teams_of(connection, [found[wished]])
    refuse_insider(found[wished], provider_id, led.get(wished, frozenset()))
    return wished


def takers_in(connection: Connection, rounds: Sequence[Round]) -> dict[str, Contact]:
    """Return {round's id: who takes its concerns}; a round of which nobody does is absent. Two queries."""
    named = stored.named_in(connection, rounds)
    led = _teams_of(connection, named.values())
    provider_of = {of.id: of.provider_id for of in rounds}
    return {
        round_id: each
        for round_id, each in named.items()
        if each.takes_concerns and provider_of[round_id] not in led.get(each.id, ())
    }


def first_takers(connection: Connection, network_id: str, providers: Iterable[Provider]) -> dict[str, str | None]:
    """Return {provider's id: id of the network's first contact who may take its concerns, or None}."""
    takers = [each for each in stored.contacts_of_network(connection, network_id) if each.takes_concerns]
    led = _teams_of(connection, takers)
    return {
        each.id: next((taker.id for taker in takers if each.id not in led.get(taker.id, ())), None)
        for each in providers
    }


def _takers(connection: Connection, provider_id: str) -> tuple[Contact, ...]:
    takers = [each for each in stored.contacts_of_provider(connection, provider_id) if each.takes_concerns]
    led = _teams_of(connection, takers)
    return tuple(each for each in takers if provider_id not in led.get(each.id, ()))


def _teams_of(connection: Connection, contacts: Iterable[Contact]) -> Mapping[str, frozenset[str]]:
    """Return {contact's id: providers to whose team its account belongs}."""
    accounts = {each.id: each.account_id for each in contacts if each.account_id is not None}
    led = stored.teams_of(connection, accounts.values())
    return {contact_id: led.get(account_id, frozenset()) for contact_id, account_id in accounts.items()}


def _named_in_open_rounds(connection: Connection, contact: Contact) -> frozenset[str]:
    return stored.providers_that_name(connection, contact.id, in_state=RoundState.OPEN.value)


def _refuse_other_account(connection: Connection, contact: Contact) -> None:
    if contact.account_id is None:
        return
    if contact.account_id not in {id_ for id_, _ in stored.safeguarding_accounts(connection, contact.network_id)}:
        raise Refused("This account does not take concerns in this network.")


def _refuse_unknown_network(connection: Connection, network_id: str, *, lock: bool = False) -> None:
    if stored_organisations.network_of(connection, network_id, lock=lock) is None:
        raise NotFound(f"There is no network {network_id}.")


def _contact(connection: Connection, network_id: str, contact_id: str) -> Contact:
    found = stored.contact_of(connection, contact_id)
    if found is None or found.network_id != network_id:
        raise NotFound(NO_SUCH_CONTACT)
    return found
