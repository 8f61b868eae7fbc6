"""Pages for links that open nothing any more: what happened, and what to do next. None says who has an account."""

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any, cast

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from flask_security.recoverable import reset_password_token_status

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


def prepare(app: Flask) -> None:
    views = app.view_functions
    views["security.reset_password"] = _checked(views["security.reset_password"])


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
