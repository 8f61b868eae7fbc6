"""What people see of their own account, and set for themselves."""

from datetime import date

from flask import Blueprint, Response, flash, json, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security.utils import logout_user

from app.errors import Invalid
from app.organisations import Role
from app.services import account_sessions, own_account
from app.services.installing import is_demonstration
from app.services.own_account import StillNeededError
from app.web import access
from app.web.accounts.second_step import is_set_up
from app.web.accounts.who import account
from app.web.accounts.who import session as own_session
from app.web.context import database, office, today

blueprint = Blueprint("accounts", __name__, url_prefix="/account")


@blueprint.get("")
@access.open_to(Role.SIGNED_IN)
def overview() -> ResponseReturnValue:
    return render_template("accounts/overview.html", account=account())


@blueprint.get("/second-step")
@access.open_to(Role.SIGNED_IN)
def second_step() -> ResponseReturnValue:
    found, made_up = account(), is_demonstration(database())
    return render_template(
        "accounts/second_step.html",
        must=access.lacks_second_step() and not made_up,
        made_up=made_up,
        is_set_up=is_set_up(found),
        passkeys=[each.name for each in found.webauthn],
        has_app=bool(found.tf_primary_method),
        codes_left=len(found.mf_recovery_codes or []),
    )


@blueprint.get("/sessions")
@access.open_to(Role.SIGNED_IN)
def sessions() -> ResponseReturnValue:
    found = account_sessions.sessions_of(database(), account().id, today())
    return render_template("accounts/sessions.html", sessions=found, own=own_session().id)


@blueprint.post("/sessions")
@access.open_to(Role.SIGNED_IN, fresh=True)
def end_sessions() -> ResponseReturnValue:
    """End one session, or all but this."""
    if "others" in request.form:
        account_sessions.end_others(database(), account().id, own_session().id)
        flash(_("You are signed out everywhere else."))
    else:
        account_sessions.end(database(), account().id, request.form.get("id", ""))
        flash(_("You are signed out there."))
    return redirect(url_for(".sessions"), 303)


@blueprint.get("/what-we-keep")
@access.open_to(Role.SIGNED_IN)
def what_we_keep() -> ResponseReturnValue:
    return render_template("accounts/what_we_keep.html", kept=own_account.kept(database(), account().id, today()))


@blueprint.get("/what-we-keep.json")
@access.open_to(Role.SIGNED_IN, fresh=True)
def download() -> ResponseReturnValue:
    found = own_account.kept(database(), account().id, today())
    written = json.dumps(found, indent=2, default=_written, ensure_ascii=False, sort_keys=False)
    named = {"Content-Disposition": 'attachment; filename="my-account.json"'}
    return Response(written, mimetype="application/json", headers=named)


@blueprint.get("/close")
@access.open_to(Role.SIGNED_IN, fresh=True)
def close() -> ResponseReturnValue:
    return render_template("accounts/close.html", fault="", needed=())


@blueprint.post("/close")
@access.open_to(Role.SIGNED_IN, fresh=True)
def save_close() -> ResponseReturnValue:
    try:
        own_account.close(database(), office(), account().id, request.form.get("email", ""))
    except Invalid:
        return render_template("accounts/close.html", fault=_("Type the address of this account"), needed=()), 422
    except StillNeededError as error:
        return render_template("accounts/close.html", fault="", needed=error.names), 409
    logout_user()
    session.clear()
    return render_template("accounts/closed.html")


def _written(value: object) -> str:
    """Write what JSON has no form for: days."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError
