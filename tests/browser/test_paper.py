"""Typing in booklets by keyboard alone, and what a lead gets to print."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.services import answering
from app.services.links import normalised
from tests.browser.conftest import OpenPage
from tests.browser.kinds import Visitor
from tests.browser.launching import DESKTOP, PHONE
from tests.browser.paper_kinds import booklet, checked_round, open_booklet
from tests.browser.served import ServedSite
from tests.browser.steps import choose, go, heading, press
from tests.pdf_reading import texts_of

MOST_KEYS = 14


class Keyboard:
    """Presses keys and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other, once the page's script is there."""
        expect(self.page.get_by_text("Type the number of the ticked box")).to_be_visible()
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def check_and_send(self) -> None:
        """Press Enter on the last thing, and Enter again on the page that shows what was typed."""
        self.press("Enter")
        expect(heading(self.page)).to_have_text("Check what you typed")
        self.page.keyboard.press("Enter")
        self.count += 1


def open_at(page: Page, site: ServedSite, of=None) -> str:
    of = of or site.open_round()
    code = booklet(site, of)
    go(page, f"/rounds/{of.id}/paper")
    open_booklet(page, code)
    expect(heading(page)).to_have_text("What is ticked in the booklet?")
    return code


def answers_of(site: ServedSite, code: str) -> list[str]:
    visit = answering.open_link(site.database, normalised(code))
    assert visit.response is not None
    return [visit.response.answers.get(question.id, "") for question in visit.survey.questions_in(visit.round.length)]


def test_ten_questions_are_typed_in_with_few_keys(open_page: OpenPage, site: ServedSite):
    page = open_page(DESKTOP, visitor=Visitor.LEAD)
    code = open_at(page, site)
    keys = Keyboard(page)

    keys.press("1", "1", *"1234512345")
    keys.check_and_send()

    expect(heading(page)).to_have_text("The answers have been sent")
    assert keys.count <= MOST_KEYS
    once = ["yes", "sometimes", "no", "dont_know", "prefer_not"]
    assert answers_of(site, code) == [*once, *once]


def test_a_slip_is_put_right_by_keyboard_and_nothing_is_left_empty_by_mistake(open_page: OpenPage, site: ServedSite):
    page = open_page(DESKTOP, visitor=Visitor.LEAD)
    code = open_at(page, site)
    keys = Keyboard(page)

    keys.press("1", "1", "1", "3", "ArrowUp", "2", "0", " ", *"111111", "ArrowUp", "ArrowUp", "3", "ArrowDown")
    keys.check_and_send()

    expect(heading(page)).to_have_text("The answers have been sent")
    assert answers_of(site, code) == ["yes", "sometimes", "", "", *["yes"] * 4, "no", "yes"]


def test_help_is_typed_in_by_keyboard_and_what_does_not_count_is_put_away(open_page: OpenPage, site: ServedSite):
    page = open_page(DESKTOP, visitor=Visitor.LEAD)
    code = open_at(page, site)
    keys = Keyboard(page)
    expect(page.get_by_role("group", name="Who helps, or answers for them?")).to_be_hidden()

    keys.press("2", "2", "2", "1", "4", "Enter", "1", "Enter", *"1" * 10)
    keys.check_and_send()

    expect(heading(page)).to_have_text("The answers have been sent")
    response = answering.open_link(site.database, normalised(code)).response
    assert response is not None
    assert response.consent is not None
    assert response.support is not None
    assert response.consent.witness == "friend"
    assert (sorted(response.support.who), sorted(response.support.ways)) == (["family", "paid-staff"], ["read"])


def test_without_javascript_the_same_screen_is_filled_in_with_tab_and_arrow_keys(open_page: OpenPage, site: ServedSite):
    page = open_page(DESKTOP, visitor=Visitor.LEAD, javascript=False)
    code = open_at(page, site)
    page.get_by_role("group", name="Do they want to take part?").get_by_role("radio").last.focus()

    page.keyboard.press("ArrowDown")
    page.get_by_role("group", name="1. ").get_by_role("radio").last.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Check what you typed")
    press(page, "Send these answers")

    expect(heading(page)).to_have_text("The answers have been sent")
    assert answers_of(site, code)[0] == "yes"


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_two_people_type_a_booklet_in_and_settle_the_difference(open_page: OpenPage, site: ServedSite, size):
    of = checked_round(site)
    first = open_page(size, visitor=Visitor.LEAD)
    code = open_at(first, site, of)
    keys = Keyboard(first)
    keys.press("1", "1", *"1" * 10)
    keys.check_and_send()
    expect(heading(first)).to_have_text("Kept for a second person")

    second = open_page(size, visitor=Visitor.CHECKER)
    go(second, "/paper")
    second.locator(f"a[href='/rounds/{of.id}/paper']").click()
    open_booklet(second, code)
    keys = Keyboard(second)
    keys.press("1", "1", "3", *"1" * 9)
    keys.check_and_send()
    expect(heading(second)).to_have_text("Look at the paper again")
    press(second, "Send these answers")
    expect(heading(second)).to_have_text("Look at the paper again")
    choose(second, "The first person: Yes")
    press(second, "Send these answers")

    expect(heading(second)).to_have_text("The answers have been sent")
    assert answers_of(site, code) == ["yes"] * 10


def test_a_lead_gets_booklets_to_print(open_page: OpenPage, site: ServedSite, tmp_path: Path):
    page = open_page(DESKTOP, visitor=Visitor.LEAD)
    of = site.open_round()
    go(page, f"/rounds/{of.id}")
    press(page, "Paper booklets")
    for label in ("Families", "Standard", "English"):
        choose(page, label)
    page.get_by_label("How many booklets?").fill("2")

    with page.expect_download() as downloading:
        press(page, "Make booklets")

    downloading.value.save_as(tmp_path / "booklets.pdf")
    texts = texts_of((tmp_path / "booklets.pdf").read_bytes())
    assert len([text for text in texts if "The code of this booklet" in text]) == 2
    assert downloading.value.suggested_filename.endswith(".pdf")
