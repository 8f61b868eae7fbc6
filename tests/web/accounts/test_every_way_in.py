"""Every way in asks for the second step, and a password counts exactly as it was typed."""

from datetime import UTC, datetime

import pytest
from flask_security import hash_password
from sqlalchemy import update

from app.storage.tables import account
from tests.letters import forget_letters, letters, link_in
from tests.site import PASSWORD, Site, Visitor, set_up_app

NEW = "a tidy shelf of seven green lamps"
LONG = ("wobbly lantern " * 9)[:127] + "x"


@pytest.fixture
def email(site: Site) -> str:
    """A lead whose address is confirmed, and who has set up a second step."""
    set_up_app(site.app, site.people["lead"])
    with site.database.writing() as connection:
        connection.execute(update(account).values(confirmed_at=datetime.now(UTC).replace(tzinfo=None)))
    return site.people["lead"]


def posted_link(site: Site) -> str:
    (letter,) = letters(site)
    return link_in(site, letter)


def is_asked_for_a_code(visitor: Visitor, answered) -> bool:
    """Say whether somebody is led to the second step, and is nobody until they have passed it."""
    is_led_there = answered.response.headers.get("Location", "").startswith("/sign-in/code")
    return is_led_there and visitor.get("/rounds").status == 303


def test_a_link_to_sign_in_does_not_go_round_the_second_step(site: Site, email: str):
    site.visitor().fill_in("/sign-in/letter", {"email": email})
    visitor = site.visitor()

    assert is_asked_for_a_code(visitor, visitor.fill_in(posted_link(site)))


def test_a_new_password_does_not_go_round_the_second_step(site: Site, email: str):
    site.visitor().fill_in("/reset", {"email": email})
    visitor = site.visitor()
    visitor.fill_in(posted_link(site), {"password": NEW, "password_confirm": NEW})
    forget_letters(site)

    assert visitor.get("/rounds").status == 303  # a new password signs nobody in
    assert is_asked_for_a_code(visitor, visitor.fill_in("/sign-in", {"email": email, "password": NEW}))


@pytest.mark.parametrize(
    "typed",
    [PASSWORD.upper(), f"{PASSWORD} ", f" {PASSWORD}", PASSWORD.replace(" ", ""), PASSWORD[:-1], f"{PASSWORD}\0"],
)
def test_a_password_counts_as_it_was_typed(site: Site, typed: str):
    visitor = site.visitor()

    visitor.fill_in("/sign-in", {"email": site.people["member"], "password": typed})

    assert visitor.get("/rounds").status == 303


def test_the_last_of_many_characters_counts_too(site: Site):
    with site.app.app_context(), site.database.writing() as connection:
        hashed = str(hash_password(LONG))
        connection.execute(update(account).where(account.c.email == site.people["member"]).values(password=hashed))
    right, wrong = site.visitor(), site.visitor()

    right.fill_in("/sign-in", {"email": site.people["member"], "password": LONG})
    wrong.fill_in("/sign-in", {"email": site.people["member"], "password": LONG[:-1] + "y"})

    assert len(LONG) == 128
    assert (right.get("/rounds").status, wrong.get("/rounds").status) == (200, 303)


def test_passwords_are_stored_with_argon2id_as_it_is_advised_today(site: Site):
    with site.app.app_context():
        stored = str(hash_password(PASSWORD))

    _, kind, _, costs, *_ = stored.split("$")
    cost = dict(each.split("=") for each in costs.split(","))
    assert kind == "argon2id"
    assert (int(cost["m"]), int(cost["t"])) >= (12_288, 3)
