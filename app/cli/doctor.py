"""doctor."""

import json
from dataclasses import asdict

import click

from app.cli.installation import settings


def register(group: click.Group) -> None:
    group.add_command(doctor)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
def doctor(*, as_json: bool) -> int:
    """Say what is in order, what to look at, what is broken and what to do; exit with 1 when something is broken."""
    from app.services.examining import State, examine

    found = list(examine(settings()))
    if as_json:
        click.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
    else:
        for each in found:
            click.echo(str(each))
    return 1 if any(each.state is State.BROKEN for each in found) else 0
