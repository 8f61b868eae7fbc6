"""Changing the language, the edition or the look on any page, without losing what was chosen or typed there.

Every page's form has buttons called "switch". The page is shown again with what it held; an answer that was chosen and
not saved yet is saved, in the language in which it was chosen.
"""

from contextlib import suppress
from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.errors import Conflict, Invalid
from app.services import answering
from app.surveys import Edition
from app.web.answer.blueprint import blueprint, is_switching, remember, show_in, token, visit
from app.web.answer.is_it_you import knows_this_device
from app.web.context import database
from app.web.look import choose, keep, look

_LOOKS = frozenset({"size", "theme", "pictures", "language"})


@blueprint.before_request
def switch() -> ResponseReturnValue | None:
    """Take the wish, and show a question again; the other pages show themselves again, with what they held."""
    if not is_switching():
        return None
    if request.endpoint != "answer.save_answer":
        _take()
        return None
    question_id = str((request.view_args or {})["question_id"])
    _keep_answer(question_id)
    _take()
    came_from: dict[str, Any] = {"from": "check"} if request.args.get("from") == "check" else {}
    return redirect(url_for(".question", token=token(), question_id=question_id, **came_from), 303)


@blueprint.after_request
def keep_look(response: Response) -> Response:
    if "new_look" in g:
        keep(response, g.new_look)
    return response


def _keep_answer(question_id: str) -> None:
    """Keep what was chosen, when it is new: the language of an older answer stays as it was."""
    begun, chosen = visit().response, request.form.get("answer", "")
    if begun and begun.answers.get(question_id) != chosen:
        with suppress(Invalid, Conflict):
            answering.record_answer(database(), token(), question_id, chosen, g.language)


def _take() -> None:
    """Change this device's look, and what is kept with the answers where the device is known."""
    kind, _, value = request.form["switch"].partition(":")
    if kind in _LOOKS:
        choose(value)
    if kind == "language" and look().language == value:
        _read_in(value)
    elif kind == "edition" and value in set(Edition):
        g.edition = Edition(value)
        if _may_change():
            remember(answering.change_edition(database(), token(), Edition(value)))


def _read_in(language: str) -> None:
    if _may_change():
        remember(answering.change_language(database(), token(), language))
    else:
        show_in(language)


def _may_change() -> bool:
    return visit().is_changeable and knows_this_device()
