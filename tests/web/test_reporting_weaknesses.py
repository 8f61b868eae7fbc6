"""Where somebody who found a weakness learns whom to write to."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import Invalid
from config import read_settings
from tests.databases import SqliteFiles
from tests.site import Site, make_site

PLACE = "/.well-known/security.txt"


def test_an_installation_says_whom_to_write_to_and_until_when_that_holds(site: Site):
    page = site.visitor().get(PLACE)

    said = dict(line.split(": ", 1) for line in page.text.splitlines())
    assert page.response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert said["Contact"] == "mailto:security@example.org"
    assert said["Canonical"] == f"{site.settings.base_url}{PLACE}"
    left = datetime.fromisoformat(said["Expires"]) - datetime.now(UTC)
    assert timedelta(days=150) < left < timedelta(days=365)


def test_where_nobody_was_named_nothing_is_promised(sqlite_files: SqliteFiles, tmp_path: Path):
    site = make_site(tmp_path, sqlite_files.new_url(), security_contact="")

    assert site.visitor().get(PLACE).status == 404
    site.close()


@pytest.mark.parametrize(
    "address", ["security@example.org", "http://example.org", "mailto:a@example.org\nExpires: never"]
)
def test_an_address_that_cannot_stand_there_is_refused(address: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DRIVING_SEAT_SECURITY_CONTACT", address)

    with pytest.raises(Invalid):
        read_settings()


def test_the_project_says_how_to_report_a_weakness_and_how_soon_it_is_mended():
    page = (Path(__file__).parents[2] / "SECURITY.md").read_text()

    assert "Do not open a public issue" in page
    assert "working days" in page
    assert "within 14 days" in page
