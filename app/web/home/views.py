"""The pages that are open to everybody."""

import re
from datetime import timedelta

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.organisations import Role
from app.services import installing, publishing
from app.web import access
from app.web.context import database, settings, today
from app.web.languages import multilingual
from app.web.look import changed, keep, look
from app.web.whom_to_call import whom_to_call

blueprint = Blueprint("home", __name__)
CONTACT_HOLDS = timedelta(days=180)
_OWN_PATH = re.compile(r"/(?!/)[!-\[\]-~]*")  # printable, no space, no backslash: never another site's address


@blueprint.get("/")
@access.open_to(Role.PUBLIC)
def start_page() -> ResponseReturnValue:
    if not installing.is_set_up(database()):
        return render_template("home/not_set_up.html")
    return render_template("home/start_page.html")


@blueprint.get("/standards")
@access.open_to(Role.PUBLIC)
def standards() -> ResponseReturnValue:
    return render_template("home/standards.html", published=publishing.published_standards(database()))


@blueprint.get("/standards/<set_id>/<version>")
@access.open_to(Role.PUBLIC)
def standards_set(set_id: str, version: str) -> ResponseReturnValue:
    shown = publishing.standards_set(database(), set_id, version)
    return render_template("home/standards_set.html", standards_set=shown)


@blueprint.get("/method")
@access.open_to(Role.PUBLIC)
def method() -> ResponseReturnValue:
    return render_template("home/method.html")


@blueprint.get("/privacy")
@access.open_to(Role.PUBLIC)
@multilingual
def privacy() -> ResponseReturnValue:
    return render_template("home/privacy.html")


@blueprint.get("/accessibility")
@access.open_to(Role.PUBLIC)
@multilingual
def accessibility() -> ResponseReturnValue:
    return render_template("home/accessibility.html")


@blueprint.get("/help")
@access.open_to(Role.PUBLIC)
@multilingual
def get_help() -> ResponseReturnValue:
    return render_template("home/get_help.html", sections=whom_to_call(()))


@blueprint.get("/.well-known/security.txt")
@access.open_to(Role.PUBLIC)
def security_txt() -> ResponseReturnValue:
    """Answer with where somebody who found a weakness writes to, as RFC 9116 has it."""
    of = settings()
    if not of.security_contact:
        abort(404)
    until = (today() + CONTACT_HOLDS).isoformat()
    lines = (
        f"Contact: {of.security_contact}",
        f"Expires: {until}T00:00:00Z",
        "Preferred-Languages: en, cy",
        f"Canonical: {of.base_url}{url_for('.security_txt')}",
    )
    return Response("".join(f"{line}\n" for line in lines), mimetype="text/plain")


@blueprint.post("/look")
@access.open_to(Role.PUBLIC)
@multilingual
def look_change() -> ResponseReturnValue:
    """Change how the pages look on this device, and go back. switch: "size:large", "language:cy"; back: a path."""
    _, _, choice = request.form.get("switch", "").partition(":")
    back = request.form.get("back", "")
    answer = make_response(redirect(back if _OWN_PATH.fullmatch(back) else url_for(".start_page"), 303))
    keep(answer, changed(look(), choice))
    return answer
