"""How a round ends, or goes on: its last day, closing it, calling it off and bringing it back."""

from contextlib import suppress
from datetime import timedelta

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField
from wtforms.validators import Optional

from app.errors import Conflict
from app.organisations import Act
from app.responses import DAYS_TO_BRING_BACK
from app.services import calling_off, closing, rounds
from app.services.rounds import RoundView
from app.web import access
from app.web.context import database, today
from app.web.rounds.asking import last_day_field
from app.web.rounds.confirming import ConfirmForm
from app.web.rounds.forms import GROUPS
from app.web.rounds.leading import led_round

blueprint = Blueprint("ending", __name__, url_prefix="/rounds/<round_id>")


class LastDayForm(FlaskForm):
    """The last day, or none. before: the one that the page showed."""

    last_on = last_day_field()
    before = DateField(validators=[Optional()])


@blueprint.get("/last-day")
@access.open_to(Act.RUN_ROUNDS)
def last_day(round_id: str) -> ResponseReturnValue:
    view = led_round(round_id)
    return _last_day(view, LastDayForm(last_on=view.round.last_on))


@blueprint.post("/last-day")
@access.open_to(Act.RUN_ROUNDS)
def save_last_day(round_id: str) -> ResponseReturnValue:
    view, form = led_round(round_id), LastDayForm()
    if not form.validate():
        return _last_day(view, form), 422
    try:
        rounds.change_last_day(database(), round_id, form.last_on.data, before=form.before.data, on=today())
    except Conflict as error:
        return _last_day(led_round(round_id), form, error.message), 409
    return redirect(url_for("rounds.show", round_id=round_id), 303)


@blueprint.get("/close")
@access.open_to(Act.RUN_ROUNDS, fresh=True)
def confirm_close(round_id: str) -> ResponseReturnValue:
    view = led_round(round_id)
    if not view.is_open:
        return redirect(url_for("rounds.result", round_id=round_id), 303)
    return _confirm_close(view, ConfirmForm("close", view.place_name))


@blueprint.post("/close")
@access.open_to(Act.RUN_ROUNDS, fresh=True)
def close(round_id: str) -> ResponseReturnValue:
    view = led_round(round_id)
    form = ConfirmForm("close", view.place_name)
    if view.is_open:
        if not form.validate():
            return _confirm_close(view, form), 422
        with suppress(Conflict):  # somebody else ended it meanwhile: the next page says how
            closing.close_round(database(), round_id, on=today())
    return redirect(url_for("rounds.result", round_id=round_id), 303)


@blueprint.get("/cancel")
@access.open_to(Act.RUN_ROUNDS, fresh=True)
def confirm_cancel(round_id: str) -> ResponseReturnValue:
    view = led_round(round_id)
    if not view.is_open:
        return redirect(url_for("rounds.show", round_id=round_id), 303)
    return _confirm_cancel(view, ConfirmForm("call off", view.place_name))


@blueprint.post("/cancel")
@access.open_to(Act.RUN_ROUNDS, fresh=True)
def cancel(round_id: str) -> ResponseReturnValue:
    view = led_round(round_id)
    form = ConfirmForm("call off", view.place_name)
    if view.is_open:
        if not form.validate():
            return _confirm_cancel(view, form), 422
        with suppress(Conflict):  # somebody else ended it meanwhile: the round's page says how
            calling_off.cancel_round(database(), round_id, on=today())
    return redirect(url_for("rounds.show", round_id=round_id), 303)


@blueprint.post("/bring-back")
@access.open_to(Act.RUN_ROUNDS)
def bring_back(round_id: str) -> ResponseReturnValue:
    view = led_round(round_id)
    try:
        calling_off.bring_back(database(), round_id, on=today())
    except Conflict as error:
        return render_template("rounds/not_back.html", view=view, reason=error.message), 409
    return redirect(url_for("rounds.show", round_id=round_id), 303)


def _last_day(view: RoundView, form: LastDayForm, refusal: str = "") -> str:
    return render_template("rounds/last_day.html", view=view, form=form, refusal=refusal, today=today())


def _confirm_close(view: RoundView, form: ConfirmForm) -> str:
    unfinished = closing.unfinished_in_round(database(), view.round)
    return render_template("rounds/close.html", view=view, form=form, groups=GROUPS, unfinished=unfinished)


def _confirm_cancel(view: RoundView, form: ConfirmForm) -> str:
    return render_template(
        "rounds/cancel.html", view=view, form=form, groups=GROUPS,
        unfinished=closing.unfinished_in_round(database(), view.round),
        until=today() + timedelta(days=DAYS_TO_BRING_BACK - 1),
    )  # fmt: skip
