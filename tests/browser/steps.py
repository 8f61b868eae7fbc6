"""What people do on the pages, a step a function, by what they see and not by how the page is built."""

import re

from playwright.sync_api import Locator, Page, Response, expect

from app.services.demonstration import SignIn
from app.surveys import Edition

EDITIONS = {Edition.STANDARD: "Standard", Edition.EASY_READ: "Easy Read"}


def go(page: Page, path: str) -> Response:
    response = page.goto(path)
    assert response is not None
    return response


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def press(page: Page, name: str) -> None:
    """Press the one button, or link that looks like one, of this name."""
    page.get_by_role("button", name=name, exact=True).or_(page.locator("a.govuk-button", has_text=name)).click()


def go_on(page: Page, name: str) -> None:
    """Press what leads to another page, and wait until it is there: what is measured next is that page."""
    with page.expect_navigation():
        press(page, name)


def choice(page: Page, label: str) -> Locator:
    """Return the radio button whose label begins with these words; a sentence may follow."""
    return page.get_by_role("radio", name=re.compile(f"^{re.escape(label)}(?!\\w)"))


def choose(page: Page, label: str) -> None:
    choice(page, label).check()


def answer(page: Page, label: str) -> None:
    choose(page, label)
    press(page, "Save and continue")


def begin(page: Page, path: str, edition: Edition = Edition.STANDARD) -> None:
    """Open a link, agree to take part, and go on to the first question."""
    go(page, path)
    start(page, edition, "I answer by myself")


def start(page: Page, edition: Edition, how: str) -> None:
    """Go from the welcome page to the first question."""
    choose(page, EDITIONS[edition])
    press(page, "Continue")
    agree(page)
    answer(page, how)


def open_begun(page: Page, path: str) -> None:
    """Open a page of somebody who has begun, on a device that does not know them yet."""
    go(page, path)
    it_is_me = page.locator("button[name=is_me]")
    if it_is_me.count() and not page.locator("#word").count():
        with page.expect_navigation():
            it_is_me.click()


def agree(page: Page) -> None:
    choose(page, "Yes, I want to take part")
    press(page, "Continue")


def expect_question(page: Page, number: int, count: int = 10) -> None:
    expect(page.get_by_text(f"Question {number} of {count}", exact=True)).to_be_visible()


def receipt(page: Page) -> str:
    """Return the receipt on this page, such as "K7QX-2MPA"."""
    found = page.get_by_text(re.compile(r"^[A-Z2-7]{4}-[A-Z2-7]{4}$"))
    expect(found).to_be_visible()
    return found.inner_text()


def sign_in(page: Page, who: SignIn) -> None:
    go(page, "/sign-in")
    page.get_by_label("E-mail address").fill(who.email)
    page.get_by_label("Password").fill(who.password)
    press(page, "Sign in")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
