"""The answering pages. A link's secret stands in the address; nothing else says who is answering."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.errors import Conflict, Invalid, NotFound
from app.organisations import Role
from app.responses import AnsweredHow, Response
from app.services import answering
from app.services.answering import Visit
from app.services.publishing import standards_of
from app.surveys import Edition
from app.web import access
from app.web.answer import pages
from app.web.answer.forms import CHOOSE_OR_SKIP, NOT_OFFERED, EditionForm, HowForm, StartForm
from app.web.context import database, today

blueprint = Blueprint("answer", __name__, url_prefix="/a/<token>")


class NotBegunError(Exception):
    """Somebody opened a page beyond the welcome before they agreed to take part."""


@blueprint.get("")
@access.open_to(Role.RESPONDENT)
def welcome(token: str) -> ResponseReturnValue:
    visit = answering.open_link(database(), token)
    if visit.receipt or not visit.is_open:
        return _cannot_change(token, visit), 200
    if visit.response:
        next_question = pages.where_they_were(visit, visit.response)
        return render_template("answer/welcome_back.html", **_words(token, visit), next_question=next_question)
    return _welcome(token, visit, StartForm())


@blueprint.post("/start")
@access.open_to(Role.RESPONDENT)
def start(token: str) -> ResponseReturnValue:
    visit = answering.open_link(database(), token)
    if visit.receipt or not visit.is_open:
        raise Conflict("Nothing can be begun with this link now.")
    form = StartForm()
    if not visit.response and not form.validate():
        return _welcome(token, visit, form), 422
    if not visit.response:
        answering.start(database(), token, Edition(form.edition.data), visit.survey.language)
    return redirect(url_for(".how", token=token), 303)


@blueprint.get("/how")
@access.open_to(Role.RESPONDENT)
def how(token: str) -> ResponseReturnValue:
    visit, _ = _changeable(token)
    return _how(token, visit, HowForm())


@blueprint.post("/how")
@access.open_to(Role.RESPONDENT)
def save_how(token: str) -> ResponseReturnValue:
    visit, response = _changeable(token)
    form = HowForm()
    if "skip" not in request.form:
        if not form.validate():
            return _how(token, visit, form), 422
        answering.record_answered_how(database(), token, AnsweredHow(form.how.data))
    return _go_on(token, pages.where_they_were(visit, response))


@blueprint.get("/q/<question_id>")
@access.open_to(Role.RESPONDENT)
def question(token: str, question_id: str) -> ResponseReturnValue:
    page = pages.question_page(*_changeable(token), question_id)
    return _question(token, page)


@blueprint.post("/q/<question_id>")
@access.open_to(Role.RESPONDENT)
def save_answer(token: str, question_id: str) -> ResponseReturnValue:
    if "skip" in request.form:
        visit, _ = _changeable(token)
        return _go_on(token, pages.after(visit, question_id))
    chosen = request.form.get("answer", "")
    try:
        visit = answering.record_answer(database(), token, question_id, chosen)
    except Invalid:
        page = pages.question_page(*_changeable(token), question_id)
        return _question(token, page, NOT_OFFERED if chosen else CHOOSE_OR_SKIP), 422
    return _go_on(token, pages.after(visit, question_id))


@blueprint.post("/edition")
@access.open_to(Role.RESPONDENT)
def change_edition(token: str) -> ResponseReturnValue:
    form = EditionForm()
    if not form.validate():
        raise Invalid(form.edition.errors[0])
    visit = answering.change_edition(database(), token, Edition(form.edition.data))
    asked = {question.id for question in visit.survey.questions_in(visit.round.length)}
    question_id = request.form.get("question", "")
    if question_id not in asked:
        return redirect(url_for(".welcome", token=token), 303)
    return redirect(url_for(".question", token=token, question_id=question_id), 303)


@blueprint.get("/check")
@access.open_to(Role.RESPONDENT)
def check(token: str) -> ResponseReturnValue:
    visit, response = _changeable(token)
    given = pages.given_answers(visit, response)
    chosen_how = next((c.label for c in pages.HOW_CHOICES[visit.audience] if c.id == response.answered_how), "")
    return render_template("answer/check.html", **_words(token, visit), given=given, chosen_how=chosen_how)


@blueprint.post("/submit")
@access.open_to(Role.RESPONDENT)
def submit(token: str) -> ResponseReturnValue:
    if not answering.open_link(database(), token).response:
        raise NotBegunError
    answering.submit(database(), token, today())
    return redirect(url_for(".done", token=token), 303)


@blueprint.get("/done")
@access.open_to(Role.RESPONDENT)
def done(token: str) -> ResponseReturnValue:
    visit = answering.open_link(database(), token)
    if not visit.receipt:
        return redirect(url_for(".welcome", token=token))
    return render_template("answer/done.html", **_words(token, visit))


@blueprint.errorhandler(NotFound)
def unknown_link(_error: NotFound) -> ResponseReturnValue:
    return render_template("answer/unknown_link.html", message=answering.UNKNOWN_LINK), 404


@blueprint.errorhandler(NotBegunError)
def not_begun(_error: NotBegunError) -> ResponseReturnValue:
    return redirect(url_for(".welcome", token=_token()), 303)


@blueprint.errorhandler(Conflict)
def cannot_change(error: Conflict) -> ResponseReturnValue:
    try:
        visit = answering.open_link(database(), _token())
    except NotFound as unknown:
        return unknown_link(unknown)
    if visit.is_open and not visit.response:
        return not_begun(NotBegunError())
    status = 409 if request.method == "POST" else 200
    return _cannot_change(_token(), visit, error.message), status


def _token() -> str:
    return str((request.view_args or {})["token"])


def _changeable(token: str) -> tuple[Visit, Response]:
    """Open the link on a response that can still be changed. Raises NotFound, Conflict, or NotBegunError."""
    visit = answering.open_link(database(), token)
    if visit.receipt or not visit.is_open:
        raise Conflict("These answers can no longer be changed.")
    if not visit.response:
        raise NotBegunError
    return visit, visit.response


def _go_on(token: str, question_id: str | None) -> ResponseReturnValue:
    """Go to the question; to the check when there is none, or when that is where the reader came from."""
    if question_id is None or request.args.get("from") == "check":
        return redirect(url_for(".check", token=token), 303)
    return redirect(url_for(".question", token=token, question_id=question_id), 303)


def _words(token: str, visit: Visit, before_start: Edition = Edition.STANDARD) -> dict[str, object]:
    """What every page about a visit shows. before_start: the edition to show until one has been chosen."""
    edition = visit.response.edition if visit.response else before_start
    return {
        "token": token,
        "visit": visit,
        "texts": visit.survey.texts[edition, visit.audience],
        "is_easy_read": edition is Edition.EASY_READ,
        "language": visit.response.language if visit.response else visit.survey.language,
        "is_made_up": visit.round.made_up,
    }


def _welcome(token: str, visit: Visit, form: StartForm) -> str:
    is_easy_read = Edition.EASY_READ in (form.edition.data, request.args.get("edition"))
    return render_template(
        "answer/welcome.html",
        **_words(token, visit, Edition.EASY_READ if is_easy_read else Edition.STANDARD),
        form=form,
        question_count=len(visit.survey.questions_in(visit.round.length)),
        wording_note=standards_of(database(), visit.round).wording_note,
    )


def _how(token: str, visit: Visit, form: HowForm) -> str:
    chosen = visit.response.answered_how if visit.response else None
    choices = pages.HOW_CHOICES[visit.audience]
    words = {**_words(token, visit), "from_check": request.args.get("from") == "check"}
    return render_template("answer/how.html", **words, form=form, choices=choices, chosen=chosen)


def _question(token: str, page: pages.QuestionPage, error: str = "") -> str:
    return render_template(
        "answer/question.html",
        token=token,
        page=page,
        error=error,
        from_check=request.args.get("from") == "check",
        is_easy_read=page.is_easy_read,
        language=page.language,
        is_made_up=page.is_made_up,
    )


def _cannot_change(token: str, visit: Visit, message: str = "") -> str:
    if visit.receipt:
        return render_template("answer/already_sent.html", **_words(token, visit))
    if not visit.is_open:
        return render_template("answer/closed.html", **_words(token, visit))
    return render_template("answer/unknown_link.html", message=message)
