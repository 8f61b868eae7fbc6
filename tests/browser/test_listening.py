"""Read aloud in a real browser: sounds that play, and the device's own voice where there are none."""

import json

import pytest
from playwright.sync_api import Page, expect

from app.library.whole_files import put_whole
from app.services.answering import open_link
from app.services.speaking import sound_name
from app.surveys import Edition
from app.surveys.spoken import joined, text_sha256
from tests.browser.conftest import OpenPage
from tests.browser.page_kinds import Visitor
from tests.browser.served import ServedSite, token_in
from tests.browser.steps import begin, go, heading
from tests.sounds import mp3

LONG = 3.0
STUB = """
  const said = [];
  window.said = said;
  const voices = VOICES;
  const speech = {
    getVoices: () => voices,
    speak: (part) => said.push([part.text, part.voice.name, part.lang, part.rate]),
    cancel: () => said.push("stop"),
    addEventListener: () => {},
  };
  Object.defineProperty(window, "speechSynthesis", { get: () => speech });
  window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
"""
BRITISH = {"name": "British", "lang": "en-GB", "localService": True}
AMERICAN = {"name": "American", "lang": "en_US", "localService": True}
FAR_AWAY = {"name": "Far away", "lang": "en-GB", "localService": False}
WELSH = {"name": "Welsh", "lang": "cy-GB", "localService": True}


def words_of(site: ServedSite, link: str, number: int) -> tuple[str, ...]:
    visit = open_link(site.database, token_in(link))
    wording = site.questions(link)[number].wording[Edition.EASY_READ, visit.audience]
    return wording.stem, *wording.help


def first_question(page: Page, site: ServedSite) -> str:
    """Begin with a new link, in Easy Read, and return the link."""
    link = site.link()
    begin(page, link, Edition.EASY_READ)
    return link


@pytest.fixture
def spoken(site: ServedSite):
    """A sound of three seconds for the first question in Easy Read, taken away again."""
    link = site.link()
    path = site.settings.audio / "en" / sound_name(text_sha256("en", joined(words_of(site, link, 0))))
    put_whole(path, mp3(LONG))
    yield f"{site.address}/audio/en/{path.name}"
    path.unlink()


def with_voices(page: Page, *voices: dict[str, object]) -> None:
    page.add_init_script(STUB.replace("VOICES", json.dumps(voices)))


def listen_button(page: Page):
    return page.locator("[data-listen]").first


def test_opening_plays_at_once_and_closing_stops(open_page: OpenPage, site: ServedSite, spoken: str):
    page = open_page()
    first_question(page, site)
    details = listen_button(page)
    sound = details.locator("audio")
    assert sound.get_attribute("src") in spoken

    details.locator("summary").click()

    page.wait_for_function("sound => !sound.paused && sound.currentTime > 0.1", arg=sound.element_handle())
    assert sound.evaluate("sound => Math.abs(sound.duration - 3)") < 0.2
    expect(details.get_by_text("A machine’s voice")).to_be_visible()
    details.locator("summary").click()
    page.wait_for_function("sound => sound.paused && sound.currentTime === 0", arg=sound.element_handle())


def test_it_is_opened_and_closed_by_keyboard(open_page: OpenPage, site: ServedSite, spoken: str):
    page = open_page()
    first_question(page, site)
    listen_button(page).locator("summary").focus()

    page.keyboard.press("Enter")
    page.wait_for_function("() => !document.querySelector('[data-listen] audio').paused")
    page.keyboard.press("Space")

    page.wait_for_function("() => document.querySelector('[data-listen] audio').paused")


def test_without_a_script_the_sound_is_there_to_play(open_page: OpenPage, site: ServedSite, spoken: str):
    page = open_page(javascript=False)
    first_question(page, site)
    sound = listen_button(page).locator("audio")
    expect(sound).not_to_be_visible()

    listen_button(page).locator("summary").click()

    expect(sound).to_be_visible()
    assert sound.get_attribute("controls") is not None


def test_without_a_script_and_without_a_sound_nothing_is_offered(open_page: OpenPage, site: ServedSite):
    page = open_page(javascript=False)
    first_question(page, site)

    expect(heading(page)).to_be_visible()
    expect(listen_button(page)).to_be_hidden()


@pytest.mark.parametrize("voices", [[], [WELSH], [FAR_AWAY]], ids=["none", "Welsh alone", "a server's alone"])
def test_without_a_voice_of_the_page_s_language_on_the_device_nothing_is_offered(
    open_page: OpenPage, site: ServedSite, voices: list[dict[str, object]]
):
    page = open_page()
    with_voices(page, *voices)
    first_question(page, site)

    page.wait_for_load_state("networkidle")
    expect(listen_button(page)).to_be_hidden()


def test_the_device_s_own_voice_says_the_words_of_the_page_slowly_and_can_be_stopped(
    open_page: OpenPage, site: ServedSite
):
    page = open_page()
    with_voices(page, WELSH, AMERICAN, BRITISH)
    link = first_question(page, site)
    button = listen_button(page).get_by_role("button")
    expect(button).to_have_text("Listen")
    expect(listen_button(page)).to_contain_text("Your device’s voice")

    button.click()

    said = [each for each in page.evaluate("said") if each != "stop"]
    assert said == [[part, "British", "en-GB", 0.85] for part in words_of(site, link, 0)]
    expect(button).to_have_text("Stop")
    button.click()
    expect(button).to_have_text("Listen")
    assert page.evaluate("said.at(-1)") == "stop"
    assert page.url.startswith(site.address + link)  # the button sends nothing


def test_a_part_of_a_sound_comes_from_the_server_as_safari_asks_for_it(
    open_page: OpenPage, site: ServedSite, spoken: str
):
    answered = open_page().request.get(spoken, headers={"Range": "bytes=0-1"})

    assert answered.status == 206
    assert answered.body() == mp3(LONG)[:2]
    assert answered.headers["content-range"] == f"bytes 0-1/{len(mp3(LONG))}"
    assert answered.headers["content-type"] == "audio/mpeg"


def recordings_path(site: ServedSite) -> str:
    return f"/networks/{site.campaign.network_id}/recordings"


def test_a_coordinator_records_words_and_those_who_answer_hear_them(open_page: OpenPage, site: ServedSite, tmp_path):
    voice = tmp_path / "voice.mp3"
    voice.write_bytes(mp3(LONG))
    page = open_page(visitor=Visitor.COORDINATOR)
    go(page, f"{recordings_path(site)}?edition=easy-read&audience=person")
    asked = words_of(site, site.link(), 0)[0]
    page.get_by_role("link", name=asked).click()

    page.get_by_label("The file with the recording").set_input_files(voice)
    page.get_by_label("Who speaks?").fill("Sam")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Keep this recording").click()

    expect(page.get_by_role("alert")).to_contain_text("The recording is kept.")
    respondent = open_page()
    first_question(respondent, site)
    listen_button(respondent).locator("summary").click()
    expect(listen_button(respondent)).to_contain_text("Spoken by Sam")
    respondent.wait_for_function("() => document.querySelector('[data-listen] audio').currentTime > 0.1")
    page.get_by_text("Delete the recording").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("heading", name="Add a recording")).to_be_visible()


def test_a_file_that_is_much_too_large_is_refused_in_words_and_not_by_a_broken_line(
    open_page: OpenPage, site: ServedSite, tmp_path
):
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(12 * 1024 * 1024))
    page = open_page(visitor=Visitor.COORDINATOR)
    go(page, recordings_path(site))
    page.get_by_role("link", name="Add a recording").first.click()
    page.get_by_label("The file with the recording").set_input_files(film)

    page.get_by_role("button", name="Keep this recording").click()

    expect(page.get_by_text("larger than 2 MB")).to_be_visible()
