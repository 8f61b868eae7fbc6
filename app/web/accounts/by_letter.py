"""Signing in with a link in a letter, without a password. The second step is asked as ever.

Programs that look through mail open every link before the reader does: opening shows a button, and only the button
signs in.
"""

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_security import login_user
from flask_security.utils import check_and_get_token_status
from flask_wtf import FlaskForm
from wtforms import StringField

from app.organisations import Role
from app.services import sign_in_links
from app.services.accounts import address_of
from app.web import access
from app.web.accounts.links import Over, over
from app.web.accounts.words import SAID
from app.web.checked import Checked
from app.web.context import database, today
from app.web.letters import post_words

blueprint = Blueprint("by_letter", __name__, url_prefix="/sign-in/letter")


class AskForm(FlaskForm):
    email = StringField(validators=[Checked(address_of, SAID["INVALID_EMAIL_ADDRESS"])])


@blueprint.get("")
@access.open_to(Role.PUBLIC)
def ask() -> ResponseReturnValue:
    return render_template("accounts/ask_for_letter.html", form=AskForm(), sent=False)


@blueprint.post("")
@access.open_to(Role.PUBLIC)
def send() -> ResponseReturnValue:
    """Post a letter, if there is somebody to post it to. The page says the same either way."""
    form = AskForm()
    if not form.validate():
        return render_template("accounts/ask_for_letter.html", form=form, sent=False), 422
    secret = sign_in_links.make(database(), form.email.data, today())
    if secret is not None:
        link = url_for(".show", token=_library().login_serializer.dumps(secret))
        post_words("sign_in", address_of(form.email.data), {"link": link})
    return render_template("accounts/ask_for_letter.html", form=form, sent=True)


@blueprint.get("/<token>")
@access.open_to(Role.PUBLIC)
def show(token: str) -> ResponseReturnValue:
    found = _secret_in(token)
    if isinstance(found, Over):
        return _over(found)
    if not sign_in_links.is_usable(database(), found):
        return _over(Over.USED)
    return render_template("accounts/sign_in_by_letter.html")


@blueprint.post("/<token>")
@access.open_to(Role.PUBLIC)
def sign_in(token: str) -> ResponseReturnValue:
    found = _secret_in(token)
    account_id = None if isinstance(found, Over) else sign_in_links.use(database(), found)
    if isinstance(found, Over) or account_id is None:
        return _over(found if isinstance(found, Over) else Over.USED)
    user = _library().datastore.find_user(id=account_id)
    second_step = _library().two_factor_plugins.tf_enter(user, False, "token", next_loc=None)  # noqa: FBT003
    if second_step is not None:
        asked: ResponseReturnValue = second_step
        return asked
    login_user(user, authn_via=["token"])
    return redirect(url_for("rounds.all_rounds"), 303)


def _secret_in(token: str) -> str | Over:
    expired, invalid, secret = check_and_get_token_status(token, "login", current_app.config["SECURITY_LOGIN_WITHIN"])
    if invalid or not isinstance(secret, str):
        return Over.WRONG
    return Over.EXPIRED if expired else secret


def _over(why: Over) -> ResponseReturnValue:
    return over(why, _("Ask for a new link, or sign in with your password."), url_for(".ask"), _("Ask for a new link"))


def _library() -> Any:  # noqa: ANN401  # the library has no types
    return current_app.extensions["security"]
