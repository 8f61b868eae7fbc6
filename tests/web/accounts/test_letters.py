"""Choosing which letters one gets: few choices, in plain words, and what cannot be switched off is said."""

import pytest
from flask import Flask
from pydantic import SecretStr
from sqlalchemy import select

from app.storage.tables import account, unwanted_letter
from tests.site import Page, Site, Visitor

PATH = "/account/letters"
ASKED = {
    "lead": ["last-day", "results", "team"],
    "member": ["results"],
    "coordinator": ["results", "team"],
    "checker": ["visit"],
    "safeguarding": [],
    "administrator": ["team"],
    "auditor": [],
}


def asked(page: Page) -> list[str]:
    return [each.get("value") for each in page.select("input[name=wanted]")]


def ticked(page: Page) -> list[str]:
    return [each.get("value") for each in page.select("input[checked]")]


def save(visitor: Visitor, *wanted: str, language: str = "every") -> Page:
    return visitor.fill_in(PATH, {"wanted": list(wanted), "language": language})


@pytest.mark.parametrize("who", ASKED)
def test_everybody_is_asked_about_what_can_come_to_them_and_gets_it_at_first(site: Site, who: str):
    page = site.visitor(who).get(PATH)

    assert asked(page) == ASKED[who]
    assert ticked(page) == [*ASKED[who], "every"]
    assert "cannot be switched off" in page.said
    assert ("A worry has come in for you" in page.said) == (who == "safeguarding")


def test_a_choice_is_kept(site: Site):
    visitor = site.visitor("lead")

    assert save(visitor, "results", language="cy").status == 303

    page = visitor.get(PATH)
    assert "Your choice is kept" in page.said
    assert ticked(page) == ["results", "cy"]
    assert ticked(site.visitor("other lead").get(PATH)) == [*ASKED["lead"], "every"]


def test_a_worry_cannot_be_switched_off_by_a_form_of_ones_own(site: Site):
    save(site.visitor("safeguarding"))

    with site.database.reading() as connection:
        assert connection.execute(select(unwanted_letter)).all() == []


@pytest.mark.parametrize("language", ["", "xx"])
def test_a_language_that_is_not_there_is_refused_and_what_was_ticked_stays(site: Site, language: str):
    visitor = site.visitor("lead")
    page = save(visitor, "results", language=language)

    assert page.status == 422
    assert page.title.startswith("Error:")
    assert ticked(page) == ["results"]
    assert ticked(visitor.get(PATH)) == [*ASKED["lead"], "every"]


def test_the_page_says_why_no_letters_come(site: Site):
    visitor = site.visitor("lead")
    assert "Nobody has confirmed yet" in visitor.get(PATH).said
    assert "Nobody has confirmed yet" not in site.visitor("auditor").get(PATH).said

    without_mail(site.app)
    assert "No letters leave this installation" in visitor.get(PATH).said


def without_mail(app: Flask) -> None:
    settings = app.extensions["driving_seat_settings"]
    app.extensions["driving_seat_settings"] = settings.model_copy(update={"mail_server": SecretStr("")})


def test_the_choice_stands_in_what_we_keep_and_goes_with_the_account(site: Site):
    visitor = site.visitor("member")
    save(visitor, language="cy")
    assert visitor.get("/account/what-we-keep.json").response.json["letters"] == {
        "not_wanted": ["results"],
        "language": "cy",
    }

    visitor.fill_in("/account/close", {"email": site.people["member"]})

    with site.database.reading() as connection:
        assert connection.execute(select(unwanted_letter)).all() == []
        assert set(connection.execute(select(account.c.language)).scalars()) == {None}


def test_a_stranger_is_sent_to_sign_in(site: Site):
    assert site.visitor().get(PATH).status == 303
