"""The second step in a real browser, at an installation that is no demonstration."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from passlib.totp import TOTP
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.organisations import OPERATOR, Membership, Role
from app.services import accounts
from app.services.demonstration import SignIn
from app.services.organising import add_network
from app.storage import Database
from app.web.passwords import hash_new_password
from config import Settings
from tests.browser.launching import PHONE
from tests.browser.served import free_port, served
from tests.browser.steps import go, heading, press
from tests.browser.watching import watch
from tests.databases import SqliteFiles

PASSWORD = "seven quiet otters by the canal"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass(frozen=True)
class RealSite:
    address: str
    coordinator: SignIn


@pytest.fixture(scope="module")
def real_site(tmp_path_factory: pytest.TempPathFactory, sqlite_files: SqliteFiles) -> Iterator[RealSite]:
    """An installation with one coordinator. Browsers make passkeys for names alone, so its name is localhost."""
    url = sqlite_files.new_url()
    settings = Settings(
        home=tmp_path_factory.mktemp("real") / "home", base_url=f"http://localhost:{free_port()}", DATABASE_URL=url
    )
    settings.make_keys()
    database = Database.at(url, settings.keys).acting_for(OPERATOR)
    network = add_network(database, "Small supports of the north")
    hashed = hash_new_password(settings)(PASSWORD)
    accounts.add_account(database, "jo@example.org", hashed, [Membership(Role.COORDINATOR, network.id)])
    with served(settings):
        yield RealSite(settings.base_url, SignIn("coordinator", "jo@example.org", PASSWORD))
    database.close()


@pytest.fixture
def context(browser: Browser, real_site: RealSite) -> Iterator[BrowserContext]:
    with browser.new_context(base_url=real_site.address, viewport=PHONE) as made:
        complaints = watch(made, real_site.address)
        yield made
        assert complaints == []


def type_password(page: Page, who: SignIn) -> None:
    go(page, "/sign-in")
    page.get_by_label("E-mail address").fill(who.email)
    page.get_by_label("Password").fill(who.password)
    press(page, "Sign in")


def give_authenticator(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def test_a_passkey_is_set_up_and_then_signs_in_alone_and_as_the_second_step(
    context: BrowserContext, real_site: RealSite
):
    page = context.new_page()
    give_authenticator(page)
    type_password(page, real_site.coordinator)
    expect(heading(page)).to_have_text("Set up a second step")

    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("A name for it").fill("My phone")
    press(page, "Go on")
    press(page, "Make the passkey")
    expect(page.get_by_text("The passkey was added.")).to_be_visible()
    expect(page.get_by_text("You have: My phone.")).to_be_visible()

    sign_out(page)
    go(page, "/sign-in")
    press(page, "Sign in with a passkey")
    press(page, "Use my passkey")
    expect(heading(page)).to_have_text("Your networks")

    sign_out(page)
    type_password(page, real_site.coordinator)
    expect(heading(page)).to_have_text("Sign in with a passkey")
    press(page, "Go on")
    press(page, "Use my passkey")
    expect(heading(page)).to_have_text("Your networks")

    go(page, "/verify")
    press(page, "Use my passkey")
    press(page, "Use my passkey")
    expect(heading(page)).not_to_have_text("Say again that it is you")
    go(page, "/account/passkeys")
    press(page, "Remove My phone")
    expect(heading(page)).to_have_text("Passkeys")


def sign_out(page: Page) -> None:
    go(page, "/account")
    press(page, "Sign out")
    expect(page).to_have_url(re.compile("/$"))


def test_a_browser_without_a_passkey_says_so_and_stays(context: BrowserContext):
    page = context.new_page()
    give_authenticator(page)
    go(page, "/sign-in")
    press(page, "Sign in with a passkey")
    press(page, "Use my passkey")
    expect(page.get_by_role("alert")).to_contain_text("did not give us the passkey")


def test_an_app_is_set_up_without_javascript(browser: Browser, real_site: RealSite, tmp_path: Path):
    with browser.new_context(base_url=real_site.address, viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        type_password(page, real_site.coordinator)
        page.get_by_role("link", name="Set up an app").click()
        press(page, "Show the picture to scan")
        expect(page.locator(".second-step-picture svg")).to_be_visible()
        key = page.locator(".second-step-key").inner_text().replace("-", "")
        page.get_by_label("The code that the app shows now").fill(TOTP(key=key).generate().token)
        press(page, "Use this app")
        expect(page.get_by_text("Your app is set up.")).to_be_visible()
        page.get_by_role("link", name="Make recovery codes").click()
        press(page, "Make ten new codes")
        expect(page.locator(".second-step-codes li")).to_have_count(10)
