"""A link whose booklet waits for a second person who types it in: until then it shows that, and no answers."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.services.publishing import languages_of
from app.web.answer.blueprint import blueprint, visit, words
from app.web.answer.switching import is_switching
from app.web.context import database
from app.web.languages import use_language
from app.web.look import look

_NOT_ABOUT_ANSWERS = frozenset({"answer.get_help", "answer.finish", "answer.recording", "answer.is_this_you"})
_REFUSED_WHERE_IT_IS_KEPT = frozenset({"answer.save_answer"})
_TAKE_BACK = frozenset({"answer.withdraw", "answer.save_withdraw"})
_LET_PASS = _NOT_ABOUT_ANSWERS | _REFUSED_WHERE_IT_IS_KEPT | _TAKE_BACK


@blueprint.before_request
def say_so() -> ResponseReturnValue | None:
    """Let a request pass unless its page would show or change what somebody else is typing in."""
    endpoint = str(request.endpoint)
    if endpoint in _LET_PASS or endpoint.startswith("answer.worry") or not visit().is_on_paper:
        return None
    wished = look().language
    if wished and wished in languages_of(database(), visit().round):
        use_language(wished)
    shows_only = request.method == "GET" or is_switching()
    return (render_template("answer/on_paper.html", **words()), 200 if shows_only else 409)
