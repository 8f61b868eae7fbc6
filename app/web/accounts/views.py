"""What people see of their own account, and set for themselves."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.organisations import Role
from app.web import access
from app.web.accounts.who import account

blueprint = Blueprint("accounts", __name__, url_prefix="/account")


@blueprint.get("")
@access.open_to(Role.SIGNED_IN)
def overview() -> ResponseReturnValue:
    return render_template("accounts/overview.html", account=account())
