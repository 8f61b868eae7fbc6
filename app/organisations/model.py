"""Organisations and the roles that people hold in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.errors import Invalid

LONGEST_NAME = 200


class Role(StrEnum):
    """What somebody is to an endpoint. PUBLIC is anyone; RESPONDENT is whoever holds an invitation's link."""

    PUBLIC = "public"
    RESPONDENT = "respondent"
    SIGNED_IN = "signed-in"
    LEAD = "lead"
    COORDINATOR = "coordinator"
    CHECKER = "checker"
    SAFEGUARDING = "safeguarding"


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
    """An organisation that supports people. context: facts for a network's analysis, such as years_using_isf."""

    id: str
    name: str
    context: Mapping[str, str] = field(default_factory=dict)
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class Network:
    """Providers that compare aggregated results with each other."""

    id: str
    name: str
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class Membership:
    """One role of one user in one provider (lead) or one network (coordinator, checker, safeguarding)."""

    role: Role
    organisation_id: str
