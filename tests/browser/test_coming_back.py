"""Answering is never lost and never counted twice: later, on another device, in two tabs, after a crash."""

import os
import signal
from collections.abc import Callable

from playwright.sync_api import Browser, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.launching import PHONE
from tests.browser.served import ServedSite
from tests.browser.steps import answer, begin, choice, choose, expect_question, heading, open_begun, press, receipt


def test_whoever_comes_back_later_goes_on_where_they_were(open_page: OpenPage, site: ServedSite):
    path = site.link()
    page = open_page()
    begin(page, path)
    answer(page, "Yes")
    press(page, "Skip this question")
    answer(page, "No")
    expect_question(page, 4)

    later = open_page()
    open_begun(later, path)

    expect(heading(later)).to_have_text("Welcome back")
    expect(later.get_by_text("You have answered 2 of 10 questions.")).to_be_visible()
    press(later, "Continue")
    expect_question(later, 4)
    later.get_by_role("link", name="Back", exact=True).click()
    expect(choice(later, "No")).to_be_checked()


def test_a_double_click_on_send_gives_one_response_and_a_receipt(open_page: OpenPage, site: ServedSite):
    of = site.open_round()
    path = site.begun_link(of, answered=10)
    page = open_page()
    open_begun(page, f"{path}/check")

    page.get_by_role("button", name="Send my answers").dblclick()

    expect(heading(page)).to_have_text("Thank you. Your answers have been sent.")
    assert receipt(page)
    assert site.sent_count(of) == 1


def test_pressing_send_again_because_no_answer_came_gives_one_response(open_page: OpenPage, site: ServedSite):
    of = site.open_round()
    path = site.begun_link(of, answered=10)
    page = open_page()
    open_begun(page, f"{path}/check")
    arrived: list[int] = []

    def lose_the_first_answer(route: Route) -> None:
        arrived.append(route.fetch(max_redirects=0).status)
        route.fulfill(status=204)  # the page stays as it is

    page.route("**/check", lose_the_first_answer, times=1)
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/check")):  # as Chromium calls a 204
        press(page, "Send my answers")
    assert (arrived, site.sent_count(of)) == ([303], 1)
    press(page, "Send my answers")

    expect(heading(page)).to_have_text("Thank you. Your answers have been sent.")
    assert receipt(page)
    assert site.sent_count(of) == 1


def test_sending_in_two_tabs_gives_one_response_and_the_same_receipt(open_page: OpenPage, site: ServedSite):
    of = site.open_round()
    path = site.begun_link(of, answered=10)
    one = open_page()
    other = one.context.new_page()
    open_begun(one, f"{path}/check")
    open_begun(other, f"{path}/check")

    press(one, "Send my answers")
    press(other, "Send my answers")

    expect(heading(other)).to_have_text("Thank you. Your answers have been sent.")
    assert receipt(other) == receipt(one)
    assert site.sent_count(of) == 1


def test_an_answer_in_a_forgotten_tab_after_sending_changes_nothing(open_page: OpenPage, site: ServedSite):
    of = site.open_round()
    path = site.begun_link(of, answered=10)
    forgotten = open_page()
    open_begun(forgotten, f"{path}/q/{site.questions(path)[0].id}")
    page = forgotten.context.new_page()
    open_begun(page, f"{path}/check")
    press(page, "Send my answers")

    answer(forgotten, "No")

    expect(heading(forgotten)).to_have_text("Your answers have been sent")
    assert receipt(forgotten) == receipt(page)
    assert set(site.answers(path).values()) == {"yes"}


def test_going_back_after_sending_shows_the_receipt_and_no_form(open_page: OpenPage, site: ServedSite):
    of = site.open_round()
    path = site.begun_link(of, answered=10)
    page = open_page()
    open_begun(page, f"{path}/check")
    press(page, "Send my answers")
    given = receipt(page)

    page.go_back()

    expect(heading(page)).to_have_text("Your answers have been sent")
    assert receipt(page) == given
    expect(page.locator("main").get_by_role("button")).to_have_count(0)
    assert site.sent_count(of) == 1


def test_when_the_browser_is_killed_only_the_answer_not_yet_sent_is_lost(
    launch_browser: Callable[[], Browser], site: ServedSite, open_page: OpenPage
):
    path = site.link()
    doomed = launch_browser()
    page = doomed.new_page(base_url=site.address, viewport=PHONE)
    begin(page, path)
    answer(page, "Yes")
    answer(page, "No")
    expect_question(page, 3)
    choose(page, "Sometimes")
    kill(doomed)

    again = open_page()
    open_begun(again, path)

    expect(again.get_by_text("You have answered 2 of 10 questions.")).to_be_visible()
    press(again, "Continue")
    expect_question(again, 3)
    expect(choice(again, "Sometimes")).not_to_be_checked()
    assert list(site.answers(path).values()) == ["yes", "no"]


def kill(browser: Browser) -> None:
    """End the browser's process at once, as when a phone's battery dies."""
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    (own,) = [process["id"] for process in processes if process["type"] == "browser"]
    os.kill(own, signal.SIGKILL)
    browser.close()
