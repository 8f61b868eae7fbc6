"""What holds for every page that somebody meets who answers, in every edition and language and in all colours."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response

from app.surveys import Edition
from app.web.look import COOKIE, LANGUAGES
from tests.browser.kinds import PageKind
from tests.browser.launching import PHONE
from tests.browser.measuring import axe_violations, faint_texts, small_targets, too_wide
from tests.browser.respondent_kinds import ANSWERING
from tests.browser.served import ServedSite
from tests.browser.watching import watch

NARROW = {"width": 320, "height": 740}
THEMES = ("light", "dark", "contrast")
READERS = tuple(product(Edition, LANGUAGES))
CHECKER = Path(__file__).parents[2] / "node_modules/vnu-jar/build/dist/vnu.jar"


@dataclass(frozen=True)
class Shown:
    page: Page
    complaints: list[str]
    language: str


def reader_s_browser(browser: Browser, site: ServedSite, language: str) -> BrowserContext:
    context = browser.new_context(base_url=site.address, viewport=PHONE)
    context.add_cookies([{"name": COOKIE, "value": language, "url": site.address}])
    return context


@pytest.fixture(scope="module")
def shown(request: pytest.FixtureRequest, browser: Browser, site: ServedSite) -> Iterator[Shown]:
    kind, (edition, language) = request.param
    with reader_s_browser(browser, site, language) as context:
        complaints = watch(context, site.address)
        page = context.new_page()
        kind.open(page, site.read_in(edition, language))
        yield Shown(page, complaints, language)


def name_of(case: tuple[PageKind, tuple[Edition, str]]) -> str:
    kind, (edition, language) = case
    return f"{kind.name}, {edition}, {language}"


every_reader = pytest.mark.parametrize(
    "shown", list(product(ANSWERING, READERS)), indirect=True, ids=name_of, scope="module"
)


@every_reader
def test_axe_finds_nothing_and_words_stand_out_seven_to_one_in_all_colours(shown: Shown):
    found = {}
    for theme in THEMES:
        shown.page.evaluate(
            "theme => { const list = document.documentElement.classList;"
            " list.remove('theme-auto', 'theme-light', 'theme-dark', 'theme-contrast'); list.add(`theme-${theme}`) }",
            theme,
        )
        rules = () if theme == "light" else ("color-contrast",)
        found[theme] = [*axe_violations(shown.page, *rules), *faint_texts(shown.page, 7)]
    assert found == {theme: [] for theme in THEMES}


@every_reader
def test_the_page_says_its_language_fits_a_narrow_window_and_has_room_for_fingers(shown: Shown):
    assert shown.page.locator("html").get_attribute("lang") == shown.language
    assert small_targets(shown.page, 44) == []
    shown.page.set_viewport_size(NARROW)
    assert too_wide(shown.page) == []
    assert shown.complaints == []


@pytest.mark.parametrize(("edition", "language"), READERS)
def test_the_html_checker_finds_nothing(
    browser: Browser, site: ServedSite, tmp_path: Path, edition: Edition, language: str
):
    sources: dict[str, str] = {}

    def note(response: Response) -> None:
        if response.request.is_navigation_request() and response.ok:
            sources["last"] = response.text()

    for number, kind in enumerate(ANSWERING):
        with reader_s_browser(browser, site, language) as context:
            page = context.new_page()
            page.on("response", note)
            kind.open(page, site.read_in(edition, language))
            page.wait_for_load_state()
        (tmp_path / f"{number:02} {kind.name}.html").write_text(sources["last"])

    command = ["java", "-jar", str(CHECKER), "--also-check-svg", "--Werror", str(tmp_path)]
    checked = subprocess.run(command, capture_output=True, text=True)
    assert checked.stderr == ""
