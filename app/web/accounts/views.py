"""What people see of their own account, and set for themselves."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.organisations import Role
from app.services.installing import is_demonstration
from app.web import access
from app.web.accounts.second_step import is_set_up
from app.web.accounts.who import account
from app.web.context import database

blueprint = Blueprint("accounts", __name__, url_prefix="/account")


@blueprint.get("")
@access.open_to(Role.SIGNED_IN)
def overview() -> ResponseReturnValue:
    return render_template("accounts/overview.html", account=account())


@blueprint.get("/second-step")
@access.open_to(Role.SIGNED_IN)
def second_step() -> ResponseReturnValue:
    found = account()
    return render_template(
        "accounts/second_step.html",
        must=access.lacks_second_step() and not is_demonstration(database()),
        made_up=is_demonstration(database()),
        is_set_up=is_set_up(found),
        passkeys=[each.name for each in found.webauthn],
        has_app=bool(found.tf_primary_method),
        codes_left=len(found.mf_recovery_codes or []),
    )
