"""letters status, send, drop."""

import click

from app.cli.installation import database, settings
from app.cli.output import as_json_option, print_rows
from app.errors import Refused


def register(group: click.Group) -> None:
    group.add_command(letters)


@click.group()
def letters() -> None:
    """Letters that wait to be sent. What they say, and whom they are to, is never shown."""


@letters.command("status")
@as_json_option
def status(*, as_json: bool) -> None:
    """Count what waits and what was given up, with the oldest day, and why."""
    from app.services import sending

    found = sending.status(database())
    rows = [
        {
            "state": state,
            "count": each.count,
            "oldest_on": each.oldest_on.isoformat() if each.oldest_on else "",
            "why": ", ".join(f"{fault} {count}" for fault, count in each.faults.items()),
        }
        for state, each in (("waiting", found.waiting), ("given-up", found.given_up))
    ]
    print_rows(rows, as_json=as_json)


@letters.command("send")
@click.option("--all", "everything", is_flag=True, help="Also what was given up, and without waiting for its pause.")
def send(*, everything: bool) -> None:
    """Send what is due now. Refused where no letter may leave."""
    from app.services import sending
    from app.services.posting import can_send

    found = database()
    if not can_send(found, settings()):
        raise Refused(
            "Letters do not leave this installation: DRIVING_SEAT_MAIL_SERVER is not set, or this is a demonstration "
            "and the mail server is on another machine."
        )
    if everything:
        sending.send_again(found)
    done = sending.send_waiting(found, settings())
    click.echo(f"{done.sent} sent, {done.failed} failed" + (f" ({done.fault})" if done.fault else ""))


@letters.command("drop")
def drop() -> None:
    """Delete what was given up."""
    from app.services import sending

    click.echo(f"{sending.drop_given_up(database())} deleted")
