"""Every failure has a page that says what happened and what to do next, in the reader's language."""

from math import ceil

from flask import Flask, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from app.errors import Conflict, DrivingSeatError, Invalid, NotFound, Refused
from app.web.languages import ENGLISH, page_language
from app.web.logs import note_fault, note_refusal

_STATUS: dict[type[DrivingSeatError], int] = {NotFound: 404, Conflict: 409, Refused: 403, Invalid: 422}
_TITLES = {
    400: _("We did not understand that"),
    403: _("This is not open to you"),
    404: _("We cannot find that page"),
    405: _("That page cannot be used in this way"),
    409: _("That is not possible any more"),
    413: _("That is too large"),
    415: _("We cannot read that kind of file"),
    422: _("Something needs to be put right"),
    429: _("That was too often"),
}
_MESSAGES = {
    400: _("What your browser sent was not complete."),
    403: _("You do not have permission to see this page."),
    404: _("The address may be mistyped, or the page may have moved."),
    405: _("It was opened in a way that it is not made for."),
    409: _("Something has changed since you opened the page before."),
    413: _("What you sent is larger than we take."),
    415: _("We do not take this kind of file here."),
    422: _("Something that you sent cannot be used."),
    429: _("Many requests came in a short time."),
}
_REFUSALS = frozenset({403, 404})
_NOT_SHOWN = _("The page could not be shown.")
_PROBLEM = _("Sorry, there is a problem")
_OUR_FAULT = _("Something went wrong on our side. It is not your fault.")
_STALE_FORM = _("This form was open for a long time, or you signed out meanwhile. Nothing was changed.")
_BACK = _("Go back to the page before and try again. What you sent earlier is kept.")


def prepare(app: Flask) -> None:
    app.register_error_handler(DrivingSeatError, _own)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(SecurityError, _strange_host)
    app.register_error_handler(RateLimitExceeded, _too_often)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _own(error: DrivingSeatError) -> ResponseReturnValue:
    """Show the error's own sentence. It is English: a page in another language says what kind of failure it was."""
    status = next(code for kind, code in _STATUS.items() if isinstance(error, kind))
    if status in _REFUSALS:
        note_refusal(status)
    return problem(status, error.message if page_language() == ENGLISH else _MESSAGES[status])


def _stale_form(_error: Exception) -> ResponseReturnValue:
    note_refusal(400)
    return problem(400, _STALE_FORM)


def _strange_host(_error: SecurityError) -> ResponseReturnValue:
    """Answer a request for another host's pages: no address can be made for it, so this page has no links."""
    return render_template("errors/strange_host.html"), 400


def _too_often(error: RateLimitExceeded) -> ResponseReturnValue:
    """Say when to try again, to people and to programs."""
    note_refusal(429)
    seconds = error.limit.limit.get_expiry()
    message = ngettext(
        "It was tried too often. Try again in %(num)s minute.",
        "It was tried too often. Try again in %(num)s minutes.",
        ceil(seconds / 60),
    )
    answer = make_response(problem(429, message))
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error
    if status in _REFUSALS:
        note_refusal(status)
    return problem(status, _MESSAGES.get(status, _NOT_SHOWN))


def _unexpected(error: Exception) -> ResponseReturnValue:
    note_fault(error)
    return problem(500, _OUR_FAULT)


def problem(status: int, message: str | LazyString) -> ResponseReturnValue:
    """Return the page for a failure. It needs neither the database nor who signed in."""
    title = _TITLES.get(status, _PROBLEM)
    page = render_template("errors/problem.html", title=title, message=message, next_step=_BACK)
    return page, status
