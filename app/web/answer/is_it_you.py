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
from app.services.coming_back import is_own_word, word_id
from app.services.links import response_id
from app.web import access
from app.web.answer.blueprint import blueprint, is_switching, show_in, token, visit, words
from app.web.answer.private import Asks, asks, declared
from app.web.context import database, today
from app.web.cookies import SIGNED_WITH, is_https, path_cookie
from app.web.look import choose, look

COOKIE = "is-this-you"
LONGEST_PAUSE = 30 * 60  # seconds
_RENEWED_AFTER = 5 * 60
_NOT_CARRIED = frozenset({"is_me", "own_word", "switch"})


@blueprint.before_request
def ask() -> ResponseReturnValue | None:
    """Let a request pass when its device has answered the question, or its page shows nothing of anybody's answers."""
    if not _asks(declared()) or knows_this_device():
        return None
    if "is_me" not in request.form or is_switching():
        return _question()
    return _refusal()


@blueprint.post("/is-this-you")
@access.open_to(Role.RESPONDENT)
@asks(Asks.NEVER)
def is_this_you(token: str) -> ResponseReturnValue:
    """Go on to the page that was asked for."""
    there = request.form.get("next", "")
    if not there.startswith(f"{request.script_root}/a/{token}") or "\\" in there:
        there = url_for(".welcome", token=token)
    has_answers = visit().response is not None and not visit().is_withdrawn
    refused = (_question() if is_switching() else _refusal()) if has_answers else None
    return refused or redirect(there, 303)


@blueprint.after_request
def remember_device(response: Response) -> Response:
    if g.get("forget_device"):
        response.delete_cookie(
            path_cookie(COOKIE), path=_path(token()), secure=is_https(), httponly=True, samesite="Lax"
        )
    elif g.get("knows_device"):
        trust(response, token(), visit().lock)
    return response


def trust(response: BaseResponse, token: str, lock: str) -> None:
    """Write into the answer that the question was answered on this device, for this link and this lock."""
    signed = _signer(token, lock).dumps("")
    response.set_cookie(
        path_cookie(COOKIE), signed, path=_path(token), httponly=True, samesite="Lax", secure=is_https()
    )


def trust_this_device() -> None:
    """Keep on this device that it is this link's respondent who uses it."""
    g.knows_device = True


def forget_this_device() -> None:
    g.forget_device = g.leaves_nothing = True


def knows_this_device() -> bool:
    """Say whether the question was answered on this device, and its pages were used since without a long pause."""
    try:
        _, made = _signer(token(), visit().lock).loads(
            request.cookies.get(path_cookie(COOKIE), ""), LONGEST_PAUSE, return_timestamp=True
        )
    except BadSignature:
        return False
    if time.time() - made.timestamp() > _RENEWED_AFTER:
        trust_this_device()
    return True


def _asks(when: Asks) -> bool:
    """Say whether a page asks, as far as the response is now."""
    seen = visit()
    if when is Asks.NEVER or seen.response is None or seen.is_withdrawn:
        return False
    if seen.is_on_paper and when is not Asks.WITH_A_WORD:  # see on_paper
        return False
    is_settled = bool(seen.receipt) or not seen.is_open
    return when is Asks.ALWAYS or not is_settled or (when is Asks.WITH_A_WORD and bool(seen.lock))


def _refusal() -> ResponseReturnValue | None:
    """Return why what was answered to the question does not open the answers; None when it does."""
    if visit().receipt and not visit().lock:
        return _question()
    refused = _refused_word()
    return _question(refused) if refused else None


def _refused_word() -> str:
    """Return why the word does not open the answers; "" when it does, or when none is needed."""
    if visit().lock:
        try:
            if not is_own_word(database(), token(), request.form.get("own_word", ""), today()):
                return str(_("That is not the word. Try again."))
        except Refused:
            return str(
                _("The wrong word was given too often. Use your short code and your word, or try again next month.")
            )
    trust_this_device()
    return ""


def _question(error: str = "") -> ResponseReturnValue:
    """Ask, and carry along what was posted; or say that the link alone does not open what was sent."""
    if is_switching():
        choose(request.form["switch"].partition(":")[2])
    if wished := look().language:
        show_in(wished)
    if visit().receipt and not visit().lock:
        return render_template("answer/only_there.html", **words()), 403
    posted = request.method == "POST" and request.endpoint != "answer.is_this_you"
    carried = [(name, value) for name, value in request.form.items(multi=True) if name not in _NOT_CARRIED]
    page = render_template(
        "answer/is_this_you.html",
        **words(),
        action_path=request.full_path.rstrip("?") if posted else url_for(".is_this_you", token=token()),
        carried=carried if request.method == "POST" else [("next", request.full_path.rstrip("?"))],
        error=error,
    )
    return page, 422 if error else 403 if posted and not is_switching() else 200


def _signer(token: str, lock: str) -> URLSafeTimedSerializer:
    """Return what signs for one response; a new word makes what was signed before worthless."""
    salt = f"is-this-you/{response_id(token)}/{word_id(lock)}"
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=salt, signer_kwargs=SIGNED_WITH)


def _path(token: str) -> str:
    return f"{request.script_root}/a/{token}"
