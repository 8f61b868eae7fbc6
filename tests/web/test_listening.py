"""Read aloud on the pages by link: the network's voice first, a machine's next, nothing else without a script."""

import html5lib
import pytest
from flask import render_template_string

from app.services import answering, recordings
from app.services.publishing import survey_of
from app.services.speaking import sound_name
from app.standards import LANGUAGES, Audience
from app.surveys import Edition
from app.surveys.spoken import joined, spoken_texts, text_sha256
from app.web.answer.blueprint import visit
from app.web.answer.choices import Choice
from app.web.languages import use_language
from tests.counting import count_queries
from tests.site import Page, Site
from tests.sounds import mp3

PARTS = ["Do you choose?", "Your day.", ""]
KEY = text_sha256("en", joined(PARTS))
MACRO = '{% from "components/listen.html" import listen %}{{ listen(parts, "the question") }}{{ listen(["Other"]) }}'


@pytest.fixture
def link(site: Site) -> str:
    return site.begun_link(site.open_round())


def speak(site: Site, language: str, text: str, sound: bytes = b"") -> str:
    """Put a machine's voice where the generator puts it, and return its address."""
    return f"/audio/{language}/{site.speak(text, language, sound)}"


def listening(site: Site, link: str, parts: list[str], language: str = "en"):
    """Return what the macro draws on a page by this link, parsed."""
    with site.app.test_request_context(f"{link}/how", base_url="http://127.0.0.1"):
        visit()
        use_language(language)
        drawn = render_template_string(MACRO, parts=parts)
    return html5lib.parse(f"<!doctype html><title>x</title>{drawn}", treebuilder="lxml", namespaceHTMLElements=False)


def test_a_machine_s_voice_is_there_to_play_without_a_script(site: Site, link: str):
    address = speak(site, "en", joined(PARTS))

    drawn = listening(site, link, PARTS)

    (details,) = drawn.findall(".//details")
    assert "".join(details.find("summary").itertext()) == "Listen: the question"
    (player,) = details.findall(".//audio")
    assert player.get("src") == address
    assert player.get("preload") == "none"
    assert player.get("controls") is not None
    assert "A machine’s voice" in "".join(details.itertext())


def test_a_recording_comes_before_the_machine_and_says_who_speaks(site: Site, link: str):
    text = site.record().text
    speak(site, "en", text)

    (details,) = listening(site, link, text.split("\n")).findall(".//details")

    address = details.find(".//audio").get("src")
    assert "Spoken by Sam" in "".join(details.itertext())
    assert address == f"{link}/recording/{text_sha256('en', text)}"
    page = site.visitor().get(address)
    assert page.response.data == mp3()
    assert page.response.mimetype == "audio/mpeg"
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"


def test_a_voice_without_a_name_is_a_person_s(site: Site, link: str):
    text = site.record(spoken_by="").text

    assert "A person’s voice" in "".join(listening(site, link, text.split("\n")).find(".//details").itertext())


def test_where_there_is_no_sound_nothing_shows_but_the_script_knows_the_words(site: Site, link: str):
    drawn = listening(site, link, PARTS)

    assert drawn.findall(".//audio") == []
    offers = drawn.findall(".//div[@data-words]")
    assert [offer.get("data-words") for offer in offers] == ["Do you choose?\nYour day.", "Other"]
    assert all(offer.get("hidden") is not None for offer in offers)
    assert len(drawn.findall(".//script")) == 1


def choices_drawn(site: Site, link: str):
    choices = [Choice("yes", "Yes", "This is true for me."), Choice("no", "No", "")]
    macro = '{% from "components/listen.html" import listen_to_choices %}{{ listen_to_choices(choices) }}'
    with site.app.test_request_context(f"{link}/how", base_url="http://127.0.0.1"):
        visit()
        drawn = render_template_string(macro, choices=choices)
    return html5lib.parse(f"<!doctype html><title>x</title>{drawn}", treebuilder="lxml", namespaceHTMLElements=False)


def test_one_button_plays_all_the_answers_once_each_of_them_has_a_sound(site: Site, link: str):
    first = speak(site, "en", "Yes\nThis is true for me.")
    (offer,) = choices_drawn(site, link).findall(".//div[@data-words]")
    assert offer.get("data-words") == "Yes\nThis is true for me.\nNo"

    second = speak(site, "en", "No")

    (details,) = choices_drawn(site, link).findall(".//details")
    assert [player.get("src") for player in details.iter("audio")] == [first, second]
    assert [player.get("aria-label") for player in details.iter("audio")] == ["Yes", "No"]


def test_a_sound_of_another_language_is_never_played(site: Site, link: str):
    speak(site, "cy", joined(PARTS))

    assert listening(site, link, PARTS).findall(".//audio") == []
    (player,) = listening(site, link, PARTS, "cy").findall(".//audio")
    assert player.get("src").startswith("/audio/cy/")


def test_a_page_asks_the_database_once_and_not_at_all_where_nothing_is_recorded(site: Site, link: str):
    def queries() -> int:
        with site.app.test_request_context(f"{link}/how", base_url="http://127.0.0.1"):
            visit()
            with count_queries(site.app.extensions["driving_seat_database"]) as asked:
                render_template_string(MACRO, parts=PARTS)
        return len(asked)

    assert queries() == 0
    site.record()
    assert queries() == 1


def test_nobody_outside_of_the_network_plays_its_recordings(site: Site, link: str):
    key = site.record().sha256
    elsewhere = site.begun_link(site.open_round())
    assert site.visitor().get(f"{elsewhere}/recording/{key}").status == 200

    assert site.visitor().get(f"/a/{'A' * 20}/recording/{key}").status == 404
    assert site.visitor().get(f"{link}/recording/{'0' * 64}").status == 404
    recordings.delete_voice(site.database, site.settings.recordings, site.network.id, "Sam")
    assert site.visitor().get(f"{link}/recording/{key}").status == 404


def test_a_recording_whose_file_is_gone_is_not_found_and_no_failure(site: Site, link: str):
    key = site.record().sha256
    (file,) = (site.settings.recordings / site.network.id).iterdir()
    file.unlink()

    assert site.visitor().get(f"{link}/recording/{key}").status == 404


@pytest.mark.parametrize("recorded", [True, False])
def test_a_part_of_a_sound_can_be_asked_for_as_safari_does(site: Site, link: str, recorded: bool):
    address = f"{link}/recording/{site.record().sha256}" if recorded else speak(site, "en", "Yes")
    visitor = site.visitor()

    first = visitor.get(address, headers={"Range": "bytes=0-1"}).response
    middle = visitor.get(address, headers={"Range": "bytes=100-199"}).response
    beyond = visitor.get(address, headers={"Range": "bytes=9999999-"}).response

    assert (first.status_code, first.data) == (206, mp3()[:2])
    assert first.headers["Content-Range"] == f"bytes 0-1/{len(mp3())}"
    assert (middle.status_code, middle.data) == (206, mp3()[100:200])
    assert visitor.get(address).response.headers["Accept-Ranges"] == "bytes"
    assert beyond.status_code == 416


def test_a_machine_s_sound_may_be_kept_by_browsers_and_is_asked_for_again_by_its_mark(site: Site):
    visitor, address = site.visitor(), speak(site, "en", "Yes")

    answered = visitor.get(address).response

    assert answered.headers["Cache-Control"] == "public, max-age=604800"
    assert "Set-Cookie" not in answered.headers
    mark = answered.headers["ETag"]
    assert visitor.get(address, headers={"If-None-Match": mark}).status == 304
    speak(site, "en", "Yes", mp3(hertz=500))
    assert visitor.get(address, headers={"If-None-Match": mark}).status == 200


@pytest.mark.parametrize(
    "path", ["en/" + "0" * 32 + ".mp3", "en/made", "../secret-key", "en/..%2f..%2fsecret-key", "EN/x.mp3", "en/.mp3"]
)
def test_nothing_but_a_sound_is_served(site: Site, path: str):
    (site.settings.audio / "en").mkdir(parents=True)
    (site.settings.audio / "made").touch()
    (site.settings.audio / "en" / "made").touch()

    assert site.visitor().get(f"/audio/{path}").status == 404


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("edition", list(Edition))
def test_every_listen_button_of_a_question_finds_what_the_generator_speaks(site: Site, edition: Edition, language: str):
    of = site.open_round()
    survey = survey_of(site.database, of, language)
    for text in spoken_texts(survey, of.thresholds):
        site.speak(text.text, language)
    link, visitor = site.link(of), site.visitor()
    answering.start(site.database, link.removeprefix("/a/"), edition, language)
    visitor.post(f"{link}/is-this-you", {"is_me": "yes"})

    page = visitor.get(f"{link}/q/S03.a")

    assert len(page.select("details.listen audio")) == len(set(sources(page))) >= 1
    assert page.select("[data-words]") == []
    asked = survey.question("S03.a").wording[edition, Audience.PERSON]
    question = sound_name(text_sha256(language, joined([asked.stem, *asked.help])))
    assert f"/audio/{language}/{question}" in sources(page)


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("edition", list(Edition))
def test_what_is_said_before_the_first_question_is_what_the_generator_speaks(
    site: Site, edition: Edition, language: str
):
    of = site.open_round()
    for text in spoken_texts(survey_of(site.database, of, language), of.thresholds):
        site.speak(text.text, language)
    link, visitor = site.link(of), site.visitor()

    for path, count in (("", 1), ("/consent", 2)):
        page = visitor.get(f"{link}{path}?edition={edition}", headers={"Accept-Language": language})
        assert page.select(f"html[lang={language}]")
        assert len(sources(page)) >= count
        assert page.select("[data-words]") == []


def sources(page: Page) -> list[str]:
    return [player.get("src") for player in page.select("details.listen audio")]
