"""The pages of a network's coordinator. They show aggregates alone: no provider, no response, no name."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.errors import Conflict, NotFound
from app.exports import network_workbook
from app.organisations import NOT_YOURS, Act, require
from app.reports import to_json
from app.services import networking, publishing
from app.services.networking import CampaignView, NetworkView
from app.surveys import Length
from app.web import access
from app.web.context import actor, database, today
from app.web.results import download, file_name, network_result
from app.web.rounds.confirming import ConfirmForm
from app.web.rounds.forms import LENGTHS, SurveyForm

blueprint = Blueprint("networks", __name__)


@blueprint.get("/networks")
@access.open_to(Act.RUN_NETWORK)
def all_networks() -> ResponseReturnValue:
    found = networking.networks_by_id(database(), actor().coordinates)
    views = [networking.view_of_network(database(), network.id) for network in found]
    return render_template("networks/all.html", views=views)


@blueprint.get("/networks/<network_id>")
@access.open_to(Act.RUN_NETWORK)
def show(network_id: str) -> ResponseReturnValue:
    view = _coordinated_network(network_id)
    surveys = {each.id: _title(each.survey_id, each.survey_version) for each in view.campaigns}
    return render_template("networks/show.html", view=view, surveys=surveys, lengths=LENGTHS)


@blueprint.get("/networks/<network_id>/campaigns/new")
@access.open_to(Act.RUN_NETWORK)
def new_campaign(network_id: str) -> ResponseReturnValue:
    return _new_campaign(_coordinated_network(network_id), _survey_form())


@blueprint.post("/networks/<network_id>/campaigns/new")
@access.open_to(Act.RUN_NETWORK)
def open_campaign(network_id: str) -> ResponseReturnValue:
    view = _coordinated_network(network_id)
    form = _survey_form()
    if not form.validate():
        return _new_campaign(view, form), 422
    survey_id, version = form.chosen_survey
    length = Length(form.length.data)
    try:
        opened = networking.open_campaign(
            database(), network_id, survey_id,
            version=version, length=length, on=today(), new_campaign_id=form.new_id.data,
            purpose=form.chosen_purpose, last_on=form.chosen_last_day,
        )  # fmt: skip
    except Conflict as error:
        return _new_campaign(view, form, error.message), 409
    return redirect(url_for(".campaign", campaign_id=opened.id), 303)


@blueprint.get("/campaigns/<campaign_id>")
@access.open_to(Act.RUN_NETWORK)
def campaign(campaign_id: str) -> ResponseReturnValue:
    view = _coordinated_campaign(campaign_id)
    survey = _title(view.campaign.survey_id, view.campaign.survey_version)
    return render_template("networks/campaign.html", view=view, survey=survey, lengths=LENGTHS)


@blueprint.get("/campaigns/<campaign_id>/close")
@access.open_to(Act.RUN_NETWORK, fresh=True)
def confirm_close(campaign_id: str) -> ResponseReturnValue:
    view = _coordinated_campaign(campaign_id)
    if not view.is_open:
        return redirect(url_for(".result", campaign_id=campaign_id), 303)
    return _confirm_close(view, _confirm_form(view))


@blueprint.post("/campaigns/<campaign_id>/close")
@access.open_to(Act.RUN_NETWORK, fresh=True)
def close(campaign_id: str) -> ResponseReturnValue:
    view = _coordinated_campaign(campaign_id)
    form = _confirm_form(view)
    if view.is_open:
        if not form.validate():
            return _confirm_close(view, form), 422
        try:
            networking.close_campaign(database(), campaign_id, on=today())
        except Conflict as error:
            now = _coordinated_campaign(campaign_id)
            if now.is_open:
                return _confirm_close(now, form, error.message), 409
    return redirect(url_for(".result", campaign_id=campaign_id), 303)


@blueprint.get("/campaigns/<campaign_id>/result")
@access.open_to(Act.RUN_NETWORK)
def result(campaign_id: str) -> ResponseReturnValue:
    view = _coordinated_campaign(campaign_id)
    if view.is_open:
        return render_template("networks/not_yet.html", view=view), 409
    shown = network_result(networking.network_report_of(database(), campaign_id))
    return render_template("networks/result.html", view=view, result=shown)


@blueprint.get("/campaigns/<campaign_id>/report.<any(xlsx, json):kind>")
@access.open_to(Act.RUN_NETWORK)
def report_file(campaign_id: str, kind: str) -> ResponseReturnValue:
    _coordinated_campaign(campaign_id)
    report = networking.network_report_of(database(), campaign_id)
    name = file_name(report.network, "result", report.closed_on, kind=kind)
    if kind == "xlsx":
        return download(name, lambda file: network_workbook(report, file))
    return download(name, lambda file: file.write(to_json(report).encode()))


def _confirm_form(view: CampaignView) -> ConfirmForm:
    return ConfirmForm("close", view.network.name)


def _confirm_close(view: CampaignView, form: ConfirmForm, refusal: str = "") -> str:
    unfinished = networking.unfinished_in_campaign(database(), view.campaign.id)
    return render_template("networks/close.html", view=view, form=form, unfinished=unfinished, refusal=refusal)


def _coordinated_network(network_id: str) -> NetworkView:
    """Return the network. Raises the same NotFound for one that does not exist and for one of somebody else."""
    require(actor(), Act.RUN_NETWORK, network_id)
    return networking.view_of_network(database(), network_id)


def _coordinated_campaign(campaign_id: str) -> CampaignView:
    try:
        view = networking.view_of_campaign(database(), campaign_id)
    except NotFound:
        raise NotFound(NOT_YOURS) from None
    require(actor(), Act.RUN_NETWORK, view.network.id)
    return view


def _survey_form() -> SurveyForm:
    return SurveyForm(publishing.published_surveys(database()))


def _title(survey_id: str, version: str) -> str:
    return publishing.survey(database(), survey_id, version).title


def _new_campaign(view: NetworkView, form: SurveyForm, refusal: str = "") -> str:
    return render_template("networks/new_campaign.html", view=view, form=form, lengths=LENGTHS, refusal=refusal)
