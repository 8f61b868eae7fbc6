"""Booklets to print, for a provider's lead; and where its networks' checkers find the rounds with paper to type in."""

from functools import partial

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from app.errors import Conflict, Invalid, Refused
from app.organisations import Act, Role
from app.services import booklets, entering
from app.services.booklets import MOST_BOOKLETS, Booklet
from app.services.publishing import languages_of, survey_of
from app.services.rounds import RoundView
from app.standards import Audience
from app.surveys import Edition
from app.web import access
from app.web.context import database, settings, today
from app.web.paper.entering import groups_of
from app.web.paper.forms import EDITIONS, BookletsForm
from app.web.paper.printing import booklet_pdf
from app.web.results import download, file_name
from app.web.rounds.leading import led_round

blueprint = Blueprint("booklets", __name__)


@blueprint.get("/paper")
@access.open_to(Role.CHECKER)
def rounds_with_paper() -> ResponseReturnValue:
    found = entering.open_rounds_to_check(database())
    return render_template("paper/rounds.html", found=found)


@blueprint.get("/rounds/<round_id>/booklets")
@access.open_to(Act.RUN_ROUNDS)
def choose(round_id: str) -> ResponseReturnValue:
    view = led_round(round_id)
    return _choose(view, _form(view))


@blueprint.post("/rounds/<round_id>/booklets")
@access.open_to(Act.RUN_ROUNDS)
def make(round_id: str) -> ResponseReturnValue:
    """Answer with one PDF of all booklets. Their codes stand in it and nowhere else."""
    view = led_round(round_id)
    form = _form(view)
    if not form.validate():
        return _choose(view, form), 422
    booklet = _booklet(view, form.audience.data, form.edition.data, form.language.data)
    typeset = partial(booklet_pdf, settings())
    try:
        made = booklets.make_booklets(database(), booklet, form.count.data, typeset, form.made_before.data)
    except (Conflict, Refused) as error:
        return _choose(view, form, refusal=error.message), 409
    return _download(view, booklet, made, f"{form.count.data}-booklets")


@blueprint.get("/rounds/<round_id>/booklets/specimen")
@access.open_to(Act.RUN_ROUNDS)
def specimen(round_id: str) -> ResponseReturnValue:
    """Answer with a booklet to look at; nobody is invited with it."""
    view = led_round(round_id)
    chosen = request.args.get
    booklet = _booklet(view, chosen("audience", "person"), chosen("edition", "easy-read"), chosen("language", "en"))
    return _download(view, booklet, booklet_pdf(settings(), booklet, []), "specimen")


def _booklet(view: RoundView, audience: str, edition: str, language: str) -> Booklet:
    """Raises Invalid for what this round does not have."""
    if audience not in set(Audience) or edition not in set(Edition):
        raise Invalid("There is no such booklet for this round.")
    return booklets.booklet_of(database(), view.round.id, Audience(audience), Edition(edition), language)


def _download(view: RoundView, booklet: Booklet, made: bytes, what: str) -> Response:
    parts = (view.provider.name, what, booklet.audience, booklet.edition, booklet.language, today().isoformat())
    return download(file_name(*parts, kind="pdf"), lambda file: file.write(made))


def _form(view: RoundView) -> BookletsForm:
    survey = survey_of(database(), view.round)
    return BookletsForm(groups_of(view.round), survey.editions, languages_of(database(), view.round))


def _choose(view: RoundView, form: BookletsForm, refusal: str = "") -> str:
    return render_template(
        "paper/booklets.html", view=view, form=form, refusal=refusal, most=MOST_BOOKLETS, groups=groups_of(view.round),
        editions=EDITIONS, languages_there=[choice.value for choice in form.language.choices],
    )  # fmt: skip
