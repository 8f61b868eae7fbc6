"""booklet."""

from pathlib import Path

import click

from app.cli.installation import database, settings
from app.cli.output import values_of
from app.standards import Audience
from app.surveys import Edition


def register(group: click.Group) -> None:
    group.add_command(booklet)


@click.command()
@click.argument("round_id", metavar="ROUND")
@click.option("--audience", type=values_of(Audience), required=True)
@click.option("--edition", type=values_of(Edition), default=Edition.EASY_READ.value, show_default=True)
@click.option("--language", default="en", show_default=True)
@click.option("--count", default=1, show_default=True, type=int, help="How many, each with a link of its own.")
@click.option("--specimen", is_flag=True, help="One to look at, without a link.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
def booklet(
    round_id: str, audience: str, edition: str, language: str, count: int, out: Path, *, specimen: bool
) -> None:  # fmt: skip
    """Write paper booklets as one PDF. Their codes stand in it and nowhere else: keep it until it is printed."""
    from functools import partial

    from app.cli.writing import refuse_unwritable, write_whole
    from app.services.booklets import booklet_of, make_booklets
    from app.web.paper.printing import booklet_pdf

    refuse_unwritable(out)
    chosen = booklet_of(database(), round_id, Audience(audience), Edition(edition), language)
    if specimen:
        made = booklet_pdf(settings(), chosen, [])
    else:
        made = make_booklets(database(), chosen, count, partial(booklet_pdf, settings()))
    write_whole(out, lambda file: file.write(made))
    out.chmod(0o600)  # whoever reads it can answer with its codes
