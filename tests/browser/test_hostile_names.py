"""Names and words that are a program, in a real browser: none of it runs, on any page that shows it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from app.services.organising import rename_network, rename_provider
from app.storage import organisations
from app.surveys import Edition
from tests.browser.conftest import OpenPage
from tests.browser.kinds import Visitor
from tests.browser.served import ServedSite

RUNS = '"\'><img src=x onerror="owned()"><svg onload=owned()></title></script><script>owned()</script>'
WATCH = "window.__owned = 0; window.owned = () => { window.__owned += 1 }"


@pytest.fixture
def renamed(site: ServedSite) -> Iterator[ServedSite]:
    """The lead's provider and the coordinator's network under such names, which they lose again."""
    provider_id, network_id = site.opened.provider_id, site.campaign.network_id
    with site.database.reading() as connection:
        names = organisations.names_of(connection, [provider_id]) + organisations.names_of(connection, [network_id])
    rename_provider(site.database, provider_id, f"Ash {RUNS}")
    rename_network(site.database, network_id, f"North {RUNS}")
    yield site
    rename_provider(site.database, provider_id, names[0])
    rename_network(site.database, network_id, names[1])


def visited(page: Page, paths: list[str]) -> dict[str, int]:
    """Open each page, and whatever on it opens; return where something ran."""
    page.add_init_script(WATCH)
    ran = {}
    for path in paths:
        page.goto(path)
        assert "onerror" in page.locator("body").inner_text(), path
        for details in page.locator("details > summary").all():
            details.click()
        page.wait_for_load_state("networkidle")
        ran[path] = page.evaluate("window.__owned")
    return {path: count for path, count in ran.items() if count}


def test_no_name_of_a_provider_or_network_runs_on_a_page_of_its_people(renamed: ServedSite, open_page: OpenPage):
    lead = [
        "/rounds",
        f"/rounds/{renamed.opened.id}",
        f"/rounds/{renamed.closed.id}/result",
        f"/providers/{renamed.opened.provider_id}",
    ]
    assert visited(open_page(visitor=Visitor.LEAD), lead) == {}
    coordinator = [
        "/networks",
        f"/networks/{renamed.campaign.network_id}",
        f"/networks/{renamed.campaign.network_id}/members",
    ]
    assert visited(open_page(visitor=Visitor.COORDINATOR), coordinator) == {}


def test_no_name_runs_on_a_page_of_whoever_answers(renamed: ServedSite, open_page: OpenPage):
    paths = [renamed.link(), renamed.begun_link(edition=Edition.EASY_READ) + "/privacy"]
    assert visited(open_page(), paths) == {}
