"""Stopping for now, coming back on another device, finishing on this one, and taking the answers back."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from app.errors import Conflict, Invalid, NotFound
from app.exports import qr_svg
from app.organisations import Role
from app.services import answering
from app.services.coming_back import LONGEST_WORD, SHORTEST_WORD, TooShortError, choose_word, link_behind
from app.services.links import grouped, normalised
from app.web import access
from app.web.answer.blueprint import blueprint, is_switching, token, visit, words
from app.web.answer.forms import WordForm
from app.web.answer.is_it_you import forget_this_device, trust, trust_this_device
from app.web.answer.private import Asks, asks
from app.web.context import database, settings
from app.web.languages import multilingual

come_back_blueprint = Blueprint("come_back", __name__)


@blueprint.get("/come-back")
@access.open_to(Role.RESPONDENT)
def come_back(token: str) -> ResponseReturnValue:
    _refuse_nothing_begun()
    return _come_back(WordForm())


@blueprint.post("/come-back")
@access.open_to(Role.RESPONDENT)
def choose_own_word(token: str) -> ResponseReturnValue:
    """Lock the answers with a word, and show the short code that goes with it, this once."""
    _refuse_nothing_begun()
    form = WordForm()
    word = form.word.data or ""
    if is_switching():
        return _short_code(request.form["code"], word) if "code" in request.form else _come_back(form)
    try:
        code = choose_word(database(), settings().hash_key(), token, word)
    except Invalid as unfit:
        return _come_back(form, _word_fault(unfit)), 422
    g.pop("visit", None)
    trust_this_device()
    return _short_code(grouped(code), word)


@blueprint.post("/finish")
@access.open_to(Role.RESPONDENT)
@asks(Asks.NEVER)
def finish(token: str) -> ResponseReturnValue:
    """Forget on this device that its user answered here. The answers stay where they are."""
    forget_this_device()
    answered = redirect(url_for("come_back.finished"), 303)
    answered.headers["Clear-Site-Data"] = '"cache"'
    return answered


@blueprint.get("/withdraw")
@access.open_to(Role.RESPONDENT)
@asks(Asks.WITH_A_WORD)
def withdraw(token: str) -> ResponseReturnValue:
    _refuse_nothing_begun()
    return render_template("answer/withdraw.html", **words())


@blueprint.post("/withdraw")
@access.open_to(Role.RESPONDENT)
@asks(Asks.WITH_A_WORD)
def save_withdraw(token: str) -> ResponseReturnValue:
    _refuse_nothing_begun()
    if is_switching():
        return render_template("answer/withdraw.html", **words())
    answering.withdraw(database(), token)
    return redirect(url_for(".welcome", token=token), 303)


@come_back_blueprint.get("/finished")
@access.open_to(Role.PUBLIC)
@multilingual
def finished() -> ResponseReturnValue:
    return render_template("answer/finished.html")


@come_back_blueprint.get("/come-back")
@access.open_to(Role.PUBLIC)
@multilingual
def enter_code() -> ResponseReturnValue:
    return _enter_code()


@come_back_blueprint.post("/come-back")
@access.open_to(Role.PUBLIC)
@multilingual
def open_by_code() -> ResponseReturnValue:
    """Find the link behind a short code and its word, or behind a whole code typed from paper."""
    code, word = request.form.get("code", ""), request.form.get("word", "")
    if len(normalised(code)) > len(grouped("0" * 8)):
        return redirect(url_for("answer.welcome", token=normalised(code)), 303)
    try:
        found = link_behind(database(), settings().hash_key(), code, word)
    except NotFound:
        return _enter_code(_("The code and the word do not fit together. Check both, and try again.")), 422
    answered = redirect(url_for("answer.welcome", token=found), 303)
    trust(answered, found, answering.open_link(database(), found).lock)
    return answered


def _enter_code(error: str = "") -> str:
    code, word = request.form.get("code", ""), request.form.get("word", "")
    return render_template("answer/enter_code.html", code=code, word=word, error=error)


def _come_back(form: WordForm, error: str = "") -> str:
    link = f"{settings().base_url}{url_for('.welcome', token=token())}"
    return render_template(
        "answer/come_back.html",
        **words(),
        form=form,
        error=error,
        link=link,
        code=grouped(normalised(token())),
        qr=Markup(qr_svg(link)),  # noqa: S704  # our own drawing
    )


def _short_code(code: str, word: str) -> str:
    return render_template("answer/short_code.html", **words(), code=code, word=" ".join(word.split()))


def _word_fault(unfit: Invalid) -> str:
    if isinstance(unfit, TooShortError):
        return str(_("Choose a word with %(count)s letters or more", count=SHORTEST_WORD))
    return str(_("Choose a word with %(count)s letters or fewer", count=LONGEST_WORD))


def _refuse_nothing_begun() -> None:
    seen = visit()
    if seen.response is None or seen.is_withdrawn:
        raise Conflict("Nothing has been begun with this link.")


__all__ = ["come_back_blueprint"]
