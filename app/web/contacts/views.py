"""The pages for a network's contacts. Only its coordinator sees them."""

from contextlib import suppress

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.errors import NotFound, Refused
from app.organisations import Act, Contact, Network, require
from app.services import contacts, networking
from app.web import access
from app.web.contacts.forms import ABOUT_KINDS, KINDS, ContactForm
from app.web.context import actor, database, settings
from app.web.rounds.forms import UnderstoodForm

blueprint = Blueprint("contacts", __name__, url_prefix="/networks/<network_id>/contacts")
_MOVES = {"earlier": -1, "later": 1}


@blueprint.get("")
@access.open_to(Act.RUN_NETWORK)
def all_contacts(network_id: str) -> ResponseReturnValue:
    return _all(_coordinated(network_id))


@blueprint.get("/new")
@access.open_to(Act.RUN_NETWORK)
def new_contact(network_id: str) -> ResponseReturnValue:
    return _form(_coordinated(network_id), _empty_form(network_id))


@blueprint.post("/new")
@access.open_to(Act.RUN_NETWORK)
def add_contact(network_id: str) -> ResponseReturnValue:
    network, form = _coordinated(network_id), _empty_form(network_id)
    if not form.validate():
        return _form(network, form), 422
    contacts.add_contact(database(), form.contact(network_id, form.new_id.data))
    return redirect(url_for(".all_contacts", network_id=network_id), 303)


@blueprint.get("/<contact_id>")
@access.open_to(Act.RUN_NETWORK)
def show(network_id: str, contact_id: str) -> ResponseReturnValue:
    network = _coordinated(network_id)
    found = contacts.contact(database(), network_id, contact_id)
    return _form(network, ContactForm(contacts.safeguarding_accounts(database(), network_id), found), found)


@blueprint.post("/<contact_id>")
@access.open_to(Act.RUN_NETWORK)
def change_contact(network_id: str, contact_id: str) -> ResponseReturnValue:
    network = _coordinated(network_id)
    found = contacts.contact(database(), network_id, contact_id)
    form = ContactForm(contacts.safeguarding_accounts(database(), network_id), found)
    if not form.validate():
        return _form(network, form, found), 422
    try:
        contacts.change_contact(database(), form.contact(network_id, contact_id))
    except Refused as error:
        return _form(network, form, found, error.message), 409
    return redirect(url_for(".all_contacts", network_id=network_id), 303)


@blueprint.post("/<contact_id>/move")
@access.open_to(Act.RUN_NETWORK)
def move_contact(network_id: str, contact_id: str) -> ResponseReturnValue:
    _coordinated(network_id)
    contacts.move_contact(database(), network_id, contact_id, _MOVES.get(request.form.get("where", ""), 0))
    return redirect(url_for(".all_contacts", network_id=network_id), 303)


@blueprint.get("/<contact_id>/remove")
@access.open_to(Act.RUN_NETWORK)
def confirm_remove(network_id: str, contact_id: str) -> ResponseReturnValue:
    network = _coordinated(network_id)
    return _remove(network, contacts.contact(database(), network_id, contact_id), UnderstoodForm())


@blueprint.post("/<contact_id>/remove")
@access.open_to(Act.RUN_NETWORK)
def remove_contact(network_id: str, contact_id: str) -> ResponseReturnValue:
    network, form = _coordinated(network_id), UnderstoodForm()
    found = contacts.contact(database(), network_id, contact_id)
    if not form.validate():
        return _remove(network, found, form), 422
    try:
        with suppress(NotFound):  # it was removed meanwhile
            contacts.remove_contact(database(), network_id, contact_id)
    except Refused as error:
        return _remove(network, found, form, error.message), 409
    return redirect(url_for(".all_contacts", network_id=network_id), 303)


def _coordinated(network_id: str) -> Network:
    """Return the network. Raises the same NotFound for one that does not exist and for one of somebody else."""
    require(actor(), Act.RUN_NETWORK, network_id)
    return networking.view_of_network(database(), network_id).network


def _empty_form(network_id: str) -> ContactForm:
    return ContactForm(contacts.safeguarding_accounts(database(), network_id))


def _all(network: Network) -> str:
    return render_template(
        "contacts/all.html",
        network=network,
        contacts=contacts.contacts_of(database(), network.id),
        kinds=KINDS,
        shows_uk=settings().uk_help_numbers,
    )


def _form(network: Network, form: ContactForm, contact: Contact | None = None, refusal: str = "") -> str:
    return render_template(
        "contacts/form.html", network=network, form=form, contact=contact, refusal=refusal, about_kinds=ABOUT_KINDS
    )


def _remove(network: Network, contact: Contact, form: UnderstoodForm, refusal: str = "") -> str:
    return render_template("contacts/remove.html", network=network, contact=contact, form=form, refusal=refusal)
