"""Everything that is kept of whoever answers: in plain words on a page, and as a file to take away."""

import json
from dataclasses import dataclass
from typing import BinaryIO

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.organisations import Role
from app.responses import AnsweredHow, Response
from app.services import own_answers
from app.services.own_answers import Kept
from app.standards import LANGUAGES
from app.surveys import Edition
from app.web import access
from app.web.answer import choices
from app.web.answer.blueprint import blueprint, visit, words
from app.web.answer.choices import Choice
from app.web.answer.own_result import people_to_share_with
from app.web.context import database, today
from app.web.languages import day, month
from app.web.results.downloads import download, file_name


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is kept. about: what it is; said: what is kept of it, a sentence or a word each."""

    about: str
    said: tuple[str, ...]


@blueprint.route("/everything", methods=["GET", "POST"])
@access.open_to(Role.RESPONDENT)
def everything(token: str) -> ResponseReturnValue:
    kept = own_answers.everything(database(), token, today())
    return render_template("answer/everything.html", **words(), lines=_lines(kept))


@blueprint.get("/everything.json")
@access.open_to(Role.RESPONDENT)
def everything_file(token: str) -> ResponseReturnValue:
    kept = own_answers.everything(database(), token, today())
    written = json.dumps(own_answers.as_entries(kept, visit()), ensure_ascii=False, indent=2)

    def write(out: BinaryIO) -> object:
        return out.write(written.encode())

    return download(file_name(_("everything about me"), visit().provider_name, kind="json"), write)


def _lines(kept: Kept) -> tuple[Line, ...]:
    response, also = kept.response, kept.also
    found = (
        Line(_("My answers"), (ngettext("%(num)s answer", "%(num)s answers", len(response.answers)),)),
        Line(_("When I sent them"), _sending(kept)),
        Line(_("How I read"), (_("Easy Read") if response.edition is Edition.EASY_READ else _("Standard"),)),
        Line(_("Language"), (LANGUAGES[response.language],)),
        Line(_("How I said yes"), _consent(response)),
        Line(_("Who answered"), _help(response)),
        Line(
            _("My own word"),
            (_("A scrambled form of it, and of its short code") if also.has_word else _("I have no word."),),
        ),
        Line(_("Who can see my answers by a link"), _shares(kept)),
        Line(_("On paper"), _paper(kept)),
    )
    return tuple(line for line in found if line.said)


def _sending(kept: Kept) -> tuple[str, ...]:
    if kept.also.sent_in is None:
        return (_("You have not sent them yet."),)
    return month(kept.also.sent_in), _("We keep the month. We do not keep the day.")


def _consent(response: Response) -> tuple[str, ...]:
    given = response.consent
    if given is None:
        return ()
    return (*_labels(choices.consents(response.audience), given.given), *_labels(choices.WITNESSES, given.witness))


def _help(response: Response) -> tuple[str, ...]:
    how, support = _labels(choices.HOW[response.audience], response.answered_how), response.support
    if support is None:
        return how
    who = choices.ON_BEHALF_WHO if response.answered_how is AnsweredHow.ON_BEHALF else choices.SUPPORTERS
    return (
        *how,
        *_labels(who, *support.who),
        *_labels(choices.WAYS, *support.ways),
        *_labels(choices.WHY, support.why),
        *_labels(choices.KNOWN, *support.known),
    )


def _shares(kept: Kept) -> tuple[str, ...]:
    people = {card.id: card.label for card in people_to_share_with()}
    return tuple(
        _("%(who)s, until %(day)s", who=people[each.shared_with], day=day(each.until)) for each in kept.shares
    ) or (_("Nobody"),)


def _paper(kept: Kept) -> tuple[str, ...]:
    typed_in = (_("Somebody typed in my answers."),) if kept.also.typed_in else ()
    return (*typed_in, _("Somebody else checked them.")) if kept.also.checked else typed_in


def _labels(cards: tuple[Choice, ...], *chosen: str | None) -> tuple[str, ...]:
    return tuple(str(card.label) for card in cards if card.id in chosen)
