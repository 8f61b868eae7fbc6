"""provider add, list, add-site, sites."""

import click

from app.cli.installation import database
from app.cli.output import as_json_option, print_rows


def register(group: click.Group) -> None:
    group.add_command(provider)


@click.group()
def provider() -> None:
    """Organisations that support people."""


@provider.command("add")
@click.argument("name")
@click.option("--context", "context", multiple=True, metavar="KEY=VALUE", help="A fact, such as years_using_isf=7.")
def add(name: str, context: tuple[str, ...]) -> None:
    """Add a provider and print its id."""
    from app.services.organising import add_provider

    click.echo(add_provider(database(), name, dict(map(_pair, context))).id)


@provider.command("list")
@as_json_option
def list_all(*, as_json: bool) -> None:
    """List the providers."""
    from app.services.organising import providers

    rows = [{"id": each.id, "name": each.name} for each in providers(database())]
    print_rows(rows, as_json=as_json)


@provider.command("add-site")
@click.argument("provider_id", metavar="PROVIDER")
@click.argument("name")
def add_site(provider_id: str, name: str) -> None:
    """Add a site of a provider and print its id. Not the name or the address of one person."""
    from app.services.sites import add_site as add_to

    click.echo(add_to(database(), provider_id, name).id)


@provider.command("sites")
@click.argument("provider_id", metavar="PROVIDER")
@as_json_option
def list_sites(provider_id: str, *, as_json: bool) -> None:
    """List the sites of a provider, archived ones with the day."""
    from app.services.sites import sites_of

    rows = [
        {"id": each.id, "name": each.name, "archived_on": each.archived_on.isoformat() if each.archived_on else ""}
        for each in sites_of(database(), provider_id)
    ]
    print_rows(rows, as_json=as_json)


def _pair(given: str) -> tuple[str, str]:
    key, equals, value = given.partition("=")
    if not equals:
        raise click.UsageError(f"--context takes KEY=VALUE, not “{given}”.")
    return key, value
