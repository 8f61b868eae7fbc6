"""Inviting colleagues, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from app.errors import Conflict, Invalid, NotFound, Refused
from app.organisations import INSTALLATION, OPERATOR, Act, Actor, Membership, Network, Provider, Role
from app.organisations.permissions import MAY
from app.services import accounts, inviting_colleagues
from app.services.inviting_colleagues import WORKS_FOR, InvitationState, Office, OverError
from app.services.organising import add_network
from app.storage import Database
from app.storage import accounts as stored_accounts
from app.storage.tables import account, account_invitation, letter
from tests.days import TODAY
from tests.letters import letters_in

OFFICE = Office([b"k" * 32], b"h" * 32, "https://seat.example")
JO = "Jo.Bell@example.org"


@pytest.fixture
def network(database: Database) -> Network:
    return add_network(database.acting_for(OPERATOR), "Small supports of the north")


def invite(database: Database, membership: Membership, email: str = JO, id: str = "1" * 16):
    forget_letters(database)
    return inviting_colleagues.invite(database, OFFICE, id, email, membership, TODAY)


def secret_of(link: str) -> str:
    assert link.startswith("https://seat.example/join/")
    return link.rpartition("/")[2]


def posted(database: Database) -> str:
    """Return the secret in the one letter that waits."""
    (letter,) = letters_in(database, OFFICE.keys)
    (link,) = {each for each in letter.text.split() if each.startswith("https://")}
    return secret_of(link)


def resend(database: Database, id: str, on=TODAY):
    forget_letters(database)
    return inviting_colleagues.resend(database, OFFICE, id, on)


def forget_letters(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(delete(letter))


def by(database: Database, role: Role, organisation_id: str) -> Database:
    return database.acting_for(Actor.of([Membership(role, organisation_id)], 0))


def id_of(database: Database, email: str) -> int:
    with database.reading() as connection:
        found = stored_accounts.id_of(connection, email)
    assert found is not None
    return found


def confirmed(database: Database, email: str) -> bool:
    with database.reading() as connection:
        query = select(account.c.confirmed_at).where(account.c.id == id_of(database, email))
        return connection.execute(query).scalar() is not None


def test_a_letter_and_a_link_to_hand_over_hold_different_secrets_and_only_hashes_are_kept(
    database: Database, provider: Provider
):
    invitation, link = invite(database, Membership(Role.LEAD, provider.id))

    assert posted(database) != secret_of(link)
    with database.reading() as connection:
        (row,) = connection.execute(select(account_invitation)).all()
    for secret in (posted(database), secret_of(link), "Bell", "bell"):
        assert secret not in str(row)
    assert (invitation.email, invitation.state, invitation.expires_on) == (
        "Jo.Bell@example.org", InvitationState.OPEN, TODAY + WORKS_FOR,
    )  # fmt: skip


def test_a_letter_names_the_organisation_but_nobody_in_its_subject(database: Database, provider: Provider):
    invite(database, Membership(Role.LEAD, provider.id))
    (found,) = letters_in(database, OFFICE.keys)
    assert provider.name in found.text
    assert found.to == "Jo.Bell@example.org"
    assert "Bell" not in found.subject


@pytest.mark.parametrize(("by_letter", "is_confirmed"), [(True, True), (False, False)])
def test_only_the_letters_link_shows_that_an_address_is_theirs(
    database: Database, provider: Provider, by_letter: bool, is_confirmed: bool
):
    _, link = invite(database, Membership(Role.LEAD, provider.id))
    secret = posted(database) if by_letter else secret_of(link)

    opened = inviting_colleagues.accept_new(database, OFFICE, secret, "hash", TODAY)

    assert (opened.organisation, opened.has_account, opened.by_letter) == (provider.name, False, by_letter)
    assert confirmed(database, JO) is is_confirmed
    assert accounts.actor_of(database, id_of(database, JO)).leads == {provider.id}


def test_whoever_has_an_account_gets_the_role_too(database: Database, provider: Provider, network: Network):
    accounts.add_account(database, JO, "x", [Membership(Role.LEAD, provider.id)])
    invite(database, Membership(Role.CHECKER, network.id))
    secret = posted(database)
    assert inviting_colleagues.open_invitation(database, OFFICE, secret, TODAY).has_account

    with pytest.raises(Conflict, match="by now"):
        inviting_colleagues.accept_new(database, OFFICE, secret, "hash", TODAY)
    inviting_colleagues.accept_as(database, OFFICE, secret, id_of(database, JO), TODAY)

    actor = accounts.actor_of(database, id_of(database, JO))
    assert (actor.leads, actor.checks) == ({provider.id}, {network.id})
    assert confirmed(database, JO)


def test_an_invitation_is_for_one_address(database: Database, provider: Provider):
    accounts.add_account(database, "sam@example.org", "x", [])
    invite(database, Membership(Role.LEAD, provider.id))
    with pytest.raises(Refused, match="another address"):
        inviting_colleagues.accept_as(database, OFFICE, posted(database), id_of(database, "sam@example.org"), TODAY)


def over(database: Database, secret: str, on=TODAY) -> InvitationState | None:
    with pytest.raises(OverError) as error:
        inviting_colleagues.accept_new(database, OFFICE, secret, "hash", on)
    with pytest.raises(OverError):
        inviting_colleagues.open_invitation(database, OFFICE, secret, on)
    return error.value.state


def test_a_link_that_is_over_says_why(database: Database, provider: Provider):
    invitation, link = invite(database, Membership(Role.LEAD, provider.id))
    old = posted(database)
    assert over(database, "nothing") is None
    assert over(database, "x" * 1000) is None
    assert over(database, old, TODAY + WORKS_FOR + timedelta(days=1)) is InvitationState.EXPIRED

    _, fresh = resend(database, invitation.id)
    assert over(database, old) is None
    assert over(database, secret_of(link)) is None
    inviting_colleagues.revoke(database, invitation.id)
    assert over(database, posted(database)) is InvitationState.REVOKED

    resend(database, invitation.id)
    inviting_colleagues.accept_new(database, OFFICE, posted(database), "hash", TODAY)
    assert over(database, posted(database)) is InvitationState.ACCEPTED
    for again in (
        lambda: inviting_colleagues.resend(database, OFFICE, invitation.id, TODAY),
        lambda: inviting_colleagues.revoke(database, invitation.id),
    ):
        with pytest.raises(Conflict, match="accepted already"):
            again()
    assert fresh != link


def test_an_invitation_that_expired_can_be_sent_again(database: Database, provider: Provider):
    invitation, _ = invite(database, Membership(Role.LEAD, provider.id))
    later = TODAY + WORKS_FOR + timedelta(days=1)
    ((shown),) = inviting_colleagues.invitations_of(database, OFFICE, provider.id, later)
    assert shown.state is InvitationState.EXPIRED

    again, _ = resend(database, invitation.id, later)
    assert (again.state, again.expires_on) == (InvitationState.OPEN, later + WORKS_FOR)


def test_a_form_that_is_sent_twice_invites_once(database: Database, provider: Provider):
    membership = Membership(Role.LEAD, provider.id)
    invite(database, membership)
    invite(database, membership)
    assert len(inviting_colleagues.invitations_of(database, OFFICE, provider.id, TODAY)) == 1
    with pytest.raises(Conflict, match="cannot be used"):
        invite(database, membership, "sam@example.org")


def test_nobody_is_invited_to_what_they_have_or_to_what_is_not_there(database: Database, provider: Provider):
    membership = Membership(Role.LEAD, provider.id)
    accounts.add_account(database, JO, "x", [membership])
    with pytest.raises(Conflict, match="already"):
        invite(database, membership)
    with pytest.raises(NotFound):
        invite(database, replace(membership, organisation_id="nowhere"), "sam@example.org")
    with pytest.raises(Invalid):
        invite(database, membership, "no address")
    with pytest.raises(Invalid):
        invite(database, Membership(Role.EDITOR, provider.id), "sam@example.org")
    assert letters_in(database, OFFICE.keys) == []


@pytest.mark.parametrize("role", list(MAY))
def test_whoever_runs_an_organisation_invites_into_it_and_nobody_else(
    database: Database, provider: Provider, network: Network, role: Role
):
    own = {Act.RUN_PROVIDER: (Role.MEMBER, provider.id), Act.RUN_NETWORK: (Role.CHECKER, network.id)}
    places = {**own, Act.ADMINISTER: (Role.EDITOR, INSTALLATION)}
    for number, (act, (invited_as, organisation_id)) in enumerate(places.items()):
        where = {Role.ADMINISTRATOR: INSTALLATION}.get(role, organisation_id)
        acting = by(database, role, where)
        may = act in MAY[role] or role is Role.ADMINISTRATOR
        try:
            invite(acting, Membership(invited_as, organisation_id), id=f"{number}" * 16)
        except NotFound:
            assert not may
        else:
            assert may
        assert bool(inviting_colleagues.invitations_of(acting, OFFICE, organisation_id, TODAY)) is may


def test_another_organisations_invitation_is_not_there(database: Database, provider: Provider, network: Network):
    invitation, _ = invite(database, Membership(Role.LEAD, provider.id))
    stranger = by(database, Role.COORDINATOR, network.id)
    for attempt in (
        lambda: inviting_colleagues.resend(stranger, OFFICE, invitation.id, TODAY),
        lambda: inviting_colleagues.revoke(stranger, invitation.id),
    ):
        with pytest.raises(NotFound):
            attempt()
