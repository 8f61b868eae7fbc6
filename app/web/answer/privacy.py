"""Why a round asks, on which lawful basis, and what somebody who answers can do: the round's own page about privacy."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.organisations import Role
from app.responses import HealthCondition, LawfulBasis, Purpose
from app.web import access
from app.web.answer.blueprint import blueprint, visit, words
from app.web.answer.private import Asks, asks
from app.web.context import settings

Said = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Law:
    """Why the law lets an organisation ask, in sentences. health: for what says something of somebody's health."""

    basis: Said
    health: Said


@blueprint.route("/privacy", methods=["GET", "POST"])
@access.open_to(Role.RESPONDENT)
@asks(Asks.NEVER)
def privacy(token: str) -> ResponseReturnValue:
    seen = visit()
    law = in_plain_words(seen.round.purpose, seen.provider_name, _)
    return render_template("answer/privacy.html", **words(), law=law, shows_uk=settings().uk_help_numbers)


def in_plain_words(purpose: Purpose, provider: str, _: Callable[..., str]) -> Law:
    """Say a purpose's lawful basis in sentences short enough for Easy Read."""
    return Law(_basis(purpose.basis, provider, _), _health(purpose.condition, provider, _))


def _basis(basis: LawfulBasis | None, provider: str, _: Callable[..., str]) -> Said:
    match basis:
        case LawfulBasis.LEGITIMATE_INTERESTS:
            return (
                _("%(provider)s has a good reason to ask.", provider=provider),
                _("It thinks that asking does not harm you."),
                _("The law calls this “legitimate interests”."),
            )
        case LawfulBasis.PUBLIC_TASK:
            return (
                _("Asking is part of the public work of %(provider)s.", provider=provider),
                _("The law calls this “public task”."),
            )
        case LawfulBasis.CONSENT:
            return (
                _("%(provider)s uses your answers only if you say yes.", provider=provider),
                _("The law calls this “consent”."),
            )
        case LawfulBasis.LEGAL_OBLIGATION:
            return (
                _("A law says that %(provider)s has to ask.", provider=provider),
                _("You still do not have to answer."),
                _("The law calls this “legal obligation”."),
            )
        case LawfulBasis.CONTRACT:
            return (
                _("You and %(provider)s have a contract.", provider=provider),
                _("Asking is part of it."),
                _("The law calls this “contract”."),
            )
        case None:
            return (
                _("%(provider)s has not written down which part of the law it uses.", provider=provider),
                _("You can ask."),
            )


def _health(condition: HealthCondition, provider: str, _: Callable[..., str]) -> Said:
    health = _("Your answers can say something about your health.")
    match condition:
        case HealthCondition.EXPLICIT_CONSENT:
            return (
                health,
                _("So we ask you first, and you say yes or no."),
                _("The law calls this “explicit consent”."),
            )
        case HealthCondition.SOCIAL_CARE:
            return (
                health,
                _("The law lets %(provider)s use them to give good social care.", provider=provider),
                _("The law calls this “health or social care”."),
            )
        case HealthCondition.PUBLIC_INTEREST:
            return (
                health,
                _("The law lets %(provider)s use them because it matters to many people.", provider=provider),
                _("The law calls this “substantial public interest”."),
            )
