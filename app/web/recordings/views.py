"""The pages on which a network's coordinator keeps recorded voices for reading aloud."""

from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.errors import Invalid, NotFound
from app.organisations import Act, require
from app.services import networking, recordings
from app.services.recordings import MOST_BYTES
from app.services.speaking import spoken_surveys
from app.standards import LANGUAGES
from app.storage.recordings import Recording
from app.web import access
from app.web.context import actor, database, settings
from app.web.errors import problem
from app.web.listening import generated_sound, recorded_sound
from app.web.recordings import pages
from app.web.recordings.forms import RecordingForm

blueprint = Blueprint("recordings", __name__, url_prefix="/networks/<network_id>/recordings")
KEPT_IN_ADDRESS = ("survey", "edition", "audience", "show")
ROOM_FOR_THE_FORM = 64 * 1024
TOO_LARGE = "The file is larger than 2 MB. Record it again as MP3 or M4A, or speak one text a file."


@blueprint.url_value_preprocessor
def make_room(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Take a whole recording on the one page that is for it. This runs before anything reads what was sent."""
    if endpoint == "recordings.upload":
        request.max_content_length = MOST_BYTES + ROOM_FOR_THE_FORM


@blueprint.errorhandler(413)
def too_large(_error: Exception) -> ResponseReturnValue:
    return problem(413, TOO_LARGE)


@blueprint.get("")
@access.open_to(Act.RUN_NETWORK)
def all_recordings(network_id: str) -> ResponseReturnValue:
    require(actor(), Act.RUN_NETWORK, network_id)
    surveys = spoken_surveys(database())
    chosen = pages.selection(surveys, request.args)
    rows = recordings.reading_list(database(), network_id, chosen.survey.language, chosen.texts)
    return render_template(
        "recordings/all.html",
        view=networking.view_of_network(database(), network_id),
        chosen=chosen,
        surveys={pages.reference(each): f"{each.title} {each.version}" for each in surveys if not each.original},
        languages={each.language: LANGUAGES[each.language] for each in surveys},
        editions=pages.EDITIONS,
        audiences=pages.AUDIENCES,
        shown=pages.SHOWN,
        groups=pages.groups(rows, chosen.shown),
        text_count=len(rows),
        recorded_count=sum(row.recording is not None for row in rows),
        voices=recordings.voices(database(), network_id),
        generated=generated_sound,
    )


@blueprint.get("/<language>/<text_sha256>")
@access.open_to(Act.RUN_NETWORK)
def show(network_id: str, language: str, text_sha256: str) -> ResponseReturnValue:
    require(actor(), Act.RUN_NETWORK, network_id)
    return _show(network_id, language, text_sha256, RecordingForm())


@blueprint.get("/<language>/<text_sha256>/sound")
@access.open_to(Act.RUN_NETWORK)
def sound(network_id: str, language: str, text_sha256: str) -> ResponseReturnValue:
    require(actor(), Act.RUN_NETWORK, network_id)
    return recorded_sound(recordings.recording_in(database(), network_id, language, text_sha256))


@blueprint.post("/<language>/<text_sha256>")
@access.open_to(Act.RUN_NETWORK)
def upload(network_id: str, language: str, text_sha256: str) -> ResponseReturnValue:
    require(actor(), Act.RUN_NETWORK, network_id)
    form = RecordingForm()
    if not form.validate():
        return _show(network_id, language, text_sha256, form), 422
    try:
        recordings.keep_recording(
            database(), settings().recordings, network_id, language, text_sha256,
            content=form.sound.data.read(MOST_BYTES + 1), spoken_by=form.spoken_by.data or "",
        )  # fmt: skip
    except Invalid as error:
        form.sound.errors = [error.message]
        return _show(network_id, language, text_sha256, form), 422
    return redirect(_address(".show", network_id, language, text_sha256, kept="yes"), 303)


@blueprint.post("/<language>/<text_sha256>/delete")
@access.open_to(Act.RUN_NETWORK)
def delete(network_id: str, language: str, text_sha256: str) -> ResponseReturnValue:
    require(actor(), Act.RUN_NETWORK, network_id)
    recordings.delete_recording(database(), settings().recordings, network_id, language, text_sha256)
    return redirect(_address(".show", network_id, language, text_sha256), 303)


@blueprint.post("/delete-voice")
@access.open_to(Act.RUN_NETWORK)
def delete_voice(network_id: str) -> ResponseReturnValue:
    require(actor(), Act.RUN_NETWORK, network_id)
    recordings.delete_voice(database(), settings().recordings, network_id, request.form.get("spoken_by", ""))
    return redirect(url_for(".all_recordings", network_id=network_id), 303)


def _show(network_id: str, language: str, text_sha256: str, form: RecordingForm) -> str:
    text = recordings.text_with(database(), language, text_sha256)
    asked = {"edition": text.edition.value, "audience": text.audience.value, **request.args, "language": language}
    chosen = pages.selection(spoken_surveys(database()), asked)
    rows = recordings.reading_list(database(), network_id, language, chosen.texts)
    return render_template(
        "recordings/show.html",
        view=networking.view_of_network(database(), network_id),
        text=text,
        chosen=chosen,
        recording=_recording(network_id, language, text_sha256),
        generated=generated_sound(language, text_sha256),
        following=pages.neighbour(rows, text_sha256),
        text_count=len(rows),
        recorded_count=sum(row.recording is not None for row in rows),
        is_kept=request.method == "GET" and "kept" in request.args,
        form=form,
    )


def _recording(network_id: str, language: str, text_sha256: str) -> Recording | None:
    try:
        return recordings.recording_in(database(), network_id, language, text_sha256)
    except NotFound:
        return None


def _address(endpoint: str, network_id: str, language: str, text_sha256: str, **more: str) -> str:
    """Return an address that keeps which list the reader came from."""
    address = url_for(endpoint, network_id=network_id, language=language, text_sha256=text_sha256)
    query = {name: request.args[name] for name in KEPT_IN_ADDRESS if name in request.args}
    return f"{address}?{urlencode({**query, **more})}"
