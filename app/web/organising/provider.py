"""The page of a provider, for whoever looks after it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.errors import Conflict, NotFound
from app.organisations import Act
from app.services import archiving, joining_networks, organising, sites
from app.web import access
from app.web.context import database, today
from app.web.organising.forms import JoinForm, NameForm, SiteForm
from app.web.rounds.forms import UnderstoodForm

blueprint = Blueprint("provider", __name__)
SITE_HINT = (
    "Such as “Maple House” or “Supported living, north side”. Not the name or the address of one person: everybody who "
    "answers there reads it, and where one person lives alone, a result would be about that person."
)


@blueprint.get("/providers/<provider_id>")
@access.open_to(Act.RUN_PROVIDER)
def show(provider_id: str) -> ResponseReturnValue:
    return page(provider_id)


@blueprint.post("/providers/<provider_id>/rename")
@access.open_to(Act.RUN_PROVIDER)
def rename(provider_id: str) -> ResponseReturnValue:
    found, form = organising.provider(database(), provider_id), NameForm()
    if not form.validate():
        return page(found.id, form), 422
    organising.rename_provider(database(), provider_id, form.name.data)
    return redirect(url_for(".show", provider_id=provider_id), 303)


@blueprint.get("/providers/<provider_id>/networks/<network_id>/leave")
@access.open_to(Act.RUN_PROVIDER)
def confirm_leave(provider_id: str, network_id: str) -> ResponseReturnValue:
    return _leave(provider_id, network_id, UnderstoodForm())


@blueprint.post("/providers/<provider_id>/networks/<network_id>/leave")
@access.open_to(Act.RUN_PROVIDER)
def leave(provider_id: str, network_id: str) -> ResponseReturnValue:
    form = UnderstoodForm()
    if not form.validate():
        return _leave(provider_id, network_id, form), 422
    joining_networks.leave(database(), network_id, provider_id)
    return redirect(url_for(".show", provider_id=provider_id), 303)


@blueprint.post("/providers/<provider_id>/archive")
@access.open_to(Act.RUN_PROVIDER, fresh=True)
def archive(provider_id: str) -> ResponseReturnValue:
    found, form = organising.provider(database(), provider_id), UnderstoodForm()
    if not form.validate():
        return page(found.id, understood=form), 422
    try:
        archiving.archive_provider(database(), provider_id, today())
    except Conflict as error:
        return page(provider_id, refusal=error.message), 409
    return redirect(url_for(".show", provider_id=provider_id), 303)


@blueprint.post("/providers/<provider_id>/bring-back")
@access.open_to(Act.RUN_PROVIDER)
def bring_back(provider_id: str) -> ResponseReturnValue:
    try:
        archiving.bring_provider_back(database(), provider_id)
    except Conflict as error:
        return page(provider_id, refusal=error.message), 409
    return redirect(url_for(".show", provider_id=provider_id), 303)


@blueprint.get("/join-network/<secret>")
@access.open_to(Act.RUN_PROVIDER)
def invited(secret: str) -> ResponseReturnValue:
    return _invited(secret)


@blueprint.post("/join-network/<secret>")
@access.open_to(Act.RUN_PROVIDER)
def join(secret: str) -> ResponseReturnValue:
    found = joining_networks.open_invitation(database(), secret, today())
    form = JoinForm(found.providers)
    if not form.validate():
        return _invited(secret, form), 422
    joining_networks.accept(database(), secret, form.provider.data, today())
    return redirect(url_for(".show", provider_id=form.provider.data), 303)


def page(
    provider_id: str,
    form: NameForm | None = None,
    understood: UnderstoodForm | None = None,
    site_form: SiteForm | None = None,
    refusal: str = "",
) -> str:
    """Return the provider's page, with the form on it that was filled in."""
    found = organising.provider(database(), provider_id)
    return render_template(
        "organising/provider.html", provider=found, networks=joining_networks.networks_of(database(), provider_id),
        form=form or NameForm(data={"name": found.name}), understood=understood or UnderstoodForm(), refusal=refusal,
        sites=sites.sites_of(database(), provider_id), site_form=site_form or SiteForm(formdata=None),
        site_hint=SITE_HINT,
    )  # fmt: skip


def _leave(provider_id: str, network_id: str, form: UnderstoodForm) -> str:
    found = {each.id: each for each in joining_networks.networks_of(database(), provider_id)}
    if network_id not in found:
        raise NotFound("This provider is not in that network any more.")
    provider = organising.provider(database(), provider_id)
    return render_template("organising/leave.html", provider=provider, network=found[network_id], form=form)


def _invited(secret: str, form: JoinForm | None = None) -> str:
    found = joining_networks.open_invitation(database(), secret, today())
    return render_template("organising/invited.html", invited=found, form=form or JoinForm(found.providers))
