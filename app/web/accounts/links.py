"""Pages for links that open nothing any more: what happened, and what to do next. None says who has an account."""

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any, cast

from flask import Flask, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from flask_security.recoverable import reset_password_token_status

from app.web.context import session_found

GONE = 410
View = Callable[..., Any]


class Over(Enum):
    """Why a link opens nothing. title, sentence."""

    WRONG = (
        _("This link is not complete"),
        _("Part of the link is missing, or it was changed on its way. Open it from the letter again, all of it."),
    )
    EXPIRED = (
        _("This link is too old"),
        _("It was made to work for a short time only, so that nobody else can use it."),
    )
    USED = (_("This link has been used"), _("A link works once. A newer one may have taken its place."))
    STEP = (_("This step is over"), _("It belongs to a sign-in that has ended, or that was not begun in this browser."))
    REVOKED = (_("This link was taken back"), _("Whoever sent it took it back."))

    @property
    def title(self) -> LazyString:
        return self.value[0]

    @property
    def sentence(self) -> LazyString:
        return self.value[1]


def over(
    why: Over, next_step: str | LazyString, address: str = "", button: str | LazyString = ""
) -> ResponseReturnValue:
    """Return the page for a link that is over. address, button: where to go from there."""
    page = render_template("accounts/link_over.html", why=why, next_step=next_step, address=address, button=button)
    return page, GONE


_MIDDLE_OF_SIGN_IN = ("tf_select", "two_factor_token_validation", "mf_recovery")


def prepare(app: Flask) -> None:
    views = app.view_functions
    views["security.reset_password"] = _checked(views["security.reset_password"])
    for name in _MIDDLE_OF_SIGN_IN:
        views[f"security.{name}"] = _in_the_middle(views[f"security.{name}"])


def _checked(view: View) -> View:
    @wraps(view)
    def reset_password(token: str) -> ResponseReturnValue:
        expired, invalid, user = reset_password_token_status(token)
        if invalid or expired or user is None or not user.active:
            why = Over.WRONG if invalid else Over.EXPIRED if expired else Over.USED
            return over(
                why, _("Ask for a new link. The newest one is the one that works."), "/reset", _("Ask for a new link")
            )
        return cast(ResponseReturnValue, view(token))

    return reset_password


def _in_the_middle(view: View) -> View:
    """Show the view while somebody signs in, or sets up an app; otherwise say that this step is over."""

    @wraps(view)
    def second_step() -> ResponseReturnValue:
        sets_up = session_found() is not None and session.get("tf_state") == "validating_profile"
        signs_in = session_found() is None and "tf_user_id" in session
        if not sets_up and not signs_in:
            return over(Over.STEP, _("Sign in from the beginning."), url_for("security.login"), _("Sign in"))
        return cast(ResponseReturnValue, view())

    return second_step
