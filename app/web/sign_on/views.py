"""Out to the identity provider, back from it, and a press of a button: a page that is only opened signs nobody in."""

import hmac
import time
from dataclasses import asdict
from typing import Any, cast

import structlog
from flask import Blueprint, abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import SQLAlchemySessionUserDatastore, login_user

from app.organisations import Role
from app.services import signing_on
from app.services.signing_on import Attempt, NotProvenError, SignedOn
from app.web import access, context
from app.web.accounts.sessions import SIGNED_ON_WITH_BOTH_STEPS
from app.web.languages import multilingual

blueprint = Blueprint("sign_on", __name__, url_prefix="/sign-in/with")
WAY_OUT, WAY_BACK = "sign_on_attempt", "sign_on_found"
SECONDS = 10 * 60


@blueprint.get("/<sign_on_id>")
@access.open_to(Role.PUBLIC)
@multilingual
def go(sign_on_id: str) -> ResponseReturnValue:
    attempt = Attempt()
    try:
        address = signing_on.begin(
            context.database(), context.settings().keys(), context.caller(), sign_on_id, attempt, _back(sign_on_id)
        )
    except NotProvenError as error:
        return _not_signed_in(error.why)
    session[WAY_OUT] = {"at": int(time.time()), "sign_on_id": sign_on_id, **asdict(attempt)}
    return redirect(address, 303)


@blueprint.get("/<sign_on_id>/back")
@access.open_to(Role.PUBLIC)
@multilingual
def back(sign_on_id: str) -> ResponseReturnValue:
    if WAY_OUT not in session and session.get(WAY_BACK, {}).get("sign_on_id") == sign_on_id:
        return _page(sign_on_id)  # opened again, or in another language
    try:
        attempt = Attempt(**_kept(WAY_OUT, sign_on_id))
        found = signing_on.come_back(
            context.database(),
            context.settings().keys(),
            context.caller(),
            sign_on_id,
            attempt,
            _code(attempt),
            _back(sign_on_id),
        )
    except NotProvenError as error:
        return _not_signed_in(error.why)
    session[WAY_BACK] = {"at": int(time.time()), "sign_on_id": sign_on_id, **asdict(found)}
    return _page(sign_on_id)


@blueprint.post("/<sign_on_id>/finish")
@access.open_to(Role.PUBLIC)
@multilingual
def finish(sign_on_id: str) -> ResponseReturnValue:
    try:
        found = SignedOn(**_kept(WAY_BACK, sign_on_id))
        signing_on.bind(context.database(), sign_on_id, found)
    except NotProvenError as error:
        return _not_signed_in(error.why)
    return _signed_in(found)


@blueprint.app_context_processor
def offered() -> dict[str, Any]:
    return {"sign_on_buttons": lambda: signing_on.buttons(context.database())}


def _page(sign_on_id: str) -> str:
    name = dict(signing_on.buttons(context.database())).get(sign_on_id)
    if name is None:  # it was removed meanwhile
        abort(404)
    is_new = not session[WAY_BACK]["is_bound"]
    return render_template("sign_on/back.html", sign_on_id=sign_on_id, name=name, is_new=is_new)


def _signed_in(found: SignedOn) -> ResponseReturnValue:
    """Let somebody in, by way of their second step where the provider does not stand for it."""
    library = current_app.extensions["security"]
    account = cast(SQLAlchemySessionUserDatastore, library.datastore).find_user(id=found.account_id)
    if not found.is_second_factor:
        second_step = library.two_factor_plugins.tf_enter
        step: ResponseReturnValue | None = second_step(
            account, remember_me=False, primary_authn_via="sign-on", next_loc=None
        )
        if step is not None:
            return step
    via = SIGNED_ON_WITH_BOTH_STEPS if found.is_second_factor else "sign-on"
    login_user(account, remember=False, authn_via=[via])
    return redirect(current_app.config["SECURITY_POST_LOGIN_VIEW"], 303)


def _kept(what: str, sign_on_id: str) -> dict[str, Any]:
    """Return what this browser kept, once. Raises NotProvenError when it is not there, old, or of another provider."""
    kept: dict[str, Any] = session.pop(what, {})
    is_fresh = 0 <= time.time() - kept.pop("at", 0) <= SECONDS
    if not is_fresh or kept.pop("sign_on_id", None) != sign_on_id:
        raise NotProvenError("state")
    return kept


def _code(attempt: Attempt) -> str:
    """Return the code that came back. Raises NotProvenError when it is no answer to what this browser asked."""
    state, code = request.args.get("state", ""), request.args.get("code", "")
    if not hmac.compare_digest(state.encode(), attempt.state.encode()):
        raise NotProvenError("state")
    if not code:
        raise NotProvenError("provider")
    return code


def _back(sign_on_id: str) -> str:
    return context.settings().base_url + url_for(".back", sign_on_id=sign_on_id)


def _not_signed_in(why: str) -> ResponseReturnValue:
    """One page for every way to fail: nobody learns here who has an account."""
    structlog.get_logger().warning("sign-on", why=why)
    page = render_template(
        "errors/problem.html",
        title=_("We could not sign you in"),
        message=_("You came back from another sign-in page, and we could not let you in."),
        next_step=_(
            "Go to our sign-in page and try again, or use your password there. If that does not help, ask whoever "
            "looks after your accounts."
        ),
    )
    return page, 403
