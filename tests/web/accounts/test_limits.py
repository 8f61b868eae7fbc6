"""How often things may be tried."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from app.storage.tables import account
from app.web import create_app
from tests.site import PASSWORD, Page, Site, Visitor, code_of_app

WRONG = "wrong wrong wrong"


def tried(site: Site, email: str, password: str = WRONG, address: str = "192.0.2.1") -> Page:
    visitor = site.visitor()
    visitor.client.environ_base["REMOTE_ADDR"] = address
    return visitor.fill_in("/sign-in", {"email": email, "password": password})


def test_a_password_is_not_guessed_by_trying_from_many_addresses(site: Site):
    email = site.people["lead"]
    answers = [tried(site, email, address=f"192.0.2.{number}").status for number in range(11)]
    assert answers == [200] * 10 + [429]
    assert tried(site, email.upper(), PASSWORD, "192.0.2.99").status == 429
    assert tried(site, site.people["checker"], PASSWORD, "192.0.2.1").status == 302


def test_an_address_that_has_no_account_is_limited_just_the_same(site: Site):
    answers = [tried(site, "nobody@example.org", address=f"192.0.2.{number}").status for number in range(11)]
    assert answers == [200] * 10 + [429]


def test_the_page_says_when_to_try_again(site: Site):
    for number in range(11):
        page = tried(site, "nobody@example.org", address=f"192.0.2.{number}")
    assert page.words("h1") == ["That was too often"]
    assert "Try again in 15 minutes" in page.said
    assert page.response.headers["Retry-After"] == "900"


def test_one_address_tries_sixty_times_and_others_go_on(site: Site):
    assert [tried(site, f"{number}@example.org").status for number in range(60)] == [200] * 60
    assert tried(site, "one.more@example.org").status == 429
    assert tried(site, "one.more@example.org", address="192.0.2.2").status == 200


def test_an_office_signs_in_as_often_as_it_likes(site: Site):
    for _ in range(15):
        assert tried(site, site.people["lead"], PASSWORD).status == 302


def test_a_code_of_the_app_is_not_guessed(site: Site):
    visitor = site.visitor()
    visitor.fill_in("/sign-in", {"email": site.people["coordinator"], "password": PASSWORD})
    answers = [visitor.fill_in("/sign-in/code", {"code": f"{number:06}"}).status for number in range(11)]
    assert answers == [200] * 10 + [429]
    code = code_of_app(site.app, site.people["coordinator"])
    assert visitor.fill_in("/sign-in/code", {"code": code}).status == 429


@pytest.mark.parametrize("path", ["/reset", "/sign-in/letter"])
def test_nobody_is_sent_letter_after_letter(site: Site, path: str):
    from tests.letters import letters

    with site.database.writing() as connection:
        connection.execute(update(account).values(confirmed_at=datetime.now(UTC).replace(tzinfo=None)))
    answers = [site.visitor().fill_in(path, {"email": site.people["lead"]}).status for _ in range(6)]
    assert answers == [200] * 5 + [429]
    assert len(letters(site)) == 5


@pytest.mark.parametrize("path", ["/join/x", "/reset/x", "/sign-in/letter/x", "/account/confirm/x"])
def test_links_are_not_guessed(site: Site, path: str):
    visitor = site.visitor()
    assert [visitor.get(path).status for _ in range(61)] == [410] * 60 + [429]


def test_a_short_code_is_not_guessed_and_a_house_goes_on_answering(site: Site):
    visitor = site.visitor()
    answers = [visitor.post("/come-back", {"code": f"K7QX{number:04}", "word": "x"}).status for number in range(61)]
    assert answers == [422] * 60 + [429]
    path = site.begun_link(site.open_round())
    assert visitor.get(path).status == 200


def test_own_words_are_not_guessed_link_after_link(site: Site):
    from app.services.coming_back import choose_word

    of = site.open_round()
    visitor = site.visitor()
    answers = []
    for _ in range(7):
        path = site.begun_link(of)
        choose_word(site.database, site.settings.hash_key(), path.removeprefix("/a/"), "blue dog")
        wrong = {"is_me": "yes", "own_word": "red cat"}
        answers += [visitor.post(f"{path}/is-this-you", wrong).status for _ in range(9)]
    assert answers == [422] * 60 + [429] * 3


@pytest.mark.parametrize(("proxies", "counts_alone"), [(0, False), (1, True)])
def test_what_a_proxy_says_is_believed_only_where_there_is_one(site: Site, proxies: int, counts_alone: bool):
    app = create_app(site.settings.model_copy(update={"proxies": proxies}))
    visitor = Visitor(app)
    statuses = []
    for number in range(61):
        visitor.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"203.0.113.7, 198.51.100.{number}"
        statuses.append(visitor.get("/join/x").status)
    app.extensions["driving_seat_database"].close()
    assert (429 not in statuses) is counts_alone
