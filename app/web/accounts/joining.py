"""The invited person's side of an invitation: who invites to what, and saying yes."""

from flask import Blueprint, current_app, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from flask_security import hash_password, login_user
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField
from wtforms.validators import EqualTo, ValidationError

from app.errors import Conflict, Refused
from app.organisations import Role
from app.services import inviting_colleagues
from app.services.inviting_colleagues import InvitationState, Opened, OverError
from app.web import access
from app.web.accounts.links import Over, over
from app.web.accounts.strength import faults_of
from app.web.accounts.words import SAID
from app.web.context import database, office, session_found, today

blueprint = Blueprint("joining", __name__, url_prefix="/join")
_KEPT = "joining"
_ASK_AGAIN = _("Ask whoever invited you to send a fresh one.")
ROLES: dict[Role, LazyString] = {
    Role.LEAD: _("Lead: opens rounds, invites people to answer, and sees results"),
    Role.CONTRIBUTOR: _("Contributor: sees results, and adds evidence"),
    Role.MEMBER: _("Member of the team: sees results"),
    Role.COORDINATOR: _("Coordinator: looks after the network"),
    Role.CHECKER: _("Quality checker: visits providers"),
    Role.SAFEGUARDING: _("Safeguarding contact: reads worries that people tell"),
    Role.EDITOR: _("Editor: drafts and publishes standards"),
    Role.ADMINISTRATOR: _("Administrator: looks after this installation"),
    Role.AUDITOR: _("Auditor: reads the log of who did what"),
}


class JoinForm(FlaskForm):
    password = PasswordField()
    password_again = PasswordField(validators=[EqualTo("password", message=SAID["RETYPE_PASSWORD_MISMATCH"])])

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self._known_words = (opened.email, opened.organisation)

    def validate_password(self, field: Field) -> None:
        faults = faults_of(field.data or "", self._known_words)
        if faults:
            raise ValidationError(" ".join(map(str, faults)))


@blueprint.get("/go-on")
@access.open_to(Role.PUBLIC)
def go_on() -> ResponseReturnValue:
    """Come back to an invitation after signing in. Its secret waited in the session, not in an address."""
    secret = session.get(_KEPT)
    return redirect(url_for(".show", token=secret) if secret else url_for("accounts.overview"), 303)


@blueprint.get("/<token>")
@access.open_to(Role.PUBLIC)
def show(token: str) -> ResponseReturnValue:
    try:
        opened = inviting_colleagues.open_invitation(database(), office(), token, today())
    except OverError as error:
        return _over(error)
    return _page(opened)


@blueprint.post("/<token>/sign-in")
@access.open_to(Role.PUBLIC)
def sign_in(token: str) -> ResponseReturnValue:
    session[_KEPT] = token
    return redirect(url_for("security.login", next=url_for(".go_on")), 303)


@blueprint.post("/<token>")
@access.open_to(Role.PUBLIC)
def accept(token: str) -> ResponseReturnValue:
    try:
        opened = inviting_colleagues.open_invitation(database(), office(), token, today())
        found = session_found()
        if found is not None:
            inviting_colleagues.accept_as(database(), office(), token, found.account.id, today())
        else:
            form = JoinForm(opened)
            if opened.has_account or not form.validate():
                return _page(opened, form), 422
            inviting_colleagues.accept_new(database(), office(), token, hash_password(form.password.data), today())
            _sign_in_as(opened.email)
    except OverError as error:
        return _over(error)
    except (Refused, Conflict):
        return redirect(url_for(".show", token=token), 303)  # the page says for whom the invitation is
    session.pop(_KEPT, None)
    return redirect(url_for("rounds.all_rounds"), 303)


def _sign_in_as(email: str) -> None:
    login_user(current_app.extensions["security"].datastore.find_user(email=email), authn_via=["password"])


def _page(opened: Opened, form: JoinForm | None = None) -> str:
    found = session_found()
    is_other = found is not None and found.account.email.lower() != opened.email.lower()
    return render_template(
        "accounts/join.html",
        opened=opened,
        form=form or JoinForm(opened),
        role=ROLES[opened.membership.role],
        signed_in_as=found.account.email if found else "",
        is_other=is_other,
    )


def _over(error: OverError) -> ResponseReturnValue:
    why = {
        None: Over.WRONG,
        InvitationState.ACCEPTED: Over.USED,
        InvitationState.REVOKED: Over.REVOKED,
        InvitationState.EXPIRED: Over.EXPIRED,
    }.get(error.state, Over.WRONG)
    if why is Over.USED:
        return over(why, _("If it was you who used it: sign in."), url_for("security.login"), _("Sign in"))
    return over(why, _ASK_AGAIN)
