"""Who may do what: the one place that says so. What is not allowed here is refused."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.errors import NotFound, Refused
from app.organisations.contacts import Contact
from app.organisations.model import INSTALLATION, NETWORK_ROLES, PROVIDER_ROLES, Membership, Role

NOT_YOURS = "There is no such page, or it is not yours to see."


class Act(StrEnum):
    """Something that a role lets somebody do, where they hold the role. The value says it to a reader."""

    SEE_ROUNDS = "see a provider’s rounds, and the results of those that closed"
    RUN_ROUNDS = "open a provider’s rounds, invite to them, close them"
    SEE_EVIDENCE = "see a provider’s evidence"
    KEEP_EVIDENCE = "add a provider’s evidence, and delete it"
    RUN_PROVIDER = "look after a provider: its team, its sites, its networks"
    TYPE_IN_PAPER = "type in answers that came on paper"
    RUN_NETWORK = "look after a network: its campaigns, members, contacts, visits; compare aggregates"
    VISIT = "visit providers for a network"
    READ_CONCERNS = "read concerns that were sent to them"
    EDIT_STANDARDS = "draft and publish standards"
    ADMINISTER = "look after the installation: its providers, networks and accounts"
    READ_LOG = "read the log of who did what"


MAY: Final[Mapping[Role, frozenset[Act]]] = {
    Role.LEAD: frozenset(
        {
            Act.SEE_ROUNDS,
            Act.RUN_ROUNDS,
            Act.SEE_EVIDENCE,
            Act.KEEP_EVIDENCE,
            Act.RUN_PROVIDER,
            Act.TYPE_IN_PAPER,
        }
    ),
    Role.CONTRIBUTOR: frozenset({Act.SEE_ROUNDS, Act.SEE_EVIDENCE, Act.KEEP_EVIDENCE}),
    Role.MEMBER: frozenset({Act.SEE_ROUNDS, Act.SEE_EVIDENCE}),
    Role.COORDINATOR: frozenset({Act.RUN_NETWORK}),
    Role.CHECKER: frozenset({Act.VISIT, Act.TYPE_IN_PAPER}),
    Role.SAFEGUARDING: frozenset({Act.READ_CONCERNS}),
    Role.EDITOR: frozenset({Act.EDIT_STANDARDS}),
    Role.ADMINISTRATOR: frozenset({Act.ADMINISTER}),
    Role.AUDITOR: frozenset({Act.READ_LOG}),
}


NEEDS_SECOND_FACTOR: Final = frozenset({Role.COORDINATOR, Role.EDITOR, Role.ADMINISTRATOR})
"""Roles that reach beyond one organisation: a stolen password alone must not open them."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who does something: an account with its roles, the operator at the machine, or nobody we know."""

    memberships: frozenset[Membership] = frozenset()
    account_id: int = 0
    is_operator: bool = False

    @classmethod
    def of(cls, memberships: Iterable[Membership], account_id: int = 0) -> "Actor":
        return cls(frozenset(memberships), account_id)

    def where(self, role: Role) -> frozenset[str]:
        """Return the ids of the organisations in which they hold a role."""
        return frozenset(each.organisation_id for each in self.memberships if each.role is role)

    def where_may(self, act: Act) -> frozenset[str]:
        """Return the ids of the organisations in which they may do something."""
        return frozenset(each.organisation_id for each in self.memberships if act in MAY[each.role])

    def may(self, act: Act, organisation_id: str = INSTALLATION) -> bool:
        """Say whether they may do something in an organisation; without one, in the installation as a whole."""
        return self.is_operator or organisation_id in self.where_may(act)

    @property
    def leads(self) -> frozenset[str]:
        return self.where(Role.LEAD)

    @property
    def coordinates(self) -> frozenset[str]:
        return self.where(Role.COORDINATOR)

    @property
    def checks(self) -> frozenset[str]:
        return self.where(Role.CHECKER)

    @property
    def safeguards(self) -> frozenset[str]:
        return self.where(Role.SAFEGUARDING)

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset({Role.PUBLIC, Role.SIGNED_IN, *(each.role for each in self.memberships)})


NOBODY: Final = Actor()
OPERATOR: Final = Actor(is_operator=True)
"""Whoever runs commands on the machine of the installation: they can read its files anyway."""


def roles_that_may(act: Act) -> frozenset[Role]:
    return frozenset(role for role, acts in MAY.items() if act in acts)


def require(actor: Actor, act: Act, organisation_id: str = INSTALLATION) -> None:
    """Raises NotFound unless the actor may do this there: a stranger does not learn that the organisation exists."""
    if not actor.may(act, organisation_id):
        raise NotFound(NOT_YOURS)


def require_inviting(actor: Actor, invited_as: Membership) -> None:
    """Raises NotFound unless the actor may bring somebody into a role: in their own organisation, or anywhere."""
    acts = {**dict.fromkeys(PROVIDER_ROLES, Act.RUN_PROVIDER), **dict.fromkeys(NETWORK_ROLES, Act.RUN_NETWORK)}
    if not actor.may(Act.ADMINISTER):
        require(actor, acts.get(invited_as.role, Act.ADMINISTER), invited_as.organisation_id)


def require_entering(actor: Actor, provider_id: str, network_ids: Collection[str]) -> None:
    """Raises NotFound unless the actor may type in a provider's paper: there, or in one of its networks."""
    if not any(actor.may(Act.TYPE_IN_PAPER, each) for each in (provider_id, *network_ids)):
        raise NotFound(NOT_YOURS)


def may_visit(actor: Actor, network_id: str, account_ids: Collection[int]) -> bool:
    """Say whether the actor is one of a visit's pair, and still a checker of the network that sends them."""
    return actor.is_operator or (actor.account_id in account_ids and actor.may(Act.VISIT, network_id))


def require_visiting(actor: Actor, network_id: str, account_ids: Collection[int]) -> None:
    """Raises NotFound unless the actor may open the visit of this pair."""
    if not may_visit(actor, network_id, account_ids):
        raise NotFound(NOT_YOURS)


def refuse_unfit_checker(actor: Actor, network_id: str, provider_id: str) -> None:
    """Raises Refused when somebody may not check this provider: no checker of the network, or of its own team."""
    if network_id not in actor.checks:
        raise Refused("Choose people who are checkers in this network.")
    if provider_id in actor.where_may(Act.SEE_ROUNDS):
        raise Refused("Somebody who belongs to a provider’s team cannot check it. Choose somebody else.")


def may_read_concern(actor: Actor, contact: Contact, provider_id: str) -> bool:
    """Say whether the actor is the contact that a concern was sent to, and not of the team of the provider it is about.

    Nobody else may, the operator included.
    """
    is_contact = contact.account_id == actor.account_id and contact.network_id in actor.where_may(Act.READ_CONCERNS)
    return is_contact and provider_id not in actor.where_may(Act.SEE_ROUNDS)
