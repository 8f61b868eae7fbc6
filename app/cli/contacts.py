"""contact add, list."""

import click

from app.cli.installation import database
from app.cli.output import as_json_option, print_rows, values_of
from app.organisations import Contact, ContactKind


def register(group: click.Group) -> None:
    group.add_command(contact)


@click.group()
def contact() -> None:
    """Whom people of a network can turn to."""


@contact.command("add")
@click.argument("network_id", metavar="NETWORK")
@click.option("--kind", type=values_of(ContactKind), required=True)
@click.option("--name", required=True)
@click.option("--phone", required=True)
@click.option("--about", default="", help="Who they are and where they work.")
@click.option("--about-in", type=(str, str), multiple=True, metavar="LANGUAGE TEXT", help="The same, such as: cy TEXT.")
@click.option("--account", "email", metavar="EMAIL", help="The account that reads concerns.")
@click.option("--working-days", type=int, help="Within how many working days concerns are read.")
def add(
    network_id: str,
    kind: str,
    name: str,
    phone: str,
    about: str,
    about_in: tuple[tuple[str, str], ...],
    email: str | None,
    working_days: int | None,
) -> None:
    """Add a contact to a network and print its id."""
    from app.services.contacts import account_for, add_contact
    from app.storage.keys import new_id

    account_id = account_for(database(), network_id, email) if email is not None else None
    given = Contact(
        new_id(), network_id, ContactKind(kind), name, phone, about, account_id, working_days, dict(about_in)
    )
    click.echo(add_contact(database(), given).id)


@contact.command("list")
@click.argument("network_id", metavar="NETWORK")
@as_json_option
def list_all(network_id: str, *, as_json: bool) -> None:
    """List a network's contacts, in their order."""
    from app.services.contacts import contacts_of

    rows = [
        {
            "id": each.id,
            "kind": each.kind.value,
            "name": each.name,
            "phone": each.phone,
            "about": each.about,
            "about_in": dict(each.about_in),
            "takes_concerns": each.takes_concerns,
        }
        for each in contacts_of(database(), network_id)
    ]
    print_rows(rows, as_json=as_json)
