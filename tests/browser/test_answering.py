"""Answering by link, from the welcome to the receipt."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from app.standards import Audience
from app.surveys import Edition
from tests.browser.conftest import OpenPage
from tests.browser.launching import DESKTOP, PHONE
from tests.browser.measuring import focus
from tests.browser.served import ServedSite
from tests.browser.steps import (
    agree,
    answer,
    begin,
    choice,
    choose,
    expect_question,
    go,
    heading,
    open_begun,
    press,
    receipt,
)

MOST_TABS = 30


@pytest.mark.parametrize(
    ("size", "edition", "javascript"),
    [
        pytest.param(PHONE, Edition.STANDARD, True, id="phone"),
        pytest.param(DESKTOP, Edition.STANDARD, True, id="desktop"),
        pytest.param(PHONE, Edition.EASY_READ, True, id="phone in Easy Read"),
        pytest.param(PHONE, Edition.STANDARD, False, id="phone without JavaScript"),
        pytest.param(DESKTOP, Edition.EASY_READ, False, id="desktop in Easy Read without JavaScript"),
    ],
)
def test_a_person_answers_the_whole_short_form_by_link(
    open_page: OpenPage, site: ServedSite, size: ViewportSize, edition: Edition, javascript: bool
):
    of = site.open_round()
    path = site.link(of)
    questions = site.questions(path)
    page = open_page(size, javascript=javascript)

    begin(page, path, edition)
    for number, question in enumerate(questions, start=1):
        expect_question(page, number)
        expect(heading(page)).to_have_text(question.wording[edition, Audience.PERSON].stem)
        if number == 2:
            press(page, "Skip this question")
        elif number == 3:
            answer(page, "I don't know")
        elif number == 5:
            page.get_by_role("link", name="Back", exact=True).click()
            expect_question(page, 4)
            expect(choice(page, "Yes")).to_be_checked()
            answer(page, "Sometimes")
            expect_question(page, 5)
            answer(page, "No")
        else:
            answer(page, "Yes")

    expect(heading(page)).to_have_text("Check your answers")
    expect(page.get_by_text("You have not answered 1 of 10 questions.")).to_be_visible()
    page.get_by_role("link", name=f"Change “{questions[0].wording[edition, Audience.PERSON].stem}”").click()
    expect(choice(page, "Yes")).to_be_checked()
    answer(page, "No")
    expect(heading(page)).to_have_text("Check your answers")
    assert site.sent_count(of) == 0

    press(page, "Send my answers")
    expect(heading(page)).to_have_text("Thank you. Your answers have been sent.")
    given = receipt(page)
    go(page, path)
    expect(heading(page)).to_have_text("Your answers have been sent")
    assert receipt(page) == given
    assert site.sent_count(of) == 1
    assert site.answers(path) == {
        question.id: {1: "no", 3: "dont_know", 4: "sometimes", 5: "no"}.get(number, "yes")
        for number, question in enumerate(questions, start=1)
        if number != 2
    }


def test_the_edition_that_is_chosen_is_the_edition_that_is_read(open_page: OpenPage, site: ServedSite):
    path = site.begun_link()
    page = open_page()
    open_begun(page, f"{path}/q/{site.questions(path)[0].id}")
    standard = heading(page).inner_text()
    choose(page, "Sometimes")
    page.get_by_text("How this page looks").click()
    page.get_by_role("button", name="Easy Read", exact=True).click()

    expect(heading(page)).not_to_have_text(standard)
    expect(choice(page, "Sometimes")).to_be_checked()
    assert site.answers(path) == {site.questions(path)[0].id: "sometimes"}
    page.get_by_text("Change how it looks").click()
    page.get_by_role("button", name="Standard", exact=True).click()
    expect(heading(page)).to_have_text(standard)


def test_pressing_save_without_a_choice_says_so_in_words_and_loses_nothing(open_page: OpenPage, site: ServedSite):
    path = site.link()
    first, second = site.questions(path)[:2]
    page = open_page()
    begin(page, path)
    answer(page, "Sometimes")

    press(page, "Save and continue")

    expect_question(page, 2)
    assert page.title().startswith("Error: ")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Choose an answer, or press Skip this question")
    summary.get_by_role("link").click()
    expect(page.get_by_role("radio").first).to_be_focused()
    assert site.answers(path) == {first.id: "sometimes"}
    answer(page, "Yes")
    expect_question(page, 3)
    assert site.answers(path) == {first.id: "sometimes", second.id: "yes"}


def test_nobody_begins_without_agreeing_and_the_choice_of_edition_is_kept(open_page: OpenPage, site: ServedSite):
    path = site.link()
    page = open_page()
    go(page, path)
    choose(page, "Easy Read")
    press(page, "Continue")
    expect(heading(page)).to_have_text("Do you want to take part?")

    press(page, "Continue")

    expect(page.get_by_role("alert")).to_contain_text("Choose yes or no")
    expect(page.get_by_text("You can say no.")).to_be_visible()
    go(page, f"{path}/q/{site.questions(path)[0].id}")
    expect(page.get_by_role("button", name="Continue")).to_be_visible()
    choose(page, "Standard")
    press(page, "Continue")
    agree(page)
    expect(heading(page)).to_have_text("Are you answering by yourself?")


def test_the_whole_form_is_answered_with_the_keyboard_alone(open_page: OpenPage, site: ServedSite):
    of = site.open_round()
    path = site.link(of)
    page = open_page(DESKTOP)
    go(page, path)

    tab_to(page, "Easy Read")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Continue")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Do you want to take part?")
    tab_to(page, "Yes, I want to take part")
    page.keyboard.press("Space")
    tab_to(page, "Continue")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Are you answering by yourself?")
    tab_to(page, "Skip this question")
    page.keyboard.press("Enter")
    for number in range(1, 11):
        expect_question(page, number)
        tab_to(page, "Yes")
        page.keyboard.press("Space")
        if number % 2:
            page.keyboard.press("ArrowDown")
        tab_to(page, "Save and continue")
        page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Check your answers")
    tab_to(page, "Send my answers")
    page.keyboard.press("Enter")

    expect(heading(page)).to_have_text("Thank you. Your answers have been sent.")
    assert list(site.answers(path).values()) == ["sometimes", "yes"] * 5


def test_with_the_keyboard_an_error_comes_first_and_leads_to_the_answers(open_page: OpenPage, site: ServedSite):
    path = site.begun_link()
    page = open_page()
    open_begun(page, f"{path}/q/{site.questions(path)[0].id}")
    tab_to(page, "Save and continue")
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(choice(page, "Yes")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect_question(page, 2)


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what begins with these words has focus, and see that the focus shows on the way."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        found = focus(page)
        assert found is None or (found["shows"] and found["isInView"]), found
        if found is not None and found["name"].startswith(words):
            return
    raise AssertionError(f"Tab does not lead to “{words}”")
