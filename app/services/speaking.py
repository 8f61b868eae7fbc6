"""Turning the words of every published survey into sound, once each, by a speech program."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from app.library.speech import VOICES, speech_program, spoken_mp3
from app.library.whole_files import put_whole
from app.services import publishing, translations
from app.storage import Database
from app.surveys import Edition, Survey
from app.surveys.spoken import SpokenText, spoken_texts

_KEY_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Made:
    """What became of the texts of one language. unused: files that no survey speaks any more, removed or not."""

    language: str
    made: int
    there: int
    unused: int


def sound_name(text_sha256: str) -> str:
    """Return the name of the file in which a machine speaks the text with this key."""
    return f"{text_sha256[:_KEY_LENGTH]}.mp3"


def spoken_surveys(database: Database) -> tuple[Survey, ...]:
    """Return every published survey in every language that it may be answered in, the original first."""
    return tuple(
        each for survey in publishing.published_surveys(database) for each in _in_all_languages(database, survey)
    )


def _in_all_languages(database: Database, survey: Survey) -> Iterator[Survey]:
    yield survey
    standards = publishing.standards_set(database, survey.standards_id, survey.standards_version)
    for language in translations.languages_of(database, standards, survey):
        translated = translations.in_language(database, standards, survey, language)
        if translated is not None:
            yield translated.survey


def make_audio(
    database: Database, folder: Path, program_name: str, *, languages: tuple[str, ...] = (), prune: bool = False
) -> tuple[Made, ...]:
    """Say every text that has no file in the folder yet, one MP3 file a text: `<language>/<key>.mp3`.

    languages: those to make, all when empty. prune: remove what no survey speaks any more.
    Raises Refused when something is to be said and there is no speech program, or it fails; what it said is kept.
    """
    texts = [text for survey in spoken_surveys(database) for text in spoken_texts(survey, survey.thresholds)]
    known = [each for each in VOICES if any(text.language == each for text in texts)]
    return tuple(
        _made(folder / each, program_name, [text for text in texts if text.language == each], prune=prune)
        for each in known
        if not languages or each in languages
    )


def _made(folder: Path, program_name: str, texts: list[SpokenText], *, prune: bool) -> Made:
    by_name = {sound_name(text.sha256): text for text in texts}
    slow = {sound_name(text.sha256) for text in texts if text.edition is Edition.EASY_READ}
    there = {path.name for path in folder.glob("*.mp3")}
    missing = [name for name in by_name if name not in there]
    unused = there - set(by_name)
    if missing:
        program = speech_program(program_name)

        def say(name: str) -> None:
            said = spoken_mp3(program, by_name[name].language, by_name[name].text, slow=name in slow)
            put_whole(folder / name, said)

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(say, missing))
    if prune:
        for name in unused:
            (folder / name).unlink(missing_ok=True)
    return Made(texts[0].language, len(missing), len(by_name) - len(missing), len(unused))
