"""Changing the language, the edition or the look on any page, without losing what was chosen or typed there.

Every page's form has buttons called "switch". The page is shown again with what it held; an answer that was chosen and
not saved yet is saved.
"""

from contextlib import suppress
from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.errors import Conflict, Invalid
from app.services import answering
from app.surveys import Edition
from app.web.answer.blueprint import blueprint, remember, token, visit
from app.web.context import database
from app.web.look import changed, keep, look

_LOOKS = frozenset({"size", "theme", "pictures", "language"})


def is_switching() -> bool:
    """Say whether a form was sent only to see its page in another way."""
    return request.method == "POST" and "switch" in request.form


@blueprint.before_request
def switch() -> ResponseReturnValue | None:
    """Take the wish, and show a question again; the other pages show themselves again, with what they held."""
    if not is_switching():
        return None
    kind, _, value = request.form["switch"].partition(":")
    with suppress(Conflict):
        _take(kind, value)
    if request.endpoint != "answer.save_answer":
        return None
    question_id = str((request.view_args or {})["question_id"])
    with suppress(Invalid, Conflict):
        answering.record_answer(database(), token(), question_id, request.form.get("answer", ""))
    came_from: dict[str, Any] = {"from": "check"} if request.args.get("from") == "check" else {}
    return redirect(url_for(".question", token=token(), question_id=question_id, **came_from), 303)


@blueprint.after_request
def keep_look(response: Response) -> Response:
    if "new_look" in g:
        keep(response, g.new_look)
    return response


def _take(kind: str, value: str) -> None:
    if kind in _LOOKS:
        g.look = g.new_look = changed(look(), value)
    has_begun = visit().response is not None
    if kind == "language" and not has_begun:
        remember(answering.open_link(database(), token(), look().language or "en"))
    elif kind == "language" and look().language == value:
        remember(answering.change_language(database(), token(), value))
    elif kind == "edition" and value in set(Edition):
        g.edition = Edition(value)
        if has_begun:
            remember(answering.change_edition(database(), token(), Edition(value)))
