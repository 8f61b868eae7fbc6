"""The pages of a provider's lead. Whoever does not lead the provider gets the page for what does not exist."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.errors import Conflict, NotFound, Refused
from app.exports import network_workbook, provider_workbook, qr_svg, report_csv
from app.organisations import NOT_YOURS, Act, Actor, Provider, Role, require
from app.reports import NetworkReport, to_json
from app.responses import ProviderView
from app.services import (
    asking,
    concerns,
    contacts,
    entering,
    inviting,
    organising,
    overview,
    publishing,
    rounds,
    sites,
)
from app.services.links import Link
from app.services.networking import network_report_of, networks_by_id
from app.services.reporting import provider_report_of
from app.services.rounds import RoundView
from app.standards import Audience
from app.surveys import Length
from app.web import access
from app.web.context import actor, database, settings, today
from app.web.pages import write_report_pdf
from app.web.results import download, file_name, network_result, provider_result
from app.web.rounds.asking import BASES, CONDITIONS
from app.web.rounds.forms import (
    GROUPS,
    LENGTHS,
    PROVIDER_VIEWS,
    FreshLinkForm,
    InviteForm,
    OpenRoundForm,
    RemindForm,
)
from app.web.rounds.leading import led_round, seen_round
from app.web.rounds.next_step import next_step

blueprint = Blueprint("rounds", __name__, url_prefix="/rounds")
MOST_SQUARES = 100
NOBODY_TO_REMIND = (
    "There is no unused link that you handed out, so there is nobody to remind. Links in letters stay as they are."
)
ALREADY_BEGUN = (
    "Your organisation’s self-assessment has been begun with its link, so there is no fresh one. Ask the colleague who "
    "began it: their link still opens it."
)


@blueprint.get("")
@access.open_to(Role.SIGNED_IN)
def all_rounds() -> ResponseReturnValue:
    who = actor()
    elsewhere = first_page(who)
    if elsewhere != ".all_rounds":
        return redirect(url_for(elsewhere), 303)
    providers, place = overview.rounds_at_a_glance(database()), request.args.get("place", "")
    there = [each.only(place) for each in providers if each.has_place(place)]
    shown = there or providers
    glances = (glance for each in shown for glance in (*each.open, *each.closed, *each.cancelled))
    return render_template(
        "rounds/all.html", providers=shown, networks=networks_by_id(database(), who.coordinates),
        surveys={each.round.id: publishing.survey_of(database(), each.round).title for each in glances},
        lengths=LENGTHS, groups=GROUPS, next_step=next_step, today=today(),
        place=place if there else "", sites={id_: name for each in shown for id_, name in each.sites.items()},
    )  # fmt: skip


@blueprint.get("/new")
@access.open_to(Act.RUN_ROUNDS)
def new_round() -> ResponseReturnValue:
    return _new_round(_open_form())


@blueprint.post("/new")
@access.open_to(Act.RUN_ROUNDS)
def open_round() -> ResponseReturnValue:
    form = _open_form()
    if not form.validate():
        return _new_round(form), 422
    require(actor(), Act.RUN_ROUNDS, form.chosen_provider_id)
    survey_id, version = form.chosen_survey
    length, own_view = Length(form.length.data), ProviderView(form.provider_view.data)
    try:
        opened = rounds.open_round(
            database(), form.chosen_provider_id, survey_id,
            version=version, length=length, provider_view=own_view, on=today(), new_round_id=form.new_id.data,
            safeguarding_contact_id=form.chosen_taker_id, paper_is_checked=form.paper_is_checked.data,
            purpose=form.chosen_purpose, last_on=form.chosen_last_day, site_id=form.chosen_site_id,
        )  # fmt: skip
    except Conflict as error:
        return _new_round(form, error.message), 409
    return redirect(url_for(".show", round_id=opened.id), 303)


@blueprint.get("/<round_id>")
@access.open_to(Act.SEE_ROUNDS)
def show(round_id: str) -> ResponseReturnValue:
    view = seen_round(round_id)
    return _round(view, InviteForm(invited_audiences(view)))


@blueprint.post("/<round_id>/invite")
@access.open_to(Act.RUN_ROUNDS)
def invite(round_id: str) -> ResponseReturnValue:
    view = led_round(round_id)
    form = InviteForm(invited_audiences(view))
    if not form.validate():
        return _round(view, form), 422
    audience = Audience(form.audience.data)
    try:
        links = inviting.invite(database(), round_id, audience, form.count.data, form.made_before.data)
        return _links(view, audience, links)
    except Conflict as error:
        return _refused(view, error.message)


@blueprint.post("/<round_id>/remind")
@access.open_to(Act.RUN_ROUNDS)
def remind(round_id: str) -> ResponseReturnValue:
    view = led_round(round_id)
    form = RemindForm(invited_audiences(view))
    if not form.validate():
        return _refused(view, next(iter(form.errors.values()))[0], status=422)
    audience = Audience(form.audience.data)
    try:
        links = inviting.remind(database(), round_id, audience, form.generation.data)
    except (Conflict, Refused) as error:
        return _refused(view, error.message)
    return _links(view, audience, links, are_fresh=True) if links else _refused(view, NOBODY_TO_REMIND)


@blueprint.post("/<round_id>/self-assessment")
@access.open_to(Act.RUN_ROUNDS)
def answer_for_provider(round_id: str) -> ResponseReturnValue:
    """Make the one link of an agreed self-assessment, or a fresh one in the place of a link that nobody used."""
    view = led_round(round_id)
    if Audience.PROVIDER in invited_audiences(view):
        raise NotFound(NOT_YOURS)
    form = FreshLinkForm()
    if not form.validate():
        return _refused(view, inviting.REPLACED_MEANWHILE, status=422)
    try:
        if view.turnout[Audience.PROVIDER].invited == 0:
            return _links(view, Audience.PROVIDER, inviting.invite(database(), round_id, Audience.PROVIDER, 1))
        links = inviting.remind(database(), round_id, Audience.PROVIDER, form.generation.data)
    except Conflict as error:
        return _refused(view, error.message)
    return _links(view, Audience.PROVIDER, links, are_fresh=True) if links else _refused(view, ALREADY_BEGUN)


@blueprint.get("/<round_id>/invite")
@blueprint.get("/<round_id>/remind")
@blueprint.get("/<round_id>/self-assessment")
@access.open_to(Act.RUN_ROUNDS)
def links_are_gone(round_id: str) -> ResponseReturnValue:
    """Links are shown once, in answer to a form: whoever opens the address again gets the round."""
    return redirect(url_for(".show", round_id=led_round(round_id).round.id), 303)


@blueprint.get("/<round_id>/result")
@access.open_to(Act.SEE_ROUNDS)
def result(round_id: str) -> ResponseReturnValue:
    view = seen_round(round_id)
    if not view.round.is_closed:
        return render_template("rounds/not_yet.html", view=view, waits_for="round"), 409
    shown = provider_result(provider_report_of(database(), round_id))
    return render_template("rounds/result.html", view=view, result=shown)


@blueprint.get("/<round_id>/report.<any(xlsx, csv, json, pdf):kind>")
@access.open_to(Act.SEE_ROUNDS)
def report_file(round_id: str, kind: str) -> ResponseReturnValue:
    seen_round(round_id)
    report = provider_report_of(database(), round_id)
    name = file_name(report.about, "result", report.closed_on, kind=kind)
    if kind == "xlsx":
        return download(name, lambda file: provider_workbook(report, file))
    if kind == "csv":
        return download(name, lambda file: report_csv(report, file))
    if kind == "pdf":
        return download(name, lambda file: write_report_pdf(report, file))
    return download(name, lambda file: file.write(to_json(report).encode()))


@blueprint.get("/<round_id>/comparison")
@access.open_to(Act.SEE_ROUNDS)
def comparison(round_id: str) -> ResponseReturnValue:
    view = seen_round(round_id)
    try:
        shown = network_result(_comparison(view))
    except Conflict:
        return render_template("rounds/not_yet.html", view=view, waits_for="campaign"), 409
    return render_template("rounds/comparison.html", view=view, result=shown)


@blueprint.get("/<round_id>/comparison.<any(xlsx, json):kind>")
@access.open_to(Act.SEE_ROUNDS)
def comparison_file(round_id: str, kind: str) -> ResponseReturnValue:
    view = seen_round(round_id)
    report = _comparison(view)
    name = file_name(view.provider.name, "in", report.network, report.closed_on, kind=kind)
    if kind == "xlsx":
        return download(name, lambda file: network_workbook(report, file))
    return download(name, lambda file: file.write(to_json(report).encode()))


def invited_audiences(view: RoundView) -> list[Audience]:
    """Return whom links are made for by number: an agreed self-assessment has one link of its own."""
    if view.round.provider_view is ProviderView.STAFF:
        return list(Audience)
    return [Audience.PERSON, Audience.FAMILY]


def _runs(view: RoundView) -> bool:
    return actor().may(Act.RUN_ROUNDS, view.provider.id)


def first_page(who: Actor) -> str:
    """Return the endpoint where somebody begins: rounds, unless their roles are about something else alone."""
    begins = (
        (Act.SEE_ROUNDS, ".all_rounds"),
        (Act.RUN_NETWORK, "networks.all_networks"),
        (Act.VISIT, "visits.own"),
        (Act.READ_CONCERNS, "concerns.all_concerns"),
        (Act.READ_LOG, "log.newest"),
        (Act.ADMINISTER, "administration.show"),
        (Act.EDIT_STANDARDS, "home.standards"),
    )
    return next((endpoint for act, endpoint in begins if who.where_may(act)), ".all_rounds")


def _providers_where(act: Act) -> list[Provider]:
    found = [organising.provider(database(), each) for each in actor().where_may(act)]
    return sorted(found, key=lambda provider: (provider.name, provider.id))


def _open_form() -> OpenRoundForm:
    providers = _providers_where(Act.RUN_ROUNDS)
    takers = contacts.takers_of(database(), providers[0].id) if len(providers) == 1 else ()
    to_ask = {each.id: sites.sites_to_ask(database(), each.id) for each in providers}
    return OpenRoundForm(providers, publishing.published_surveys(database()), takers, to_ask)


def _comparison(view: RoundView) -> NetworkReport:
    if view.round.campaign_id is None:
        raise NotFound(NOT_YOURS)
    return network_report_of(database(), view.round.campaign_id, view.provider.id)


def _new_round(form: OpenRoundForm, refusal: str = "") -> str:
    return render_template(
        "rounds/new.html", form=form, refusal=refusal, lengths=LENGTHS, provider_views=PROVIDER_VIEWS
    )


def _round(view: RoundView, form: InviteForm, refusal: str = "") -> str:
    survey = publishing.survey_of(database(), view.round)
    return render_template(
        "rounds/show.html", view=view, survey=survey, form=form, refusal=refusal,
        groups={each: GROUPS[each] for each in invited_audiences(view)}, lengths=LENGTHS, own_views=PROVIDER_VIEWS,
        bases=BASES, conditions=CONDITIONS, today=today(),
        taker=concerns.safeguarding_contact(database(), view.round),
        letters_leave=asking.can_ask(database(), settings(), view.round),
        paper=entering.paper_round(database(), view.round.id) if _runs(view) else None,
    )  # fmt: skip


def _refused(view: RoundView, reason: str, status: int = 409) -> ResponseReturnValue:
    return _round(view, InviteForm(invited_audiences(view)), refusal=reason), status


def _links(
    view: RoundView, audience: Audience, links: Sequence[Link], *, are_fresh: bool = False
) -> ResponseReturnValue:
    addresses = [(link.number, link.url(settings().base_url)) for link in links]
    is_agreed = audience not in invited_audiences(view)
    squares = {} if is_agreed or len(links) > MOST_SQUARES else {address: _square(address) for _, address in addresses}
    page = render_template(
        "rounds/links.html", view=view, audience=audience, addresses=addresses, are_fresh=are_fresh,
        is_agreed=is_agreed, squares=squares, most_squares=MOST_SQUARES,
    )  # fmt: skip
    return page, 200, {"Cache-Control": "no-store"}


def _square(address: str) -> Markup:
    return Markup(qr_svg(address))  # noqa: S704  # our own drawing
