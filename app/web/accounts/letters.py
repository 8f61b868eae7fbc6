"""Choosing which letters one gets, and in which language."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from app.errors import Invalid
from app.organisations import Role
from app.organisations.news import News
from app.services import notifying
from app.services.notifying import Choices
from app.web import access
from app.web.accounts.views import blueprint
from app.web.accounts.who import account
from app.web.context import database

EVERY = "every"
"""What stands for every language in the form."""
NAMES: Mapping[News, LazyString] = {
    News.LAST_DAY: _("The last day of a round is near"),
    News.RESULTS: _("A round has closed, and its result is there"),
    News.TEAM: _("Somebody joins or leaves a team or a network that I look after"),
    News.VISIT: _("A visit is planned for me"),
    News.WORRY: _("A worry has come in for you. Somebody may need help."),
}


@blueprint.get("/letters")
@access.open_to(Role.SIGNED_IN)
def letters() -> ResponseReturnValue:
    return _page(notifying.choices(database()))


@blueprint.post("/letters")
@access.open_to(Role.SIGNED_IN)
def choose_letters() -> ResponseReturnValue:
    wanted = frozenset(each for each in News if each.value in request.form.getlist("wanted"))
    language = request.form.get("language", "")
    try:
        notifying.choose(database(), wanted, None if language == EVERY else language)
    except Invalid:
        found = notifying.choices(database())
        chosen = Choices(found.asked, found.always, frozenset(News) - wanted, found.language)
        return _page(chosen, fault=str(_("Choose a language"))), 422
    flash(str(_("Your choice is kept.")))
    return redirect(url_for(".letters"), 303)


def _page(choices: Choices, fault: str = "") -> str:
    is_confirmed = account().confirmed_at is not None
    return render_template(
        "accounts/letters.html", choices=choices, names=NAMES, every=EVERY, fault=fault, is_confirmed=is_confirmed
    )
