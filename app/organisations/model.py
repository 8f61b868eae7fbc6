"""Organisations and the roles that people hold in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.errors import Invalid

LONGEST_NAME = 200
INSTALLATION = ""
"""What stands for the installation as a whole where a role is held in no single organisation."""


class Role(StrEnum):
    """What somebody is to an endpoint. PUBLIC is anyone; RESPONDENT is whoever holds an invitation's link."""

    PUBLIC = "public"
    RESPONDENT = "respondent"
    SIGNED_IN = "signed-in"
    LEAD = "lead"
    CONTRIBUTOR = "contributor"
    MEMBER = "member"
    COORDINATOR = "coordinator"
    CHECKER = "checker"
    SAFEGUARDING = "safeguarding"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


PROVIDER_ROLES = (Role.LEAD, Role.CONTRIBUTOR, Role.MEMBER)
NETWORK_ROLES = (Role.COORDINATOR, Role.CHECKER, Role.SAFEGUARDING)
INSTALLATION_ROLES = (Role.EDITOR, Role.ADMINISTRATOR, Role.AUDITOR)


def checked_name(name: str) -> str:
    """Return the name without surrounding spaces. Raises Invalid when it is empty, too long or not printable."""
    name = " ".join(name.split())
    if not name:
        raise Invalid("Give a name.")
    if len(name) > LONGEST_NAME:
        raise Invalid(f"Use a name of at most {LONGEST_NAME} characters.")
    if not name.isprintable():
        raise Invalid("Use a name without control characters.")
    return name


@dataclass(frozen=True, slots=True)
class Provider:
    """An organisation that supports people. context: facts for a network's analysis, such as years_using_isf.

    archived_on: since when it does nothing new here. merged_into: the id of the provider that has taken it over.
    """

    id: str
    name: str
    context: Mapping[str, str] = field(default_factory=dict)
    made_up: bool = False
    archived_on: date | None = None
    merged_into: str | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """Providers that compare aggregated results with each other. archived_on: since when it does nothing new here."""

    id: str
    name: str
    made_up: bool = False
    archived_on: date | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """One role of one account in a provider, in a network, or in the installation as a whole (INSTALLATION)."""

    role: Role
    organisation_id: str
