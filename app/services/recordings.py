"""Recordings: a network's own voices for the words of the surveys, in files beside the database."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.errors import Invalid, NotFound
from app.library.sound_files import media_type_of, says_where
from app.library.whole_files import put_whole
from app.organisations import Act, require
from app.organisations.log import Deed
from app.organisations.model import LONGEST_NAME
from app.responses import Round
from app.services.log import note
from app.services.networking import network_or_refuse
from app.services.speaking import spoken_surveys
from app.storage import Database
from app.storage import recordings as stored
from app.storage.recordings import Recording, Voice
from app.surveys import Survey
from app.surveys.spoken import SpokenText, spoken_texts

MOST_BYTES = 2 * 1024 * 1024
NO_RECORDING = "There is no such recording."


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A text and the network's recording of it, if there is one."""

    text: SpokenText
    recording: Recording | None


def texts_of(survey: Survey) -> tuple[SpokenText, ...]:
    return spoken_texts(survey, survey.thresholds)


def text_with(database: Database, language: str, text_sha256: str) -> SpokenText:
    """Return the text of a published survey with this key, the first where it stands in several. Raises NotFound."""
    for survey in spoken_surveys(database):
        for text in texts_of(survey) if survey.language == language else ():
            if text.sha256 == text_sha256:
                return text
    raise NotFound("No published survey says these words.")


def reading_list(
    database: Database, network_id: str, language: str, texts: Sequence[SpokenText]
) -> tuple[ReadingRow, ...]:
    """Return the texts with what the network has recorded of them, in their order: one query. Raises NotFound."""
    require(database.actor, Act.RUN_NETWORK, network_id)
    with database.reading() as connection:
        found = stored.recordings_in(connection, network_id, language)
    return tuple(ReadingRow(text, found.get(text.sha256)) for text in texts)


def voices(database: Database, network_id: str) -> tuple[Voice, ...]:
    require(database.actor, Act.RUN_NETWORK, network_id)
    with database.reading() as connection:
        return stored.voices_in(connection, network_id)


def recording_in(database: Database, network_id: str, language: str, text_sha256: str) -> Recording:
    """Return a network's recording of a text. Raises NotFound."""
    require(database.actor, Act.RUN_NETWORK, network_id)
    with database.reading() as connection:
        found = stored.recording_of(connection, network_id, language, text_sha256)
    if found is None:
        raise NotFound(NO_RECORDING)
    return found


def recordings_for(database: Database, folder: Path, of: Round, language: str) -> dict[str, Recording]:
    """Return the recordings that a round's respondents hear, by the hash of the text.

    One query; none at all where the installation keeps no recording.
    """
    if not folder.exists():
        return {}
    with database.reading() as connection:
        return stored.recordings_for(connection, of, language)


def keep_recording(
    database: Database,
    folder: Path,
    network_id: str,
    language: str,
    text_sha256: str,
    *,
    content: bytes,
    spoken_by: str = "",
) -> Recording:
    """Keep a sound file as the network's recording of a text, in the place of the one before.

    Raises Invalid for what is no sound file, too large, or tells a place; NotFound for unknown words or network.
    """
    require(database.actor, Act.RUN_NETWORK, network_id)
    text_with(database, language, text_sha256)
    name = " ".join(spoken_by.split())
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid(f"Use a name of at most {LONGEST_NAME} characters, or none.")
    file_sha256 = hashlib.sha256(content).hexdigest()
    kept = Recording(network_id, language, text_sha256, file_sha256, checked_media_type(content), name)
    with database.writing() as connection:
        network_or_refuse(connection, network_id, lock=True)
        stored.put(connection, kept)
        note(database, connection, Deed.RECORDING_KEPT, network_id, text_sha256)
        put_whole(path_of(folder, kept), content)
    _remove_unused_files(database, folder, network_id)
    return kept


def checked_media_type(content: bytes) -> str:
    """Return the media type of a sound file that may be kept. Raises Invalid with what to do instead."""
    if not content:
        raise Invalid("The file is empty. Choose the file with the recording.")
    if len(content) > MOST_BYTES:
        raise Invalid("The file is larger than 2 MB. Record it again as MP3 or M4A, or speak one text a file.")
    media_type = media_type_of(content)
    if media_type is None:
        raise Invalid("This is not a sound file that we can play. Use MP3, M4A, OGG or WAV.")
    if says_where(content):
        raise Invalid("The file tells where it was recorded. Switch the place off in the recorder, or save it as MP3.")
    return media_type


def delete_recording(database: Database, folder: Path, network_id: str, language: str, text_sha256: str) -> None:
    """Delete a recording, and its file unless another text uses it. Doing it again changes nothing."""
    require(database.actor, Act.RUN_NETWORK, network_id)
    with database.writing() as connection:
        network_or_refuse(connection, network_id, lock=True)
        if stored.remove(connection, network_id, language, text_sha256):
            note(database, connection, Deed.RECORDINGS_DELETED, network_id, text_sha256)
    _remove_unused_files(database, folder, network_id)


def delete_voice(database: Database, folder: Path, network_id: str, spoken_by: str) -> None:
    """Delete everything that somebody recorded for a network: they may take their voice back."""
    require(database.actor, Act.RUN_NETWORK, network_id)
    with database.writing() as connection:
        network_or_refuse(connection, network_id, lock=True)
        if stored.remove_voice(connection, network_id, spoken_by):
            note(database, connection, Deed.RECORDINGS_DELETED, network_id)
    _remove_unused_files(database, folder, network_id)


def path_of(folder: Path, of: Recording) -> Path:
    return folder / of.network_id / of.file_sha256


def _remove_unused_files(database: Database, folder: Path, network_id: str) -> None:
    """Remove what no recording uses, after the rows are gone for good; the network is locked against a new one."""
    with database.writing() as connection:
        network_or_refuse(connection, network_id, lock=True)
        used = stored.files_in(connection, network_id)
        for path in (folder / network_id).glob("*"):
            if path.name not in used:
                path.unlink()
        with suppress(OSError):  # something is still in it
            (folder / network_id).rmdir()
            folder.rmdir()
