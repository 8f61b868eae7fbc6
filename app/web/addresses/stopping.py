"""The page behind the last line of every letter: whoever has it can stop the letters. It says the same to everybody."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from app.organisations import Role
from app.services import asking
from app.web import access
from app.web.context import database, settings

stop_blueprint = Blueprint("stop", __name__, url_prefix="/stop")


@stop_blueprint.get("/<token>")
@access.open_to(Role.RESPONDENT)
def confirm(token: str) -> ResponseReturnValue:
    """Show a button. Programs that open every link of a letter stop nothing."""
    return render_template("addresses/stop.html", action=url_for(".stop", token=token))


@stop_blueprint.post("/<token>")
@access.open_to(Role.RESPONDENT)
def stop(token: str) -> ResponseReturnValue:
    asking.stop(database(), settings(), token)
    return render_template("addresses/stop.html", action="")
