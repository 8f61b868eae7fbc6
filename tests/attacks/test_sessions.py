"""Session fixation: a session that was planted before somebody signed in, and what is left after they went."""

import pytest

from tests.attacks.furnished import Furnished
from tests.site import PASSWORD, Visitor


def value(visitor: Visitor) -> str:
    found = visitor.client.get_cookie("session")
    return str(found.value) if found else ""


def planted(of: Furnished) -> tuple[Visitor, str]:
    """Return somebody whose browser holds a session that another one began, and that session."""
    attacker = of.site.visitor()
    attacker.get("/sign-in")
    victim = of.site.visitor()
    victim.client.set_cookie("session", value(attacker))
    return victim, value(attacker)


def with_cookie(of: Furnished, session: str) -> Visitor:
    found = of.site.visitor()
    found.client.set_cookie("session", session)
    return found


@pytest.mark.parametrize("who", ["lead", "coordinator"])
def test_a_session_that_was_planted_stays_signed_out(furnished: Furnished, who: str):
    victim, session = planted(furnished)
    victim.sign_in(furnished.site.people[who])
    assert victim.get("/account").status == 200
    assert value(victim) != session
    assert with_cookie(furnished, session).get("/account").status == 303


def test_between_password_and_second_step_nobody_is_signed_in(furnished: Furnished):
    visitor = furnished.site.visitor()
    visitor.fill_in("/sign-in", {"email": furnished.site.people["coordinator"], "password": PASSWORD})
    halfway = value(visitor)
    for path in ("/networks", "/account", "/account/password"):
        assert visitor.get(path).status == 303
    furnished.site.visitor().sign_in(furnished.site.people["coordinator"])
    assert with_cookie(furnished, halfway).get("/networks").status == 303


def test_a_session_in_an_address_is_none(furnished: Furnished):
    session = value(furnished.signed_in["lead"])
    stranger = furnished.site.visitor()
    for name in ("session", "sid", "session_id", "PHPSESSID", "JSESSIONID", "auth_token", "token"):
        assert stranger.get("/rounds", query_string={name: session}).status == 303
    assert stranger.get("/rounds", headers={"X-Session": session, "Authorization": f"Bearer {session}"}).status == 303


def test_a_copy_of_the_cookie_is_worth_nothing_after_signing_out(furnished: Furnished):
    victim = furnished.site.visitor("lead")
    copy = value(victim)
    victim.fill_in("/account", {}, "/sign-out")
    assert with_cookie(furnished, copy).get("/account").status == 303


def test_what_a_session_held_before_goes_into_no_other_account(furnished: Furnished):
    """A second person signs in in the same browser: nothing of the first one is left."""
    visitor = furnished.site.visitor("lead")
    before = visitor.get("/rounds").said
    visitor.fill_in("/account", {}, "/sign-out")
    visitor.sign_in(furnished.site.people["other lead"])
    assert "Bramble Way" in before
    assert "Bramble Way" not in visitor.get("/rounds").said
