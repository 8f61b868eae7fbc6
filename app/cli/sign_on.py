"""sign-on set, list, remove."""

from typing import TextIO

import click

from app.cli.installation import database, settings
from app.cli.output import as_json_option, print_rows


def register(group: click.Group) -> None:
    group.add_command(sign_on)


@click.group("sign-on")
def sign_on() -> None:
    """Networks whose people sign in at an identity provider of their own (OpenID Connect)."""


@sign_on.command("set")
@click.argument("network_id", metavar="NETWORK")
@click.option("--issuer", required=True, help="The provider's address, as it writes it itself.")
@click.option("--client-id", required=True, help="What the provider knows us as.")
@click.option("--secret-file", required=True, type=click.File(), help="Holds the provider's secret for us; - reads it.")
@click.option("--name", required=True, help="Stands on the button.")
@click.option("--second-factor", is_flag=True, help="Ask for no second step: the provider has asked for one.")
def set_(network_id: str, *, issuer: str, client_id: str, secret_file: TextIO, name: str, second_factor: bool) -> None:
    """Let a network's people sign in at a provider; print where it sends them back to, alone on the last line."""
    from app.outgoing import Caller, CallRules
    from app.services.signing_on import Client, set_sign_on

    client = Client(issuer, client_id, secret_file.read().strip())
    caller = Caller(CallRules.of(settings().outgoing_private_hosts))
    made = set_sign_on(
        database(), settings().keys(), caller, network_id, client, name=name, is_second_factor=second_factor
    )
    click.echo(f"{settings().base_url}/sign-in/with/{made.id}/back")


@sign_on.command("list")
@as_json_option
def list_all(*, as_json: bool) -> None:
    """List them, without their secrets."""
    from app.services.signing_on import sign_ons

    rows = [
        {
            "id": each.id,
            "network": each.network_id,
            "name": each.name,
            "issuer": each.issuer,
            "client_id": each.client_id,
            "second_factor": each.is_second_factor,
        }
        for each in sign_ons(database())
    ]
    print_rows(rows, as_json=as_json)


@sign_on.command("remove")
@click.argument("network_id", metavar="NETWORK")
def remove(network_id: str) -> None:
    """Let a network's people sign in with their passwords alone."""
    from app.services.signing_on import remove_sign_on

    remove_sign_on(database(), network_id)
