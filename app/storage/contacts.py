"""Contacts of networks, and the accounts that take concerns."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, delete, exists, func, insert, or_, select, tuple_, update

from app.organisations import PROVIDER_ROLES, Contact, ContactKind, Role
from app.responses import Round
from app.storage.tables import account, concern, contact, membership, network, network_member, round_table

_IN_ORDER = (contact.c.position, contact.c.id)


def contact_of(connection: Connection, contact_id: str) -> Contact | None:
    """Return a contact that has not been removed."""
    row = connection.execute(_kept().where(contact.c.id == contact_id)).one_or_none()
    return _contact(row) if row else None


def contacts_of_network(connection: Connection, network_id: str) -> tuple[Contact, ...]:
    query = _kept().where(contact.c.network_id == network_id).order_by(*_IN_ORDER)
    return tuple(_contact(row) for row in connection.execute(query))


def contacts_of_provider(connection: Connection, provider_id: str) -> tuple[Contact, ...]:
    """Return the contacts of every network that the provider is in, network by network."""
    query = (
        _kept()
        .join(network, network.c.id == contact.c.network_id)
        .join(network_member, network_member.c.network_id == network.c.id)
        .where(network_member.c.provider_id == provider_id)
        .order_by(network.c.name, network.c.id, *_IN_ORDER)
    )
    return tuple(_contact(row) for row in connection.execute(query))


def contacts_of_account(connection: Connection, account_id: int) -> tuple[Contact, ...]:
    """Return the contacts that an account stands behind, removed ones too: their concerns can still be read."""
    query = select(contact).where(contact.c.account_id == account_id).order_by(contact.c.id)
    return tuple(_contact(row) for row in connection.execute(query))


def add(connection: Connection, added: Contact) -> None:
    """Store a contact after all others of its network."""
    last = connection.execute(
        select(func.max(contact.c.position)).where(contact.c.network_id == added.network_id)
    ).scalar()
    connection.execute(
        insert(contact).values(
            id=added.id, network_id=added.network_id, position=(last or 0) + 1, removed=False, **_columns(added)
        )
    )


def change(connection: Connection, changed: Contact) -> None:
    connection.execute(update(contact).where(contact.c.id == changed.id).values(**_columns(changed)))


def put_in_order(connection: Connection, contact_ids: Collection[str]) -> None:
    for position, contact_id in enumerate(contact_ids, start=1):
        connection.execute(update(contact).where(contact.c.id == contact_id).values(position=position))


def remove(connection: Connection, removed: Contact) -> None:
    """Take a contact away. One that a round or a concern names is kept out of sight, so that what was sent stays."""
    named = select(
        or_(
            exists().where(concern.c.contact_id == removed.id),
            exists().where(round_table.c.safeguarding_contact_id == removed.id),
        )
    )
    if connection.execute(named).scalar_one():
        connection.execute(update(contact).where(contact.c.id == removed.id).values(removed=True))
    else:
        connection.execute(delete(contact).where(contact.c.id == removed.id))


def reads_for(connection: Connection, account_id: int, network_id: str) -> bool:
    """Say whether an account is that of a contact whom a network names."""
    chosen = (contact.c.account_id == account_id, contact.c.network_id == network_id, contact.c.removed.is_(False))
    return connection.execute(select(contact.c.id).where(*chosen).limit(1)).first() is not None


def providers_that_name(connection: Connection, contact_id: str, *, in_state: str) -> frozenset[str]:
    """Return the providers of rounds in a state that name this contact for concerns."""
    named = round_table.c.safeguarding_contact_id == contact_id
    query = select(round_table.c.provider_id).where(named, round_table.c.state == in_state)
    return frozenset(connection.execute(query).scalars())


def named_in(connection: Connection, rounds: Sequence[Round]) -> Mapping[str, Contact]:
    """Return {round's id: the contact that it names}, where that one is still of a network of the provider."""
    of_networks = and_(
        network_member.c.network_id == contact.c.network_id, network_member.c.provider_id == round_table.c.provider_id
    )
    rows = connection.execute(
        _kept()
        .add_columns(round_table.c.id.label("round_id"))
        .join(round_table, round_table.c.safeguarding_contact_id == contact.c.id)
        .join(network_member, of_networks)
        .where(tuple_(round_table.c.provider_id, round_table.c.id).in_([(of.provider_id, of.id) for of in rounds]))
    )
    return {row.round_id: _contact(row) for row in rows}


def safeguarding_accounts(connection: Connection, network_id: str) -> tuple[tuple[int, str], ...]:
    """Return (id, e-mail address) of the accounts that may take concerns in a network."""
    query = (
        select(account.c.id, account.c.email)
        .join(membership, membership.c.account_id == account.c.id)
        .where(membership.c.role == Role.SAFEGUARDING.value, membership.c.organisation_id == network_id)
        .order_by(account.c.email)
    )
    return tuple((row.id, row.email) for row in connection.execute(query))


def teams_of(connection: Connection, account_ids: Collection[int]) -> Mapping[int, frozenset[str]]:
    """Return {account's id: providers whose team it belongs to}, for accounts that belong to any."""
    query = select(membership.c.account_id, membership.c.organisation_id).where(
        membership.c.role.in_([role.value for role in PROVIDER_ROLES]), membership.c.account_id.in_(account_ids)
    )
    found: dict[int, frozenset[str]] = {}
    for row in connection.execute(query):
        found[row.account_id] = found.get(row.account_id, frozenset()) | {row.organisation_id}
    return found


def _kept() -> Select[Any]:
    return select(contact).where(contact.c.removed.is_(False))


def _columns(of: Contact) -> dict[str, Any]:
    return {
        "kind": of.kind.value,
        "name": of.name,
        "phone": of.phone,
        "about": of.about,
        "about_in": dict(of.about_in),
        "account_id": of.account_id,
        "working_days": of.working_days,
    }


def _contact(row: Row[Any]) -> Contact:
    return Contact(
        id=row.id,
        network_id=row.network_id,
        kind=ContactKind(row.kind),
        name=row.name,
        phone=row.phone,
        about=row.about,
        account_id=row.account_id,
        working_days=row.working_days,
        about_in=row.about_in,
    )
