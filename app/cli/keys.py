"""keys rotate, status, forget-earlier."""

from dataclasses import asdict

import click

from app.cli.installation import database, settings
from app.cli.output import as_json_option, print_rows


def register(group: click.Group) -> None:
    group.add_command(keys)


@click.group()
def keys() -> None:
    """The keys that seal what people tell in confidence."""


@keys.command("rotate")
def rotate() -> None:
    """Make a new key, keep the one before, and seal everything anew; when interrupted, run it again to go on."""
    from app.services.changing_keys import held, seal_anew

    found, known = database(), settings().keys()
    is_unfinished = any(each.earlier for each in held(found, known))
    if is_unfinished:
        click.echo("Going on where an earlier change of keys was interrupted, without making another key.", err=True)
    elif not settings().has_earlier_given:
        settings().add_key()
    count = seal_anew(found, settings().keys())
    click.echo(f"{count} sealed anew")
    click.echo(
        "A server that runs takes the key by itself: everybody signs in again. Copy the key to where you keep it, and "
        "when no backup needs the earlier one any more, run: driving-seat keys forget-earlier",
        err=True,
    )


@keys.command("status")
@as_json_option
def status(*, as_json: bool) -> None:
    """Count how much is sealed with the present key, with earlier ones, and with none that is known."""
    from app.services.changing_keys import held, tablets_waiting

    rows = [asdict(each) for each in held(database(), settings().keys())]
    if as_json:
        print_rows(rows, as_json=True)
        return
    for row in rows:
        click.echo(f"{row['column']}: {row['present']} present, {row['earlier']} earlier, {row['unknown']} unknown")
    click.echo(
        f"{len(settings().keys()) - 1} earlier keys; {tablets_waiting(database())} visits may still send", err=True
    )


@keys.command("forget-earlier")
def forget_earlier() -> None:
    """Forget the earlier keys; refused while anything needs them."""
    from app.services.changing_keys import note_forgetting, refuse_forgetting

    refuse_forgetting(database(), settings().keys())
    settings().forget_earlier_keys()
    note_forgetting(database())
    click.echo("The earlier keys are forgotten. Remove them where you keep copies, too.", err=True)
