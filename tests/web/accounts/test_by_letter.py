"""Signing in with a link in a letter."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from app.storage.tables import account, account_session, sign_in_link
from tests.letters import letters, link_in
from tests.site import Site


@pytest.fixture
def site(site: Site) -> Site:
    """Everybody's address is confirmed."""
    with site.database.writing() as connection:
        connection.execute(update(account).values(confirmed_at=datetime.now(UTC).replace(tzinfo=None)))
    return site


def link(site: Site) -> str:
    site.visitor().fill_in("/sign-in/letter", {"email": site.people["lead"]})
    (letter,) = letters(site)
    return link_in(site, letter)


def rows(site: Site, table) -> list:
    with site.database.reading() as connection:
        return list(connection.execute(select(table)))


def test_the_link_signs_in_once_when_its_button_is_pressed(site: Site):
    path, visitor = link(site), site.visitor()
    assert visitor.fill_in(path).status == 303
    assert visitor.get("/rounds").status == 200
    assert rows(site, sign_in_link) == []
    assert site.visitor().get(path).words("h1") == ["This link has been used"]
    assert site.visitor().fill_in("/sign-in", to=path).status == 410


def test_a_program_that_opens_every_link_uses_nothing_up(site: Site):
    path = link(site)
    for _ in range(3):
        assert site.visitor().get(path).status == 200
    assert rows(site, account_session) == []
    assert site.visitor().fill_in(path).status == 303


def test_only_a_hash_of_the_links_secret_is_kept(site: Site):
    path = link(site)
    (row,) = rows(site, sign_in_link)
    assert row.id not in path


def test_the_page_says_the_same_whoever_asks(site: Site):
    known, unknown = (
        site.visitor().fill_in("/sign-in/letter", {"email": email})
        for email in (site.people["lead"], "nobody@example.org")
    )
    assert (known.status, known.title, known.said) == (unknown.status, unknown.title, unknown.said)
    assert [each.to for each in letters(site)] == [site.people["lead"]]


@pytest.mark.parametrize("values", [{"confirmed_at": None}, {"active": False}])
def test_no_letter_goes_where_none_may(site: Site, values: dict):
    with site.database.writing() as connection:
        connection.execute(update(account).values(values))
    site.visitor().fill_in("/sign-in/letter", {"email": site.people["lead"]})
    assert letters(site) == []


def test_what_is_no_address_is_put_right(site: Site):
    page = site.visitor().fill_in("/sign-in/letter", {"email": "nobody"})
    assert page.status == 422
    assert "such as name@example.org" in page.words(".govuk-error-message")[0]


def test_a_link_that_was_changed_or_is_too_old_says_so(site: Site):
    path = link(site)
    assert site.visitor().get(path[:-4] + "AAAA").words("h1") == ["This link is not complete"]
    site.app.config["SECURITY_LOGIN_WITHIN"] = timedelta(seconds=-1)
    assert site.visitor().get(path).words("h1") == ["This link is too old"]
    assert site.visitor().fill_in("/sign-in", to=path).words("h1") == ["This link is too old"]


def test_a_link_of_another_kind_opens_nothing(site: Site):
    site.visitor().fill_in("/reset", {"email": site.people["lead"]})
    (letter,) = letters(site)
    token = link_in(site, letter).rpartition("/")[2]
    assert site.visitor().get(f"/sign-in/letter/{token}").words("h1") == ["This link is not complete"]
