"""What the app on the tablet asks for: itself, a visit's package, and taking in what the tablet has finished.

The page itself is open to everybody and holds nothing. Whoever reads a package or sends answers has signed in as one of
the pair. Asking whether the tablet is to be emptied needs the tablet's own secret alone, so that a tablet whose session
has ended is emptied too.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from flask import Blueprint, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from app.errors import Conflict, DrivingSeatError, Invalid, NotFound, Refused
from app.organisations import NOT_YOURS, Act, Role, require_visiting
from app.responses.visit import begun
from app.services import visit_queue, visiting
from app.services.visiting import VisitView
from app.storage.visits import Device
from app.web import access
from app.web.context import actor, database, settings, today
from app.web.languages import multilingual
from app.web.visits.forms import DeviceForm
from app.web.visits.package import package_of

blueprint = Blueprint("tablet", __name__, url_prefix="/visits")
HEADER = "X-Tablet"
BUILT = Path(__file__).parents[1] / "static" / "built"
STATUS: Mapping[type[DrivingSeatError], int] = {Conflict: 409, Invalid: 422, Refused: 403}


@blueprint.get("/tablet")
@access.open_to(Role.PUBLIC)
@multilingual
def shell() -> ResponseReturnValue:
    """Answer with the app's one page; the tablet keeps it."""
    return render_template("visits/tablet.html")


@blueprint.get("/sw.js")
@access.open_to(Role.PUBLIC)
def worker() -> ResponseReturnValue:
    """Answer with the service worker, at an address within its own scope."""
    script = (BUILT / assets()["visit-worker.js"]).read_text()
    return script, 200, {"Content-Type": "text/javascript; charset=utf-8"}


@blueprint.get("/manifest.webmanifest")
@access.open_to(Role.PUBLIC)
@multilingual
def manifest() -> ResponseReturnValue:
    icon = {"src": f"/static/{assets()['favicon.svg']}", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    described = {
        "id": "/visits/tablet",
        "name": _("Driving Seat visits"),
        "short_name": _("Visits"),
        "start_url": url_for(".shell"),
        "scope": "/visits/",
        "display": "standalone",
        "background_color": "#fbf8f2",
        "theme_color": "#0d4a54",
        "icons": [icon],
    }
    return json.dumps(described), 200, {"Content-Type": "application/manifest+json"}


@blueprint.post("/<visit_id>/devices")
@access.open_to(Act.VISIT)
def register(visit_id: str) -> ResponseReturnValue:
    own_visit(visit_id)
    form = DeviceForm()
    if not form.validate():
        return jsonify(refused=next(iter(form.errors.values()))[0]), 422
    try:
        visiting.register_device(database(), visit_id, _account_id(), form.name.data or "", form.secret.data or "")
    except (Conflict, Invalid, Refused) as error:
        return _refused(error)
    return jsonify(visit=visit_id), 201


@blueprint.get("/<visit_id>/package.json")
@access.open_to(Act.VISIT)
def package(visit_id: str) -> ResponseReturnValue:
    view = own_visit(visit_id)
    try:
        begun(view.visit, view.round)
    except Conflict as error:
        return _refused(error)
    return jsonify(package_of(view, assets()))


@blueprint.get("/<visit_id>/device")
@access.open_to(Role.PUBLIC)
def device(visit_id: str) -> ResponseReturnValue:
    """Tell a tablet whether it is to be emptied, and whether somebody of the pair has signed in on it."""
    found = _device(visit_id)
    is_own = visiting.is_own(database().acting_for(actor()), visit_id)
    may_post = is_own or found.wipe  # a token begins a session, which a sign-in on another page would lose
    return jsonify(visit=visit_id, wipe=found.wipe, signed_in=is_own, csrf=generate_csrf() if may_post else "")


@blueprint.post("/<visit_id>/wiped")
@access.open_to(Role.PUBLIC)
def wiped(visit_id: str) -> ResponseReturnValue:
    _device(visit_id)
    visiting.note_wiped(database(), visit_id, request.headers.get(HEADER, ""))
    return jsonify(visit=visit_id)


@blueprint.post("/<visit_id>/queue")
@access.open_to(Act.VISIT)
def take_in(visit_id: str) -> ResponseReturnValue:
    """Take one item of the tablet's queue. The answer names its id: whatever else comes back confirms nothing."""
    own_visit(visit_id)
    sent = request.get_json(silent=True)
    item_id, envelope = (str(sent.get("id")), sent.get("envelope")) if isinstance(sent, dict) else ("", None)
    if _device(visit_id).wipe:
        return jsonify(id=item_id, refused=visiting.TO_BE_EMPTIED), 403
    if not isinstance(envelope, dict):
        return jsonify(id=item_id, refused=visit_queue.NOT_UNDERSTOOD), 422
    try:
        taken = visit_queue.take_in(database(), settings().keys(), visit_id, item_id, envelope, today())
    except (Conflict, Invalid) as error:
        return jsonify(id=item_id, refused=error.message), STATUS[type(error)]
    return jsonify(id=item_id, state=taken.value), 201 if taken is visit_queue.Taken.NOW else 200


def assets() -> dict[str, str]:
    """Return {name: hashed name} of the built files."""
    found: dict[str, str] = json.loads((BUILT / "manifest.json").read_text())
    return found


def own_visit(visit_id: str) -> VisitView:
    """Return one of the actor's own visits. Raises the same NotFound for one that does not exist."""
    try:
        view = visiting.view_of(database(), visit_id)
    except NotFound:
        raise NotFound(NOT_YOURS) from None
    require_visiting(actor(), view.visit.network_id, view.visit.account_ids)
    return view


def _account_id() -> int:
    return actor().account_id


def _device(visit_id: str) -> Device:
    return visiting.device_of(database(), visit_id, request.headers.get(HEADER, ""))


def _refused(error: DrivingSeatError) -> ResponseReturnValue:
    return jsonify(refused=error.message), STATUS[type(error)]
