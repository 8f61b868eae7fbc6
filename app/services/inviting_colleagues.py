"""Inviting colleagues: a letter with a link, and the same in a link that can be handed over.

An invitation has two secrets. The letter holds one; the page where somebody was invited shows the other, for the case
that the letter does not arrive. Who comes with the letter's has shown that the address is theirs. Who comes with the
one that was handed over has not: it could have gone to anybody, so their address stays unconfirmed.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from app.errors import Conflict, Invalid, NotFound, Refused
from app.library.catalogue import translations_of
from app.organisations import NOT_YOURS, Actor, Membership, require_inviting
from app.organisations.log import Deed
from app.organisations.model import INSTALLATION, INSTALLATION_ROLES, PROVIDER_ROLES
from app.organisations.news import Event
from app.services.accounts import address_of
from app.services.log import note
from app.services.notifying import tell_of_colleague
from app.services.posting import Letter, post
from app.standards import LANGUAGES
from app.storage import Database
from app.storage import account_invitations as stored
from app.storage import accounts as stored_accounts
from app.storage import organisations as stored_organisations
from app.storage.account_invitations import StoredInvitation
from app.storage.sealing import seal, unseal

WORKS_FOR = timedelta(days=14)
"""Long enough for somebody who is on holiday; then a fresh link is one press away."""
LONGEST_SECRET = 64


def _(words: str) -> str:
    """Mark words for the catalogue."""
    return words


_SUBJECT = _("An invitation to Driving Seat")
_TEXT = _(
    "Hello,\n\n%(organisation)s invites you to work with it in Driving Seat. Open this link to say yes:\n\n"
    "%(link)s\n\nIt works once, until %(until)s. If you do not know why you get this, do nothing.\n"
)


class InvitationState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Office:
    """What an installation writes its letters with: its keys, and the address that its links begin with."""

    keys: Sequence[bytes]
    hash_key: bytes
    base_url: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as those see it who may invite. invited_by: an account's id; None: the operator."""

    id: str
    email: str
    membership: Membership
    invited_by: int | None
    invited_on: date
    expires_on: date
    state: InvitationState


@dataclass(frozen=True, slots=True)
class Opened:
    """An invitation as the invited person sees it.

    invited_by: an address, or nothing when the operator did. has_account: there is one with the invited address.
    by_letter: it was opened with the letter's secret.
    """

    id: str
    email: str
    invited_by: str
    membership: Membership
    organisation: str
    made_up: bool
    has_account: bool
    by_letter: bool


class OverError(Conflict):
    """A link that opens nothing any more. state: why; None for one that never was."""

    def __init__(self, state: InvitationState | None) -> None:
        super().__init__("This invitation cannot be used any more.")
        self.state = state


def invite(
    database: Database,
    office: Office,
    id: str,
    email: str,
    membership: Membership,
    on: date,
    *,
    works_for: timedelta = WORKS_FOR,
    has_letter: bool = True,
) -> tuple[Invitation, str]:
    """Invite somebody into a role. Post the letter; return the invitation, and the link to hand over in its place.

    id: new for each form, so that one sent twice invites once and shows a fresh link. works_for: whole days after
    today. has_letter: whether a letter goes too, or the link is handed over alone.
    Raises NotFound for whoever may not invite there, Invalid for what is no address, Conflict when they hold the role.
    """
    require_inviting(database.actor, membership)
    address = address_of(email)
    with database.writing() as connection:
        _refuse_holder(connection, address, membership)
        known = stored.by_id(connection, id, lock=True)
        if known is not None and (known.membership != membership or known.email_hash != email_hash(office, address)):
            raise Conflict("This form cannot be used any more. Open it again and begin anew.")
        draft = StoredInvitation(
            id=id,
            letter_hash="",
            hand_hash="",
            sealed_email=seal(office.keys, stored.purpose(id), address),
            email_hash=email_hash(office, address),
            membership=membership,
            invited_by=database.actor.account_id or None,
            invited_on=on,
            expires_on=on + works_for,
            state=InvitationState.OPEN,
        )
        return _sent(database, connection, office, draft, is_new=known is None, has_letter=has_letter)


def resend(database: Database, office: Office, id: str, on: date) -> tuple[Invitation, str]:
    """Send an invitation again with fresh links; those before end. Returns and raises like invite.

    Raises Conflict for one that was accepted.
    """
    with database.writing() as connection:
        found = _own(database, connection, id)
        if found.state == InvitationState.ACCEPTED:
            raise Conflict("This invitation has been accepted already.")
        again = replace(found, invited_on=on, expires_on=on + WORKS_FOR, state=InvitationState.OPEN)
        return _sent(database, connection, office, again, is_new=False)


def revoke(database: Database, id: str) -> None:
    """Take an invitation back. Raises NotFound; one that was accepted stays so: Conflict."""
    with database.writing() as connection:
        found = _own(database, connection, id)
        if found.state == InvitationState.ACCEPTED:
            raise Conflict("This invitation has been accepted already. Take the role away instead.")
        stored.change(connection, replace(found, state=InvitationState.REVOKED))
        organisation_id, role = found.membership.organisation_id, found.membership.role.value
        note(database, connection, Deed.INVITATION_TAKEN_BACK, organisation_id, found.id, role=role)


def invitations_of(database: Database, office: Office, organisation_id: str, on: date) -> tuple[Invitation, ...]:
    """Return the invitations into an organisation that the actor may give, the newest first."""
    with database.reading() as connection:
        found = stored.in_organisation(connection, organisation_id)
    return tuple(_shown(office, each, on) for each in found if _may(database, each))


def open_invitation(database: Database, office: Office, secret: str, on: date) -> Opened:
    """Return what a link invites to. Raises OverError."""
    with database.reading() as connection:
        return _opened(connection, office, _usable(connection, secret, on), secret)


def accept_as(database: Database, office: Office, secret: str, account_id: int, on: date) -> Opened:
    """Give the invitation's role to the account that is signed in. Raises OverError; Refused for another address."""
    with database.writing() as connection:
        found = _usable(connection, secret, on, lock=True)
        opened = _opened(connection, office, found, secret)
        if stored_accounts.id_of(connection, opened.email) != account_id:
            raise Refused("This invitation is for another address than the one you are signed in with.")
        if found.invited_by == account_id:
            raise Refused("Nobody gives a role to themselves. Ask a colleague to invite you.")
        _accept(database, connection, found, account_id, opened, on)
    return opened


def accept_new(database: Database, office: Office, secret: str, password_hash: str, on: date) -> Opened:
    """Make the invited person's account, with its role. Raises OverError; Conflict when there is an account by now."""
    with database.writing() as connection:
        found = _usable(connection, secret, on, lock=True)
        opened = _opened(connection, office, found, secret)
        if opened.has_account:
            raise Conflict("There is an account with this address by now. Sign in, then open the link again.")
        account_id = stored_accounts.add_account(connection, opened.email, password_hash, secrets.token_urlsafe(32))
        _accept(database, connection, found, account_id, opened, on)
    return opened


def _sent(
    database: Database,
    connection: Connection,
    office: Office,
    draft: StoredInvitation,
    *,
    is_new: bool,
    has_letter: bool = True,
) -> tuple[Invitation, str]:
    """Store an invitation with fresh secrets, post its letter, and return it with the link to hand over."""
    in_letter, by_hand = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    fresh = replace(draft, letter_hash=_hash(in_letter), hand_hash=_hash(by_hand))
    (stored.add if is_new else stored.change)(connection, fresh)
    shown = _shown(office, fresh, fresh.invited_on)
    organisation, _made_up = _organisation(connection, fresh.membership)
    if has_letter:
        post(connection, office.keys, _letter(shown, organisation, _link(office, in_letter)))
    organisation_id, role = fresh.membership.organisation_id, fresh.membership.role.value
    note(database, connection, Deed.COLLEAGUE_INVITED, organisation_id, fresh.id, role=role)
    return shown, _link(office, by_hand)


def _letter(invitation: Invitation, organisation: str, link: str) -> Letter:
    """Write the letter in every language: nobody knows yet which one the reader prefers."""
    said = {"organisation": organisation, "link": link, "until": f"{invitation.expires_on:%d/%m/%Y}"}
    catalogues = [translations_of(language) for language in LANGUAGES]
    texts = dict.fromkeys(each.gettext(_TEXT) % said for each in catalogues)
    return Letter(invitation.email, _SUBJECT, "\n----\n\n".join(texts))


def _own(database: Database, connection: Connection, id: str) -> StoredInvitation:
    """Return an invitation that the actor may give. Raises NotFound."""
    found = stored.by_id(connection, id, lock=True)
    if found is None:
        raise NotFound(NOT_YOURS)
    require_inviting(database.actor, found.membership)
    return found


def _may(database: Database, invitation: StoredInvitation) -> bool:
    try:
        require_inviting(database.actor, invitation.membership)
    except NotFound:
        return False
    return True


def _usable(connection: Connection, secret: str, on: date, *, lock: bool = False) -> StoredInvitation:
    found = stored.by_secret(connection, _hash(secret), lock=lock) if len(secret) <= LONGEST_SECRET else None
    if found is None:
        raise OverError(None)
    if _state(found, on) is not InvitationState.OPEN:
        raise OverError(_state(found, on))
    return found


def _state(found: StoredInvitation, on: date) -> InvitationState:
    state = InvitationState(found.state)
    return InvitationState.EXPIRED if state is InvitationState.OPEN and on > found.expires_on else state


def _opened(connection: Connection, office: Office, found: StoredInvitation, secret: str) -> Opened:
    email = unseal(office.keys, stored.purpose(found.id), found.sealed_email)
    organisation, made_up = _organisation(connection, found.membership)
    inviter = [found.invited_by] if found.invited_by else []
    return Opened(
        id=found.id,
        email=email,
        invited_by=next(iter(stored_accounts.addresses_of(connection, inviter).values()), ""),
        membership=found.membership,
        organisation=organisation,
        made_up=made_up,
        has_account=stored_accounts.account_exists(connection, email),
        by_letter=hmac.compare_digest(found.letter_hash, _hash(secret)),
    )


def _accept(
    database: Database, connection: Connection, found: StoredInvitation, account_id: int, opened: Opened, on: date
) -> None:
    as_them = database.acting_for(Actor.of([], account_id))
    organisation_id, role = found.membership.organisation_id, found.membership.role.value
    note(as_them, connection, Deed.ROLE_GIVEN, organisation_id, str(account_id), role=role)
    held = stored_accounts.memberships_of(connection, account_id)
    if found.membership not in held:
        stored_accounts.add_membership(connection, account_id, found.membership)
    if organisation_id not in {each.organisation_id for each in held}:
        tell_of_colleague(as_them, connection, Event.COLLEAGUE_JOINED, account_id, found.membership)
    if opened.by_letter:
        stored_accounts.confirm(connection, account_id, datetime(on.year, on.month, on.day))  # noqa: DTZ001
    stored.change(connection, replace(found, state=InvitationState.ACCEPTED))


def _refuse_holder(connection: Connection, address: str, membership: Membership) -> None:
    account_id = stored_accounts.id_of(connection, address)
    if account_id is not None and membership in stored_accounts.memberships_of(connection, account_id):
        raise Conflict("Somebody with this address has this role already.")


def _organisation(connection: Connection, membership: Membership) -> tuple[str, bool]:
    """Return the name of what somebody is invited into, and whether it is made up. Raises NotFound, Invalid."""
    if membership.role in INSTALLATION_ROLES:
        if membership.organisation_id != INSTALLATION:
            raise Invalid("This role is held in the installation as a whole.")
        return "Driving Seat", False
    is_provider = membership.role in PROVIDER_ROLES
    look_up = stored_organisations.provider_of if is_provider else stored_organisations.network_of
    found = look_up(connection, membership.organisation_id)
    if found is None:
        raise NotFound(NOT_YOURS)
    return found.name, found.made_up


def _shown(office: Office, found: StoredInvitation, on: date) -> Invitation:
    return Invitation(
        id=found.id,
        email=unseal(office.keys, stored.purpose(found.id), found.sealed_email),
        membership=found.membership,
        invited_by=found.invited_by,
        invited_on=found.invited_on,
        expires_on=found.expires_on,
        state=_state(found, on),
    )


def _link(office: Office, secret: str) -> str:
    return f"{office.base_url}/join/{secret}"


def _hash(secret: str) -> str:
    return hashlib.sha256(f"driving-seat/account-invitation/1\0{secret}".encode()).hexdigest()


def email_hash(office: Office, address: str) -> str:
    """Return the keyed hash by which the same address is known again without unsealing others."""
    message = f"driving-seat/account-invitation/1\0{address.lower()}".encode()
    return hmac.new(office.hash_key, message, hashlib.sha256).hexdigest()
