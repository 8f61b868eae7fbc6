"""A link whose booklet waits for a second person who types it in: until then it shows that, and no answers."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.web.answer.blueprint import blueprint, is_switching, visit, words
from app.web.answer.private import Asks, declared

_REFUSED_WHERE_IT_IS_KEPT = "answer.save_answer"


@blueprint.before_request
def say_so() -> ResponseReturnValue | None:
    """Let a request pass unless its page would show or change what somebody else is typing in."""
    passes = declared() in (Asks.NEVER, Asks.WITH_A_WORD) or request.endpoint == _REFUSED_WHERE_IT_IS_KEPT
    if passes or not visit().is_on_paper:
        return None
    shows_only = request.method == "GET" or is_switching()
    return (render_template("answer/on_paper.html", **words()), 200 if shows_only else 409)
