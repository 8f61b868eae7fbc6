"""network add, join, list, report; campaign open, close."""

from datetime import date, datetime
from pathlib import Path

import click

from app.cli.asking import asking_options, day_of, purpose_of
from app.cli.installation import database
from app.cli.output import as_json_option, print_rows, values_of
from app.surveys import Length


def register(group: click.Group) -> None:
    group.add_command(network)
    group.add_command(campaign)


@click.group()
def network() -> None:
    """Providers that compare aggregated results."""


@network.command("add")
@click.argument("name")
def add(name: str) -> None:
    """Add a network and print its id."""
    from app.services.organising import add_network

    click.echo(add_network(database(), name).id)


@network.command("join")
@click.argument("network_id", metavar="NETWORK")
@click.argument("provider_id", metavar="PROVIDER")
def join(network_id: str, provider_id: str) -> None:
    """Make a provider a member of a network."""
    from app.services.organising import join_network

    join_network(database(), network_id, provider_id)


@network.command("list")
@as_json_option
def list_all(*, as_json: bool) -> None:
    """List the networks."""
    from app.services.organising import networks

    print_rows([{"id": each.id, "name": each.name} for each in networks(database())], as_json=as_json)


@network.command("report")
@click.argument("campaign_id", metavar="CAMPAIGN")
@click.option("--for", "looking", metavar="PROVIDER", help="As this provider sees it.")
@click.option("--format", "kind", type=click.Choice(["json", "xlsx"]), required=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
def report(campaign_id: str, looking: str | None, kind: str, out: Path) -> None:
    """Write the network's report of a closed campaign."""
    from app.cli.writing import write_whole
    from app.exports import network_workbook
    from app.reports import to_json
    from app.services.networking import network_report_of

    found = network_report_of(database(), campaign_id, looking)
    if kind == "json":
        write_whole(out, lambda file: file.write(to_json(found).encode()))
    else:
        write_whole(out, lambda file: network_workbook(found, file))


@click.group()
def campaign() -> None:
    """A network's rounds together."""


@campaign.command("open")
@click.argument("network_id", metavar="NETWORK")
@click.option("--survey", "survey_id", required=True)
@click.option("--version")
@click.option("--length", type=values_of(Length), default=Length.FULL.value, show_default=True)
@asking_options
def open_(
    network_id: str,
    survey_id: str,
    version: str | None,
    length: str,
    words: str,
    basis: str | None,
    condition: str,
    last_on: datetime | None,
) -> None:
    """Open a round of the same survey version in every member, and print the campaign's id."""
    from app.services.networking import open_campaign

    opened = open_campaign(
        database(),
        network_id,
        survey_id,
        version=version,
        length=Length(length),
        purpose=purpose_of(words, basis, condition),
        last_on=day_of(last_on),
        on=date.today(),
    )
    click.echo(opened.id)


@campaign.command("close")
@click.argument("campaign_id", metavar="CAMPAIGN")
def close(campaign_id: str) -> None:
    """Close its rounds, build the network's release, and print the release's id and hash."""
    from app.services.networking import close_campaign

    released = close_campaign(database(), campaign_id, on=date.today())
    click.echo(f"{released.id} {released.sha256}")
