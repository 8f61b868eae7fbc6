"""Providers, networks and who may do what."""

from app.organisations.contacts import Contact, ContactKind, Said, checked_contact, refuse_insider
from app.organisations.model import Membership, Network, Provider, Role
from app.organisations.permissions import (
    NOT_YOURS,
    Actor,
    may_read_concern,
    require_coordinator,
    require_entering,
    require_lead,
)

__all__ = [
    "NOT_YOURS",
    "Actor",
    "Contact",
    "ContactKind",
    "Membership",
    "Network",
    "Provider",
    "Role",
    "Said",
    "checked_contact",
    "may_read_concern",
    "refuse_insider",
    "require_coordinator",
    "require_entering",
    "require_lead",
]
