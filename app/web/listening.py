"""Read aloud: which sound says the words of a page, and serving it.

A network's recording comes first, then what a machine spoke, then nothing: the script offers the device's own voice.
A recording is somebody's voice: it is open to those who hold a link of the network's rounds, and to its coordinator.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, g, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.errors import NotFound
from app.organisations import Role
from app.services import recordings
from app.services.answering import Visit
from app.services.speaking import sound_name
from app.storage.recordings import Recording
from app.surveys.spoken import joined, text_sha256
from app.web import access
from app.web.answer.blueprint import blueprint as answer
from app.web.answer.blueprint import token, visit
from app.web.answer.choices import Choice
from app.web.answer.private import Asks, asks
from app.web.context import database, settings
from app.web.languages import page_language

ONE_WEEK = 7 * 24 * 60 * 60
_SOUND = re.compile(r"[a-z]{2,8}/[0-9a-f]{32}\.mp3")
blueprint = Blueprint("listening", __name__)


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound to play, and whose voice it is."""

    url: str
    credit: str


def prepare(app: Flask) -> None:
    app.jinja_env.globals.update(
        sound_of=sound_of,
        sounds_of=sounds_of,
        words_to_say=words_to_say,
        choices_to_say=choices_to_say,
        is_first_listen=is_first_listen,
    )


def sound_of(parts: Iterable[object]) -> Sound | None:
    """Return the sound that says exactly these parts of a page in its language, None when there is none.

    At most one query a page, and none where the installation keeps no recording.
    """
    language = page_language()
    key = text_sha256(language, words_to_say(parts))
    recorded = _recorded(language).get(key)
    if recorded is not None:
        return Sound(url_for("answer.recording", token=token(), text_sha256=key), credit_of(recorded))
    return generated_sound(language, key)


def sounds_of(choices: Sequence[Choice]) -> tuple[tuple[str, Sound], ...]:
    """Return (label, sound) of every answer that can be chosen; nothing unless all of them have a sound."""
    found = [(str(choice.label), sound_of((choice.label, choice.more))) for choice in choices]
    sounds = tuple((label, sound) for label, sound in found if sound is not None)
    return sounds if len(sounds) == len(choices) else ()


def words_to_say(parts: Iterable[object]) -> str:
    """Return what is said of the parts of a page; a part may be a string that is translated when it is shown."""
    return joined(str(part) for part in parts)


def choices_to_say(choices: Sequence[Choice]) -> str:
    return words_to_say(part for choice in choices for part in (choice.label, choice.more))


def generated_sound(language: str, key: str) -> Sound | None:
    """Return what a machine spoke of the text with this key."""
    if not (settings().audio / language / sound_name(key)).exists():
        return None
    return Sound(url_for("listening.generated", language=language, name=sound_name(key)), _("A machine’s voice"))


def credit_of(recorded: Recording) -> str:
    name = recorded.spoken_by
    return str(_("Spoken by %(name)s", name=name) if name else _("A person’s voice"))


def is_first_listen() -> bool:
    """Return whether this is the first time on this page: the script is asked for once."""
    is_first = "has_listened" not in g
    g.has_listened = True
    return is_first


@blueprint.get("/audio/<language>/<name>")
@access.open_to(Role.PUBLIC)
def generated(language: str, name: str) -> ResponseReturnValue:
    """Answer with what a machine spoke, whole or in part: Safari plays nothing that it cannot ask for in parts."""
    if not _SOUND.fullmatch(f"{language}/{name}"):
        abort(404)
    try:
        return _played(settings().audio / language / name, "audio/mpeg", ONE_WEEK)
    except FileNotFoundError:
        abort(404)


@answer.get("/recording/<text_sha256>")
@asks(Asks.NEVER)
@access.open_to(Role.RESPONDENT)
def recording(token: str, text_sha256: str) -> ResponseReturnValue:  # noqa: ARG001  # visit() reads it
    """Answer with the voice that the pages of this link play. It is kept nowhere on the way."""
    seen = visit()
    found = _recordings_of(seen, page_language()).get(text_sha256)
    if found is None:
        raise NotFound(recordings.NO_RECORDING)
    return recorded_sound(found)


def recorded_sound(found: Recording) -> Response:
    """Return the answer that plays a recording. Raises NotFound when its file is gone."""
    try:
        answered = _played(recordings.path_of(settings().recordings, found), found.media_type, 0)
    except FileNotFoundError:
        raise NotFound(recordings.NO_RECORDING) from None
    answered.headers["Cache-Control"] = "no-store"
    return answered


def _played(path: Path, media_type: str, max_age: int) -> Response:
    """Return the answer with a sound, whole or the part that was asked for. Sounds are small: 2 MB at most."""
    content = path.read_bytes()
    return send_file(BytesIO(content), media_type, etag=sha256(content).hexdigest(), max_age=max_age)


def _recorded(language: str) -> Mapping[str, Recording]:
    """Return the recordings of the network that this visit belongs to; none on a page that belongs to no visit."""
    if "recorded" not in g:
        g.recorded = _recordings_of(g.visit, language) if "visit" in g else {}
    found: Mapping[str, Recording] = g.recorded
    return found


def _recordings_of(seen: Visit, language: str) -> Mapping[str, Recording]:
    return recordings.recordings_for(database(), settings().recordings, seen.round, language)
