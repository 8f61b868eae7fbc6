"""The coordinator's pages of visits: planning one, choosing other checkers, having a tablet emptied.

They show who goes where, and whether the tablets are ready or emptied; never an answer, nor how many there are.
"""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.errors import Conflict, Invalid, NotFound, Refused
from app.organisations import NOT_YOURS, Act, Network, require
from app.services import networking, visiting
from app.services.visiting import Choices, VisitView
from app.web import access
from app.web.context import actor, database
from app.web.visits.forms import DECLARED, PlanForm, ReplaceForm, WipeForm

blueprint = Blueprint("visit_plans", __name__, url_prefix="/networks/<network_id>/visits")


@blueprint.get("")
@access.open_to(Act.RUN_NETWORK)
def all_visits(network_id: str) -> ResponseReturnValue:
    network = _coordinated(network_id)
    views = visiting.visits_of_network(database(), network_id)
    return render_template("visits/all.html", network=network, views=views)


@blueprint.get("/new")
@access.open_to(Act.RUN_NETWORK)
def new_visit(network_id: str) -> ResponseReturnValue:
    network, choices = _coordinated(network_id), visiting.choices_of(database(), network_id)
    return _new(network, choices, PlanForm(choices))


@blueprint.post("/new")
@access.open_to(Act.RUN_NETWORK)
def plan(network_id: str) -> ResponseReturnValue:
    network, choices = _coordinated(network_id), visiting.choices_of(database(), network_id)
    form = PlanForm(choices)
    if not form.validate():
        return _new(network, choices, form), 422
    try:
        planned = visiting.plan_visit(
            database(), network_id, form.round.data, form.checkers.data, form.planned_on.data, form.new_id.data
        )
    except (Conflict, Invalid, Refused) as error:
        return _new(network, choices, form, error.message), 409
    return redirect(url_for(".show", network_id=network_id, visit_id=planned.id), 303)


@blueprint.get("/<visit_id>")
@access.open_to(Act.RUN_NETWORK)
def show(network_id: str, visit_id: str) -> ResponseReturnValue:
    return _show(_coordinated_visit(network_id, visit_id))


@blueprint.post("/<visit_id>/checkers/<int:account_id>")
@access.open_to(Act.RUN_NETWORK)
def replace_checker(network_id: str, visit_id: str, account_id: int) -> ResponseReturnValue:
    view = _coordinated_visit(network_id, visit_id)
    form = ReplaceForm(_others(view))
    if not form.validate():
        return _show(view, refusal=form.by.errors[0]), 422
    try:
        visiting.replace_checker(database(), visit_id, account_id, int(form.by.data))
    except (Conflict, Invalid, Refused) as error:
        return _show(view, refusal=error.message), 409
    return redirect(url_for(".show", network_id=network_id, visit_id=visit_id), 303)


@blueprint.post("/<visit_id>/cancel")
@access.open_to(Act.RUN_NETWORK)
def cancel(network_id: str, visit_id: str) -> ResponseReturnValue:
    view = _coordinated_visit(network_id, visit_id)
    try:
        visiting.cancel(database(), visit_id)
    except Conflict as error:
        return _show(view, refusal=error.message), 409
    return redirect(url_for(".all_visits", network_id=network_id), 303)


@blueprint.post("/<visit_id>/wipe")
@access.open_to(Act.RUN_NETWORK)
def wipe(network_id: str, visit_id: str) -> ResponseReturnValue:
    _coordinated_visit(network_id, visit_id)
    form = WipeForm()
    if not form.validate():
        raise Invalid(visiting.UNKNOWN_TABLET)
    visiting.ask_to_wipe(database(), visit_id, form.device.data or "")
    return redirect(url_for(".show", network_id=network_id, visit_id=visit_id), 303)


def _coordinated(network_id: str) -> Network:
    """Return the network. Raises the same NotFound for one that does not exist and for one of somebody else."""
    require(actor(), Act.RUN_NETWORK, network_id)
    return networking.view_of_network(database(), network_id).network


def _coordinated_visit(network_id: str, visit_id: str) -> VisitView:
    _coordinated(network_id)
    try:
        view = visiting.view_of(database(), visit_id)
    except NotFound:
        raise NotFound(NOT_YOURS) from None
    if view.visit.network_id != network_id:
        raise NotFound(NOT_YOURS)
    return view


def _others(view: VisitView) -> dict[int, str]:
    """Return the network's checkers who are not of the pair: {account's id: address}."""
    checkers = visiting.checkers_of(database(), view.network.id)
    return {id_: address for id_, address in checkers.items() if id_ not in view.addresses}


def _new(network: Network, choices: Choices, form: PlanForm, refusal: str = "") -> str:
    return render_template("visits/new.html", network=network, choices=choices, form=form, refusal=refusal)


def _show(view: VisitView, refusal: str = "") -> str:
    form = ReplaceForm(_others(view))
    return render_template("visits/show.html", view=view, form=form, declared=DECLARED, refusal=refusal)
