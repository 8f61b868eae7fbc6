"""A provider's lead, from opening a round to the workbook."""

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Download, Locator, Page, ViewportSize, expect

from app.services import organising, rounds
from app.surveys import Edition
from tests.browser.conftest import OpenPage
from tests.browser.launching import DESKTOP, PHONE
from tests.browser.page_kinds import Visitor
from tests.browser.served import ServedSite
from tests.browser.steps import answer, choose, expect_question, go, heading, press, sign_in, start

ROUND = re.compile(r"/rounds/[0-9a-f]+$")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_lead_runs_a_round_from_opening_it_to_its_result(
    open_page: OpenPage, site: ServedSite, size: ViewportSize, tmp_path: Path
):
    page = open_page(size)
    sign_in(page, site.lead)

    press(page, "Open a round")
    choose(page, "Short form")
    choose(page, "One self-assessment that we agree together")
    press(page, "Open the round")
    expect(page).to_have_url(ROUND)
    round_page = page.url

    links = make_links(page, "People who use support", 3)
    assert len(set(links)) == 3
    go(page, round_page)
    for link in links:
        assert link not in page.content()

    press(page, "Answer for our organisation")
    answer_for_the_organisation(page)

    of = rounds.view_of(site.database, round_page.rpartition("/")[2]).round
    site.import_answers(of, person=12, family=6)
    go(page, round_page)
    expect(row_of(page, "People who use support")).to_contain_text("10 to 14")
    expect(row_of(page, "Families")).to_contain_text("5 to 9")
    expect(page.locator("main")).to_contain_text("self-assessment: sent.")

    press(page, "Close the round")
    press(page, "Close the round and make the result")
    expect(page.get_by_role("alert")).to_contain_text("Type close")
    page.locator("#typed").fill("close")
    press(page, "Close the round and make the result")
    expect(page).to_have_url(f"{round_page}/result")
    expect(page.get_by_text(re.compile("^People say “.+” (is|are) going best"))).to_be_visible()
    expect(radar(page)).to_be_visible()
    expect(page.get_by_role("table", name="Each standard, with the gaps between the views")).to_be_visible()

    book = openpyxl.load_workbook(saved(page, "Excel workbook", tmp_path))
    assert book.sheetnames[0] == "Summary"
    assert page.locator(".headline__first").inner_text() in texts_of(book)


def test_links_are_shown_once(open_page: OpenPage, site: ServedSite):
    of = site.open_round()
    page = open_page(DESKTOP, visitor=Visitor.LEAD)
    go(page, f"/rounds/{of.id}")
    links = make_links(page, "Families", 2)
    place = page.url

    go(page, place)

    expect(page).to_have_url(ROUND)
    assert not [link for link in links if link in page.content()]
    visitor = open_page()
    assert go(visitor, links[0]).status == 200
    expect(visitor.get_by_role("button", name="Continue")).to_be_visible()


def test_closing_on_the_page_clears_what_tells_in_which_order_people_answered(open_page: OpenPage, site: ServedSite):
    of = site.open_round()
    site.sent_link(of)
    page = open_page(DESKTOP, visitor=Visitor.LEAD)
    go(page, f"/rounds/{of.id}/close")
    page.get_by_label("To go on, type: close").fill("close")
    assert site.journal_bytes > 0

    press(page, "Close the round and make the result")

    expect(page).to_have_url(re.compile("/result$"), timeout=20_000)
    assert site.journal_bytes == 0


def test_the_result_is_whole_without_javascript(open_page: OpenPage, site: ServedSite):
    page = open_page(visitor=Visitor.LEAD, javascript=False)
    go(page, f"/rounds/{site.closed.id}/result")

    expect(radar(page)).to_be_visible()
    expect(page.locator(".headline__first")).to_be_visible()
    expect(page.get_by_role("table", name="Each standard, with the gaps between the views")).to_be_visible()
    expect(page.get_by_role("button", name="Explore this chart")).to_have_count(0)
    of_a_standard = page.locator("main details").first
    of_a_standard.locator("summary").click()
    expect(of_a_standard.get_by_text("is not").first).to_be_visible()


def test_the_radar_can_be_explored_without_leaving_the_policy(open_page: OpenPage, site: ServedSite):
    page = open_page(DESKTOP, visitor=Visitor.LEAD)
    go(page, f"/rounds/{site.closed.id}/result")

    page.get_by_role("button", name="Explore this chart").first.click()

    chart = page.get_by_role("group", name="The chart, to explore").first
    expect(chart.locator(".polarlayer .scatterlayer .trace")).to_have_count(3)
    expect(chart.locator(".polarlayer path.js-line").first).to_be_visible()
    expect(page.get_by_text("Press a name beside the chart to hide or show it.")).to_be_visible()
    expect(radar(page)).to_be_hidden()
    page.emulate_media(media="print")
    expect(radar(page)).to_be_visible()


def test_a_lead_compares_with_the_network(open_page: OpenPage, site: ServedSite, tmp_path: Path):
    page = open_page(DESKTOP, visitor=Visitor.LEAD)
    go(page, f"/rounds/{site.closed.id}/result")

    press(page, "Compare with the network")

    expect(heading(page)).to_contain_text("Where you stand in")
    expect(page.get_by_role("columnheader", name="Your score").first).to_be_visible()
    expect(page.get_by_text("Your own figures are left out of both.")).to_be_visible()
    expect(radar(page)).to_be_visible()
    book = openpyxl.load_workbook(saved(page, "Excel workbook", tmp_path))
    assert organising.provider(site.database, site.closed.provider_id).name in texts_of(book)


def make_links(page: Page, audience: str, count: int) -> list[str]:
    """Make links on a round's page and return them as they are shown."""
    choose(page, audience)
    page.get_by_label("How many links?").fill(str(count))
    press(page, "Make links")
    expect(heading(page)).to_contain_text(f"{count} links for")
    shown = page.get_by_label("All links together, one a line").input_value()
    return re.findall(r"http://\S+/a/\S+", shown)


def answer_for_the_organisation(page: Page) -> None:
    press(page, "Begin now")
    start(page, Edition.STANDARD, "We answer together")
    for number in range(1, 11):
        expect_question(page, number)
        answer(page, "For everyone" if number % 2 else "For some people")
    press(page, "Send my answers")
    expect(heading(page)).to_have_text("Thank you. Your answers have been sent.")


def row_of(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name))


def radar(page: Page) -> Locator:
    return page.locator("[data-radar-drawn] svg").first


def saved(page: Page, name: str, folder: Path) -> Path:
    """Press a download and return the file."""
    with page.expect_download() as started:
        page.get_by_role("link", name=name).click()
    download: Download = started.value
    path = folder / download.suggested_filename
    download.save_as(path)
    return path


def texts_of(book: openpyxl.Workbook) -> set[str]:
    return {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
