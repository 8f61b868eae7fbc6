"""The second step: an app, recovery codes, and who needs one. Passkeys: tests/browser/test_second_step.py."""

import re

import pytest
from sqlalchemy import select, update

from app.organisations import Membership, Role
from app.services import accounts
from app.services.installing import DEMONSTRATION
from app.storage import installation
from app.storage.tables import account, account_session
from tests.letters import letters
from tests.site import PASSWORD, Page, Site, Visitor, code_of_app, set_up_app

SAFE = "/account/second-step"


def first_step(site: Site, who: str) -> Visitor:
    """Sign in with the password alone."""
    visitor = site.visitor()
    visitor.fill_in("/sign-in", {"email": site.people[who], "password": PASSWORD})
    return visitor


def newcomer(site: Site) -> Visitor:
    """Return a coordinator who has signed in and has no second step yet."""
    membership = Membership(Role.COORDINATOR, site.network.id)
    site.people["newcomer"] = "newcomer@example.org"
    with site.database.reading() as connection:
        hashed = connection.execute(select(account.c.password)).scalars().first()
    accounts.add_account(site.database, site.people["newcomer"], hashed, [membership])
    return first_step(site, "newcomer")


def set_up(visitor: Visitor) -> Page:
    """Scan the picture and type the app's code."""
    page = visitor.fill_in("/account/second-step/app", {"setup": "authenticator"})
    (key,) = page.words(".second-step-key")
    return visitor.fill_in("/account", {"code": code_from(visitor, key)}, to="/sign-in/code")


def code_from(visitor: Visitor, key: str) -> str:
    from passlib.totp import TOTP

    return str(TOTP(key=key.replace("-", "")).generate().token)


def row(site: Site, who: str):
    with site.database.reading() as connection:
        return connection.execute(select(account).where(account.c.email == site.people[who])).one()


def make_codes(visitor: Visitor) -> list[str]:
    page = visitor.fill_in("/account/recovery-codes", {"generate_new_codes": "y"})
    return page.words("li code")


def is_in(visitor: Visitor) -> bool:
    return visitor.get("/networks").status == 200


def test_a_coordinator_without_a_second_step_is_led_to_setting_one_up(site: Site):
    visitor = newcomer(site)
    page = visitor.get("/networks")
    assert (page.status, page.response.headers["Location"]) == (303, SAFE)
    assert visitor.get(SAFE).words("h1") == ["Set up a second step"]
    assert set_up(visitor).status == 302
    assert is_in(visitor)
    assert visitor.get(SAFE).words("h1") == ["Second step"]


def test_a_lead_may_have_a_second_step_and_needs_none(site: Site):
    visitor = site.visitor("lead")
    assert visitor.get("/rounds").status == 200
    set_up(visitor)
    again = first_step(site, "lead")
    assert again.get("/rounds").status == 303
    again.fill_in("/sign-in/code", {"code": code_of_app(site.app, site.people["lead"])})
    assert again.get("/rounds").status == 200


def test_the_password_alone_does_not_sign_in_whoever_has_a_second_step(site: Site):
    visitor = first_step(site, "coordinator")
    assert not is_in(visitor)
    with site.database.reading() as connection:
        assert connection.execute(select(account_session)).all() == []
    page = visitor.fill_in("/sign-in/code", {"code": "000000"})
    assert "does not fit" in page.words(".govuk-error-message")[0]
    assert not is_in(visitor)


def test_a_code_works_once(site: Site):
    code = code_of_app(site.app, site.people["coordinator"])
    for works in (True, False):
        visitor = first_step(site, "coordinator")
        visitor.fill_in("/sign-in/code", {"code": code})
        assert is_in(visitor) is works


def test_setting_up_ends_other_sessions_gives_another_secret_and_sends_a_letter(site: Site):
    elsewhere, visitor = site.visitor("lead"), site.visitor("lead")
    copied = visitor.again()
    set_up(visitor)
    assert visitor.get("/rounds").status == 200
    assert (elsewhere.get("/rounds").status, copied.get("/rounds").status) == (303, 303)
    (letter,) = letters(site)
    assert "second step" in letter.subject


def test_a_session_from_before_the_second_step_does_not_count(site: Site):
    visitor = newcomer(site)
    set_up_app(site.app, site.people["newcomer"])
    assert visitor.get("/networks").response.headers["Location"] == SAFE
    assert "signed in without it" in visitor.get(SAFE).said


def test_a_demonstration_asks_nobody_and_says_that_others_do(site: Site):
    with site.database.writing() as connection:
        installation.mark(connection, DEMONSTRATION, "finished")
    visitor = newcomer(site)
    assert is_in(visitor)
    assert "demonstration" in visitor.get(SAFE).said


def test_the_secret_and_the_codes_are_encrypted_where_they_are_kept(site: Site):
    visitor = newcomer(site)
    page = visitor.fill_in("/account/second-step/app", {"setup": "authenticator"})
    key = page.words(".second-step-key")[0].replace("-", "")
    visitor.fill_in("/account", {"code": code_from(visitor, key)}, to="/sign-in/code")
    codes = make_codes(visitor)

    kept = str(row(site, "newcomer"))
    assert key not in kept
    assert len(codes) == 10
    assert not any(code in kept for code in codes)


def test_a_picture_to_scan_is_drawn_on_the_page(site: Site):
    page = site.visitor("lead").fill_in("/account/second-step/app", {"setup": "authenticator"})
    assert 'class="qr-code"' in page.text
    assert re.fullmatch(r"[A-Z2-7-]+", page.words(".second-step-key")[0])


def test_a_wrong_code_while_setting_up_can_be_typed_again(site: Site):
    visitor = site.visitor("lead")
    page = visitor.fill_in("/account/second-step/app", {"setup": "authenticator"})
    key = page.words(".second-step-key")[0]
    assert "does not fit" in visitor.fill_in("/account", {"code": "123"}, to="/sign-in/code").said
    assert row(site, "lead").tf_primary_method is None
    visitor.fill_in("/account", {"code": code_from(visitor, key)}, to="/sign-in/code")
    assert row(site, "lead").tf_primary_method == "authenticator"


def test_recovery_codes_are_shown_once_and_each_works_once(site: Site):
    visitor = site.visitor("coordinator")
    codes = make_codes(visitor)
    for address in ("/account/recovery-codes", "/account/recovery-codes?show_codes=1"):
        assert visitor.get(address).words("li code") == []
    for works in (True, False):
        lost = first_step(site, "coordinator")
        page = lost.fill_in("/sign-in/recovery-code", {"code": codes[0].upper().replace("-", " ")})
        assert is_in(lost) is works
    assert "none of your recovery codes" in page.words(".govuk-error-message")[0]
    assert "9 codes left" in visitor.get(SAFE).said
    assert set(make_codes(visitor)).isdisjoint(codes)


def test_the_app_can_be_given_up_again(site: Site):
    visitor = site.visitor("lead")
    set_up(visitor)
    visitor.fill_in(SAFE, {"setup": "disable"}, to="/account/second-step/app")
    assert row(site, "lead").tf_totp_secret is None
    assert first_step(site, "lead").get("/rounds").status == 200


@pytest.mark.parametrize("path", ["/sign-in/code", "/sign-in/second-step", "/sign-in/recovery-code"])
def test_a_second_step_without_a_first_says_so(site: Site, path: str):
    for visitor in (site.visitor(), site.visitor("lead")):
        assert visitor.get(path).words("h1") == ["This step is over"]
        assert visitor.fill_in("/sign-in", {"code": "123456"}, to=path).status in (400, 410)
    assert visitor.get("/rounds").status == 200


def test_the_first_step_is_not_kept_for_another_account(site: Site):
    visitor = first_step(site, "coordinator")
    visitor.fill_in("/sign-in", {"email": site.people["lead"], "password": PASSWORD})
    assert visitor.get("/rounds").status == 200
    assert visitor.get("/sign-in/code").words("h1") == ["This step is over"]


@pytest.mark.parametrize("path", ["/sign-in/rescue", "/account/second-step/app/x"])
def test_what_the_library_offers_and_we_do_not_use_is_not_there(site: Site, path: str):
    visitor = first_step(site, "coordinator")
    assert visitor.fill_in("/sign-in", {"help_setup": "help"}, to=path).status == 404


def test_an_inactive_account_is_not_signed_in(site: Site):
    visitor = site.visitor("coordinator")
    with site.database.writing() as connection:
        connection.execute(update(account).values(active=False))
    assert not is_in(visitor)
    assert first_step(site, "lead").get("/rounds").status == 303


def test_whoever_looks_after_the_installation_takes_a_lost_second_step_away(site: Site):
    visitor = site.visitor("coordinator")
    make_codes(visitor)
    accounts.forget_second_step(site.database, site.people["coordinator"])
    assert not is_in(visitor)
    found = row(site, "coordinator")
    assert (found.tf_primary_method, found.tf_totp_secret, found.mf_recovery_codes) == (None, None, None)
    assert first_step(site, "coordinator").get("/networks").response.headers["Location"] == SAFE
