"""Who may do what: the one place that says so. What is not allowed here is refused."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.errors import NotFound, Refused
from app.organisations.contacts import Contact
from app.organisations.model import Membership, Role

NOT_YOURS = "There is no such page, or it is not yours to see."


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who signed in, and where they hold which role."""

    leads: frozenset[str] = frozenset()
    coordinates: frozenset[str] = frozenset()
    checks: frozenset[str] = frozenset()
    safeguards: frozenset[str] = frozenset()
    account_id: int = 0

    @classmethod
    def of(cls, memberships: Iterable[Membership], account_id: int = 0) -> "Actor":
        held = tuple(memberships)

        def where(role: Role) -> frozenset[str]:
            return frozenset(each.organisation_id for each in held if each.role is role)

        return cls(where(Role.LEAD), where(Role.COORDINATOR), where(Role.CHECKER), where(Role.SAFEGUARDING), account_id)

    @property
    def roles(self) -> frozenset[Role]:
        held = {
            Role.LEAD: self.leads,
            Role.COORDINATOR: self.coordinates,
            Role.CHECKER: self.checks,
            Role.SAFEGUARDING: self.safeguards,
        }
        return frozenset({Role.PUBLIC, Role.SIGNED_IN, *(role for role, where in held.items() if where)})


def require_lead(actor: Actor, provider_id: str) -> None:
    """Raises NotFound unless the actor leads the provider: a stranger does not learn that it exists."""
    if provider_id not in actor.leads:
        raise NotFound(NOT_YOURS)


def require_coordinator(actor: Actor, network_id: str) -> None:
    """Raises NotFound unless the actor coordinates the network."""
    if network_id not in actor.coordinates:
        raise NotFound(NOT_YOURS)


def require_entering(actor: Actor, provider_id: str, network_ids: Collection[str]) -> None:
    """Raises NotFound unless the actor may type in a provider's paper: its lead, or a checker of its networks."""
    if provider_id not in actor.leads and actor.checks.isdisjoint(network_ids):
        raise NotFound(NOT_YOURS)


def may_visit(actor: Actor, network_id: str, account_ids: Collection[int]) -> bool:
    """Say whether the actor is one of a visit's pair, and still a checker of the network that sends them."""
    return actor.account_id in account_ids and network_id in actor.checks


def require_visiting(actor: Actor, network_id: str, account_ids: Collection[int]) -> None:
    """Raises NotFound unless the actor may open the visit of this pair."""
    if not may_visit(actor, network_id, account_ids):
        raise NotFound(NOT_YOURS)


def refuse_unfit_checker(actor: Actor, network_id: str, provider_id: str) -> None:
    """Raises Refused when somebody may not check this provider: no checker of the network, or its own lead."""
    if network_id not in actor.checks:
        raise Refused("Choose people who are checkers in this network.")
    if provider_id in actor.leads:
        raise Refused("Somebody who leads a provider cannot check it. Choose somebody else.")


def may_read_concern(actor: Actor, contact: Contact, provider_id: str) -> bool:
    """Say whether the actor is the contact that a concern was sent to, and does not lead the provider it is about."""
    is_contact = contact.account_id == actor.account_id and contact.network_id in actor.safeguards
    return is_contact and provider_id not in actor.leads
