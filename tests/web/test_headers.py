"""What every answer carries, so that a browser protects whoever reads it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import SqliteFiles
from tests.site import Site, make_site

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
