"""The pages of a team: the same for a provider's, a network's and the installation's."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, update_wrapper
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.errors import Conflict, Invalid, NotFound, Refused
from app.organisations import (
    INSTALLATION,
    INSTALLATION_ROLES,
    NETWORK_ROLES,
    NOT_YOURS,
    PROVIDER_ROLES,
    Act,
    Membership,
    Role,
)
from app.services import inviting_colleagues, organising, teams
from app.services.teams import Colleague
from app.web import access
from app.web.context import actor, database, office, today
from app.web.rounds.forms import UnderstoodForm
from app.web.teams.forms import ABOUT, NAMES, InviteColleagueForm, RoleForm


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of team. path: the beginning of its address, which names the organisation."""

    name: str
    path: str
    roles: tuple[Role, ...]
    acts: tuple[Act, ...]


PROVIDER = Kind(
    "provider_team", "/providers/<organisation_id>/team", PROVIDER_ROLES, (Act.RUN_PROVIDER, Act.ADMINISTER)
)
NETWORK = Kind("network_team", "/networks/<organisation_id>/team", NETWORK_ROLES, (Act.RUN_NETWORK, Act.ADMINISTER))
OF_INSTALLATION = Kind("installation_team", "/administration/team", INSTALLATION_ROLES, (Act.ADMINISTER,))


def team_pages(kind: Kind) -> Blueprint:
    """Return the pages of one kind of team."""
    blueprint = Blueprint(kind.name, __name__, url_prefix=kind.path)
    for method, rule, view in _PAGES:
        is_dangerous = view in (change_role, remove)
        page = access.open_to(*kind.acts, fresh=is_dangerous)(update_wrapper(partial(view, kind), view))
        blueprint.add_url_rule(rule, view.__name__, page, methods=[method])
    return blueprint


def show(kind: Kind, organisation_id: str = INSTALLATION) -> ResponseReturnValue:
    return _team(kind, organisation_id, InviteColleagueForm(kind.roles))


def invite(kind: Kind, organisation_id: str = INSTALLATION) -> ResponseReturnValue:
    form = InviteColleagueForm(kind.roles)
    teams.team_of(database(), organisation_id, kind.roles)
    if not form.validate():
        return _team(kind, organisation_id, form), 422
    into = Membership(Role(form.role.data), organisation_id)
    try:
        invited, link = inviting_colleagues.invite(
            database(), office(), form.new_id.data, form.email.data, into, today()
        )
    except (Conflict, Invalid) as error:
        return _team(kind, organisation_id, form, error.message), 409
    return _link(kind, organisation_id, invited.email, link)


def invite_again(kind: Kind, invitation_id: str, organisation_id: str = INSTALLATION) -> ResponseReturnValue:
    _refuse_other(kind, organisation_id, invitation_id)
    try:
        invited, link = inviting_colleagues.resend(database(), office(), invitation_id, today())
    except Conflict as error:
        return _team(kind, organisation_id, InviteColleagueForm(kind.roles), error.message), 409
    return _link(kind, organisation_id, invited.email, link)


def take_back(kind: Kind, invitation_id: str, organisation_id: str = INSTALLATION) -> ResponseReturnValue:
    _refuse_other(kind, organisation_id, invitation_id)
    try:
        inviting_colleagues.revoke(database(), invitation_id)
    except Conflict as error:
        return _team(kind, organisation_id, InviteColleagueForm(kind.roles), error.message), 409
    return redirect(_to(kind, "show", organisation_id), 303)


def colleague(kind: Kind, account_id: int, role: str, organisation_id: str = INSTALLATION) -> ResponseReturnValue:
    found = teams.colleague(database(), account_id, _held(kind, organisation_id, role))
    return _colleague(kind, found, RoleForm(kind.roles, found.membership.role), UnderstoodForm())


def change_role(kind: Kind, account_id: int, role: str, organisation_id: str = INSTALLATION) -> ResponseReturnValue:
    was = _held(kind, organisation_id, role)
    teams.team_of(database(), organisation_id, kind.roles)
    form = RoleForm(kind.roles, was.role)
    if not form.validate():
        found = teams.colleague(database(), account_id, was)
        return _colleague(kind, found, form, UnderstoodForm()), 422
    try:
        teams.change_role(database(), account_id, was, Role(form.role.data))
    except (Conflict, Refused) as error:
        return _team(kind, organisation_id, InviteColleagueForm(kind.roles), error.message), 409
    return _after_change(kind, account_id, organisation_id)


def remove(kind: Kind, account_id: int, role: str, organisation_id: str = INSTALLATION) -> ResponseReturnValue:
    held, form = _held(kind, organisation_id, role), UnderstoodForm()
    teams.team_of(database(), organisation_id, kind.roles)
    if not form.validate():
        found = teams.colleague(database(), account_id, held)
        return _colleague(kind, found, RoleForm(kind.roles, held.role), form), 422
    try:
        teams.take_role_away(database(), account_id, held)
    except Conflict as error:
        return _team(kind, organisation_id, InviteColleagueForm(kind.roles), error.message), 409
    return _after_change(kind, account_id, organisation_id)


_COLLEAGUE = "/<int:account_id>/<role>"
_INVITATION = "/invitations/<invitation_id>"
_PAGES: tuple[tuple[str, str, Callable[..., ResponseReturnValue]], ...] = (
    ("GET", "", show),
    ("POST", "", invite),
    ("POST", f"{_INVITATION}/again", invite_again),
    ("POST", f"{_INVITATION}/take-back", take_back),
    ("GET", _COLLEAGUE, colleague),
    ("POST", _COLLEAGUE, change_role),
    ("POST", f"{_COLLEAGUE}/remove", remove),
)


def _held(kind: Kind, organisation_id: str, role: str) -> Membership:
    """Raises NotFound for a role that this kind of team does not have."""
    if role not in {each.value for each in kind.roles}:
        raise NotFound(NOT_YOURS)
    return Membership(Role(role), organisation_id)


def _refuse_other(kind: Kind, organisation_id: str, invitation_id: str) -> None:
    """Raises NotFound for an invitation into another team than the page's."""
    teams.team_of(database(), organisation_id, kind.roles)
    found = inviting_colleagues.invitations_of(database(), office(), organisation_id, today())
    if invitation_id not in {each.id for each in found}:
        raise NotFound(NOT_YOURS)


def _to(kind: Kind, view: str, organisation_id: str, **more: Any) -> str:  # noqa: ANN401  # as url_for
    if organisation_id != INSTALLATION:
        more["organisation_id"] = organisation_id
    return url_for(f"{kind.name}.{view}", **more)


def _after_change(kind: Kind, account_id: int, organisation_id: str) -> ResponseReturnValue:
    """Go back to the team; whoever gave up their own role may not see it any more, and begins anew."""
    is_own = account_id == actor().account_id
    return redirect(url_for("rounds.all_rounds") if is_own else _to(kind, "show", organisation_id), 303)


def _team(kind: Kind, organisation_id: str, form: InviteColleagueForm, refusal: str = "") -> str:
    team = teams.team_of(database(), organisation_id, kind.roles)
    invitations = inviting_colleagues.invitations_of(database(), office(), organisation_id, today())
    return render_template(
        "teams/team.html", kind=kind, **_about(kind, organisation_id), organisation_id=organisation_id, team=team,
        invitations=invitations, form=form, refusal=refusal, names=NAMES, about=ABOUT, to=_to,
    )  # fmt: skip


def _colleague(kind: Kind, found: Colleague, form: RoleForm, understood: UnderstoodForm) -> str:
    organisation_id = found.membership.organisation_id
    return render_template(
        "teams/colleague.html", kind=kind, **_about(kind, organisation_id), organisation_id=organisation_id,
        colleague=found, form=form, understood=understood, names=NAMES, about=ABOUT, to=_to,
    )  # fmt: skip


def _link(kind: Kind, organisation_id: str, email: str, link: str) -> ResponseReturnValue:
    page = render_template(
        "teams/link.html", kind=kind, **_about(kind, organisation_id), organisation_id=organisation_id, email=email,
        link=link, days=inviting_colleagues.WORKS_FOR.days, to=_to,
    )  # fmt: skip
    return page, 200, {"Cache-Control": "no-store"}


def _about(kind: Kind, organisation_id: str) -> dict[str, Any]:
    found = organising.organisation_of(database(), organisation_id, kind.roles[0])
    return {"name": found.name if found else "Driving Seat", "made_up": bool(found and found.made_up)}
