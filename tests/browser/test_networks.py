"""A network's coordinator: a campaign from opening it to the workbook, and nothing of one provider."""

import re
from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from app.services.rounds import all_rounds
from tests.browser.conftest import OpenPage
from tests.browser.launching import DESKTOP
from tests.browser.page_kinds import Visitor
from tests.browser.served import ServedSite
from tests.browser.steps import choose, go, heading, press, sign_in
from tests.browser.test_leading import radar, saved, texts_of


def test_a_coordinator_runs_a_campaign_from_opening_it_to_the_comparison(
    open_page: OpenPage, site: ServedSite, tmp_path: Path
):
    page = open_page(DESKTOP)
    sign_in(page, site.coordinator)
    expect(heading(page)).to_have_text("Your networks")
    page.get_by_role("link", name="Made-up network of personalised support").click()

    press(page, "Open a campaign")
    choose(page, "Short form")
    press(page, "Open the campaign")
    expect(heading(page)).to_contain_text("Campaign opened on")
    campaign = page.url
    opened = [of for of, _ in all_rounds(site.database, campaign_id=campaign.rpartition("/")[2])]
    for of in opened:
        site.import_answers(of, provider=1)
    assert go(page, f"{campaign}/result").status == 409
    expect(heading(page)).to_have_text("There is no result yet")

    go(page, campaign)
    press(page, "Close the campaign")
    page.locator("#typed").fill("close")
    press(page, "Close the campaign and make the results")

    expect(page).to_have_url(f"{campaign}/result")
    expect(page.get_by_text(re.compile("^Too few providers have results to show the view of people"))).to_be_visible()
    expect(radar(page)).to_be_visible()
    expect(page.get_by_role("columnheader", name="Your score")).to_have_count(0)
    book = openpyxl.load_workbook(saved(page, "Excel workbook", tmp_path))
    words = texts_of(book)
    assert "Median" in words
    names = {name for _, name in all_rounds(site.database)}
    assert not names & words
    assert not [name for name in names if name in page.content()]


def test_a_coordinator_cannot_open_a_provider_s_pages(open_page: OpenPage, site: ServedSite):
    page = open_page(visitor=Visitor.COORDINATOR)
    for path in ("", "/result", "/comparison", "/report.xlsx", "/close"):
        assert go(page, f"/rounds/{site.closed.id}{path}").status == 404


def test_a_lead_cannot_open_the_network_s_pages(open_page: OpenPage, site: ServedSite):
    page = open_page(visitor=Visitor.LEAD)
    for path in (f"/campaigns/{site.campaign.id}", f"/campaigns/{site.campaign.id}/result", "/networks"):
        assert go(page, path).status == 404
