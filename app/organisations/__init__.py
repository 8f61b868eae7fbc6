"""Providers, networks and who may do what."""

from app.organisations.model import Membership, Network, Provider, Role
from app.organisations.permissions import NOT_YOURS, Actor, require_coordinator, require_lead

__all__ = ["NOT_YOURS", "Actor", "Membership", "Network", "Provider", "Role", "require_coordinator", "require_lead"]
