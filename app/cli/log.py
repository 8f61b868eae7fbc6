"""audit verify, list."""

import click

from app.cli.installation import database
from app.cli.output import as_json_option, print_rows


def register(group: click.Group) -> None:
    group.add_command(audit)


@click.group()
def audit() -> None:
    """The log of who did what to what. It never holds an answer."""


@audit.command("verify")
@click.option("--expect", metavar="NUMBER:HASH", help="A line that the log had at an earlier check, as it was printed.")
def verify(expect: str | None) -> int:
    """Check that no line was changed or taken out; exit with 1 when one was. Prints the last line's number and hash."""
    from app.services import log

    verified = log.verify(database(), expect)
    for fault in verified.faults:
        click.echo(fault, err=True)
    click.echo(f"{verified.line_count}:{verified.head}")
    return 1 if verified.faults else 0


@audit.command("list")
@as_json_option
def list_all(*, as_json: bool) -> None:
    """List every line, from the first one on."""
    from app.services.log import all_lines

    rows = [
        {
            "number": line.number,
            "at": line.at,
            "account": line.account_id,
            "deed": line.deed.value,
            "organisation": line.organisation_id,
            "about": line.about,
            "facts": dict(line.facts),
            "sha256": sha256,
        }
        for line, sha256 in all_lines(database())
    ]
    print_rows(rows, as_json=as_json)
