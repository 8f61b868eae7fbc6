"""Typing booklets in: for a provider's lead and its networks' checkers. Every page after the first answers a form."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.errors import Conflict, Invalid, NotFound
from app.organisations import NOT_YOURS, Act
from app.responses import ProviderView, Round, refuse_over
from app.responses.paper import EDITION, LANGUAGE
from app.services import answering, entering, inviting
from app.services.entering import CANNOT_BE_ENTERED, PaperBooklet, PaperRound, PaperState
from app.services.inviting import MadeMeanwhileError
from app.services.links import grouped
from app.services.publishing import languages_of, survey_of
from app.standards import Audience
from app.surveys import Edition
from app.web import access
from app.web.answer.own_result import result_of
from app.web.context import actor, database, today
from app.web.languages import asked_about, page_language, use_language
from app.web.paper import pages
from app.web.paper.forms import CodeForm, NoCodeForm
from app.web.paper.pages import Row
from app.web.rounds.forms import GROUPS

CODE_GIVEN_MEANWHILE = (
    "A code was given a moment ago, in another window or by pressing twice, so none was given now. If you do not have "
    "one, choose “This booklet has no code” again."
)

blueprint = Blueprint("paper", __name__, url_prefix="/rounds/<round_id>/paper")


@blueprint.get("")
@access.open_to(Act.TYPE_IN_PAPER)
def begin(round_id: str) -> ResponseReturnValue:
    found = _round(round_id)
    form = _code_form(found.round)
    form.edition.data = request.args.get("edition") or form.edition.data
    form.language.data = request.args.get("language") or form.language.data
    return _begin(found, form)


@blueprint.post("")
@access.open_to(Act.TYPE_IN_PAPER)
def open_booklet(round_id: str) -> ResponseReturnValue:
    found = _open_round(round_id)
    form = _code_form(found.round)
    try:
        typed = entering.code_from(found.round, form.code.data or "")
        form.edition.data = typed.edition or form.edition.data
        form.language.data = typed.language or form.language.data
        booklet = entering.open_booklet(database(), found.round, typed.token, actor().account_id)
    except (Invalid, NotFound) as error:
        form.validate()
        form.code.errors = [error.message]
        return _begin(found, form), 422
    if not form.validate():
        return _begin(found, form), 422
    if booklet.state not in (PaperState.NEW, PaperState.WAITS):
        return _begin(found, form, refusal=CANNOT_BE_ENTERED[booklet.state]), 409
    reading = {EDITION: form.edition.data, LANGUAGE: form.language.data}
    return _entry(found, booklet, typed.token, reading)


@blueprint.get("/no-code")
@access.open_to(Act.TYPE_IN_PAPER)
def no_code(round_id: str) -> ResponseReturnValue:
    found = _round(round_id)
    if not found.round.is_open:
        return redirect(url_for(".begin", round_id=round_id), 303)
    return _ask_kind(found, _no_code_form(found.round))


@blueprint.post("/no-code")
@access.open_to(Act.TYPE_IN_PAPER)
def open_without_code(round_id: str) -> ResponseReturnValue:
    found = _open_round(round_id)
    form = _no_code_form(found.round)
    if not form.validate():
        return _ask_kind(found, form), 422
    try:
        link = inviting.code_for_paper(database(), round_id, Audience(form.audience.data), form.made_before.data or 0)
    except MadeMeanwhileError:
        return _begin(found, _code_form(found.round), refusal=CODE_GIVEN_MEANWHILE), 409
    except Conflict as error:
        return _begin(found, _code_form(found.round), refusal=error.message), 409
    booklet = entering.open_booklet(database(), found.round, link.token, actor().account_id)
    reading = {EDITION: form.edition.data, LANGUAGE: form.language.data}
    return _entry(found, booklet, link.token, reading, is_new_code=True)


@blueprint.post("/check")
@access.open_to(Act.TYPE_IN_PAPER)
def check(round_id: str) -> ResponseReturnValue:
    found, booklet, token, reading = _posted(round_id)
    if "change" in request.form:
        return _entry(found, booklet, token, reading)
    try:
        entering.read_booklet(database(), booklet, reading)
    except Invalid as error:
        return _entry(found, booklet, token, reading, error=error.message), 422
    return _answer("paper/check.html", found, booklet, token, reading)


@blueprint.post("/save")
@access.open_to(Act.TYPE_IN_PAPER)
def save(round_id: str) -> ResponseReturnValue:
    found, booklet, token, reading = _posted(round_id)
    settled = pages.settled_from(request.form, pages.names_of(_rows(booklet, reading)))
    try:
        kept = entering.enter(database(), found.round, token, reading, actor().account_id, today(), settled)
    except Invalid as error:
        return _entry(found, booklet, token, reading, error=error.message), 422
    except Conflict as error:
        return _begin(found, _code_form(found.round), refusal=error.message), 409
    if kept.unsettled is not None:
        rows = [row for row in (*pages.kind_rows(reading), *_rows(booklet, reading)) if row.name in kept.unsettled]
        return _answer("paper/differences.html", found, booklet, token, reading, first=kept.unsettled, unsettled=rows)
    own = _own_answers(token, reading[LANGUAGE]) if kept.receipt else ""
    return render_template("paper/saved.html", found=_round(round_id), kept=kept, reading=reading, own=own)


@blueprint.get("/check")
@access.open_to(Act.TYPE_IN_PAPER)
def check_is_gone(round_id: str) -> ResponseReturnValue:
    """What answers a form is not there for whoever opens its address again."""
    return redirect(url_for(".begin", round_id=_round(round_id).round.id), 303)


@blueprint.get("/save")
@access.open_to(Act.TYPE_IN_PAPER)
def save_is_gone(round_id: str) -> ResponseReturnValue:
    return redirect(url_for(".begin", round_id=_round(round_id).round.id), 303)


def _own_answers(token: str, language: str) -> Markup:
    """Return what the respondent's own result shows, in the booklet's language: to print for them, this once."""
    seen = answering.open_link(database(), token, language)
    if seen.response is None or seen.audience is Audience.PROVIDER:
        return Markup()
    page = page_language()
    use_language(language)
    result = result_of(seen.round, seen.response, asked_about(seen), language)
    is_easy_read = seen.response.edition is Edition.EASY_READ
    words = render_template("paper/own_answers.html", result=result, is_easy_read=is_easy_read, language=language)
    use_language(page)
    return Markup(words)  # nosec B704  # noqa: S704  # a template escaped what it holds


def _round(round_id: str) -> PaperRound:
    """Raises the same NotFound for a round that does not exist and for one of somebody else."""
    try:
        return entering.paper_round(database(), round_id)
    except NotFound:
        raise NotFound(NOT_YOURS) from None


def _open_round(round_id: str) -> PaperRound:
    found = _round(round_id)
    refuse_over(found.round, "so no answers can be added to it")
    return found


def _posted(round_id: str) -> tuple[PaperRound, PaperBooklet, str, dict[str, str]]:
    """Return the booklet that a form is about, and what was typed. Raises NotFound, Conflict, Invalid."""
    found = _open_round(round_id)
    form = _code_form(found.round)
    if not form.validate():
        raise Invalid("This form cannot be used. Begin again with the booklet’s code.")
    token = entering.code_from(found.round, form.code.data or "").token
    booklet = entering.open_booklet(database(), found.round, token, actor().account_id)
    kind = {EDITION: str(form.edition.data), LANGUAGE: str(form.language.data)}
    names = pages.names_of(_rows(booklet, kind))
    return found, booklet, token, {**pages.reading_from(request.form, names), **kind}


def _rows(booklet: PaperBooklet, reading: dict[str, str]) -> tuple[Row, ...]:
    survey = survey_of(database(), booklet.round, reading[LANGUAGE])
    return pages.rows_of(booklet.round, booklet.audience, survey, reading)


def _code_form(of: Round) -> CodeForm:
    return CodeForm(survey_of(database(), of).editions, languages_of(database(), of))


def _no_code_form(of: Round) -> NoCodeForm:
    return NoCodeForm(groups_of(of), survey_of(database(), of).editions, languages_of(database(), of))


def _ask_kind(found: PaperRound, form: NoCodeForm) -> str:
    made_before = inviting.links_made(database(), found.round)
    return render_template("paper/no_code.html", found=found, form=form, made_before=made_before)


def groups_of(of: Round) -> dict[Audience, str]:
    """Return whom booklets are for, in words."""
    own = GROUPS[Audience.PROVIDER] if of.provider_view is ProviderView.STAFF else "Our organisation, one booklet"
    return {**GROUPS, Audience.PROVIDER: own}


def _begin(found: PaperRound, form: CodeForm, refusal: str = "") -> str:
    return render_template("paper/begin.html", found=found, form=form, refusal=refusal)


def _entry(
    found: PaperRound, booklet: PaperBooklet, token: str, reading: dict[str, str], *,
    error: str = "", is_new_code: bool = False,
) -> str:  # fmt: skip
    return _answer("paper/entry.html", found, booklet, token, reading, error=error, is_new_code=is_new_code)


def _answer(
    template: str, found: PaperRound, booklet: PaperBooklet, token: str, reading: dict[str, str], **more: object
) -> str:
    rows = _rows(booklet, reading)
    words = {"code": grouped(token), "rows": rows, "reading": reading, "kind": pages.kind_rows(reading), **more}
    return render_template(template, found=found, booklet=booklet, **words)
