"""pictures check."""

from pathlib import Path

import click

from app.cli.installation import settings


def register(group: click.Group) -> None:
    group.add_command(pictures)


@click.group()
def pictures() -> None:
    """The pictures of Easy Read pages, as a pack that can be exchanged."""


@pictures.command("check")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
def check(folder: Path | None) -> None:
    """Check a pack and list every fault as FILE:LINE:COLUMN, missing pictures included."""
    from app.library import check_pack, read_library
    from app.web.pictures import place_of

    chosen = folder or settings().pictures
    pack = check_pack(chosen, read_library(settings().library).surveys, place_of(chosen))
    click.echo(f"{pack.title}: {len(pack.pictures)} pictures, no faults found.", err=True)
