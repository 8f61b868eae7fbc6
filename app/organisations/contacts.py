"""Contacts: whom people can turn to, and who may take what they tell in confidence."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from app.errors import Invalid, Refused
from app.organisations.model import checked_name

LONGEST_PHONE = 20
LONGEST_ABOUT = 500
MOST_WORKING_DAYS = 10
_PHONE = re.compile(r"\+?[0-9](?: ?[0-9]){2,}")


class ContactKind(StrEnum):
    """What somebody is called for. Pages show them in this order."""

    EMERGENCY = "emergency"
    SAFEGUARDING = "safeguarding"
    HELP = "help"
    ADVOCACY = "advocacy"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to turn to, as a network names them.

    about: who they are, shown under the name; may be empty. account_id: the account that reads the concerns sent to
    them; None for somebody who is called only. working_days: within how many of them concerns are read; None where
    that is not promised.
    """

    id: str
    network_id: str
    kind: ContactKind
    name: str
    phone: str
    about: str = ""
    account_id: int | None = None
    working_days: int | None = None

    @property
    def takes_concerns(self) -> bool:
        return self.kind is ContactKind.SAFEGUARDING and self.account_id is not None

    @property
    def reader_mark(self) -> str:
        """Return what changes with whoever reads concerns here, and with anything that people are told of them."""
        told = [self.id, self.name, self.about, self.account_id, self.working_days]
        return sha256(json.dumps(told).encode()).hexdigest()


def checked_contact(contact: Contact) -> Contact:
    """Return the contact as it is kept. Raises Invalid for the first thing that is not right."""
    checked = replace(
        contact,
        name=checked_name(contact.name),
        phone=checked_phone(contact.phone),
        about=checked_about(contact.about),
    )
    if contact.account_id is not None and contact.kind is not ContactKind.SAFEGUARDING:
        raise Invalid("Only a safeguarding contact reads concerns here. Choose that kind, or no account.")
    if checked.takes_concerns and not checked.about:
        raise Invalid("Say who they are and where they work: people read it before they write.")
    if contact.working_days is not None and not 1 <= contact.working_days <= MOST_WORKING_DAYS:
        raise Invalid(f"Give 1 to {MOST_WORKING_DAYS} working days, or leave it empty.")
    return checked


def checked_phone(phone: str) -> str:
    """Return a number with single spaces. Raises Invalid when it is not one."""
    phone = " ".join(phone.split())
    if not _PHONE.fullmatch(phone) or len(phone) > LONGEST_PHONE:
        raise Invalid("Give a phone number of digits and spaces, such as 01632 960 001. It can begin with +.")
    return phone


def checked_about(about: str) -> str:
    """Return the text on one line. Raises Invalid when it is too long or not printable."""
    about = " ".join(about.split())
    if len(about) > LONGEST_ABOUT:
        raise Invalid(f"Use at most {LONGEST_ABOUT} characters to say who they are.")
    if not about.isprintable():
        raise Invalid("Say who they are without control characters.")
    return about


def refuse_insider(contact: Contact, provider_id: str, led: Collection[str]) -> None:
    """Raises Refused when a contact may not take concerns about a provider. led: providers that its account leads."""
    if not contact.takes_concerns:
        raise Refused(f"{contact.name} has no account to read concerns with. Choose a safeguarding contact who has.")
    if provider_id in led:
        raise Refused(f"{contact.name} leads this provider. A concern goes to somebody outside it: choose another.")
