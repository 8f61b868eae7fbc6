"""The way from the welcome to the receipt. A link's secret stands in the address; nothing else says who answers."""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.errors import Conflict, Invalid, NotFound
from app.organisations import Role
from app.responses import AnsweredHow, ConsentGiven, Response
from app.services import answering
from app.services.answering import Visit
from app.services.publishing import standards_of
from app.standards import Audience
from app.web import access
from app.web.answer import choices, pages
from app.web.answer.blueprint import blueprint, edition, is_switching, remember, token, visit, words
from app.web.answer.forms import (
    CHOOSE_OR_SKIP,
    NOT_OFFERED,
    ConsentForm,
    EditionForm,
    HelpedForm,
    HowForm,
    OnBehalfForm,
)
from app.web.answer.is_it_you import trust_this_device
from app.web.answer.private import Asks, asks
from app.web.context import database, today

_MORE_ABOUT = {AnsweredHow.HELPED: ".helped", AnsweredHow.ON_BEHALF: ".on_behalf"}


class NotBegunError(Exception):
    """Somebody opened a page beyond the consent before they agreed to take part."""


@blueprint.get("")
@access.open_to(Role.RESPONDENT)
@asks(Asks.WHILE_OPEN)
def welcome(token: str) -> ResponseReturnValue:
    seen = visit()
    if seen.receipt or seen.is_withdrawn or not seen.is_open:
        return _cannot_change(seen), 200
    if seen.response:
        next_question = pages.where_they_were(seen, seen.response)
        return render_template("answer/welcome_back.html", **words(), next_question=next_question)
    return _welcome(EditionForm())


@blueprint.post("")
@access.open_to(Role.RESPONDENT)
@asks(Asks.WHILE_OPEN)
def choose_edition(token: str) -> ResponseReturnValue:
    if is_switching():
        return welcome(token)
    _refuse_closed(visit())
    form = EditionForm()
    if not form.validate():
        return _welcome(form), 422
    return redirect(url_for(".consent", token=token, edition=form.edition.data), 303)


@blueprint.get("/consent")
@access.open_to(Role.RESPONDENT)
def consent(token: str) -> ResponseReturnValue:
    seen = visit()
    _refuse_closed(seen)
    if seen.response and not seen.response.lacks_own_consent:
        return redirect(url_for(".welcome", token=token), 303)
    return _consent(ConsentForm())


@blueprint.post("/consent")
@access.open_to(Role.RESPONDENT)
def start(token: str) -> ResponseReturnValue:
    seen = visit()
    _refuse_closed(seen)
    form = ConsentForm()
    if is_switching():
        return _consent(form)
    if seen.response and not seen.response.lacks_own_consent:
        return redirect(url_for(".how", token=token), 303)
    form.offer((*choices.consents(seen.audience), choices.NO_CONSENT))
    if not form.validate():
        return _consent(form), 422
    if form.consent.data == choices.NO_CONSENT.id:
        stop = ".withdraw" if seen.response else ".not_taking_part"
        return redirect(url_for(stop, token=token, edition=edition().value), 303)
    if seen.response:
        answering.record_consent(database(), token, form.given)
    else:
        answering.start(database(), token, edition(), g.language, form.given)
        trust_this_device()
    is_on_behalf = form.given.given is ConsentGiven.ON_BEHALF
    return redirect(url_for(".on_behalf" if is_on_behalf else ".how", token=token), 303)


@blueprint.route("/not-taking-part", methods=["GET", "POST"])
@access.open_to(Role.RESPONDENT)
def not_taking_part(token: str) -> ResponseReturnValue:
    return render_template("answer/not_taking_part.html", **words())


@blueprint.get("/how")
@access.open_to(Role.RESPONDENT)
def how(token: str) -> ResponseReturnValue:
    return _how(HowForm(), _changeable().answered_how)


@blueprint.post("/how")
@access.open_to(Role.RESPONDENT)
def save_how(token: str) -> ResponseReturnValue:
    response, form = _changeable(), HowForm()
    if is_switching():
        return _how(form, form.how.data)
    if "skip" in request.form:
        return _go_on(token, pages.where_they_were(visit(), response))
    if not form.validate():
        return _how(form, response.answered_how), 422
    chosen = AnsweredHow(form.how.data)
    kept = response.support if chosen is response.answered_how else None
    now = remember(answering.record_answered_how(database(), token, chosen, kept)).response
    if now and now.lacks_own_consent:
        return redirect(url_for(".consent", token=token), 303)
    if chosen in _MORE_ABOUT and visit().audience is not Audience.PROVIDER:
        return redirect(url_for(_MORE_ABOUT[chosen], token=token, **_came_from()), 303)
    return _go_on(token, pages.where_they_were(visit(), response))


@blueprint.get("/helped")
@access.open_to(Role.RESPONDENT)
def helped(token: str) -> ResponseReturnValue:
    support = _changeable().support
    return _helped(HelpedForm(who=[*support.who], ways=[*support.ways]) if support else HelpedForm())


@blueprint.post("/helped")
@access.open_to(Role.RESPONDENT)
def save_helped(token: str) -> ResponseReturnValue:
    response, form = _changeable(), HelpedForm()
    if is_switching():
        return _helped(form)
    if "skip" not in request.form:
        answering.record_answered_how(database(), token, AnsweredHow.HELPED, form.support)
    return _go_on(token, pages.where_they_were(visit(), response))


@blueprint.get("/on-behalf")
@access.open_to(Role.RESPONDENT)
def on_behalf(token: str) -> ResponseReturnValue:
    support = _changeable().support
    if not support:
        return _on_behalf(OnBehalfForm())
    return _on_behalf(OnBehalfForm(who=next(iter(support.who), None), why=support.why, known=[*support.known]))


@blueprint.post("/on-behalf")
@access.open_to(Role.RESPONDENT)
def save_on_behalf(token: str) -> ResponseReturnValue:
    response, form = _changeable(), OnBehalfForm()
    if is_switching():
        return _on_behalf(form)
    if "skip" not in request.form:
        answering.record_answered_how(database(), token, AnsweredHow.ON_BEHALF, form.support)
    return _go_on(token, pages.where_they_were(visit(), response))


@blueprint.get("/q/<question_id>")
@access.open_to(Role.RESPONDENT)
def question(token: str, question_id: str) -> ResponseReturnValue:
    return _question(question_id)


@blueprint.post("/q/<question_id>")
@access.open_to(Role.RESPONDENT)
def save_answer(token: str, question_id: str) -> ResponseReturnValue:
    if "skip" in request.form:
        _changeable()
        return _go_on(token, pages.after(visit(), question_id))
    chosen = request.form.get("answer", "")
    try:
        seen = answering.record_answer(database(), token, question_id, chosen, g.language)
    except Invalid:
        return _question(question_id, NOT_OFFERED if chosen else CHOOSE_OR_SKIP), 422
    return _go_on(token, pages.after(seen, question_id))


@blueprint.get("/check")
@access.open_to(Role.RESPONDENT)
def check(token: str) -> ResponseReturnValue:
    return _check()


@blueprint.post("/check")
@access.open_to(Role.RESPONDENT)
@asks(Asks.WHILE_OPEN)
def submit(token: str) -> ResponseReturnValue:
    begun = visit().response
    if not begun:
        raise NotBegunError
    if is_switching():
        return _check()
    if begun.lacks_own_consent:
        return redirect(url_for(".consent", token=token), 303)
    answering.submit(database(), token, today())
    return redirect(url_for(".done", token=token), 303)


@blueprint.route("/done", methods=["GET", "POST"])
@access.open_to(Role.RESPONDENT)
@asks(Asks.WHILE_OPEN)
def done(token: str) -> ResponseReturnValue:
    if not visit().receipt or visit().round.is_cancelled:
        return redirect(url_for(".welcome", token=token))
    return render_template("answer/done.html", **words())


@blueprint.errorhandler(NotFound)
def unknown_link(_error: NotFound) -> ResponseReturnValue:
    return render_template("answer/unknown_link.html"), 404


@blueprint.errorhandler(NotBegunError)
def not_begun(_error: NotBegunError) -> ResponseReturnValue:
    return redirect(url_for(".welcome", token=token()), 303)


@blueprint.errorhandler(Conflict)
def cannot_change(_error: Conflict) -> ResponseReturnValue:
    g.pop("visit", None)
    try:
        seen = visit()
    except NotFound as unknown:
        return unknown_link(unknown)
    if seen.is_open and not seen.response:
        return not_begun(NotBegunError())
    return _cannot_change(seen), 409 if request.method == "POST" else 200


def _changeable() -> Response:
    """Return the response while it can still be changed. Raises NotFound, Conflict, or NotBegunError."""
    seen = visit()
    if seen.receipt or seen.is_withdrawn or seen.is_on_paper or not seen.is_open:
        raise Conflict("These answers can no longer be changed.")
    if not seen.response:
        raise NotBegunError
    return seen.response


def _refuse_closed(seen: Visit) -> None:
    if seen.receipt or seen.is_withdrawn or not seen.is_open:
        raise Conflict("Nothing can be begun with this link now.")


def _came_from() -> dict[str, Any]:
    return {"from": "check"} if request.args.get("from") == "check" else {}


def _go_on(token: str, question_id: str | None) -> ResponseReturnValue:
    """Go to the question; to the check when there is none, or when that is where the reader came from."""
    if question_id is None or _came_from():
        return redirect(url_for(".check", token=token), 303)
    return redirect(url_for(".question", token=token, question_id=question_id), 303)


def _welcome(form: EditionForm) -> str:
    seen = visit()
    return render_template(
        "answer/welcome.html",
        **words(),
        form=form,
        question_count=len(seen.survey.questions_in(seen.round.length)),
        wording_note=standards_of(database(), seen.round, g.language).wording_note,
    )


def _consent(form: ConsentForm) -> str:
    cards = (*choices.consents(visit().audience), choices.NO_CONSENT)
    return render_template(
        "answer/consent.html", **words(), form=form, choices_of_consent=cards, witnesses=choices.WITNESSES
    )


def _how(form: HowForm, chosen: str | None) -> str:
    cards = choices.HOW[visit().audience]
    return render_template("answer/how.html", **words(), form=form, cards=cards, chosen=chosen, came_from=_came_from())


def _helped(form: HelpedForm) -> str:
    parts = ((form.who, choices.SUPPORTERS), (form.ways, choices.WAYS))
    return render_template("answer/helped.html", **words(), form=form, parts=parts, came_from=_came_from())


def _on_behalf(form: OnBehalfForm) -> str:
    parts = ((form.who, choices.ON_BEHALF_WHO), (form.why, choices.WHY), (form.known, choices.KNOWN))
    return render_template("answer/on_behalf.html", **words(), form=form, parts=parts, came_from=_came_from())


def _question(question_id: str, error: str = "") -> str:
    page = pages.question_page(visit(), _changeable(), question_id)
    return render_template("answer/question.html", **words(), page=page, error=error, from_check=bool(_came_from()))


def _check() -> str:
    response, seen = _changeable(), visit()
    given = pages.given_answers(seen, response)
    chosen_how = next((card.label for card in choices.HOW[seen.audience] if card.id == response.answered_how), "")
    return render_template("answer/check.html", **words(), given=given, chosen_how=chosen_how)


def _cannot_change(seen: Visit) -> str:
    if seen.is_withdrawn:
        return render_template("answer/withdrawn.html", **words())
    if seen.round.is_cancelled:
        return render_template("answer/called_off.html", **words())
    if seen.receipt:
        return render_template("answer/already_sent.html", **words())
    if not seen.is_open:
        return render_template("answer/closed.html", **words())
    if seen.is_on_paper:
        return render_template("answer/on_paper.html", **words())
    return render_template("answer/one_only.html", **words())
