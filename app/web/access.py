"""Deny by default: every endpoint declares who may use it, and what declares nothing is never served."""

import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.errors import Refused
from app.organisations import NEEDS_SECOND_FACTOR, NOBODY, Act, Role, roles_that_may
from app.outgoing.addresses import is_loopback
from app.services.installing import is_demonstration
from app.web.context import actor, database, session_found

View = TypeVar("View", bound=Callable[..., Any])
_DECLARED, _FRESH = "_open_to", "_fresh"
OPEN_ENDPOINTS: dict[str, frozenset[Role]] = {
    "security.login": frozenset({Role.PUBLIC}),
    "security.logout": frozenset({Role.PUBLIC}),
    "security.forgot_password": frozenset({Role.PUBLIC}),
    "security.reset_password": frozenset({Role.PUBLIC}),
    "security.tf_select": frozenset({Role.PUBLIC}),
    "security.two_factor_token_validation": frozenset({Role.PUBLIC}),
    "security.mf_recovery": frozenset({Role.PUBLIC}),
    "security.wan_signin": frozenset({Role.PUBLIC}),
    "security.wan_signin_response": frozenset({Role.PUBLIC}),
    "security.wan_verify": frozenset({Role.SIGNED_IN}),
    "security.wan_verify_response": frozenset({Role.SIGNED_IN}),
    "security.wan_register": frozenset({Role.SIGNED_IN}),
    "security.wan_register_response": frozenset({Role.SIGNED_IN}),
    "security.wan_delete": frozenset({Role.SIGNED_IN}),
    "security.two_factor_setup": frozenset({Role.SIGNED_IN}),
    "security.mf_recovery_codes": frozenset({Role.SIGNED_IN}),
    "security.change_password": frozenset({Role.SIGNED_IN}),
    "security.change_email": frozenset({Role.SIGNED_IN}),
    "security.change_email_confirm": frozenset({Role.PUBLIC}),
    "security.verify": frozenset({Role.SIGNED_IN}),
}
_SIGNING_IN = frozenset({"security", "joining", "sign_on", "by_letter"})
UNUSED_ENDPOINTS = frozenset({"security.two_factor_rescue", "security.two_factor_setup_validate"})
"""Of the sign-in library: there is no switch for them, and no page leads there."""
_BEFORE_SECOND_STEP = frozenset({"security", "accounts"})
_WITHOUT_ACCOUNT = frozenset({Role.PUBLIC, Role.RESPONDENT})


def open_to(*who: Role | Act, fresh: bool = False) -> Callable[[View], View]:
    """Declare who may use a view: a role, or everybody whose role lets them do an act somewhere.

    In which organisation they may is the service's to ask. RESPONDENT: whoever holds the link; the service checks it.
    fresh: only within a quarter of an hour after somebody signed in or said again that it is them.
    """
    roles = frozenset().union(*(roles_that_may(each) if isinstance(each, Act) else {each} for each in who))

    def declare(view: View) -> View:
        setattr(view, _DECLARED, roles)
        setattr(view, _FRESH, fresh)
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
    served = set(app.view_functions) - UNUSED_ENDPOINTS
    undeclared = sorted(endpoint for endpoint in served if not declared_roles(app, endpoint))
    if undeclared:
        raise RuntimeError(f"these endpoints do not say who may use them: {', '.join(undeclared)}")


def guard() -> ResponseReturnValue | None:
    """Let a request pass when one of its roles is declared; ask a stranger to sign in."""
    if request.endpoint is None:
        return None
    if request.endpoint in UNUSED_ENDPOINTS or not _is_readable(request.view_args or {}):
        abort(404)
    roles = declared_roles(current_app, request.endpoint)
    if roles & _WITHOUT_ACCOUNT and request.blueprint not in _SIGNING_IN:
        return None
    made_up = is_demonstration(database())
    if made_up and not _is_on_this_machine():
        raise Refused("This is a demonstration. It can be signed in to from its own machine alone.")
    if roles & _WITHOUT_ACCOUNT:
        return None
    return _guard_account(roles, made_up=made_up)


def _guard_account(roles: frozenset[Role], *, made_up: bool) -> ResponseReturnValue | None:
    found = actor()
    if found is NOBODY:
        return redirect(url_for("security.login", next=request.path), 303)
    if not roles & found.roles:
        abort(404)
    if not made_up and request.blueprint not in _BEFORE_SECOND_STEP and lacks_second_step():
        return redirect(url_for("accounts.second_step"), 303)
    needs_fresh = getattr(current_app.view_functions[str(request.endpoint)], _FRESH, False)
    return ask_again() if needs_fresh and not is_fresh() else None


def is_fresh() -> bool:
    """Say whether somebody has just shown who they are."""
    shown_at: float = g.get("fs_paa", 0)
    within: timedelta = current_app.config["SECURITY_FRESHNESS"]
    return abs(time.time() - shown_at) < within.total_seconds()


def ask_again() -> ResponseReturnValue:
    """Ask who it is, and come back: to the page, or to the one with the form, which then is sent once more."""
    if request.method == "GET":
        return redirect(url_for("security.verify", next=request.full_path.rstrip("?")), 303)
    came_from = urlsplit(request.referrer or "")
    own = came_from.path if came_from.netloc == request.host else url_for("accounts.overview")
    return redirect(url_for("security.verify", next=own, sent="1"), 303)


def lacks_second_step() -> bool:
    """Say whether who is signed in has a role that needs a second step, and has not passed one in this session."""
    found = session_found()
    needs_one = bool(actor().roles & NEEDS_SECOND_FACTOR)
    return found is not None and needs_one and not found.session.has_second_factor


def _is_readable(named: Mapping[str, object]) -> bool:
    return all(str(value).isprintable() for value in named.values())


def _is_on_this_machine() -> bool:
    host = request.host.rsplit(":", 1)[0].strip("[]")
    return is_loopback(request.remote_addr or "") and is_loopback(host)
