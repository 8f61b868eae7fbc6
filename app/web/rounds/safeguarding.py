"""Who takes a round's concerns: its lead may choose among the network's contacts, all of them outside the provider."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.errors import Conflict, Refused
from app.organisations import Act
from app.services import concerns, contacts, rounds
from app.services.rounds import RoundView
from app.web import access
from app.web.context import database
from app.web.rounds.forms import TakerForm
from app.web.rounds.leading import led_round

blueprint = Blueprint("safeguarding", __name__, url_prefix="/rounds/<round_id>/safeguarding")


@blueprint.get("")
@access.open_to(Act.RUN_ROUNDS)
def choose_taker(round_id: str) -> ResponseReturnValue:
    view = led_round(round_id)
    return _choose(view, _form(view))


@blueprint.post("")
@access.open_to(Act.RUN_ROUNDS)
def name_taker(round_id: str) -> ResponseReturnValue:
    view = led_round(round_id)
    form = _form(view)
    if not form.validate():
        return _choose(view, form), 422
    try:
        rounds.name_safeguarding_contact(database(), round_id, form.taker.data)
    except (Conflict, Refused) as error:
        return _choose(view, form, error.message), 409
    return redirect(url_for("rounds.show", round_id=round_id), 303)


def _form(view: RoundView) -> TakerForm:
    takers = contacts.takers_of(database(), view.provider.id)
    return TakerForm(takers, concerns.safeguarding_contact(database(), view.round))


def _choose(view: RoundView, form: TakerForm, refusal: str = "") -> str:
    takers = contacts.takers_of(database(), view.provider.id)
    return render_template("rounds/safeguarding.html", view=view, form=form, takers=takers, refusal=refusal)
