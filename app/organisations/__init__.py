"""Providers, networks and who may do what."""

from app.organisations.contacts import Contact, ContactKind, Said, checked_contact, refuse_insider
from app.organisations.model import Membership, Network, Provider, Role
from app.organisations.permissions import (
    NOT_YOURS,
    Actor,
    may_read_concern,
    may_visit,
    refuse_unfit_checker,
    require_coordinator,
    require_entering,
    require_lead,
    require_visiting,
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
    "may_visit",
    "refuse_insider",
    "refuse_unfit_checker",
    "require_coordinator",
    "require_entering",
    "require_lead",
    "require_visiting",
]
