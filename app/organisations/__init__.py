"""Providers, networks and who may do what."""

from app.organisations.model import Membership, Network, Provider, Role
from app.organisations.permissions import Actor, require_coordinator, require_lead

__all__ = ["Actor", "Membership", "Network", "Provider", "Role", "require_coordinator", "require_lead"]
