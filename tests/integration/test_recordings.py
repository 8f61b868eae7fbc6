"""A network's own voices, on both databases."""

import stat
from pathlib import Path

import pytest

from app.errors import Invalid, NotFound
from app.organisations import Network, Provider
from app.responses import Round
from app.services import log, recordings
from app.services.networking import open_campaign
from app.services.organising import add_network, join_network
from app.services.publishing import published_surveys
from app.services.rounds import all_rounds
from app.storage import Database
from app.surveys.spoken import SpokenText
from tests.counting import count_queries
from tests.days import TODAY
from tests.integration.conftest import SURVEY
from tests.sounds import box, m4a, mp3


@pytest.fixture
def network(database: Database, provider: Provider) -> Network:
    added = add_network(database, "The north")
    join_network(database, added.id, provider.id)
    return added


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recordings"


@pytest.fixture
def texts(database: Database) -> tuple[SpokenText, ...]:
    return recordings.texts_of(published_surveys(database)[0])


def keep(database, folder, network, text, content=None, spoken_by=""):
    return recordings.keep_recording(
        database, folder, network.id, "en", text.sha256, content=content or mp3(), spoken_by=spoken_by
    )


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_recording_is_kept_for_its_owner_alone_and_counts_in_the_list(database, folder, network, texts):
    kept = keep(database, folder, network, texts[0], spoken_by="  Sam   B ")

    rows = recordings.reading_list(database, network.id, "en", texts)
    assert [row.recording for row in rows[:2]] == [kept, None]
    assert (kept.spoken_by, kept.media_type) == ("Sam B", "audio/mpeg")
    path = recordings.path_of(folder, kept)
    assert path.read_bytes() == mp3()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert recordings.recording_in(database, network.id, "en", texts[0].sha256) == kept


def test_a_new_recording_takes_the_place_of_the_old_one_and_its_file(database, folder, network, texts):
    keep(database, folder, network, texts[0], mp3(hertz=300), spoken_by="Sam")

    replaced = keep(database, folder, network, texts[0], mp3(hertz=600), spoken_by="Jo")

    assert recordings.recording_in(database, network.id, "en", texts[0].sha256).spoken_by == "Jo"
    assert files(folder) == [recordings.path_of(folder, replaced)]


def test_a_file_stays_as_long_as_one_recording_uses_it(database, folder, network, texts):
    for text in texts[:2]:
        keep(database, folder, network, text)
    assert len(files(folder)) == 1

    recordings.delete_recording(database, folder, network.id, "en", texts[0].sha256)
    assert len(files(folder)) == 1
    for _ in range(2):
        recordings.delete_recording(database, folder, network.id, "en", texts[1].sha256)
    assert not folder.exists()
    with pytest.raises(NotFound):
        recordings.recording_in(database, network.id, "en", texts[1].sha256)


def test_somebody_can_take_their_voice_back_everywhere_at_once(database, folder, network, texts):
    elsewhere = add_network(database, "Elsewhere")
    for number, text in enumerate(texts[:4]):
        keep(database, folder, network, text, mp3(hertz=300 + number), spoken_by="Sam" if number % 2 else "")
    keep(database, folder, elsewhere, texts[0], spoken_by="Sam")

    recordings.delete_voice(database, folder, network.id, "Sam")

    assert [(voice.spoken_by, voice.count) for voice in recordings.voices(database, network.id)] == [("", 2)]
    assert [(voice.spoken_by, voice.count) for voice in recordings.voices(database, elsewhere.id)] == [("Sam", 1)]
    assert len(files(folder / network.id)) == 2
    assert len(files(folder / elsewhere.id)) == 1


def test_a_round_in_a_campaign_plays_the_voices_of_the_campaign_s_network(database, folder, provider, network, texts):
    other = add_network(database, "Elsewhere")
    join_network(database, other.id, provider.id)
    campaign = open_campaign(database, network.id, SURVEY, on=TODAY)
    ((of, _),) = all_rounds(database, campaign_id=campaign.id)
    keep(database, folder, other, texts[0], spoken_by="Jo")
    assert recordings.recordings_for(database, folder, of, "en") == {}

    mine = keep(database, folder, network, texts[0], spoken_by="Sam")

    assert recordings.recordings_for(database, folder, of, "en") == {texts[0].sha256: mine}
    assert recordings.recordings_for(database, folder, of, "cy") == {}


def test_any_other_round_plays_the_voices_of_its_provider_s_networks(
    database, folder, provider, network, texts, round_: Round
):
    other, stranger = add_network(database, "Elsewhere"), add_network(database, "Far away")
    join_network(database, other.id, provider.id)
    first, second = sorted((network, other), key=lambda each: each.id)
    keep(database, folder, stranger, texts[2], spoken_by="Nobody here")
    keep(database, folder, second, texts[0], spoken_by="Jo")
    keep(database, folder, second, texts[1], spoken_by="Jo")
    keep(database, folder, first, texts[0], spoken_by="Sam")

    heard = recordings.recordings_for(database, folder, round_, "en")

    assert {key: each.spoken_by for key, each in heard.items()} == {texts[0].sha256: "Sam", texts[1].sha256: "Jo"}


def test_an_installation_without_recordings_asks_nothing_and_one_with_some_asks_once(
    database, folder, network, texts, round_: Round
):
    with count_queries(database) as none_there:
        recordings.recordings_for(database, folder, round_, "en")
    keep(database, folder, network, texts[0])
    with count_queries(database) as one_there:
        recordings.recordings_for(database, folder, round_, "en")
    recordings.delete_recording(database, folder, network.id, "en", texts[0].sha256)
    with count_queries(database) as none_left:
        recordings.recordings_for(database, folder, round_, "en")

    assert (len(none_there), len(one_there), len(none_left)) == (0, 1, 0)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"<!doctype html><title>x</title>", "not a sound file"),
        (mp3() + bytes(recordings.MOST_BYTES), "larger than 2 MB"),
        (m4a(b"soun", b"vide"), "not a sound file"),
        (m4a(more=box(b"udta", box(b"\xa9xyz", b"+52.2-3.1/"))), "where it was recorded"),
    ],
)
def test_what_cannot_be_kept_changes_nothing(database, folder, network, texts, content: bytes, why: str):
    with pytest.raises(Invalid, match=why):
        recordings.keep_recording(database, folder, network.id, "en", texts[0].sha256, content=content)

    assert recordings.voices(database, network.id) == ()
    assert not folder.exists()


@pytest.mark.parametrize("name", ["x" * 201, "Sam\x1b[31m"])
def test_a_name_that_cannot_be_shown_is_refused(database, folder, network, texts, name: str):
    with pytest.raises(Invalid, match="name"):
        keep(database, folder, network, texts[0], spoken_by=name)


def test_words_that_no_survey_says_and_networks_that_are_not_there_are_not_found(database, folder, network, texts):
    with pytest.raises(NotFound):
        recordings.keep_recording(database, folder, network.id, "en", "0" * 64, content=mp3())
    with pytest.raises(NotFound):
        recordings.keep_recording(database, folder, network.id, "cy", texts[0].sha256, content=mp3())
    with pytest.raises(NotFound):
        recordings.keep_recording(database, folder, "nowhere", "en", texts[0].sha256, content=mp3())
    assert not folder.exists()


def test_what_was_not_there_is_not_said_to_be_deleted(database, folder, network, texts):
    before = len(log.all_lines(database))

    recordings.delete_recording(database, folder, network.id, "en", "words that somebody put into an address")
    recordings.delete_voice(database, folder, network.id, "Nobody")

    assert len(log.all_lines(database)) == before
