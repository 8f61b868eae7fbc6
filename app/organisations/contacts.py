"""Contacts: whom people can turn to, and who may take what they tell in confidence."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256

from app.errors import Invalid, Refused
from app.organisations.model import checked_name

LONGEST_PHONE = 20
LONGEST_ABOUT = 500
MOST_WORKING_DAYS = 10
ENGLISH = "en"
_PHONE = re.compile(r"\+?[0-9](?: ?[0-9]){2,}")
_LANGUAGE = re.compile(r"[a-z]{2}")


class ContactKind(StrEnum):
    """What somebody is called for. Pages show them in this order."""

    EMERGENCY = "emergency"
    SAFEGUARDING = "safeguarding"
    HELP = "help"
    ADVOCACY = "advocacy"


@dataclass(frozen=True, slots=True)
class Said:
    """Words for a reader. language: the one they are in, where it is not the reader's."""

    words: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to turn to, as a network names them.

    about: who they are, in English, shown under the name; may be empty. about_in: the same in other languages.
    account_id: the account that reads the concerns sent to them; None for somebody who is called only. working_days:
    within how many of them concerns are read; None where that is not promised.
    """

    id: str
    network_id: str
    kind: ContactKind
    name: str
    phone: str
    about: str = ""
    account_id: int | None = None
    working_days: int | None = None
    about_in: Mapping[str, str] = field(default_factory=dict)

    def about_for(self, language: str) -> Said:
        """Return who they are in a reader's language, or in English where nobody wrote it in that."""
        if language in self.about_in:
            return Said(self.about_in[language])
        return Said(self.about, "" if language == ENGLISH else ENGLISH)

    @property
    def takes_concerns(self) -> bool:
        return self.kind is ContactKind.SAFEGUARDING and self.account_id is not None

    @property
    def reader_mark(self) -> str:
        """Return what changes with whoever reads concerns here, and with anything that people are told of them."""
        told = [self.id, self.name, self.about, sorted(self.about_in.items()), self.account_id, self.working_days]
        return sha256(json.dumps(told).encode()).hexdigest()


def checked_contact(contact: Contact) -> Contact:
    """Return the contact as it is kept. Raises Invalid for the first thing that is not right."""
    checked = replace(
        contact,
        name=checked_name(contact.name),
        phone=checked_phone(contact.phone),
        about=checked_about(contact.about, is_needed=contact.takes_concerns),
        about_in=_checked_about_in(contact.about_in),
    )
    refuse_other_kind(contact.kind, contact.account_id)
    if contact.working_days is not None:
        refuse_days(contact.working_days)
    return checked


def refuse_other_kind(kind: str, account_id: int | None) -> None:
    """Raises Invalid for an account that is given to another than a safeguarding contact."""
    if account_id is not None and kind != ContactKind.SAFEGUARDING:
        raise Invalid("Only a safeguarding contact reads concerns. Choose that kind, or nobody to read them.")


def refuse_days(working_days: int) -> None:
    """Raises Invalid for more days, or fewer, than can be promised."""
    if not 1 <= working_days <= MOST_WORKING_DAYS:
        raise Invalid(f"Give 1 to {MOST_WORKING_DAYS} working days, or leave it empty.")


def checked_phone(phone: str) -> str:
    """Return a number with single spaces. Raises Invalid when it is not one."""
    phone = " ".join(phone.split())
    if not _PHONE.fullmatch(phone) or len(phone) > LONGEST_PHONE:
        raise Invalid("Give a phone number of digits and spaces, such as 01632 960 001. It can begin with +.")
    return phone


def checked_about(about: str, *, is_needed: bool = False) -> str:
    """Return the text on one line. Raises Invalid when it is too long or not printable, or is needed and missing."""
    about = " ".join(about.split())
    if len(about) > LONGEST_ABOUT:
        raise Invalid(f"Use at most {LONGEST_ABOUT} characters to say who they are.")
    if not about.isprintable():
        raise Invalid("Say who they are without control characters.")
    if is_needed and not about:
        raise Invalid("Say who they are and where they work: people read it before they write.")
    return about


def _checked_about_in(about_in: Mapping[str, str]) -> dict[str, str]:
    for language in about_in:
        if language == ENGLISH or not _LANGUAGE.fullmatch(language):
            raise Invalid(f"“{language}” is not the two letters of a language other than English, such as cy.")
    checked = {language: checked_about(about) for language, about in about_in.items()}
    return {language: about for language, about in checked.items() if about}


def refuse_insider(contact: Contact, provider_id: str, teams: Collection[str]) -> None:
    """Raises Refused when a contact may not take concerns about a provider.

    teams: ids of the providers to whose team its account belongs.
    """
    if not contact.takes_concerns:
        raise Refused(f"{contact.name} has no account to read concerns with. Choose a safeguarding contact who has.")
    if provider_id in teams:
        raise Refused(
            f"{contact.name} belongs to this provider’s team. A concern goes to somebody outside it: choose another."
        )
