"""What holds for every page that somebody meets who answers, in every edition and language and in all colours."""

from collections.abc import Iterator
from itertools import product

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from app.standards import LANGUAGES
from app.surveys import Edition
from app.web.look import COOKIE
from tests.browser.html_checker import HtmlChecker
from tests.browser.kinds import PageKind
from tests.browser.launching import DESKTOP, NARROW, PHONE
from tests.browser.measuring import axe_violations, faint_texts, focus_stops, small_targets, too_wide
from tests.browser.respondent_kinds import ANSWERING
from tests.browser.served import ServedSite
from tests.browser.showing import Shown, show

THEMES = ("light", "dark", "contrast")
READERS = tuple(product(Edition, LANGUAGES))


@pytest.fixture(scope="module")
def shown(request: pytest.FixtureRequest, browser: Browser, site: ServedSite) -> Iterator[Shown]:
    kind, (edition, language) = request.param
    with browser.new_context(base_url=site.address, viewport=PHONE) as context:
        context.add_cookies([{"name": COOKIE, "value": language, "url": site.address}])
        yield show(context, kind, site.read_in(edition, language))


def name_of(case: tuple[PageKind, tuple[Edition, str]]) -> str:
    kind, (edition, language) = case
    return f"{kind.name}, {edition}, {language}"


every_reader = pytest.mark.parametrize(
    "shown", list(product(ANSWERING, READERS)), indirect=True, ids=name_of, scope="module"
)
sizes = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])


def choose_theme(page: Page, theme: str) -> None:
    page.evaluate(
        "theme => { const list = document.documentElement.classList;"
        " list.remove('theme-auto', 'theme-light', 'theme-dark', 'theme-contrast'); list.add(`theme-${theme}`) }",
        theme,
    )


@every_reader
def test_axe_finds_nothing_and_words_stand_out_seven_to_one_in_all_colours(shown: Shown):
    shown.page.set_viewport_size(PHONE)
    found = {}
    for theme in THEMES:
        choose_theme(shown.page, theme)
        rules = () if theme == "light" else ("color-contrast",)
        found[theme] = [*axe_violations(shown.page, *rules), *faint_texts(shown.page, 7)]
    choose_theme(shown.page, "auto")
    assert found == {theme: [] for theme in THEMES}


@every_reader
def test_axe_finds_nothing_on_a_desktop(shown: Shown):
    shown.page.set_viewport_size(DESKTOP)
    assert axe_violations(shown.page) == []


@every_reader
@sizes
def test_there_is_room_for_fingers_and_the_keyboard_goes_down_the_page_and_shows_where_it_is(
    shown: Shown, size: ViewportSize
):
    shown.page.set_viewport_size(size)
    assert small_targets(shown.page, 44) == []
    stops = focus_stops(shown.page)
    assert [stop["name"] for stop in stops if not (stop["shows"] and stop["isInView"])] == []
    tops = [stop["top"] for stop in stops[1:]]  # the first leads past the header
    assert tops == sorted(tops)


@every_reader
def test_the_page_says_its_language_and_fits_a_narrow_window(shown: Shown):
    assert shown.page.locator("html").get_attribute("lang") == shown.language
    shown.page.set_viewport_size(NARROW)
    assert too_wide(shown.page) == []


@every_reader
def test_the_html_checker_and_the_browser_have_nothing_to_complain_about(shown: Shown, checker: HtmlChecker):
    assert checker.complaints(shown.source) == []
    assert shown.complaints == []
