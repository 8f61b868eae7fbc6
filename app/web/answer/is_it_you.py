"""Is this you? Asked before anything of somebody's answers is shown on a device that has not shown them lately.

A cookie that lives on this device alone, for this link alone, says that it was answered. What was posted meanwhile is
carried through the question and then done: nothing is lost. See docs/decisions/0016-is-this-you.md.
"""

import time

from flask import Response, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug import Response as BaseResponse

from app.errors import Refused
from app.organisations import Role
from app.services.coming_back import is_own_word
from app.services.links import response_id
from app.web import access
from app.web.answer.blueprint import blueprint, token, visit, words
from app.web.context import database

COOKIE = "is-this-you"
LONGEST_PAUSE = 30 * 60  # seconds
_RENEWED_AFTER = 5 * 60
_NOTHING_TO_HIDE = frozenset({"answer.get_help", "answer.finish", "answer.recording", "answer.is_this_you"})
_SHOW_ANSWERS = frozenset(
    {"answer.result", "answer.result_file", "answer.share", "answer.save_share", "answer.stop_sharing"}
)
_TAKE_BACK = frozenset({"answer.withdraw", "answer.save_withdraw"})
_NOT_CARRIED = frozenset({"is_me", "word", "next"})


@blueprint.before_request
def ask() -> ResponseReturnValue | None:
    """Let a request pass when its device has answered the question, or its page shows nothing of anybody's answers."""
    endpoint = str(request.endpoint)
    if endpoint in _NOTHING_TO_HIDE or endpoint.startswith("answer.worry"):
        return None
    if knows_this_device() or (visit().is_on_paper and endpoint not in _TAKE_BACK):  # paper: see on_paper
        return None
    seen = visit()
    if seen.response is None or seen.is_withdrawn or not _is_private(endpoint):
        return None
    if seen.receipt and not seen.lock:
        return render_template("answer/only_there.html", **words()), 403
    if request.method == "POST" and "is_me" in request.form:
        refused = _refused_word()
        return _question(refused) if refused else None
    return _question()


@blueprint.post("/is-this-you")
@access.open_to(Role.RESPONDENT)
def is_this_you(token: str) -> ResponseReturnValue:
    """Go on to the page that was asked for."""
    there = request.form.get("next", "")
    if not there.startswith(f"{request.script_root}/a/{token}") or "\\" in there:
        there = url_for(".welcome", token=token)
    refused = _refused_word() if visit().response else ""
    return _question(refused) if refused else redirect(there, 303)


@blueprint.after_request
def remember_device(response: Response) -> Response:
    if g.get("forget_device"):
        response.delete_cookie(COOKIE, path=_path(token()))
    elif g.get("knows_device"):
        trust(response, token())
    return response


def trust(response: BaseResponse, token: str) -> None:
    """Write into the answer that the question was answered on this device, for this link."""
    signed = _signer(token).dumps("")
    response.set_cookie(COOKIE, signed, path=_path(token), httponly=True, samesite="Lax", secure=request.is_secure)


def trust_this_device() -> None:
    """Keep on this device that it is this link's respondent who uses it."""
    g.knows_device = True


def forget_this_device() -> None:
    g.forget_device = True


def knows_this_device() -> bool:
    """Say whether the question was answered on this device, and its pages were used since without a long pause."""
    try:
        _, made = _signer(token()).loads(request.cookies.get(COOKIE, ""), LONGEST_PAUSE, return_timestamp=True)
    except BadSignature:
        return False
    if time.time() - made.timestamp() > _RENEWED_AFTER:
        trust_this_device()
    return True


def _is_private(endpoint: str) -> bool:
    """Say whether a page shows or changes answers, as far as the response is now."""
    seen = visit()
    if seen.receipt:
        return endpoint in _SHOW_ANSWERS or (endpoint in _TAKE_BACK and bool(seen.lock))
    return seen.is_open


def _refused_word() -> str:
    """Return why the word does not open the answers; "" when it does, or when none is needed."""
    if visit().lock:
        try:
            if not is_own_word(database(), token(), request.form.get("word", "")):
                return str(_("That is not the word. Try again."))
        except Refused:
            return str(_("The wrong word was given too often. Use your short code and your word to come back."))
    trust_this_device()
    return ""


def _question(error: str = "") -> ResponseReturnValue:
    """Ask, and carry along what was posted."""
    posted = request.method == "POST" and request.endpoint != "answer.is_this_you"
    carried = [(name, value) for name, value in request.form.items(multi=True) if name not in _NOT_CARRIED]
    there = request.form.get("next", "") if request.method == "POST" else request.full_path.rstrip("?")
    page = render_template(
        "answer/is_this_you.html",
        **words(),
        action_path=request.full_path.rstrip("?") if posted else url_for(".is_this_you", token=token()),
        carried=carried if posted else [("next", there)],
        error=error,
    )
    return page, 422 if error else 200 if request.method == "GET" else 403


def _signer(token: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"is-this-you/{response_id(token)}")


def _path(token: str) -> str:
    return f"{request.script_root}/a/{token}"
