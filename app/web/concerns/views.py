"""The pages of a safeguarding contact. What was told is shown here and nowhere else."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.errors import Conflict
from app.organisations import Act
from app.responses import ConcernState
from app.services import concerns
from app.services.concerns import ConcernView
from app.web import access
from app.web.concerns.forms import ABOUT_STEPS, STATES, StepForm
from app.web.context import actor, database, settings, today

blueprint = Blueprint("concerns", __name__, url_prefix="/concerns")


@blueprint.get("")
@access.open_to(Act.READ_CONCERNS)
def all_concerns() -> ResponseReturnValue:
    found = concerns.concerns_of(database(), actor())
    references = {each.concern.id: concerns.reference_of(each.concern.id) for each in found}
    return render_template("concerns/all.html", found=found, states=STATES, references=references)


@blueprint.get("/<concern_id>")
@access.open_to(Act.READ_CONCERNS)
def show(concern_id: str) -> ResponseReturnValue:
    """Show the words to an account that has opened them, and the door to them to one that has not."""
    view = _view(concern_id)
    return _concern(view, StepForm(view.concern.state))


@blueprint.post("/<concern_id>")
@access.open_to(Act.READ_CONCERNS)
def open_concern(concern_id: str) -> ResponseReturnValue:
    concerns.open_concern(database(), actor(), concern_id, today())
    return redirect(url_for(".show", concern_id=concern_id), 303)


@blueprint.post("/<concern_id>/step")
@access.open_to(Act.READ_CONCERNS)
def write_step(concern_id: str) -> ResponseReturnValue:
    view = _view(concern_id)
    form = StepForm(view.concern.state)
    if not form.validate():
        return _concern(view, form), 422
    try:
        concerns.write_step(
            database(), settings().keys(), actor(), concern_id, ConcernState(form.step.data), form.note.data or "",
            step_count=form.step_count.data or 0, on=today(),
        )  # fmt: skip
    except Conflict as error:
        return _concern(_view(concern_id), form, error.message), 409
    return redirect(url_for(".show", concern_id=concern_id), 303)


def _view(concern_id: str) -> ConcernView:
    return concerns.view_of(database(), settings().keys(), actor(), concern_id)


def _concern(view: ConcernView, form: StepForm, refusal: str = "") -> str:
    return render_template(
        "concerns/show.html", view=view, form=form, refusal=refusal, states=STATES, about_steps=ABOUT_STEPS,
        reference=concerns.reference_of(view.concern.id),
    )  # fmt: skip
