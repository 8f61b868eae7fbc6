"""Choosing, changing and forgetting a password."""

import ast
import inspect
from datetime import UTC, datetime

import pytest
import zxcvbn.feedback
from sqlalchemy import select, update

from app.library.catalogue import translations_of
from app.storage.tables import account, account_session
from app.web.accounts import strength
from app.web.accounts.strength import LONGEST, SENTENCES, TOO_EASY, TOO_LONG, TOO_SHORT, faults_of
from tests.letters import forget_letters, letters, link_in
from tests.site import PASSWORD, Page, Site, Visitor

NEW = "seven quiet otters by the canal"


@pytest.fixture
def site(site: Site) -> Site:
    """Everybody's address is confirmed."""
    with site.database.writing() as connection:
        connection.execute(update(account).values(confirmed_at=datetime.now(UTC).replace(tzinfo=None)))
    return site


def asked(site: Site, email: str) -> Page:
    return site.visitor().fill_in("/reset", {"email": email})


def reset_link(site: Site) -> str:
    forget_letters(site)
    asked(site, site.people["lead"])
    (letter,) = letters(site)
    return link_in(site, letter)


def choose(visitor: Visitor, link: str, password: str = NEW, again: str | None = None) -> Page:
    return visitor.fill_in(link, {"password": password, "password_confirm": again or password})


def signs_in(site: Site, password: str) -> bool:
    page = site.visitor().fill_in("/sign-in", {"email": site.people["lead"], "password": password})
    return page.status == 302


def advice() -> set[str]:
    """Return everything that zxcvbn can say, read from its own source."""
    calls = [each for each in ast.walk(ast.parse(inspect.getsource(zxcvbn.feedback))) if isinstance(each, ast.Call)]
    return {
        each.args[0].value
        for each in calls
        if isinstance(each.func, ast.Name) and each.func.id == "_" and isinstance(each.args[0], ast.Constant)
    }


def test_everything_that_the_library_advises_is_said_in_our_own_words(site: Site):
    assert advice() == set(SENTENCES)
    assert len(advice()) > 20


@pytest.mark.parametrize("words", [*SENTENCES.values(), TOO_SHORT, TOO_LONG, TOO_EASY], ids=str)
def test_advice_on_passwords_is_there_in_welsh(site: Site, words):
    with site.app.app_context():
        said = str(words)
    assert translations_of("cy").gettext(said) != said


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("short word", TOO_SHORT),
        ("x" * (LONGEST + 1), TOO_LONG),
        ("passwordpassword", TOO_EASY),
        ("qwertyuiop12", TOO_EASY),
        ("drivingseat1", TOO_EASY),
        ("bramblewaysupport", TOO_EASY),
        ("jo.bell@example.org", TOO_EASY),
    ],
)
def test_a_password_that_is_guessed_easily_is_not_taken(password: str, fault):
    assert faults_of(password, ["jo.bell@example.org", "Bramble Way Support"])[0] is fault


@pytest.mark.parametrize("password", [NEW, "ŵy gwyrdd yn yr afon", "7Kq!zT0vPm#w"])
def test_a_password_that_is_hard_to_guess_is_taken(password: str):
    assert faults_of(password) == []


def test_only_the_beginning_of_a_long_password_is_looked_at(site: Site, monkeypatch: pytest.MonkeyPatch):
    seen: list[str] = []
    looking = strength.zxcvbn
    monkeypatch.setattr(strength, "zxcvbn", lambda password, words: seen.append(password) or looking(password, words))
    faults_of("otter canal " * 10)
    assert [len(each) for each in seen] == [strength.MOST_LOOKED_AT]


def test_a_forgotten_password_is_chosen_anew_with_the_link_in_a_letter(site: Site):
    elsewhere = site.visitor("lead")
    link = reset_link(site)
    forget_letters(site)
    assert choose(site.visitor(), link).status == 302

    assert (signs_in(site, PASSWORD), signs_in(site, NEW)) == (False, True)
    assert elsewhere.get("/rounds").status == 303
    (letter,) = letters(site)
    assert letter.to == site.people["lead"]
    assert "changed just now" in letter.text


def test_a_letter_names_nobody_in_its_subject_and_its_link_is_the_installations_own(site: Site):
    page = site.visitor().fill_in("/reset", {"email": site.people["lead"]})
    (letter,) = letters(site)
    assert page.status == 200
    assert "example.org" not in letter.subject
    assert link_in(site, letter).startswith("/reset/")


def test_the_page_says_the_same_whoever_asks(site: Site):
    known, unknown = (asked(site, email) for email in (site.people["lead"], "nobody@example.org"))
    assert (known.status, known.title, known.said) == (unknown.status, unknown.title, unknown.said)


def test_no_letter_goes_to_an_address_that_nobody_confirmed(site: Site):
    with site.database.writing() as connection:
        connection.execute(update(account).values(confirmed_at=None))
    assert asked(site, site.people["lead"]).words("h1") == ["Look for a letter from us"]
    assert letters(site) == []


def test_an_address_that_is_none_is_put_right(site: Site):
    assert asked(site, "no address").words(".govuk-error-summary__list li") == [
        "Type an e-mail address such as name@example.org"
    ]


@pytest.mark.parametrize(
    ("how", "title"),
    [
        ("used", "This link has been used"),
        ("tampered", "This link is not complete"),
        ("cut", "This link is not complete"),
    ],
)
def test_a_link_that_is_over_says_why_and_what_to_do(site: Site, how: str, title: str):
    link = reset_link(site)
    if how == "used":
        choose(site.visitor(), link)
    opened = {"used": link, "tampered": link[:-3] + "AAA", "cut": link[:30]}[how]
    for page in (site.visitor().get(opened), choose_blindly(site, opened)):
        assert (page.status, page.words("h1")) == (410, [title])
        assert page.select('a[href="/reset"]')


def choose_blindly(site: Site, link: str) -> Page:
    return site.visitor().fill_in("/reset", {"password": NEW, "password_confirm": NEW}, to=link)


def test_a_link_works_for_two_hours(site: Site):
    link = reset_link(site)
    site.app.config["SECURITY_RESET_PASSWORD_WITHIN"] = -site.app.config["SECURITY_RESET_PASSWORD_WITHIN"]
    assert site.visitor().get(link).words("h1") == ["This link is too old"]


@pytest.mark.parametrize(
    ("password", "again", "fault"),
    [
        ("password1234", None, "too easy to guess"),
        (NEW, "another", "not the same"),
        ("lead at example dot", "lead at example dot ", "not the same"),
    ],
)
def test_a_new_password_that_cannot_be_used_says_why(site: Site, password: str, again: str | None, fault: str):
    page = choose(site.visitor(), reset_link(site), password, again)
    assert fault in " ".join(page.words(".govuk-error-message"))
    assert signs_in(site, PASSWORD)


def change(visitor: Visitor, now: str = PASSWORD, new: str = NEW) -> Page:
    return visitor.fill_in(
        "/account/password", {"password": now, "new_password": new, "new_password_confirm": new}
    )  # fmt: skip


def test_changing_the_password_keeps_this_session_and_ends_the_others(site: Site):
    here, elsewhere = site.visitor("lead"), site.visitor("lead")
    assert change(here).status == 302

    assert here.get("/rounds").status == 200
    assert elsewhere.get("/rounds").status == 303
    with site.database.reading() as connection:
        assert len(list(connection.execute(select(account_session)))) == 1
    assert (signs_in(site, PASSWORD), signs_in(site, NEW)) == (False, True)
    (letter,) = letters(site)
    assert "changed just now" in letter.text


@pytest.mark.parametrize(
    ("now", "new", "fault"),
    [
        ("wrong wrong wrong", NEW, "not the password of this account"),
        (PASSWORD, PASSWORD, "Choose another password"),
        (PASSWORD, "bramblewaysupport", "too easy to guess"),
    ],
)
def test_a_change_that_cannot_be_made_says_why(site: Site, now: str, new: str, fault: str):
    page = change(site.visitor("lead"), now, new)
    assert fault in " ".join(page.words(".govuk-error-message"))
    assert signs_in(site, PASSWORD)
