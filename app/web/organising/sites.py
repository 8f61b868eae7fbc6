"""The sites of a provider, for whoever looks after it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.errors import Conflict, DrivingSeatError, Invalid
from app.organisations import Act, Site, require
from app.services import organising, sites
from app.web import access
from app.web.context import actor, database, today
from app.web.organising.forms import ChangeSiteForm, SiteForm
from app.web.organising.provider import SITE_HINT
from app.web.organising.provider import page as provider_page

blueprint = Blueprint("sites", __name__, url_prefix="/providers/<provider_id>/sites")


@blueprint.post("")
@access.open_to(Act.RUN_PROVIDER)
def add(provider_id: str) -> ResponseReturnValue:
    require(actor(), Act.RUN_PROVIDER, provider_id)
    form = SiteForm()
    if not form.validate():
        return provider_page(provider_id, site_form=form), 422
    try:
        sites.add_site(database(), provider_id, form.site_name.data or "", form.new_id.data)
    except (Conflict, Invalid) as error:
        return provider_page(provider_id, site_form=form, refusal=error.message), _status(error)
    return _to_sites(provider_id)


@blueprint.get("/<site_id>")
@access.open_to(Act.RUN_PROVIDER)
def show(provider_id: str, site_id: str) -> ResponseReturnValue:
    return _page(provider_id, _own(provider_id, site_id))


@blueprint.post("/<site_id>/rename")
@access.open_to(Act.RUN_PROVIDER)
def rename(provider_id: str, site_id: str) -> ResponseReturnValue:
    found, form = _own(provider_id, site_id), ChangeSiteForm()
    if not form.validate():
        return _page(provider_id, found, form), 422
    try:
        sites.rename_site(database(), found.id, form.name.data or "", before=form.before.data or "")
    except (Conflict, Invalid) as error:
        return _refused(provider_id, site_id, error)
    return _to_sites(provider_id)


@blueprint.post("/<site_id>/archive")
@access.open_to(Act.RUN_PROVIDER)
def archive(provider_id: str, site_id: str) -> ResponseReturnValue:
    found, form = _own(provider_id, site_id), ChangeSiteForm()
    try:
        sites.archive_site(database(), found.id, today(), before=form.before.data or "")
    except Conflict as error:
        return _refused(provider_id, site_id, error)
    return _to_sites(provider_id)


@blueprint.post("/<site_id>/bring-back")
@access.open_to(Act.RUN_PROVIDER)
def bring_back(provider_id: str, site_id: str) -> ResponseReturnValue:
    sites.bring_site_back(database(), _own(provider_id, site_id).id)
    return redirect(url_for(".show", provider_id=provider_id, site_id=site_id), 303)


def _own(provider_id: str, site_id: str) -> Site:
    """Return a site of a provider that the actor looks after. Raises the same NotFound for every other one."""
    require(actor(), Act.RUN_PROVIDER, provider_id)
    return sites.site(database(), provider_id, site_id)


def _page(provider_id: str, site: Site, form: ChangeSiteForm | None = None, refusal: str = "") -> str:
    """Show the site as it is now; in the form that was sent, what was typed stays."""
    form = form or ChangeSiteForm(formdata=None, data={"name": site.name})
    form.before.data = site.name
    return render_template(
        "organising/site.html", site=site, provider=organising.provider(database(), provider_id), form=form,
        refusal=refusal, site_hint=SITE_HINT,
    )  # fmt: skip


def _refused(provider_id: str, site_id: str, error: DrivingSeatError) -> ResponseReturnValue:
    form = ChangeSiteForm() if isinstance(error, Invalid) else None
    return _page(provider_id, _own(provider_id, site_id), form, error.message), _status(error)


def _status(error: DrivingSeatError) -> int:
    return 422 if isinstance(error, Invalid) else 409


def _to_sites(provider_id: str) -> ResponseReturnValue:
    return redirect(url_for("provider.show", provider_id=provider_id, _anchor="sites"), 303)
