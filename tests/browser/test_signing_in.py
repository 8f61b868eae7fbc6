import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.page_kinds import Visitor
from tests.browser.served import ServedSite
from tests.browser.steps import go, heading, press, sign_in


def refusal(page: Page, email: str) -> tuple[int, str, str]:
    """Try to sign in with a wrong password and return everything that the page says."""
    go(page, "/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill("not the password at all")
    with page.expect_response("**/sign-in") as answered:
        press(page, "Sign in")
    expect(page.get_by_role("alert")).to_be_visible()
    return answered.value.status, page.title(), page.locator("main").inner_text()


def test_a_wrong_password_tells_nothing_about_whether_the_account_exists(open_page: OpenPage, site: ServedSite):
    page = open_page()

    known, unknown = refusal(page, site.lead.email), refusal(page, "nobody@demo.example")

    assert known == unknown
    assert "We could not sign you in." in known[2]
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Password")).to_have_value("")


@pytest.mark.parametrize("path", ["/rounds", "/networks"])
def test_a_stranger_is_asked_to_sign_in(open_page: OpenPage, path: str):
    page = open_page()
    go(page, path)
    expect(heading(page)).to_have_text("Sign in")


def test_whoever_signs_out_is_a_stranger_again(open_page: OpenPage, site: ServedSite):
    page = open_page()
    sign_in(page, site.lead)
    page.get_by_role("button", name="Sign out").click()
    go(page, "/rounds")
    expect(heading(page)).to_have_text("Sign in")


def test_signing_in_leads_to_the_page_that_was_asked_for(open_page: OpenPage, site: ServedSite):
    page = open_page()
    go(page, "/rounds/new")
    page.get_by_label("E-mail address").fill(site.lead.email)
    page.get_by_label("Password").fill(site.lead.password)
    press(page, "Sign in")
    expect(heading(page)).to_have_text("Open a round")


@pytest.mark.parametrize(("visitor", "path"), [(Visitor.LEAD, "/networks"), (Visitor.COORDINATOR, "/rounds/new")])
def test_nobody_opens_the_pages_of_another_role(open_page: OpenPage, visitor: Visitor, path: str):
    page = open_page(visitor=visitor)
    assert go(page, path).status == 404
