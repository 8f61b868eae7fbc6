"""Administration: every provider and network, and who looks after them. Never their rounds, results or answers."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.errors import Conflict, NotFound
from app.organisations import NOT_YOURS, Act, Provider
from app.services import archiving, organising
from app.services.installing import is_demonstration
from app.web import access
from app.web.context import database, today
from app.web.organising.forms import MergeForm, NewForm

blueprint = Blueprint("administration", __name__, url_prefix="/administration")


@blueprint.get("")
@access.open_to(Act.ADMINISTER)
def show() -> ResponseReturnValue:
    return _page()


@blueprint.post("/providers")
@access.open_to(Act.ADMINISTER)
def add_provider() -> ResponseReturnValue:
    form = NewForm(prefix="provider-")
    if not form.validate():
        return _page(provider=form), 422
    added = organising.add_provider(
        database(), form.name.data, made_up=is_demonstration(database()), new_provider_id=form.new_id.data
    )
    return redirect(url_for("provider_team.show", organisation_id=added.id), 303)


@blueprint.post("/networks")
@access.open_to(Act.ADMINISTER)
def add_network() -> ResponseReturnValue:
    form = NewForm(prefix="network-")
    if not form.validate():
        return _page(network=form), 422
    added = organising.add_network(
        database(), form.name.data, made_up=is_demonstration(database()), new_network_id=form.new_id.data
    )
    return redirect(url_for("network_team.show", organisation_id=added.id), 303)


@blueprint.get("/providers/<provider_id>/merge")
@access.open_to(Act.ADMINISTER)
def confirm_merge(provider_id: str) -> ResponseReturnValue:
    return _merge(*_merging(provider_id))


@blueprint.post("/providers/<provider_id>/merge")
@access.open_to(Act.ADMINISTER, fresh=True)
def merge(provider_id: str) -> ResponseReturnValue:
    found, form = _merging(provider_id)
    if not form.validate():
        return _merge(found, form), 422
    try:
        archiving.merge_providers(database(), provider_id, form.into.data, today())
    except Conflict as error:
        return _merge(found, form, error.message), 409
    return redirect(url_for(".show"), 303)


def _merging(provider_id: str) -> tuple[Provider, MergeForm]:
    """Return the provider that goes, and the form with those that could stay. Raises NotFound."""
    found = {each.id: each for each in organising.providers(database())}
    if provider_id not in found:
        raise NotFound(NOT_YOURS)
    gone = found.pop(provider_id)
    stay = [each for each in found.values() if each.archived_on is None and each.made_up == gone.made_up]
    return gone, MergeForm(stay)


def _page(provider: NewForm | None = None, network: NewForm | None = None) -> str:
    return render_template(
        "organising/administration.html", providers=organising.providers(database()),
        networks=organising.networks(database()), provider_form=provider or NewForm(formdata=None, prefix="provider-"),
        network_form=network or NewForm(formdata=None, prefix="network-"),
    )  # fmt: skip


def _merge(found: Provider, form: MergeForm, refusal: str = "") -> str:
    return render_template("organising/merge.html", provider=found, form=form, refusal=refusal)
