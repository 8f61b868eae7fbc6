"""Telling somebody about a worry, and reading it, in a browser."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.launching import DESKTOP
from tests.browser.page_kinds import Visitor
from tests.browser.served import ServedSite
from tests.browser.steps import choose, go, heading, press, receipt

WORDS = "He shouts at night.\nI am scared."


def write(page: Page, words: str = WORDS) -> None:
    page.get_by_label("What are you worried about?").fill(words)
    page.get_by_label("How can they reach you?").fill("Ring my sister")


def send(page: Page) -> None:
    page.get_by_role("button", name="Send this to").last.click()


def test_a_worry_goes_from_a_question_to_its_reader_without_javascript(site: ServedSite, open_page: OpenPage):
    page = open_page(javascript=False)
    go(page, site.link())
    page.get_by_role("link", name="Get help").click()
    expect(heading(page)).to_have_text("Get help")
    expect(page.get_by_role("link", name="Call 999")).to_have_attribute("href", "tel:999")
    press(page, "Tell somebody about a worry")
    choose(page, "Yes")
    write(page)
    send(page)

    expect(page.get_by_text("has not been sent yet")).to_be_visible()
    expect(page.get_by_label("What are you worried about?")).to_have_value(WORDS)
    send(page)
    expect(heading(page)).to_have_text("Your worry has been sent")
    number = receipt(page)

    reader = open_page(DESKTOP, visitor=Visitor.SAFEGUARDING, javascript=False)
    go(reader, "/concerns")
    reader.get_by_role("link", name=number).click()
    expect(reader.get_by_text("I am scared.")).to_have_count(0)
    press(reader, "Open this concern")
    expect(reader.get_by_text("I am scared.")).to_be_visible()
    expect(reader.get_by_text("somebody is in danger now")).to_be_visible()
    choose(reader, "I have passed it on")
    reader.get_by_label("Note").fill("To the council.")
    press(reader, "Write into the log")
    expect(reader.get_by_role("cell", name="To the council.")).to_be_visible()


def test_a_theme_and_easy_read_keep_what_was_typed(site: ServedSite, open_page: OpenPage):
    page = open_page()
    go(page, site.link() + "/worry")
    write(page)
    choose(page, "No")
    for value in ("theme:dark", "edition:easy-read", "size:largest"):
        page.locator(f"button[name=switch][value='{value}']").evaluate("button => button.click()")
        expect(page.get_by_label("What are you worried about?")).to_have_value(WORDS)
        expect(page.get_by_label("How can they reach you?")).to_have_value("Ring my sister")
        expect(page.get_by_role("radio", name="No", exact=True)).to_be_checked()
    expect(page.locator("html.theme-dark.easy-read")).to_have_count(1)


def test_loading_the_sent_page_again_sends_nothing_more(site: ServedSite, open_page: OpenPage):
    page = open_page()
    go(page, site.link() + "/worry")
    write(page, "Once")
    send(page)
    number = receipt(page)
    page.reload()

    assert receipt(page) == number


def test_going_back_finds_the_words_again(site: ServedSite, open_page: OpenPage):
    page = open_page()
    go(page, site.link() + "/worry")
    send(page)
    expect(page.get_by_text("There is a problem")).to_be_visible()
    write(page)
    choose(page, "Yes")
    send(page)
    expect(page.get_by_text("First: get help now")).to_be_visible()
    expect(page.get_by_label("What are you worried about?")).to_have_value(WORDS)
