"""What holds for every kind of page. A page is opened once, and each test looks at it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from app.web import create_app
from tests.browser.conftest import StateOf
from tests.browser.launching import DESKTOP, PHONE
from tests.browser.measuring import axe_violations, faint_texts, focus_stops, small_targets, too_wide
from tests.browser.page_kinds import ANSWERING, PAGE_KINDS, PageKind
from tests.browser.served import ServedSite
from tests.browser.watching import watch

NARROW: ViewportSize = {"width": 320, "height": 740}
WITHOUT_PAGE = {
    "static", "answer.result_file",
    "rounds.report_file", "rounds.comparison_file", "networks.report_file", "booklets.specimen",  # downloads
    "listening.generated", "answer.recording", "recordings.sound",  # sounds
    "rounds.links_are_gone",  # leads on to the round
    "paper.check_is_gone", "paper.save_is_gone",  # lead on to the booklet's code
    "tablet.worker", "tablet.manifest", "tablet.package", "tablet.device",  # what the tablet fetches
    "security.logout",
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    page: Page
    complaints: list[str]


@pytest.fixture(scope="module")
def shown(request: pytest.FixtureRequest, browser: Browser, site: ServedSite, state_of: StateOf) -> Iterator[Shown]:
    kind: PageKind = request.param
    state = state_of(kind.visitor)
    with browser.new_context(base_url=site.address, viewport=PHONE, storage_state=state) as context:
        complaints = watch(context, site.address)
        page = context.new_page()
        kind.open(page, site)
        yield Shown(page, complaints)


every_page = pytest.mark.parametrize("shown", PAGE_KINDS, indirect=True, ids=lambda kind: kind.name, scope="module")
answering_pages = pytest.mark.parametrize("shown", ANSWERING, indirect=True, ids=lambda kind: kind.name, scope="module")
sizes = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
colours = pytest.mark.parametrize("colours", ["light", "dark"])


@every_page
@sizes
def test_axe_finds_nothing_against_the_guidelines(shown: Shown, size: ViewportSize):
    shown.page.set_viewport_size(size)
    shown.page.emulate_media(color_scheme="light")
    assert axe_violations(shown.page) == []


@every_page
def test_dark_colours_have_contrast_too(shown: Shown):
    shown.page.emulate_media(color_scheme="dark")
    assert axe_violations(shown.page, "color-contrast") == []


@every_page
def test_nothing_is_wider_than_a_window_of_320_pixels(shown: Shown):
    shown.page.set_viewport_size(NARROW)
    assert too_wide(shown.page) == []


@every_page
def test_the_keyboard_reaches_everything_and_shows_where_it_is(shown: Shown):
    shown.page.set_viewport_size(DESKTOP)
    stops = focus_stops(shown.page)
    assert [stop["name"] for stop in stops if not stop["shows"]] == []
    assert [stop["name"] for stop in stops if not stop["isInView"]] == []


@every_page
def test_the_browser_has_nothing_to_complain_about(shown: Shown):
    assert shown.complaints == []


@answering_pages
@colours
def test_words_stand_out_seven_to_one_where_people_answer(shown: Shown, colours: str):
    shown.page.emulate_media(color_scheme=colours)
    assert faint_texts(shown.page, 7) == []


@answering_pages
@sizes
def test_everything_to_press_is_44_pixels_where_people_answer(shown: Shown, size: ViewportSize):
    shown.page.set_viewport_size(size)
    assert small_targets(shown.page, 44) == []


@answering_pages
def test_the_keyboard_goes_down_the_page_where_people_answer(shown: Shown):
    shown.page.set_viewport_size(PHONE)
    stops = focus_stops(shown.page)
    tops = [stop["top"] for stop in stops if stop["name"] != "Skip to main content"]
    assert tops == sorted(tops)


def test_every_page_of_the_application_is_among_the_kinds(site: ServedSite):
    app = create_app(site.settings)
    addresses = app.url_map.bind("")
    reached = set()
    for kind in PAGE_KINDS:
        path = kind.path(site)
        if path.startswith("/") and addresses.test(path.partition("?")[0]):
            reached.add(addresses.match(path.partition("?")[0])[0])
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - reached - WITHOUT_PAGE == set()
