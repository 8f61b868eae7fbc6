"""Where somebody is signed in, and until when."""

import time
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from app.services import accounts
from app.services.account_sessions import IDLE, LONGEST
from app.storage import Database
from app.storage.tables import account_session
from app.web.accounts.browsers import label_of
from app.web.accounts.sessions import SECRET, USED
from tests.counting import count_queries
from tests.site import PASSWORD, Site, Visitor

FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0"


def rows(site: Site) -> list:
    with site.database.reading() as connection:
        return list(connection.execute(select(account_session)))


def is_signed_in(visitor: Visitor) -> bool:
    return visitor.get("/rounds").status == 200


def left_unused(visitor: Visitor, since: timedelta) -> None:
    with visitor.client.session_transaction() as cookie:
        cookie[USED] = time.time() - since.total_seconds()


def remembered(site: Site) -> Visitor:
    visitor = site.visitor()
    visitor.fill_in("/sign-in", {"email": site.people["lead"], "password": PASSWORD, "remember": "y"})
    return visitor


def test_a_session_is_kept_as_a_hash_a_day_and_a_coarse_name(site: Site):
    visitor = site.visitor()
    visitor.client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    visitor.sign_in(site.people["lead"])

    (row,) = rows(site)
    with visitor.client.session_transaction() as cookie:
        assert row.id != cookie[SECRET]
    assert (row.label, row.begun_on, row.has_second_factor, row.remembered) == (
        "Firefox/Android", date.today(), False, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("says", "label"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge/Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605.1 Version/18.0 Safari/604.1", "Safari/iPhone"),
        ("Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36", "Chrome/Chromebook"),
        ("something else", "/"),
    ],
)
def test_a_browser_is_known_by_its_make_and_kind_of_device(says: str, label: str):
    assert label_of(says) == label


def test_whoever_signs_out_is_signed_out_in_a_copy_of_the_cookie_too(site: Site):
    visitor = site.visitor("lead")
    copy = visitor.again()
    visitor.fill_in("/rounds", to="/sign-out")

    assert not is_signed_in(copy)
    assert rows(site) == []


def test_a_session_that_was_ended_leads_to_signing_in_and_not_round_in_circles(site: Site):
    visitor = site.visitor("lead")
    with site.database.writing() as connection:
        connection.execute(account_session.delete())

    assert not is_signed_in(visitor)
    assert visitor.get("/sign-in").status == 200


def test_every_sign_in_has_another_secret_and_other_form_tokens(site: Site):
    visitor = site.visitor()
    visitor.get("/sign-in")
    with visitor.client.session_transaction() as cookie:
        before = cookie["csrf_token"]
        cookie[SECRET] = "planted"
    visitor.sign_in(site.people["lead"])
    visitor.get("/rounds")
    with visitor.client.session_transaction() as cookie:
        assert cookie[SECRET] != "planted"
        assert cookie["csrf_token"] != before


def test_a_session_ends_after_a_working_day_without_use(site: Site):
    visitor = site.visitor("lead")
    left_unused(visitor, IDLE - timedelta(minutes=1))
    assert is_signed_in(visitor)
    left_unused(visitor, IDLE)
    assert not is_signed_in(visitor)


def test_whoever_stays_signed_in_on_a_device_is_asked_once_a_month(site: Site):
    visitor = remembered(site)
    left_unused(visitor, timedelta(days=20))
    assert is_signed_in(visitor)
    begun(site, LONGEST - timedelta(days=1))
    assert is_signed_in(visitor)
    begun(site, LONGEST)
    assert not is_signed_in(visitor)


def begun(site: Site, ago: timedelta) -> None:
    with site.database.writing() as connection:
        connection.execute(update(account_session).values(begun_on=date.today() - ago))


def test_staying_signed_in_makes_the_cookie_outlive_the_browser(site: Site):
    stays, goes = remembered(site).client.get_cookie("session"), site.visitor("lead").client.get_cookie("session")
    assert stays is not None
    assert stays.expires is not None
    assert goes is not None
    assert goes.expires is None


def test_nothing_else_than_the_session_keeps_somebody_signed_in(site: Site):
    assert remembered(site).client.get_cookie("remember_token") is None


def test_a_new_password_ends_every_session(site: Site):
    visitor = site.visitor("lead")
    accounts.change_password(site.database, site.people["lead"], "x")
    assert not is_signed_in(visitor)
    assert rows(site) == []


def test_who_is_signed_in_and_as_what_is_one_question_to_the_database(site: Site):
    visitor = site.visitor("lead")
    with count_queries(Database(site.app.extensions["driving_seat_database"].engine)) as asked:
        visitor.get("/rounds/new")
    assert len([each for each in asked if "account_session" in each or "FROM account" in each]) == 1


def test_a_session_of_one_account_is_worth_nothing_to_another(site: Site):
    mine, theirs = site.visitor("lead"), site.visitor("other lead")
    with theirs.client.session_transaction() as cookie:
        secret = cookie[SECRET]
    with mine.client.session_transaction() as cookie:
        cookie[SECRET] = secret
    assert not is_signed_in(mine)


def test_whoever_looks_after_the_installation_signs_somebody_out_or_everybody(site: Site):
    lead, elsewhere, member = site.visitor("lead"), site.visitor("lead"), site.visitor("member")

    accounts.sign_out(site.database, site.people["lead"])
    assert [each.get("/rounds").status for each in (lead, elsewhere, member)] == [303, 303, 200]

    again = site.visitor("lead")
    accounts.sign_everybody_out(site.database)
    assert [each.get("/rounds").status for each in (again, member)] == [303, 303]
