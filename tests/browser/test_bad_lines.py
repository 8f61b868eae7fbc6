"""On a slow line, and on one that drops what is sent, nothing is lost and nothing counts twice."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.served import ServedSite
from tests.browser.steps import (
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

# What browsers' own tools call "slow 3G": 400 kbit/s, and 400 ms until an answer begins.
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}


def test_the_short_form_is_answered_on_a_slow_line(open_page: OpenPage, site: ServedSite):
    of = site.open_round()
    path = site.link(of)
    page = open_page()
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW_3G)

    begin(page, path)
    for number in range(1, 11):
        expect_question(page, number)
        answer(page, "Yes")
    press(page, "Send my answers")

    expect(heading(page)).to_have_text("Thank you. Your answers have been sent.")
    assert len(site.answers(path)) == 10
    assert site.sent_count(of) == 1


@pytest.mark.parametrize("arrives", [False, True], ids=["the answer is lost on its way", "the reply is lost"])
def test_on_a_line_that_drops_every_second_request_each_answer_is_kept_once(
    open_page: OpenPage, site: ServedSite, arrives: bool
):
    of = site.open_round()
    path = site.begun_link(of)
    questions = site.questions(path)
    page = open_page()
    open_begun(page, f"{path}/q/{questions[0].id}")
    page.route("**/q/*", dropping_every_second_post(arrives))

    for number, question in enumerate(questions, start=1):
        option = ("Yes", "Sometimes", "No")[number % 3]
        choose(page, option)
        try_to_press(page, "Save and continue")
        open_begun(page, f"{path}/q/{question.id}")  # whoever is unsure loads the page again
        if not choice(page, option).is_checked():
            choose(page, option)
        try_to_press(page, "Save and continue")
        if number < len(questions):
            open_begun(page, f"{path}/q/{questions[number].id}")

    open_begun(page, f"{path}/check")
    press(page, "Send my answers")
    given = receipt(page)
    go(page, path)
    assert receipt(page) == given
    assert site.sent_count(of) == 1
    assert list(site.answers(path).values()) == [
        ("yes", "sometimes", "no")[number % 3] for number in range(1, len(questions) + 1)
    ]


def dropping_every_second_post(arrives: bool) -> Callable[[Route], None]:
    """Drop the first, third, fifth … POST, before the server sees it or after it has answered."""
    posts: list[str] = []

    def handle(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        posts.append(route.request.url)
        if len(posts) % 2 == 0:
            route.continue_()
            return
        if arrives:
            route.fetch(max_redirects=0)
        route.abort("connectionreset")

    return handle


def try_to_press(page: Page, name: str) -> None:
    """Press a button, whatever becomes of the request, and wait until the browser has made up its mind."""
    with suppress(Error), page.expect_event("framenavigated"):
        press(page, name)
