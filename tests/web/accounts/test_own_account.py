"""What people see and set on the pages of their own account."""

import json
import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.organisations import Membership, Role
from app.services import accounts
from app.storage import accounts as stored_accounts
from app.storage.tables import account, account_session, membership, sign_in_link
from tests.letters import forget_letters, letters, link_in
from tests.site import PASSWORD, Page, Site, Visitor

NEW = "jo.new@example.org"
FRESH = timedelta(minutes=15)


def stale(visitor: Visitor) -> Visitor:
    """Let it be a while since somebody showed who they are."""
    with visitor.client.session_transaction() as cookie:
        cookie["fs_paa"] = time.time() - FRESH.total_seconds() - 1
    return visitor


def row(site: Site, email: str):
    with site.database.reading() as connection:
        return connection.execute(select(account).where(account.c.email == email)).one_or_none()


def posted_link(site: Site, to: str) -> str:
    (letter,) = [each for each in letters(site) if each.to == to]
    return link_in(site, letter)


FRESH_PAGES = [
    "/account/close",
    "/account/what-we-keep.json",
    "/account/address",
    "/account/passkeys",
    "/account/recovery-codes",
]


@pytest.mark.parametrize("path", FRESH_PAGES)
def test_what_matters_asks_again_after_a_quarter_of_an_hour_and_comes_back(site: Site, path: str):
    visitor = stale(site.visitor("lead"))
    asked = visitor.get(path)
    assert asked.status == 303
    assert asked.response.headers["Location"] == f"/verify?next={path}"
    answered = visitor.fill_in(f"/verify?next={path}", {"password": PASSWORD})
    assert answered.response.headers["Location"] == path
    assert visitor.get(path).status == 200


def test_ending_a_round_or_a_campaign_asks_again_first_and_then_goes_on(site: Site):
    of, opened = site.open_round(), site.campaign(closed=False)
    for who, path in [
        ("lead", f"/rounds/{of.id}/close"),
        ("lead", f"/rounds/{of.id}/cancel"),
        ("coordinator", f"/campaigns/{opened.id}/close"),
    ]:
        visitor = stale(site.visitor(who))
        asked = visitor.get(path)
        assert asked.response.location == f"/verify?next={path}"
        assert visitor.fill_in(asked.response.location, {"password": PASSWORD}).response.location == path
        assert visitor.get(path).status == 200


def test_what_was_sent_too_late_is_not_lost_silently(site: Site):
    visitor = stale(site.visitor("lead"))
    token = visitor.get("/account").select("input[name=csrf_token]")[0].get("value")
    form = {"others": "y", "csrf_token": token}
    page = visitor.post("/account/sessions", form, headers={"Referer": "http://localhost/account/sessions"})
    assert page.response.headers["Location"] == "/verify?next=/account/sessions&sent=1"
    assert "not kept yet" in visitor.get(page.response.headers["Location"]).said


@pytest.mark.parametrize("came_from", ["https://evil.example/x", "", "//evil.example"])
def test_nobody_is_sent_elsewhere_after_saying_again_who_they_are(site: Site, came_from: str):
    visitor = stale(site.visitor("lead"))
    token = visitor.get("/account").select("input[name=csrf_token]")[0].get("value")
    page = visitor.post("/account/sessions", {"others": "y", "csrf_token": token}, headers={"Referer": came_from})
    assert page.response.headers["Location"] == "/verify?next=/account&sent=1"
    answered = visitor.fill_in(f"/verify?next={came_from}", {"password": PASSWORD})
    assert "evil" not in answered.response.headers.get("Location", "")


def test_saying_again_who_one_is_takes_the_right_password(site: Site):
    visitor = stale(site.visitor("lead"))
    page = visitor.fill_in("/verify", {"password": "wrong wrong wrong"})
    assert "not the password" in page.words(".govuk-error-message")[0]
    assert visitor.get("/account/close").status == 303


def test_a_code_of_the_app_will_do_too(site: Site):
    from tests.site import code_of_app

    visitor = stale(site.visitor("coordinator"))
    assert "does not fit" in visitor.fill_in("/verify", {"code": "000000"}).said
    assert visitor.fill_in("/verify", {"code": code_of_app(site.app, site.people["coordinator"])}).status == 302
    assert visitor.get("/account/close").status == 200


def test_sessions_are_listed_and_ended(site: Site):
    here, there, elsewhere = (site.visitor("lead") for _ in range(3))
    page = here.get("/account/sessions")
    assert len(page.select(".account-list__item")) == 3
    assert page.said.count("This device") == 1
    other = page.select("input[name=id]")[0].get("value")

    here.fill_in("/account/sessions", {"id": other})
    assert sorted(each.get("/rounds").status for each in (there, elsewhere)) == [200, 303]
    here.fill_in("/account/sessions", {"others": "y"})
    assert [each.get("/rounds").status for each in (here, there, elsewhere)] == [200, 303, 303]


def test_nobody_ends_or_sees_anothers_sessions(site: Site):
    theirs, mine = site.visitor("lead"), site.visitor("other lead")
    with site.database.reading() as connection:
        account_id = stored_accounts.id_of(connection, site.people["lead"])
        theirs_only = account_session.c.account_id == account_id
        id_ = connection.execute(select(account_session.c.id).where(theirs_only)).scalar()
    assert id_ not in mine.get("/account/sessions").text
    mine.fill_in("/account/sessions", {"id": id_})
    assert theirs.get("/rounds").status == 200


def test_everything_about_an_account_can_be_downloaded_and_nothing_that_opens_anything(site: Site):
    visitor = site.visitor("checker")
    site.visit()
    page = visitor.get("/account/what-we-keep.json")
    assert page.response.headers["Content-Disposition"].startswith("attachment")
    found = json.loads(page.text)
    assert found["email"] == site.people["checker"]
    assert found["roles"] == [{"role": "checker", "organisation": site.network.name}]
    assert len(found["visits"]) == 1
    assert found["signed_in"][0]["since"]
    for secret in row(site, site.people["checker"]):
        if isinstance(secret, str) and len(secret) > 30:
            assert secret not in page.text
    assert visitor.get("/account/what-we-keep").status == 200


def ask(site: Site, visitor: Visitor, new: str = NEW) -> Page:
    forget_letters(site)
    return visitor.fill_in("/account/address", {"email": new})


def test_a_new_address_is_used_when_its_letter_says_yes(site: Site):
    old, visitor = site.people["lead"], site.visitor("lead")
    ask(site, visitor)
    link = posted_link(site, NEW)
    assert visitor.get(link).words("h1") == ["Is this your address?"]
    assert row(site, old) is not None

    site.visitor().fill_in(link, to=link)
    assert row(site, old) is None
    assert row(site, NEW).confirmed_at is not None
    assert visitor.get("/rounds").status == 303
    assert [each.to for each in letters(site) if "was changed" in each.subject] == [old]
    for page in (site.visitor().get(link), site.visitor().fill_in("/sign-in", to=link)):
        assert page.words("h1") in (["This link has been used"], ["This link is not complete"])


def test_an_address_that_somebody_has_looks_like_one_that_nobody_has(site: Site):
    visitor = site.visitor("lead")
    known, unknown = ask(site, visitor, site.people["checker"]), ask(site, visitor)
    assert (known.status, known.said) == (unknown.status, unknown.said)
    assert [each.to for each in letters(site)] == [NEW]


def test_a_link_for_an_address_that_was_changed_on_its_way_changes_nothing(site: Site):
    ask(site, site.visitor("lead"))
    link = posted_link(site, NEW)
    for page in (site.visitor().get(f"{link}x"), site.visitor().fill_in("/sign-in", to=f"{link}x")):
        assert (page.status, page.words("h1")) == (410, ["This link is not complete"])
    assert row(site, NEW) is None


def test_an_address_is_confirmed_with_a_letter(site: Site):
    visitor = site.visitor("lead")
    visitor.fill_in("/account", to="/account/confirm")
    link = posted_link(site, site.people["lead"])
    assert site.visitor().get(link).status == 200
    assert row(site, site.people["lead"]).confirmed_at is None
    site.visitor().fill_in(link)
    assert row(site, site.people["lead"]).confirmed_at is not None
    assert site.visitor().get(link).words("h1") == ["This link has been used"]
    assert site.visitor().get(f"{link}x").words("h1") == ["This link is not complete"]


def close(visitor: Visitor, typed: str) -> Page:
    return visitor.fill_in("/account/close", {"email": typed})


def test_whoever_closes_their_account_is_forgotten(site: Site):
    visitor, elsewhere = site.visitor("lead"), site.visitor("lead")
    email = site.people["lead"]
    assert close(visitor, email.upper()).words("h1") == ["Your account is closed"]

    assert (visitor.get("/rounds").status, elsewhere.get("/rounds").status) == (303, 303)
    assert row(site, email) is None
    with site.database.reading() as connection:
        for table in (account, account_session, membership, sign_in_link):
            assert f"'{email}'" not in str(connection.execute(select(table)).all())
    assert site.visitor().fill_in("/sign-in", {"email": email, "password": PASSWORD}).status == 200


def test_an_account_is_closed_by_typing_its_address(site: Site):
    visitor = site.visitor("lead")
    assert close(visitor, site.people["checker"]).status == 422
    assert visitor.get("/rounds").status == 200


@pytest.mark.parametrize("who", ["lead", "coordinator", "safeguarding"])
def test_whoever_is_needed_learns_for_what_and_stays(site: Site, who: str):
    site.open_round()
    visitor = site.visitor(who)
    needed = {"lead": site.provider.name, "coordinator": site.network.name, "safeguarding": site.contact.name}[who]
    page = close(visitor, site.people[who])
    assert page.status == 409
    assert needed in page.words("main li")
    assert row(site, site.people[who]) is not None


def test_a_second_lead_lets_the_first_one_go(site: Site):
    site.open_round()
    accounts.add_account(site.database, "two@example.org", "x", [Membership(Role.LEAD, site.provider.id)])
    assert close(site.visitor("lead"), site.people["lead"]).status == 200


def test_a_checker_who_leaves_stays_a_number_at_the_visit(site: Site):
    site.visit()
    assert close(site.visitor("checker"), site.people["checker"]).status == 200
    assert site.visitor("coordinator").get(f"/networks/{site.network.id}").status == 200
