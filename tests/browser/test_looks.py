"""How pages look: words in three sizes, three themes, pictures or none; on every page and without JavaScript."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from app.surveys import Edition
from tests.browser.conftest import OpenPage
from tests.browser.launching import DESKTOP, NARROW, PHONE
from tests.browser.measuring import axe_violations, faint_texts, focus_stops, small_targets, too_wide
from tests.browser.served import ServedSite
from tests.browser.steps import begin, choice, choose, expect_question, go, press

DESKTOP_AT_400_PERCENT: ViewportSize = {"width": 320, "height": 225}
BACKGROUNDS = {"light": "rgb(251, 248, 242)", "dark": "rgb(19, 32, 35)", "contrast": "rgb(0, 0, 0)"}
COLOURS = """() => {
  const elements = [...document.querySelectorAll("body, body *")];
  return elements.filter((element) => !element.closest("[aria-pressed]")).map((element) => {
    const { color, backgroundColor, borderTopColor, outlineColor } = getComputedStyle(element);
    return [color, backgroundColor, borderTopColor, outlineColor];
  });
}"""
SMALLEST_EASY_READ = 20
SMALLEST_TEXT = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let least = Infinity;
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    if (data.trim() && parentElement.checkVisibility()) {
      least = Math.min(least, parseFloat(getComputedStyle(parentElement).fontSize));
    }
  }
  return least;
}"""


def with_look(page: Page, site: ServedSite, look: str) -> None:
    page.context.add_cookies([{"name": "look", "value": look, "url": site.address}])


def question(page: Page, site: ServedSite, edition: Edition = Edition.EASY_READ) -> str:
    """Go to the first question with a new link; return the link."""
    path = site.link(site.open_round())
    begin(page, path, edition)
    expect_question(page, 1)
    return path


def open_panel(page: Page) -> None:
    page.get_by_text(re.compile("^(Change how it looks|How this page looks)$")).click()


def style(page: Page, selector: str, name: str) -> str:
    found: str = page.locator(selector).first.evaluate("(element, name) => getComputedStyle(element)[name]", name)
    return found


def test_a_look_holds_on_the_next_pages_and_loses_no_answer_without_javascript(open_page: OpenPage, site: ServedSite):
    page = open_page(javascript=False)
    path = question(page, site)
    choose(page, "Sometimes")

    for name in ("Largest", "High contrast", "No pictures"):
        open_panel(page)
        press(page, name)
        expect_question(page, 1)
        expect(choice(page, "Sometimes")).to_be_checked()

    open_panel(page)
    for name in ("Largest", "High contrast", "No pictures"):
        expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")
    press(page, "Save and continue")
    expect_question(page, 2)
    expect(page.locator("html")).to_have_class(re.compile("text-largest theme-contrast without-pictures"))
    expect(page.locator("img.picture")).to_have_count(0)
    assert site.answers(path) == {"S01.a": "sometimes"}


def test_public_pages_keep_a_look_too(open_page: OpenPage):
    page = open_page(javascript=False)
    go(page, "/standards")

    open_panel(page)
    press(page, "Dark")

    expect(page).to_have_url(re.compile("/standards$"))
    assert style(page, "body", "backgroundColor") == BACKGROUNDS["dark"]
    go(page, "/")
    assert style(page, "body", "backgroundColor") == BACKGROUNDS["dark"]


def test_the_enter_key_saves_the_answer_and_changes_no_look(open_page: OpenPage, site: ServedSite):
    page = open_page()
    path = question(page, site)

    choose(page, "No")
    page.keyboard.press("Enter")

    expect_question(page, 2)
    assert site.answers(path) == {"S01.a": "no"}
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("preferred", ["light", "dark"])
def test_a_chosen_theme_is_the_same_whatever_the_device_prefers(
    open_page: OpenPage, site: ServedSite, theme: str, preferred: str
):
    page = open_page(color_scheme=preferred)
    with_look(page, site, f"normal.{theme}.on.none")
    go(page, "/help")

    assert style(page, "body", "backgroundColor") == BACKGROUNDS[theme]


@pytest.mark.parametrize("preferred", ["light", "dark"])
def test_without_a_choice_the_device_decides(open_page: OpenPage, preferred: str):
    page = open_page(color_scheme=preferred)
    go(page, "/help")

    assert style(page, "body", "backgroundColor") == BACKGROUNDS[preferred]


def test_what_the_device_makes_dark_has_the_colours_of_the_dark_theme(open_page: OpenPage, site: ServedSite):
    page = open_page(color_scheme="light")
    with_look(page, site, "normal.dark.on.none")
    question(page, site)
    chosen = page.evaluate(COLOURS)
    page.emulate_media(color_scheme="dark")
    with_look(page, site, "normal.auto.on.none")
    page.reload()

    assert page.evaluate(COLOURS) == chosen


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("edition", Edition)
def test_in_every_theme_words_stand_out_seven_to_one_and_focus_shows(
    open_page: OpenPage, site: ServedSite, theme: str, edition: Edition
):
    page = open_page(DESKTOP)
    with_look(page, site, f"normal.{theme}.on.none")
    question(page, site, edition)
    choose(page, "Yes")
    open_panel(page)

    assert axe_violations(page) == []
    assert faint_texts(page, 7) == []
    assert [stop["name"] for stop in focus_stops(page) if not stop["shows"]] == []


@pytest.mark.parametrize("size", ["normal", "large", "largest"])
@pytest.mark.parametrize("window", [NARROW, DESKTOP_AT_400_PERCENT], ids=["320 px", "400 %"])
def test_words_of_every_size_stay_within_the_window(
    open_page: OpenPage, site: ServedSite, size: str, window: ViewportSize
):
    page = open_page(window)
    with_look(page, site, f"{size}.auto.on.none")
    question(page, site)
    open_panel(page)

    assert too_wide(page) == []
    assert small_targets(page, 44) == []


def test_each_size_is_larger_than_the_one_before(open_page: OpenPage, site: ServedSite):
    page = open_page()
    question(page, site)
    sizes = []
    for look in ("normal", "large", "largest"):
        with_look(page, site, f"{look}.auto.on.none")
        page.reload()
        sizes.append([float(style(page, part, "fontSize")[:-2]) for part in ("h1", ".question__help", ".govuk-button")])

    assert all(one < two < three for one, two, three in zip(*sizes, strict=True))


@pytest.mark.parametrize("window", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_no_words_of_easy_read_are_smaller_than_20_pixels(open_page: OpenPage, site: ServedSite, window: ViewportSize):
    page = open_page(window)
    question(page, site)
    open_panel(page)

    assert page.evaluate(SMALLEST_TEXT) >= SMALLEST_EASY_READ


def test_a_picture_stands_left_of_its_words_on_a_phone(open_page: OpenPage, site: ServedSite):
    page = open_page(PHONE)
    question(page, site)

    for picture, words in (("h1 img", ".asked__words"), ("label img", ".choices__words")):
        left, right = (page.locator(part).first.bounding_box() for part in (picture, words))
        assert left is not None
        assert right is not None
        assert left["x"] + left["width"] <= right["x"]
        assert left["y"] < right["y"] + right["height"]
        assert right["y"] < left["y"] + left["height"]


def test_forced_colours_keep_pictures_to_be_seen_and_show_what_is_chosen(open_page: OpenPage, site: ServedSite):
    page = open_page(forced_colors="active", color_scheme="dark")
    question(page, site)
    choose(page, "Yes")
    open_panel(page)

    assert style(page, "h1 .picture", "backgroundColor") == "rgb(255, 255, 255)"
    chosen, other = (style(page, f"label[for=answer-{option}]", "borderTopColor") for option in ("yes", "no"))
    assert chosen != other
    pressed, unpressed = (
        style(page, f".look__choice[aria-pressed={on}]", "backgroundColor") for on in ("true", "false")
    )
    assert pressed != unpressed
    assert [stop["name"] for stop in focus_stops(page) if not stop["shows"]] == []


def test_the_other_language_is_at_hand_at_the_top_and_keeps_the_answer(open_page: OpenPage, site: ServedSite):
    page = open_page(javascript=False)
    question(page, site)
    button = page.locator("header").get_by_role("button", name="Cymraeg", exact=True)
    expect(button).to_be_in_viewport()
    expect(button).to_have_attribute("lang", "cy")

    choose(page, "Sometimes")
    button.click()

    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(page.get_by_role("radio", checked=True)).to_have_value("sometimes")
    expect(page.locator("header").get_by_role("button", name="English", exact=True)).to_be_visible()


@pytest.fixture
def weather(browser: Browser, site: ServedSite) -> Any:
    """A browser in which the page that people leave to is there without a network."""
    with browser.new_context(base_url=site.address, viewport=PHONE) as context:
        context.route("https://www.bbc.co.uk/weather", lambda route: route.fulfill(body="<h1>Weather</h1>"))
        yield context.new_page()


@pytest.mark.parametrize("way", ["link", "keys"])
def test_leaving_quickly_leaves_no_way_back_to_the_question(weather: Page, site: ServedSite, way: str):
    question(weather, site)
    left = weather.url

    if way == "link":
        weather.get_by_role("link", name="Leave this page quickly").click()
    else:
        weather.wait_for_load_state("load")
        for _ in range(3):
            weather.keyboard.press("Shift")

    expect(weather).to_have_url("https://www.bbc.co.uk/weather")
    weather.go_back()
    assert weather.url != left


def test_typing_capital_letters_leaves_nothing(weather: Page, site: ServedSite):
    question(weather, site)

    for letter in "ABC":
        weather.keyboard.press(f"Shift+{letter}")

    expect_question(weather, 1)


def test_shift_three_times_leaves_nothing_while_words_are_typed(weather: Page, site: ServedSite):
    weather.goto(f"{site.link()}/worry")
    weather.locator("textarea").focus()
    for _ in range(3):
        weather.keyboard.press("Shift")
    weather.keyboard.type("still here")

    expect(weather.locator("textarea")).to_have_value("still here")
    weather.get_by_role("heading", level=1).click()
    for _ in range(3):
        weather.keyboard.press("Shift")
    expect(weather).to_have_url("https://www.bbc.co.uk/weather")


def test_leaving_quickly_is_a_plain_link_without_javascript(open_page: OpenPage, site: ServedSite):
    page = open_page(javascript=False)
    question(page, site)
    link = page.get_by_role("link", name="Leave this page quickly")

    expect(link).to_have_attribute("href", "https://www.bbc.co.uk/weather")
    expect(link).to_have_attribute("rel", re.compile("noreferrer"))
    expect(link).to_be_in_viewport()
