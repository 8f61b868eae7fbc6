"""A respondent's own result: seeing it, taking it away, and letting somebody else see it for a while."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from app.errors import Conflict, NotFound
from app.exports import ChartWords, PersonalWords, own_chart, personal_workbook, qr_svg, radar_svg
from app.exports.pdf import write_pdf
from app.organisations import Contact, Role
from app.reports import PersonalReport, personal_report
from app.responses import HowLong, Response, Round
from app.services import contacts, sharing
from app.services.publishing import languages_of, standards_of, survey_of
from app.services.sharing import SharedWith
from app.standards import Audience
from app.surveys import Edition
from app.web import access
from app.web.answer.blueprint import blueprint, is_switching, visit, words
from app.web.answer.choices import Choice
from app.web.answer.forms import ShareForm
from app.web.context import database, settings, today
from app.web.languages import asked_about, multilingual, page_language, use_language
from app.web.pictures import files_elsewhere
from app.web.results.downloads import download, file_name
from app.web.whom_to_call import whom_to_call

shared_blueprint = Blueprint("shared", __name__)
FEWEST_AXES = 3


@dataclass(frozen=True, slots=True)
class OwnResult:
    """What the page of an own result shows. chart: None where too little was answered to draw one."""

    report: PersonalReport
    chart: Markup | None
    summary: tuple[str, ...]
    has_pictures: bool


@blueprint.route("/result", methods=["GET", "POST"])
@access.open_to(Role.RESPONDENT)
def result(token: str) -> ResponseReturnValue:
    return render_template("answer/result.html", **words(), result=_own_result())


@blueprint.get("/result.<kind>")
@access.open_to(Role.RESPONDENT)
def result_file(token: str, kind: str) -> ResponseReturnValue:
    """Give the result as a file: "xlsx" or "pdf"."""
    shown = _own_result()
    name = file_name(_("my answers"), asked_about(visit()), kind=kind)
    print_words = {**words(), "result": shown}
    writers: dict[str, Callable[[BinaryIO], object]] = {
        "xlsx": lambda out: personal_workbook(
            shown.report, _workbook_words(shown.report), visit().round.opened_on, out
        ),
        "pdf": lambda out: write_pdf(
            render_template("answer/result_print.html", **print_words), out, files_elsewhere()
        ),
    }
    if kind not in writers:
        abort(404)
    return download(name, writers[kind])


@blueprint.get("/share")
@access.open_to(Role.RESPONDENT)
def share(token: str) -> ResponseReturnValue:
    _refuse_called_off()
    return _share(ShareForm())


@blueprint.post("/share")
@access.open_to(Role.RESPONDENT)
def save_share(token: str) -> ResponseReturnValue:
    form = ShareForm()
    _refuse_called_off()
    if is_switching():
        return _share_link(request.form["secret"]) if "secret" in request.form else _share(form)
    if not form.validate():
        return _share(form), 422
    try:
        secret = sharing.share(
            database(), token, SharedWith(form.shared_with.data), HowLong(form.how_long.data), today()
        )
    except Conflict:
        return _share(form, _("You share your answers many times already. Take one back first.")), 409
    return _share_link(secret)


@blueprint.post("/stop-sharing")
@access.open_to(Role.RESPONDENT)
def stop_sharing(token: str) -> ResponseReturnValue:
    sharing.take_back(database(), token, request.form.get("share", ""))
    return redirect(url_for(".share", token=token), 303)


@shared_blueprint.route("/s/<share_token>", methods=["GET", "POST"])
@access.open_to(Role.RESPONDENT)
@multilingual
def show(share_token: str) -> ResponseReturnValue:
    """Show a result to somebody whom its respondent let see it."""
    try:
        shared = sharing.open_share(database(), share_token, today())
    except NotFound:
        return render_template("answer/not_shared.html"), 404
    languages = languages_of(database(), shared.round)
    if page_language() not in languages:
        use_language(languages[0])
    shown = result_of(shared.round, shared.response, asked_about(shared), page_language())
    return render_template(
        "answer/shared.html",
        result=shown,
        shared=shared,
        is_easy_read=shared.response.edition is Edition.EASY_READ,
        is_made_up=shared.round.made_up,
        help_page=url_for(".get_help", share_token=share_token),
    )


@shared_blueprint.get("/s/<share_token>/help")
@access.open_to(Role.RESPONDENT)
@multilingual
def get_help(share_token: str) -> ResponseReturnValue:
    """Show whom to call to somebody who sees a shared result: the contacts of that round, while it is shared."""
    own: tuple[Contact, ...] = ()
    with suppress(NotFound):
        shared = sharing.open_share(database(), share_token, today())
        own = contacts.contacts_for(database(), shared.round.provider_id)
    return render_template("home/get_help.html", sections=whom_to_call(own))


def _refuse_called_off() -> None:
    if visit().round.is_cancelled:
        raise Conflict("This round has been called off, so nothing of it can be shared.")


def _own_result() -> OwnResult:
    seen = visit()
    if not seen.receipt or seen.response is None:
        raise Conflict("There is no result before the answers have been sent.")
    return result_of(seen.round, seen.response, asked_about(seen), g.language)


def result_of(of: Round, response: Response, about: str, language: str) -> OwnResult:
    """Return what somebody's own result shows, in a language."""
    survey, standards = survey_of(database(), of, language), standards_of(database(), of, language)
    report = personal_report(of, response, survey, standards, about)
    scored = sum(standard.score is not None for standard in report.standards)
    chart = None
    if len(report.standards) >= FEWEST_AXES and scored:
        drawn = own_chart(report, response.audience.value, _("Your answers in one picture"), _("You"), _chart_words())
        chart = Markup(radar_svg(drawn, "own"))  # noqa: S704  # our own drawing; it escapes what it writes
    reader = (response.edition, response.audience)
    summary = tuple(
        ngettext(
            "You answered “%(answer)s” %(num)s time.",
            "You answered “%(answer)s” %(num)s times.",
            count,
            answer=survey.option(option_id).labels[reader],
        )
        for option_id, count in report.counts.items()
    )
    return OwnResult(report, chart, summary, response.edition is Edition.EASY_READ)


def _chart_words() -> ChartWords:
    return ChartWords(
        not_shown=_("not answered"),
        open_mark=_("Open mark: not answered. It does not mean zero."),
        radar_scale=_("Near the middle: not like this. Near the edge: just like this."),
    )


def _workbook_words(report: PersonalReport) -> PersonalWords:
    return PersonalWords(
        sheet=_("My answers"),
        title=_("My answers"),
        whose=_("These are your own answers. Keep this file where only you can open it."),
        made_up=_("These answers are made up. They are here to show how it works.") if report.made_up else "",
        standard=_("What it is about"),
        question=_("Question"),
        answer=_("My answer"),
        score=_("0 to 100"),
        not_answered=_("Not answered"),
        about_score=_("0 means “not like this at all”. 100 means “just like this”."),
    )


def _share(form: ShareForm, error: str = "") -> str:
    _own_result()
    return render_template(
        "answer/share.html",
        **words(),
        form=form,
        error=error,
        people=people_to_share_with(),
        times=_how_long_choices(),
        shares=sharing.shares_of(database(), str((request.view_args or {})["token"]), today()),
    )


def _share_link(secret: str) -> str:
    link = f"{settings().base_url}{url_for('shared.show', share_token=secret)}"
    qr = Markup(qr_svg(link))  # noqa: S704  # our own drawing
    return render_template("answer/share_link.html", **words(), link=link, secret=secret, qr=qr)


def people_to_share_with() -> tuple[Choice, ...]:
    """Return whom somebody can let see their own result, in the words of the page's language."""
    family = _("The person in my family") if visit().audience is Audience.FAMILY else _("My family")
    return (
        Choice(SharedWith.PROVIDER, visit().provider_name, "", "supporter.paid-staff"),
        Choice(SharedWith.FAMILY, family, "", "supporter.family"),
        Choice(SharedWith.CIRCLE, _("My circle"), _("People I trust and choose."), "supporter.friend"),
    )


def _how_long_choices() -> tuple[Choice, ...]:
    return (
        Choice(HowLong.A_WEEK, _("One week"), "", "how-long.week"),
        Choice(HowLong.A_MONTH, _("One month"), "", "how-long.month"),
        Choice(HowLong.THREE_MONTHS, _("Three months"), "", "how-long.three-months"),
    )
