"""provider add, provider list."""

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


def _pair(given: str) -> tuple[str, str]:
    key, equals, value = given.partition("=")
    if not equals:
        raise click.UsageError(f"--context takes KEY=VALUE, not “{given}”.")
    return key, value
