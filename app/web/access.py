"""Deny by default: every endpoint declares who may use it, and what declares nothing is never served."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.errors import Refused
from app.organisations import NOBODY, Act, Role, roles_that_may
from app.outgoing.addresses import is_loopback
from app.services.installing import is_demonstration
from app.web.context import actor, database

View = TypeVar("View", bound=Callable[..., Any])
_DECLARED = "_open_to"
OPEN_ENDPOINTS: dict[str, frozenset[Role]] = {
    "security.login": frozenset({Role.PUBLIC}),
    "security.logout": frozenset({Role.PUBLIC}),
    "security.forgot_password": frozenset({Role.PUBLIC}),
    "security.reset_password": frozenset({Role.PUBLIC}),
    "security.change_password": frozenset({Role.SIGNED_IN}),
    "security.verify": frozenset({Role.SIGNED_IN}),
}
_SIGNING_IN = frozenset({"security", "joining", "sign_on", "by_letter"})
_WITHOUT_ACCOUNT = frozenset({Role.PUBLIC, Role.RESPONDENT})


def open_to(*who: Role | Act) -> Callable[[View], View]:
    """Declare who may use a view: a role, or everybody whose role lets them do an act somewhere.

    In which organisation they may is the service's to ask. RESPONDENT: whoever holds the link; the service checks it.
    """
    roles = frozenset().union(*(roles_that_may(each) if isinstance(each, Act) else {each} for each in who))

    def declare(view: View) -> View:
        setattr(view, _DECLARED, roles)
        return view

    return declare


def declared_roles(app: Flask, endpoint: str) -> frozenset[Role]:
    """Return the roles that an endpoint declares; none when it declares nothing."""
    if endpoint in OPEN_ENDPOINTS:
        return OPEN_ENDPOINTS[endpoint]
    declared: frozenset[Role] = getattr(app.view_functions.get(endpoint), _DECLARED, frozenset())
    return declared


def refuse_undeclared(app: Flask) -> None:
    """Raises RuntimeError naming every endpoint that does not say who may use it."""
    undeclared = sorted(endpoint for endpoint in app.view_functions if not declared_roles(app, endpoint))
    if undeclared:
        raise RuntimeError(f"these endpoints do not say who may use them: {', '.join(undeclared)}")


def guard() -> ResponseReturnValue | None:
    """Let a request pass when one of its roles is declared; ask a stranger to sign in."""
    if request.endpoint is None:
        return None
    if not all(str(value).isprintable() for value in (request.view_args or {}).values()):
        abort(404)
    roles = declared_roles(current_app, request.endpoint)
    if roles & _WITHOUT_ACCOUNT and request.blueprint not in _SIGNING_IN:
        return None
    if is_demonstration(database()) and not _is_on_this_machine():
        raise Refused("This is a demonstration. It can be signed in to from its own machine alone.")
    if roles & _WITHOUT_ACCOUNT:
        return None
    found = actor()
    if found is NOBODY:
        return redirect(url_for("security.login", next=request.path), 303)
    if not roles & found.roles:
        abort(404)
    return None


def _is_on_this_machine() -> bool:
    host = request.host.rsplit(":", 1)[0].strip("[]")
    return is_loopback(request.remote_addr or "") and is_loopback(host)
