"""A network's coordinator keeps recorded voices."""

from io import BytesIO
from pathlib import Path

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.services import recordings
from app.services.publishing import published_surveys
from app.standards import Audience
from app.surveys import Edition
from app.surveys.spoken import Place, SpokenText
from tests.site import CSRF, Page, Site, Visitor
from tests.sounds import m4a, mp3, tagged_mp3


@pytest.fixture
def text(site: Site) -> SpokenText:
    """The first question, as a person reads it in Easy Read."""
    texts = recordings.texts_of(published_surveys(site.database)[0])
    reader = (Edition.EASY_READ, Audience.PERSON)
    return next(each for each in texts if each.place is Place.QUESTION and (each.edition, each.audience) == reader)


@pytest.fixture
def coordinator(site: Site) -> Visitor:
    return site.visitor("coordinator")


def path_of(site: Site, text: SpokenText) -> str:
    return f"/networks/{site.network.id}/recordings/en/{text.sha256}"


def upload(visitor: Visitor, path: str, content: bytes, name: str = "voice.mp3", **form: str) -> Page:
    token = CSRF.search(visitor.get(path).text)
    sent = {
        "csrf_token": token[1] if token else "",
        "sound": FileStorage(BytesIO(content), name),
        "spoken_by": "Sam",
        "agreed": "y",
    }
    boundary, body = encode_multipart({**sent, **form})
    return Page(visitor.client.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}"))


def kept(site: Site, text: SpokenText) -> recordings.Recording | None:
    return recordings.reading_list(site.database, site.network.id, "en", [text])[0].recording


def files(site: Site) -> list[Path]:
    return [path for path in site.settings.recordings.rglob("*") if path.is_file()]


def test_a_recording_is_kept_played_counted_replaced_and_deleted(site: Site, coordinator: Visitor, text: SpokenText):
    path = path_of(site, text)
    assert upload(coordinator, path, mp3()).status == 303

    page = coordinator.get(path)
    assert "Spoken by: Sam." in page.said
    player = page.select("audio")[0].get("src")
    assert coordinator.get(player).response.data == mp3()
    listed = coordinator.get(f"/networks/{site.network.id}/recordings")
    assert listed.words("h2")[0] == "1 of 39 recorded"
    assert upload(coordinator, path, m4a(), "other.m4a", spoken_by="").status == 303
    assert "no name given" in coordinator.get(path).said
    assert coordinator.get(player).response.mimetype == "audio/mp4"

    assert coordinator.fill_in(path, to=f"{path}/delete").status == 303
    assert coordinator.get(player).status == 404
    assert files(site) == []


def test_after_keeping_it_the_page_says_so_and_leads_to_the_next_words(
    site: Site, coordinator: Visitor, text: SpokenText
):
    answered = upload(coordinator, f"{path_of(site, text)}?edition=easy-read&audience=person&show=missing", mp3())

    page = coordinator.get(answered.response.headers["Location"])
    assert "The recording is kept." in page.said
    (following,) = [each for each in page.select("a.govuk-button") if "Next words" in each.text]
    assert "show=missing" in following.get("href")
    assert text.sha256 not in following.get("href")
    assert coordinator.get(following.get("href")).status == 200


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"<!doctype html><script>alert(1)</script>", "voice.mp3", "not a sound file that we can play"),
        (b"MZ" + bytes(300), "voice.wav", "not a sound file that we can play"),
        (b"", "voice.mp3", "empty"),
        (mp3() + bytes(recordings.MOST_BYTES), "voice.mp3", "larger than 2 MB"),
    ],
)
def test_what_is_no_recording_is_refused_by_its_content_whatever_it_is_called(
    site: Site, coordinator: Visitor, text: SpokenText, content: bytes, name: str, said: str
):
    page = upload(coordinator, path_of(site, text), content, name)

    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert said in page.words(".govuk-error-summary li")[0]
    assert page.select("#sound-error")
    assert kept(site, text) is None


def test_a_recording_of_full_size_is_taken_under_any_name(site: Site, coordinator: Visitor, text: SpokenText):
    whole = mp3() + bytes(recordings.MOST_BYTES - len(mp3()))

    assert upload(coordinator, path_of(site, text), whole, "../../../etc/passwd\x00.exe").status == 303

    (only,) = files(site)
    assert only.stat().st_size == recordings.MOST_BYTES
    assert only.name == kept(site, text).file_sha256


def test_what_is_far_too_large_is_refused_in_words(site: Site, coordinator: Visitor, text: SpokenText):
    page = upload(coordinator, path_of(site, text), bytes(3 * 1024 * 1024))

    assert page.status == 413
    assert "larger than 2 MB" in page.said


def test_there_is_room_for_a_recording_on_its_own_page_alone(site: Site, coordinator: Visitor):
    path = f"/networks/{site.network.id}/recordings/delete-voice"

    assert coordinator.post(path, {"spoken_by": "x" * 100_000}).status == 413
    assert coordinator.post("/networks/x/campaigns/new", {"survey": "x" * 100_000}).status == 413


@pytest.mark.parametrize(("missing", "said"), [("agreed", "agreed"), ("sound", "Choose the file")])
def test_without_the_speaker_s_consent_or_a_file_nothing_is_kept(
    site: Site, coordinator: Visitor, text: SpokenText, missing: str, said: str
):
    form = {"sound": (BytesIO(mp3()), "voice.mp3"), "agreed": "y"}
    del form[missing]

    page = coordinator.fill_in(path_of(site, text), form)

    assert page.status == 422
    assert said in page.words(".govuk-error-summary li")[0]
    assert files(site) == []


def test_a_tag_before_the_sound_is_no_hindrance(site: Site, coordinator: Visitor, text: SpokenText):
    assert upload(coordinator, path_of(site, text), tagged_mp3(), "no name at all").status == 303


def test_nobody_but_the_network_s_own_coordinator_hears_or_changes_anything(site: Site, text: SpokenText):
    path = path_of(site, text)
    upload(site.visitor("coordinator"), path, mp3())

    for who in ("lead", "other coordinator"):
        visitor = site.visitor(who)
        assert visitor.get(path).status == 404
        assert visitor.get(f"{path}/sound").status == 404
        site.app.config["WTF_CSRF_ENABLED"] = False
        assert visitor.post(f"{path}/delete").status == 404
        assert visitor.post(f"/networks/{site.network.id}/recordings/delete-voice", {"spoken_by": "Sam"}).status == 404
        assert visitor.post(path, {"sound": (BytesIO(mp3()), "x.mp3"), "agreed": "y"}).status == 404
        site.app.config["WTF_CSRF_ENABLED"] = True
    assert site.visitor().get(f"{path}/sound").status == 303
    assert kept(site, text).spoken_by == "Sam"


def test_the_list_shows_what_was_chosen_and_only_what_is_missing(site: Site, coordinator: Visitor, text: SpokenText):
    upload(coordinator, path_of(site, text), mp3())
    everything = f"/networks/{site.network.id}/recordings?edition=easy-read&audience=person"

    assert len(coordinator.get(everything).select(".recordings__words")) == 39
    missing = coordinator.get(f"{everything}&show=missing")
    assert len(missing.select(".recordings__words")) == 38
    assert text.parts[0] not in missing.words(".recordings__words p")
    family = coordinator.get(f"{everything.replace('person', 'family')}&show=missing")
    assert family.words("h2")[0] == "0 of 39 recorded"
    assert "Easy Read, for families, in English." in family.said


def test_an_address_that_chooses_nothing_known_shows_the_first(site: Site, coordinator: Visitor):
    odd = coordinator.get(f"/networks/{site.network.id}/recordings?survey=x&language=xx&edition=x&audience=x&show=x")

    assert odd.status == 200
    assert "Easy Read, for people who use support, in English." in odd.said


def test_words_that_nobody_says_are_not_found(site: Site, coordinator: Visitor):
    assert coordinator.get(f"/networks/{site.network.id}/recordings/en/{'0' * 64}").status == 404


def test_somebody_s_voice_is_deleted_everywhere_at_once(site: Site, coordinator: Visitor, text: SpokenText):
    upload(coordinator, path_of(site, text), mp3())
    listed = f"/networks/{site.network.id}/recordings"
    assert "Sam: 1 recording" in coordinator.get(listed).said

    coordinator.fill_in(listed, {"spoken_by": "Sam"}, f"{listed}/delete-voice")

    assert kept(site, text) is None
    assert files(site) == []
    assert "Who speaks" not in coordinator.get(listed).said
