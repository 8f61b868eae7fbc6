"""backup."""

import os
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile

import click

from app.cli.installation import database, settings
from app.errors import Refused


def register(group: click.Group) -> None:
    group.add_command(backup)


@click.command()
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
def backup(out: Path) -> None:
    """Write the database, recordings and evidence into a tar, for its owner alone; `-` writes it to standard output."""
    from app.services.backing_up import write_backup

    found, kept, home = database(), settings().folders_to_keep, settings().home
    if str(out) == "-":
        if sys.stdout.isatty():
            raise click.UsageError("Say where it goes: a file, or the program that encrypts it (backup --out - | …).")
        write_backup(found, kept, home, sys.stdout.buffer)
        return
    if out.exists():
        raise Refused("There is a file of this name already. Give another: a backup is never written over.")
    with NamedTemporaryFile(dir=out.parent, prefix=".unfinished-", delete=False) as file:
        beside = Path(file.name)
        try:
            write_backup(found, kept, home, file)
            file.flush()
            os.fsync(file.fileno())
            beside.rename(out)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
