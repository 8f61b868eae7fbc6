"""The surveys' words as sound, by the real speech program."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import Refused
from app.library.sound_files import MP3, media_type_of
from app.library.speech import KILOBITS_A_SECOND, speech_program, spoken_mp3
from app.organisations import OPERATOR
from app.services.publishing import load_library
from app.services.speaking import make_audio, sound_name, spoken_surveys
from app.storage import Database
from app.storage.migrate import upgrade
from app.surveys.spoken import spoken_texts, text_sha256
from tests.databases import SqliteFiles
from tests.unit.library.samples import Content

PROGRAM = "espeak-ng"


@pytest.fixture
def tiny(sqlite_files: SqliteFiles, tmp_path: Path) -> Iterator[Database]:
    """A database whose library is one small survey: fourteen different texts in all."""
    found = Database.at(sqlite_files.empty_url()).acting_for(OPERATOR)
    upgrade(found)
    load_library(found, Content(tmp_path / "library").write().root)
    yield found
    found.close()


@pytest.fixture
def audio(tmp_path: Path) -> Path:
    return tmp_path / "audio"


def seconds(mp3: bytes) -> float:
    return len(mp3) * 8 / (KILOBITS_A_SECOND * 1000)


def program(folder: Path, script: str) -> Path:
    path = folder / "speech-program"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_every_text_of_a_survey_is_spoken_once_and_a_second_run_makes_nothing(tiny: Database, audio: Path):
    (made,) = make_audio(tiny, audio, PROGRAM)
    files = {path.name: path.stat().st_mtime_ns for path in (audio / "en").iterdir()}
    (again,) = make_audio(tiny, audio, "no-such-program-is-needed-now")

    assert (made.language, made.made, made.there, made.unused) == ("en", 14, 0, 0)
    assert (again.made, again.there) == (0, 14)
    assert {path.name: path.stat().st_mtime_ns for path in (audio / "en").iterdir()} == files
    question = (audio / "en" / sound_name(text_sha256("en", "I keep my key.\nA key opens a door."))).read_bytes()
    assert media_type_of(question) == MP3
    assert 2 < seconds(question) < 8
    assert all(seconds(path.read_bytes()) > 0.5 for path in (audio / "en").iterdir())


def test_what_no_survey_says_any_more_is_removed_only_when_it_is_asked_for(tiny: Database, audio: Path):
    make_audio(tiny, audio, PROGRAM)
    old = audio / "en" / sound_name("0" * 64)
    old.write_bytes(b"from an earlier version")
    (audio / "cy").mkdir()
    (audio / "cy" / old.name).write_bytes(b"of another language")

    (kept,) = make_audio(tiny, audio, PROGRAM)
    assert kept.unused == 1
    assert old.exists()
    (pruned,) = make_audio(tiny, audio, PROGRAM, prune=True)
    assert pruned.unused == 1
    assert not old.exists()
    assert (audio / "cy" / old.name).exists()
    assert len(list((audio / "en").iterdir())) == 14


def test_a_language_that_no_survey_is_published_in_makes_nothing(tiny: Database, audio: Path):
    assert make_audio(tiny, audio, PROGRAM, languages=("cy",)) == ()
    assert not audio.exists()


def test_the_published_survey_is_spoken_in_every_language_that_it_can_be_answered_in(sqlite_files: SqliteFiles):
    database = Database.at(sqlite_files.new_url()).acting_for(OPERATOR)

    english, welsh = spoken_surveys(database)

    assert (english.language, welsh.language) == ("en", "cy")
    assert english.fingerprint == welsh.fingerprint
    keys = [{text.sha256 for text in spoken_texts(each, each.thresholds)} for each in (english, welsh)]
    assert keys[0].isdisjoint(keys[1])
    database.close()


def test_without_a_speech_program_nothing_is_made_and_it_says_so(tiny: Database, audio: Path):
    with pytest.raises(Refused, match="no speech program “no-such-program”"):
        make_audio(tiny, audio, "no-such-program")

    assert not audio.exists()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_slow_voice_takes_longer_and_sentences_have_a_pause_between(language: str):
    espeak = speech_program(PROGRAM)
    words = "Rwy’n dewis fy nhrefn fy hun" if language == "cy" else "I choose what happens in my day"

    quick = spoken_mp3(espeak, language, words)
    slow = spoken_mp3(espeak, language, words, slow=True)
    paused = spoken_mp3(espeak, language, f"{words[:12]}. {words[12:]}\nI")

    assert seconds(slow) > 1.1 * seconds(quick)
    assert seconds(paused) > seconds(quick) + 1


def test_whatever_the_words_hold_they_are_read_and_nothing_else_happens(tmp_path: Path):
    words = f"Fish & chips <b>cost</b> $(touch {tmp_path}/made) `touch {tmp_path}/made`; -v cy \x0b \ud800 “ŵ” 😀"

    said = spoken_mp3(speech_program(PROGRAM), "en", words)

    assert seconds(said) > 3
    assert list(tmp_path.iterdir()) == []


def test_the_words_reach_the_program_on_its_standard_input_alone(tmp_path: Path):
    listening = program(tmp_path, f'echo "$@" > {tmp_path}/arguments\nexec tee {tmp_path}/said')

    with pytest.raises(Refused):  # it answers with no sound
        spoken_mp3(listening, "cy", "Fy nghartref. Fy <nrws>", slow=True)

    assert (tmp_path / "arguments").read_text() == "--stdin --stdout -m -v cy -s 130\n"
    said = (tmp_path / "said").read_text()
    assert said == '<speak>Fy nghartref.<break time="600ms"/>Fy &lt;nrws&gt;</speak>'


@pytest.mark.parametrize("script", ["exit 3", "echo no sound", "true"])
def test_a_program_that_fails_is_a_refusal_that_quotes_nothing(
    tiny: Database, audio: Path, tmp_path: Path, script: str
):
    with pytest.raises(Refused, match="could not say a text in “en”"):
        make_audio(tiny, audio, str(program(tmp_path, script)))

    assert list(audio.rglob("*.mp3")) == []
