"""The pages that are open to everybody."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.organisations import Role
from app.services import publishing
from app.web import access
from app.web.context import database

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@access.open_to(Role.PUBLIC)
def start_page() -> ResponseReturnValue:
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
def privacy() -> ResponseReturnValue:
    return render_template("home/privacy.html")


@blueprint.get("/accessibility")
@access.open_to(Role.PUBLIC)
def accessibility() -> ResponseReturnValue:
    return render_template("home/accessibility.html")


@blueprint.get("/help")
@access.open_to(Role.PUBLIC)
def get_help() -> ResponseReturnValue:
    return render_template("home/get_help.html")
