"""The members of a network, for its coordinator: who is in it, inviting more, its name."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.errors import Conflict, NotFound
from app.organisations import Act, Provider
from app.services import archiving, joining_networks, networking, organising
from app.services.joining_networks import WORKS_FOR
from app.web import access
from app.web.context import database, settings, today
from app.web.organising.forms import NameForm, NewForm
from app.web.rounds.forms import UnderstoodForm

blueprint = Blueprint("members", __name__, url_prefix="/networks/<network_id>/members")


@blueprint.get("")
@access.open_to(Act.RUN_NETWORK)
def show(network_id: str) -> ResponseReturnValue:
    return _page(network_id)


@blueprint.post("")
@access.open_to(Act.RUN_NETWORK)
def invite(network_id: str) -> ResponseReturnValue:
    view, form = networking.view_of_network(database(), network_id), NewForm()
    if not form.validate():
        return _page(network_id, form), 422
    try:
        secret = joining_networks.invite_provider(database(), network_id, form.new_id.data, form.name.data, today())
    except Conflict as error:
        return _page(network_id, form, refusal=error.message), 409
    link = f"{settings().base_url}{url_for('provider.invited', secret=secret)}"
    page = render_template(
        "organising/invitation.html", network=view.network, whom=form.name.data, link=link, days=WORKS_FOR.days
    )
    return page, 200, {"Cache-Control": "no-store"}


@blueprint.post("/invitations/<invitation_id>/take-back")
@access.open_to(Act.RUN_NETWORK)
def take_back(network_id: str, invitation_id: str) -> ResponseReturnValue:
    joining_networks.take_back_invitation(database(), network_id, invitation_id)
    return redirect(url_for(".show", network_id=network_id), 303)


@blueprint.get("/<provider_id>/remove")
@access.open_to(Act.RUN_NETWORK)
def confirm_remove(network_id: str, provider_id: str) -> ResponseReturnValue:
    return _remove(network_id, provider_id, UnderstoodForm())


@blueprint.post("/<provider_id>/remove")
@access.open_to(Act.RUN_NETWORK)
def remove(network_id: str, provider_id: str) -> ResponseReturnValue:
    form = UnderstoodForm()
    if not form.validate():
        return _remove(network_id, provider_id, form), 422
    joining_networks.leave(database(), network_id, provider_id)
    return redirect(url_for(".show", network_id=network_id), 303)


@blueprint.post("/rename")
@access.open_to(Act.RUN_NETWORK)
def rename(network_id: str) -> ResponseReturnValue:
    view, form = networking.view_of_network(database(), network_id), NameForm()
    if not form.validate():
        return _page(view.network.id, name=form), 422
    organising.rename_network(database(), network_id, form.name.data)
    return redirect(url_for(".show", network_id=network_id), 303)


@blueprint.post("/archive")
@access.open_to(Act.RUN_NETWORK, fresh=True)
def archive(network_id: str) -> ResponseReturnValue:
    view, form = networking.view_of_network(database(), network_id), UnderstoodForm()
    if not form.validate():
        return _page(view.network.id, understood=form), 422
    try:
        archiving.archive_network(database(), network_id, today())
    except Conflict as error:
        return _page(network_id, refusal=error.message), 409
    return redirect(url_for(".show", network_id=network_id), 303)


@blueprint.post("/bring-back")
@access.open_to(Act.RUN_NETWORK)
def bring_back(network_id: str) -> ResponseReturnValue:
    archiving.bring_network_back(database(), network_id)
    return redirect(url_for(".show", network_id=network_id), 303)


def _page(
    network_id: str,
    form: NewForm | None = None,
    name: NameForm | None = None,
    understood: UnderstoodForm | None = None,
    refusal: str = "",
) -> str:
    network = networking.view_of_network(database(), network_id).network
    return render_template(
        "organising/members.html", network=network, members=joining_networks.members_of(database(), network_id),
        invitations=joining_networks.open_invitations(database(), network_id), form=form or NewForm(),
        name=name or NameForm(data={"name": network.name}), understood=understood or UnderstoodForm(),
        refusal=refusal, today=today(),
    )  # fmt: skip


def _remove(network_id: str, provider_id: str, form: UnderstoodForm) -> str:
    network = networking.view_of_network(database(), network_id).network
    return render_template(
        "organising/remove.html", network=network, provider=_member(network_id, provider_id), form=form
    )


def _member(network_id: str, provider_id: str) -> Provider:
    for each in joining_networks.members_of(database(), network_id):
        if each.id == provider_id:
            return each
    raise NotFound("This provider is not in the network any more.")
