"""The pages of a quality checker: their visits, what they declare, and their tablets; and what a lead reads of it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.errors import Conflict, Invalid, NotFound
from app.organisations import NOT_YOURS, Act
from app.responses.visit import Declared, Seen
from app.services import publishing, rounds, visiting
from app.services.visiting import VisitView
from app.web import access
from app.web.context import actor, database
from app.web.rounds.forms import UnderstoodForm
from app.web.visits.forms import DECLARED, DeclareForm, DeviceForm, WipeForm
from app.web.visits.tablet import own_visit

blueprint = Blueprint("visits", __name__)
SEEN = {
    Seen.SEEN: "They saw it",
    Seen.PARTLY: "They saw some of it",
    Seen.NOT_SEEN: "They looked and did not see it",
    Seen.NOT_LOOKED: "They did not look at this",
}


@blueprint.get("/visits")
@access.open_to(Act.VISIT)
def own() -> ResponseReturnValue:
    return render_template("visits/own.html", views=visiting.own_visits(database()))


@blueprint.get("/visits/<visit_id>")
@access.open_to(Act.VISIT)
def visit(visit_id: str) -> ResponseReturnValue:
    return _visit(own_visit(visit_id), DeclareForm())


@blueprint.post("/visits/<visit_id>/declare")
@access.open_to(Act.VISIT)
def declare(visit_id: str) -> ResponseReturnValue:
    view, form = own_visit(visit_id), DeclareForm()
    if not form.validate():
        return _visit(view, form), 422
    declared = Declared(form.declared.data)
    try:
        visiting.declare(database(), visit_id, actor().account_id, declared, form.interest.data or "")
    except Conflict as error:
        return _visit(view, form, refusal=error.message), 409
    return redirect(url_for(".visit", visit_id=visit_id), 303)


@blueprint.get("/visits/<visit_id>/ready")
@access.open_to(Act.VISIT)
def ready(visit_id: str) -> ResponseReturnValue:
    view = own_visit(visit_id)
    if not view.may_begin:
        return redirect(url_for(".visit", visit_id=visit_id), 303)
    return render_template("visits/ready.html", view=view, form=DeviceForm())


@blueprint.post("/visits/<visit_id>/wipe")
@access.open_to(Act.VISIT)
def wipe(visit_id: str) -> ResponseReturnValue:
    view, form = own_visit(visit_id), WipeForm()
    if not form.validate():
        raise Invalid(visiting.UNKNOWN_TABLET)
    visiting.ask_to_wipe(database(), visit_id, form.device.data or "")
    return redirect(url_for(".visit", visit_id=view.visit.id), 303)


@blueprint.get("/visits/<visit_id>/finish")
@access.open_to(Act.VISIT)
def confirm_finish(visit_id: str) -> ResponseReturnValue:
    return render_template("visits/finish.html", view=own_visit(visit_id), form=UnderstoodForm())


@blueprint.post("/visits/<visit_id>/finish")
@access.open_to(Act.VISIT)
def finish(visit_id: str) -> ResponseReturnValue:
    view, form = own_visit(visit_id), UnderstoodForm()
    if not form.validate():
        return render_template("visits/finish.html", view=view, form=form), 422
    try:
        visiting.finish(database(), visit_id)
    except Conflict as error:
        return _visit(view, DeclareForm(), refusal=error.message), 409
    return redirect(url_for(".visit", visit_id=visit_id), 303)


@blueprint.get("/rounds/<round_id>/visits")
@access.open_to(Act.SEE_ROUNDS)
def of_round(round_id: str) -> ResponseReturnValue:
    """Show a provider's team what pairs saw: once the visit is finished and the round has closed."""
    try:
        view = rounds.view_of(database(), round_id)
    except NotFound:
        raise NotFound(NOT_YOURS) from None
    findings = visiting.findings_of(database(), view.round)
    standards = publishing.standards_of(database(), view.round)
    return render_template("visits/findings.html", view=view, findings=findings, standards=standards, seen=SEEN)


def _visit(view: VisitView, form: DeclareForm, refusal: str = "") -> str:
    me = view.visit.checker(actor().account_id)
    return render_template("visits/visit.html", view=view, form=form, me=me, declared=DECLARED, refusal=refusal)
