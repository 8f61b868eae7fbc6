"""What holds for every screen of the app on the tablet. It is walked through once, and measured at each."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import StateOf
from tests.browser.kinds import Visitor
from tests.browser.launching import DESKTOP, PHONE
from tests.browser.measuring import axe_violations, faint_texts, focus_stops, small_targets, too_wide
from tests.browser.served import ServedSite
from tests.browser.steps import choose, heading, press
from tests.browser.visits import (
    answer_on,
    choose_pin,
    expect_question,
    give_pin,
    make_ready_without_pin,
    plan_visit,
    without_network,
    write_seen,
)

NARROW: ViewportSize = {"width": 320, "height": 740}
TABLET: ViewportSize = {"width": 800, "height": 1280}
SCREEN_COUNT = 20
Measured = Mapping[str, Mapping[str, list[str]]]


def in_colours(colours: str, measure: Callable[[Page], list[str]]) -> Callable[[Page], list[str]]:
    def measured(page: Page) -> list[str]:
        page.emulate_media(color_scheme=colours)
        found = measure(page)
        page.emulate_media(color_scheme="light")
        return found

    return measured


def in_size(size: ViewportSize, measure: Callable[[Page], list[str]]) -> Callable[[Page], list[str]]:
    def measured(page: Page) -> list[str]:
        page.set_viewport_size(size)
        found = measure(page)
        page.set_viewport_size(PHONE)
        return found

    return measured


def unseen_stops(page: Page) -> list[str]:
    return [stop["name"] for stop in focus_stops(page) if not (stop["shows"] and stop["isInView"])]


def several_headings(page: Page) -> list[str]:
    found = page.locator("h1").all_inner_texts()
    return [] if len(found) == 1 and page.title().endswith(" – Driving Seat") else [page.title(), *found]


MEASURES: Mapping[str, Callable[[Page], list[str]]] = {
    "axe on a phone": axe_violations,
    "axe on a tablet": in_size(TABLET, axe_violations),
    "contrast in light": lambda page: faint_texts(page, 7),
    "contrast in dark": in_colours("dark", lambda page: faint_texts(page, 7)),
    "44 pixels": lambda page: small_targets(page, 44),
    "44 pixels on a tablet": in_size(TABLET, lambda page: small_targets(page, 44)),
    "320 pixels": in_size(NARROW, too_wide),
    "the keyboard": in_size(DESKTOP, unseen_stops),
    "one heading": several_headings,
}


def walk(page: Page) -> Iterator[str]:
    """Go through every screen, and stop at each."""
    yield "choose a PIN"
    press(page, "Keep this PIN")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "choose a PIN, too short"
    choose_pin(page)
    yield "the visit"
    yield from walk_as_a_person(page)
    write_seen(page)
    press(page, "Write what you saw")
    expect(page.get_by_role("link", name="Change")).to_be_visible()
    yield "what the pair saw"
    page.get_by_role("link", name="Write").first.click()
    press(page, "Save")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "one standard, nothing chosen"
    page.get_by_role("link", name="Back", exact=True).click()
    press(page, "Back to the visit")
    press(page, "Send now")
    press(page, "Send now")
    expect(page.get_by_text("There is no internet just now.")).to_be_visible()
    yield "sending without internet"
    page.get_by_role("link", name="Get help").click()
    expect(heading(page)).to_have_text("Get help")
    yield "help"


def walk_as_a_person(page: Page) -> Iterator[str]:
    press(page, "Ask a person")
    expect(page.get_by_role("button", name="Stop here")).to_be_visible()
    yield "welcome"
    press(page, "Continue")
    press(page, "Save and continue")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "consent, nothing chosen"
    choose(page, "Yes, I want to take part")
    press(page, "Save and continue")
    choose(page, "Someone helps me")
    yield "how"
    press(page, "Save and continue")
    expect(heading(page)).to_have_text("Who helps you?")
    yield "who helps"
    press(page, "Save and continue")
    expect_question(page, 1)
    yield "a question"
    page.get_by_text("Change how it looks").click()
    yield "a question, with the looks open"
    press(page, "High contrast")
    yield "a question in high contrast"
    press(page, "Same as my device")
    page.get_by_role("button", name="Cymraeg").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    yield "a question in Welsh"
    page.get_by_role("button", name="English").first.click()
    press(page, "Save and continue")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "a question, nothing chosen"
    for number in range(10):
        expect_question(page, number + 1)
        answer_on(page, "Sometimes")
    expect(heading(page)).to_have_text("Check your answers")
    yield "check"
    press(page, "Continue")
    press(page, "Finish and lock my answers")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "an own word, none given"
    press(page, "Finish without a word")
    expect(page.get_by_role("button", name="Give the tablet back")).to_be_visible()
    yield "done"
    press(page, "Give the tablet back")
    give_pin(page, "000000")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "a wrong PIN"
    give_pin(page)


@pytest.fixture(scope="module")
def measured(browser: Browser, site: ServedSite, state_of: StateOf) -> Measured:
    """Return {measure: {screen: what it found}}, on a tablet without a network."""
    found: dict[str, dict[str, list[str]]] = {name: {} for name in MEASURES}
    state = state_of(Visitor.CHECKER)
    with browser.new_context(base_url=site.address, viewport=PHONE, storage_state=state) as context:
        page = context.new_page()
        make_ready_without_pin(page, plan_visit(site))
        without_network(context)
        for screen in walk(page):
            for name, measure in MEASURES.items():
                found[name][screen] = measure(page)
    return found


@pytest.mark.parametrize("measure", MEASURES)
def test_every_screen_of_the_tablet_passes(measured: Measured, measure: str):
    assert len(measured[measure]) == SCREEN_COUNT
    assert {screen: found for screen, found in measured[measure].items() if found} == {}
