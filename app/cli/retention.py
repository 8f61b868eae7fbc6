"""retention list, run."""

from datetime import date
from typing import TYPE_CHECKING

import click

from app.cli.installation import database, settings
from app.cli.output import as_json_option, print_rows

if TYPE_CHECKING:
    from app.services.tending import Turn


def register(group: click.Group) -> None:
    group.add_command(retention)


@click.group()
def retention() -> None:
    """How long what is kept is kept, and deleting what the schedule lets go."""


@retention.command("list")
@as_json_option
def list_all(*, as_json: bool) -> None:
    """List the schedule: what, how long, why so long, and what deletes it."""
    from app.organisations.schedule import SCHEDULE

    rows = [
        {"what": ", ".join(each.what), "how_long": each.how_long, "why": each.why, "deleted_by": each.deleted_by}
        for each in SCHEDULE
    ]
    print_rows(rows, as_json=as_json)


@retention.command("run")
@click.option("--dry-run", is_flag=True, help="Only say what would be deleted.")
@as_json_option
def run(*, dry_run: bool, as_json: bool) -> int:
    """Delete what is due by every rule; exit with 1 when one failed. Doing it again deletes nothing more."""
    from app.services import tending

    found = database()
    done = tending.due(found, _turn()) if dry_run else tending.tend(found, _turn())
    print_rows([{"rule": each.rule.name, "deleted": each.shown} for each in done], as_json=as_json)
    return 1 if any(each.fault for each in done) else 0


def _turn() -> "Turn":
    from app.services.inviting_colleagues import Office
    from app.services.tending import Turn

    of = settings()
    return Turn(date.today(), of.evidence, Office(of.keys(), of.hash_key(), of.base_url))
