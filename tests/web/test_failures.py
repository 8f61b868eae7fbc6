"""Every failure has a page in plain words."""

import json
import re

import pytest

from app.services.installing import DEMONSTRATION
from app.storage import installation
from app.web import logs
from tests.site import Site


def test_an_unexpected_error_has_a_page_and_no_secret_in_the_log(
    site: Site, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    logs.prepare(site.app, "ERROR")
    link = site.begun_link(site.open_round())

    def fail(*_):
        raise ValueError("Mary answered sometimes")

    monkeypatch.setattr("app.services.answering.survey_of", fail)
    page = site.visitor().get(f"{link}/q/S01.a")

    assert page.status == 500
    assert "not your fault" in page.said
    assert "Mary" not in page.text
    out, err = capfd.readouterr()
    assert "ValueError" in out + err
    assert "Mary" not in out + err
    assert link.removeprefix("/a/") not in out + err


def test_a_form_that_is_far_too_large_is_refused_in_words(site: Site):
    link = site.begun_link(site.open_round())

    page = site.visitor().post(f"{link}/q/S01.a", {"answer": "x" * 200_000})

    assert page.status == 413
    assert "too large" in page.title


def test_a_wrong_method_a_strange_host_and_a_strange_address_have_a_page(site: Site):
    visitor = site.visitor()

    assert visitor.post("/standards").status == 405
    assert visitor.get("/", headers={"Host": "evil.example"}).status == 400
    page = visitor.get("/no/such/page")
    assert page.status == 404
    assert page.title.startswith("We cannot find that page")


@pytest.mark.parametrize("path", ["/standards/%00/1", "/a/%00", "/rounds/%00", "/a/%07%1b/q/S01.a"])
def test_an_address_with_characters_that_cannot_be_seen_is_not_found(site: Site, path: str):
    assert site.visitor("lead").get(path).status == 404


def test_a_demonstration_cannot_be_signed_in_to_from_another_machine(site: Site):
    with site.database.writing() as connection:
        installation.mark(connection, DEMONSTRATION, "finished")
    far = {"REMOTE_ADDR": "192.0.2.7"}

    assert site.visitor().get("/sign-in", environ_overrides=far).status == 403
    assert site.visitor().get("/rounds", environ_overrides=far).status == 403
    assert site.visitor().get("/standards", environ_overrides=far).status == 200
    assert site.visitor("lead").get("/rounds").status == 200


def test_a_wrong_password_says_the_same_whether_or_not_the_account_exists(site: Site):
    def said(email: str) -> str:
        page = site.visitor().fill_in("/sign-in", {"email": email, "password": "wrong wrong wrong"})
        return page.said.replace(email, "")

    assert said(site.people["lead"]) == said("nobody@example.org")


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_signing_in_leads_nowhere_else(site: Site, next_: str):
    page = site.visitor().fill_in(
        f"/sign-in?next={next_}", {"email": site.people["lead"], "password": "correct horse battery staple"}
    )

    assert re.match(r"/(?![/\\])|$", page.response.headers.get("Location", ""))


def test_a_result_and_its_files_are_sent_to_be_kept_and_not_stored_on_the_way(site: Site):
    lead, of = site.visitor("lead"), site.closed_round()

    for kind, start in (("xlsx", b"PK"), ("json", b"{"), ("csv", b"level,")):
        answered = lead.get(f"/rounds/{of.id}/report.{kind}").response
        assert answered.status_code == 200
        assert answered.data.startswith(start)
        assert "attachment" in answered.headers["Content-Disposition"]
        assert answered.headers["Cache-Control"] == "no-store"


def test_a_name_with_markup_is_shown_as_it_is(site: Site):
    from app.services.organising import add_provider
    from app.services.rounds import open_round
    from tests.days import TODAY

    hostile = "<script>alert(1)</script>\"'>&"
    provider = add_provider(site.database, hostile)
    of = open_round(site.database, provider.id, "personalised-support", on=TODAY)
    page = site.visitor().get(site.link(of))

    assert "<script>alert" not in page.text
    assert hostile in page.said


def test_files_for_the_browser_say_what_they_are(site: Site):
    page = site.visitor().get("/")
    (sheet,) = [each.get("href") for each in page.select("link[rel=stylesheet]")]

    answered = site.visitor().get(sheet).response

    assert answered.status_code == 200
    assert answered.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answered.headers["Cache-Control"]
    answered.close()


def logged(site: Site, capfd: pytest.CaptureFixture[str]) -> list[dict]:
    return [json.loads(line) for line in capfd.readouterr().err.splitlines() if '"refused"' in line]


def test_what_somebody_tries_and_may_not_is_logged_by_page_and_number_alone(
    site: Site, capfd: pytest.CaptureFixture[str]
):
    logs.prepare(site.app, "WARNING")
    of, member = site.open_round(), site.visitor("member")
    capfd.readouterr()

    member.get(f"/rounds/{of.id}/close")  # the role may not
    site.visitor("other lead").get(f"/rounds/{of.id}")  # of another provider
    member.post("/rounds/new")  # without the token of its form
    site.visitor().post("/sign-in", headers={"Sec-Fetch-Site": "cross-site"})

    lines = logged(site, capfd)
    assert [(each["endpoint"], each["status"], each["account"]) for each in lines] == [
        ("ending.confirm_close", 404, site.account_id("member")),
        ("rounds.show", 404, site.account_id("other lead")),
        ("rounds.open_round", 400, 0),
        ("security.login", 400, 0),
    ]
    assert all(set(each) == {"endpoint", "status", "account", "event", "level", "timestamp"} for each in lines)


def test_what_people_who_answer_try_is_not_logged_as_refused(site: Site, capfd: pytest.CaptureFixture[str]):
    logs.prepare(site.app, "WARNING")

    for path in ("/a/nothing", "/s/nothing", "/no/such/page", f"{site.link(site.open_round())}/result"):
        site.visitor().get(path)

    assert logged(site, capfd) == []
