"""What every answer carries, so that a browser protects whoever reads it."""

from base64 import urlsafe_b64decode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from tests.databases import SqliteFiles
from tests.site import Page, Site, make_site

SAFE = "https://seat.example.org"


@pytest.fixture
def safe_site(sqlite_files: SqliteFiles, tmp_path: Path) -> Iterator[Site]:
    """An installation behind https."""
    made = make_site(tmp_path, sqlite_files.new_url(), base_url=SAFE)
    yield made
    made.close()


def test_over_https_no_other_host_can_set_or_read_a_cookie(safe_site: Site):
    visitor = safe_site.visitor()
    visitor.get("/sign-in", base_url=SAFE)
    visitor.post("/look", {"switch": "theme:dark"}, base_url=SAFE)
    link = safe_site.begun_link(safe_site.open_round())
    known = visitor.post(f"{link}/is-this-you", {"is_me": "yes"}, base_url=SAFE)

    session, look = (visitor.client.get_cookie(f"__Host-{name}", "seat.example.org") for name in ("session", "look"))
    for cookie in (session, look):
        assert cookie is not None
        assert (cookie.secure, cookie.http_only, cookie.same_site, cookie.path) == (True, True, "Lax", "/")
        assert cookie.origin_only
    (of_link,) = known.response.headers.getlist("Set-Cookie")
    assert of_link.startswith("__Secure-is-this-you=")
    assert f"Path={link}" in of_link
    assert "Domain" not in of_link
    assert visitor.get(f"{link}/check", base_url=SAFE).words("h1") == ["Check your answers"]
    assert "theme-dark" in visitor.get("/", base_url=SAFE).select("html")[0].get("class")


def test_a_device_that_is_finished_with_forgets_its_cookie_over_https_too(safe_site: Site):
    link = safe_site.begun_link(safe_site.open_round())
    visitor = safe_site.visitor()
    visitor.post(f"{link}/is-this-you", {"is_me": "yes"}, base_url=SAFE)
    assert visitor.client.get_cookie("__Secure-is-this-you", "seat.example.org", link)

    visitor.post(f"{link}/finish", base_url=SAFE)

    assert visitor.client.get_cookie("__Secure-is-this-you", "seat.example.org", link) is None


EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
NOT_KEPT = "no-store"


def answers(site: Site) -> dict[str, Page]:
    """Return an answer of every kind: a page, one by a link, a failure, a redirect, and what pages are made of."""
    visitor = site.visitor()
    sheet = visitor.get("/").select("link[rel=stylesheet]")[0].get("href")
    picture = visitor.get("/").select("link[rel=icon]")[0].get("href")
    paths = {"a page": "/", "by a link": site.link(site.open_round()), "not found": "/nowhere", "led on": "/rounds"}
    found = {name: visitor.get(path, base_url=SAFE) for name, path in paths.items()}
    found["refused"] = visitor.post("/standards", base_url=SAFE)
    found["another host"] = visitor.get("/", headers={"Host": "evil.example"})
    found["a style sheet"], found["a picture"] = (visitor.get(path, base_url=SAFE) for path in (sheet, picture))
    return found


def test_every_answer_says_that_only_https_and_only_our_own_pages_may_use_it(safe_site: Site):
    for name, page in answers(safe_site).items():
        headers = page.response.headers
        assert {key: headers[key] for key in EVERYWHERE} == EVERYWHERE, name
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], name
        assert "default-src 'none'" in headers["Content-Security-Policy"], name
        assert headers["Referrer-Policy"] in {"no-referrer", "same-origin"}, name
        assert "Access-Control-Allow-Origin" not in headers, name
        assert not {"Server", "X-Powered-By"} & set(headers.keys()), name
        page.response.close()


def test_a_page_runs_and_loads_what_is_ours_alone_and_is_kept_nowhere(safe_site: Site):
    headers = safe_site.visitor().get("/", base_url=SAFE).response.headers

    policy = dict(each.split(" ", 1) for each in headers["Content-Security-Policy"].split("; "))
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == policy["default-src"] == "'none'"
    assert policy["script-src"].startswith("'self' 'nonce-")
    assert policy["form-action"] == "'self'"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == NOT_KEPT


def test_without_https_nothing_says_that_there_is_https(site: Site):
    page = site.visitor().get("/")
    sheet = site.visitor().get(page.select("link[rel=stylesheet]")[0].get("href"))

    for each in (page, sheet):
        assert "Strict-Transport-Security" not in each.response.headers
        each.response.close()


def test_who_signs_out_or_finishes_on_a_device_leaves_no_page_to_go_back_to(site: Site):
    lead = site.visitor("lead")
    token = lead.get("/account").select("input[name=csrf_token]")[0].get("value")
    link, visitor = site.begun(site.open_round())

    for left in (lead.post("/sign-out", {"csrf_token": token}), visitor.post(f"{link}/finish")):
        assert left.status in (302, 303)
        assert left.response.headers["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in site.visitor("lead").get("/account").response.headers


def test_what_browsers_keep_is_signed_with_sha256_and_a_change_is_noticed(site: Site):
    lead = site.visitor("lead")
    cookie = lead.client.get_cookie("session")
    assert cookie is not None
    content, _, signature = cookie.value.rpartition(".")
    link, visitor = site.begun(site.open_round())
    known = visitor.client.get_cookie("is-this-you", path=link)
    assert known is not None

    for signed in (signature, known.value.rpartition(".")[2]):
        assert len(urlsafe_b64decode(f"{signed}=")) == sha256().digest_size
    lead.client.set_cookie("session", f"{content}.{signature[:-2]}{'AA' if signature[-2:] != 'AA' else 'BB'}")
    assert lead.get("/rounds").status == 303


def test_nothing_of_the_environment_switches_on_what_is_for_developers(
    sqlite_files: SqliteFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("FLASK_DEBUG", "1")

    made = make_site(tmp_path, sqlite_files.new_url())

    assert not made.app.debug
    assert not made.app.testing
    made.close()
