"""The invited person's side of an invitation."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from app.organisations import Membership, Role
from app.services import inviting_colleagues
from app.services.inviting_colleagues import Office
from app.storage.tables import account_invitation
from tests.letters import letters, link_in
from tests.site import Page, Site, Visitor

JO = "jo.bell@example.org"
NEW = "seven quiet otters by the canal"


def invited(site: Site, email: str = JO, id: str = "1" * 16) -> str:
    """Invite somebody to lead a provider, and return the path in the letter."""
    office = Office(site.settings.keys(), site.settings.hash_key(), site.settings.base_url)
    membership = Membership(Role.LEAD, site.other_provider.id)
    inviting_colleagues.invite(site.database, office, id, email, membership, date.today())
    (letter,) = [each for each in letters(site) if each.to == email]
    return link_in(site, letter)


def say_yes(visitor: Visitor, link: str, password: str = NEW, again: str | None = None) -> Page:
    return visitor.fill_in(link, {"password": password, "password_again": again or password})


def test_an_invitation_says_who_invites_to_what(site: Site):
    page = site.visitor().get(invited(site))
    said = page.words("dl")[0]
    assert site.other_provider.name in said
    assert "Lead:" in said
    assert JO in said
    assert JO not in page.title


def test_a_new_person_chooses_a_password_and_is_in(site: Site):
    visitor = site.visitor()
    assert say_yes(visitor, invited(site)).response.headers["Location"] == "/rounds"
    assert site.other_provider.name in visitor.get("/rounds").said
    assert visitor.get("/account").said.count(JO) == 1


@pytest.mark.parametrize(
    ("password", "again", "fault"),
    [("short", None, "12 characters"), ("rowanlanesupport", None, "too easy"), (NEW, "other", "not the same")],
)
def test_a_password_that_cannot_be_used_says_why(site: Site, password: str, again: str | None, fault: str):
    page = say_yes(site.visitor(), invited(site), password, again)
    assert page.status == 422
    assert fault in " ".join(page.words(".govuk-error-message"))


def test_whoever_has_an_account_signs_in_and_says_yes(site: Site):
    link = invited(site, site.people["lead"])
    visitor = site.visitor()
    page = visitor.fill_in(link, to=f"{link}/sign-in")
    assert link.rpartition("/")[2] not in page.response.headers["Location"]

    visitor.sign_in(site.people["lead"])
    assert visitor.get("/join/go-on").response.headers["Location"] == link
    visitor.fill_in(link)
    assert site.other_provider.name in visitor.get("/rounds").said


def test_an_invitation_for_somebody_else_says_so_and_gives_nothing(site: Site):
    link, visitor = invited(site), site.visitor("lead")
    assert "for another address" in visitor.get(link).said
    visitor.fill_in(link)
    assert site.other_provider.name not in visitor.get("/rounds").said


def test_nobody_takes_over_an_account_with_an_invitation_to_its_address(site: Site):
    link = invited(site, site.people["lead"])
    page = site.visitor().fill_in(link, {"password": NEW, "password_again": NEW})
    assert page.status == 422
    assert not page.select("input[type=password]")


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"state": "revoked"}, "This link was taken back"),
        ({"state": "accepted"}, "This link has been used"),
        ({"expires_on": date.today() - timedelta(days=1)}, "This link is too old"),
        ({"letter_hash": "x"}, "This link is not complete"),
    ],
)
def test_a_link_that_is_over_says_why_to_everybody_alike(site: Site, values: dict, title: str):
    link = invited(site)
    visitor = site.visitor()
    visitor.get("/sign-in")
    with site.database.writing() as connection:
        connection.execute(update(account_invitation).values(values))
    for page in (site.visitor().get(link), visitor.fill_in("/sign-in", {"password": NEW}, to=link)):
        assert (page.status, page.words("h1")) == (410, [title])
        assert "What you can do:" in page.said
        assert JO not in page.text
