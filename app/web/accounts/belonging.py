"""Where somebody belongs: their roles, and leaving one by themselves."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from app.errors import Conflict, NotFound
from app.organisations import INSTALLATION, NOT_YOURS, Membership, Role
from app.services import teams
from app.services.teams import OwnRole
from app.web import access
from app.web.accounts.joining import ROLES
from app.web.accounts.views import blueprint
from app.web.context import database

_OF_INSTALLATION, _IN_ORGANISATION = "/roles/<role>", "/roles/<role>/<organisation_id>"


@blueprint.get("/roles")
@access.open_to(Role.SIGNED_IN)
def roles() -> ResponseReturnValue:
    return render_template("accounts/roles.html", roles=teams.own_roles(database()), about=ROLES)


@blueprint.get(_OF_INSTALLATION)
@blueprint.get(_IN_ORGANISATION)
@access.open_to(Role.SIGNED_IN, fresh=True)
def confirm_leaving(role: str, organisation_id: str = INSTALLATION) -> ResponseReturnValue:
    return _page(teams.own_role(database(), _membership(role, organisation_id)))


@blueprint.post(_OF_INSTALLATION)
@blueprint.post(_IN_ORGANISATION)
@access.open_to(Role.SIGNED_IN, fresh=True)
def leave(role: str, organisation_id: str = INSTALLATION) -> ResponseReturnValue:
    """Leave. Who is needed, or has become so meanwhile, is told by whom first."""
    found = teams.own_role(database(), _membership(role, organisation_id))
    try:
        teams.leave(database(), found.membership)
    except Conflict:
        return _page(teams.own_role(database(), found.membership)), 409
    flash(str(_("You have left.")))
    return redirect(url_for(".roles"), 303)


def _membership(role: str, organisation_id: str) -> Membership:
    if role not in {each.value for each in ROLES}:
        raise NotFound(NOT_YOURS)
    return Membership(Role(role), organisation_id)


def _page(found: OwnRole) -> str:
    is_last = len(teams.own_roles(database())) == 1
    return render_template("accounts/leave.html", found=found, about=ROLES, is_last=is_last)
