"""What holds for every kind of page that is not for answering; test_every_reader has those that are."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize

from app.web import create_app
from app.web.access import UNUSED_ENDPOINTS
from tests.browser.conftest import StateOf
from tests.browser.html_checker import HtmlChecker
from tests.browser.launching import DESKTOP, NARROW, PHONE
from tests.browser.measuring import axe_violations, focus_stops, too_wide
from tests.browser.page_kinds import PAGE_KINDS, PageKind
from tests.browser.served import ServedSite
from tests.browser.showing import Shown, show

WITHOUT_PAGE = {
    "static", "answer.result_file", "answer.everything_file", "home.security_txt",
    "rounds.report_file", "rounds.comparison_file", "networks.report_file", "booklets.specimen",  # downloads
    "listening.generated", "answer.recording", "recordings.sound",  # sounds
    "rounds.links_are_gone",  # leads on to the round
    "paper.check_is_gone", "paper.save_is_gone",  # lead on to the booklet's code
    "tablet.worker", "tablet.manifest", "tablet.package", "tablet.device",  # what the tablet fetches
    "security.logout",
    "log.lines_file", "evidence.download", "addresses.template",
    "addresses.only_posted",  # leads on to the list
    "sign_on.go", "sign_on.back",  # lead to an identity provider, and back from it: tests/web/test_sign_on.py
    "accounts.download", "joining.go_on", "security.wan_delete",  # a file; two that lead on
    *UNUSED_ENDPOINTS,
}  # fmt: skip


@pytest.fixture(scope="module")
def shown(request: pytest.FixtureRequest, browser: Browser, site: ServedSite, state_of: StateOf) -> Iterator[Shown]:
    kind: PageKind = request.param
    state = state_of(kind.visitor)
    with browser.new_context(base_url=site.address, viewport=PHONE, storage_state=state) as context:
        yield show(context, kind, site)


every_page = pytest.mark.parametrize(
    "shown",
    [kind for kind in PAGE_KINDS if not kind.is_answering],
    indirect=True,
    ids=lambda kind: kind.name,
    scope="module",
)
sizes = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])


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
def test_the_html_checker_and_the_browser_have_nothing_to_complain_about(shown: Shown, checker: HtmlChecker):
    assert checker.complaints(shown.source) == []
    assert shown.complaints == []


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
