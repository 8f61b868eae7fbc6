"""Every failure has a page that says what happened and what to do next."""

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from app.errors import Conflict, DrivingSeatError, Invalid, NotFound, Refused
from app.web.logs import note_fault

_STATUS: dict[type[DrivingSeatError], int] = {NotFound: 404, Conflict: 409, Refused: 403, Invalid: 422}
_TITLES = {
    400: "We did not understand that",
    403: "This is not open to you",
    404: "We cannot find that page",
    405: "That page cannot be used in this way",
    409: "That is not possible any more",
    413: "That is too large",
    415: "We cannot read that kind of file",
    422: "Something needs to be put right",
    429: "That was too often",
}
_MESSAGES = {
    400: "What your browser sent was not complete.",
    403: "You do not have permission to see this page.",
    404: "The address may be mistyped, or the page may have moved.",
    405: "It was opened in a way that it is not made for.",
    413: "What you sent is larger than we take.",
    415: "We do not take this kind of file here.",
    429: "Many requests came in a short time.",
}
_BACK = "Go back to the page before and try again. What you sent earlier is kept."


def prepare(app: Flask) -> None:
    app.register_error_handler(DrivingSeatError, _own)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(SecurityError, _strange_host)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _own(error: DrivingSeatError) -> ResponseReturnValue:
    status = next(code for kind, code in _STATUS.items() if isinstance(error, kind))
    return problem(status, error.message)


def _stale_form(_error: Exception) -> ResponseReturnValue:
    return problem(400, "This form was open for a long time, or you signed out meanwhile. Nothing was changed.")


def _strange_host(_error: SecurityError) -> ResponseReturnValue:
    """Answer a request for another host's pages: no address can be made for it, so this page has no links."""
    return render_template("errors/strange_host.html"), 400


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error
    return problem(status, _MESSAGES.get(status, "The page could not be shown."))


def _unexpected(error: Exception) -> ResponseReturnValue:
    note_fault(error)
    return problem(500, "Something went wrong on our side. It is not your fault.")


def problem(status: int, message: str) -> ResponseReturnValue:
    """Return the page for a failure. It needs neither the database nor who signed in."""
    title = _TITLES.get(status, "Sorry, there is a problem")
    page = render_template("errors/problem.html", title=title, message=message, next_step=_BACK)
    return page, status
