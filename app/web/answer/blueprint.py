"""The answering pages' blueprint, and what they all ask of a request: its link, the visit, the reader's language."""

from flask import Blueprint, g, request

from app.responses import Response
from app.services import answering
from app.services.answering import Visit
from app.services.publishing import languages_of, wording_state
from app.surveys import Edition
from app.web.context import database, today
from app.web.languages import ENGLISH, use_language, wished_language
from app.web.look import look

blueprint = Blueprint("answer", __name__, url_prefix="/a/<token>")


def token() -> str:
    """Return the link's secret."""
    return str((request.view_args or {})["token"])


def visit() -> Visit:
    """Return what the link leads to, read once a request. Raises NotFound for a link we do not know."""
    if "visit" not in g:
        remember(answering.open_link(database(), token(), wished_language()))
    found: Visit = g.visit
    return found


def remember(seen: Visit) -> Visit:
    """Keep a visit as it is now, and show the rest of the request in its language."""
    g.visit = seen
    show_in(_language_of(seen))
    return seen


def _language_of(seen: Visit) -> str:
    """Return the language that is kept with answers while they can be changed; else the one that is wished here."""
    if seen.response is None:
        return wished_language()
    return seen.response.language if seen.is_changeable else look().language or seen.response.language


def show_in(language: str) -> None:
    """Show the rest of the request in this language, where its survey has one; in English otherwise."""
    use_language(language if language in languages_of(database(), visit().round) else ENGLISH)
    if visit().survey.language != g.language:
        g.visit = answering.in_language(database(), visit(), g.language)


def is_switching() -> bool:
    """Say whether a form was sent only to see its page in another way."""
    return request.method == "POST" and "switch" in request.form


def edition() -> Edition:
    """Return the edition that is being read."""
    if "edition" in g:
        chosen_here: Edition = g.edition
        return chosen_here
    seen: Response | None = visit().response
    if seen:
        return seen.edition
    chosen = request.form.get("edition") or request.args.get("edition", "")
    return Edition(chosen) if chosen in set(Edition) else Edition.STANDARD


def words(**more: object) -> dict[str, object]:
    """Return what every page about a visit shows."""
    seen, reads = visit(), edition()
    g.is_easy_read = reads is Edition.EASY_READ
    return {
        "token": token(),
        "visit": seen,
        "texts": seen.survey.texts[reads, seen.audience],
        "edition": reads,
        "is_easy_read": reads is Edition.EASY_READ,
        "language": g.language,
        "languages": languages_of(database(), seen.round),
        "wording_state": wording_state(database(), seen.round, g.language),
        "is_made_up": seen.round.made_up,
        "today": today(),
        **more,
    }
