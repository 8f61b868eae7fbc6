"""standards check, show, lock."""

import json
from datetime import date
from pathlib import Path

import click

from app.cli.installation import settings
from app.cli.output import as_json_option, print_rows


def register(group: click.Group) -> None:
    group.add_command(standards)


@click.group()
def standards() -> None:
    """The library: standards and surveys as files."""


@standards.command("check")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
def check(folder: Path | None) -> None:
    """Check the files and list every fault as FILE:LINE:COLUMN."""
    from app.library import check_folder

    for remark in check_folder(folder or settings().library):
        click.echo(str(remark), err=True)
    click.echo("No faults found.", err=True)


@standards.command("show")
@click.argument("reference", metavar="[SET[@VERSION]]", required=False)
@as_json_option
def show(reference: str | None, *, as_json: bool) -> None:
    """Show a standards set, or list all of them."""
    from app.library import read_library, standards_document
    from app.services.publishing import chosen_standards

    sets = read_library(settings().library).standards
    if reference is None:
        print_rows([{"id": each.id, "version": each.version, "title": each.title} for each in sets], as_json=as_json)
        return
    chosen = chosen_standards(sets, reference)
    if as_json:
        click.echo(json.dumps(standards_document(chosen), ensure_ascii=False, indent=2))
        return
    click.echo(f"{chosen.title} {chosen.version}\n{chosen.wording_note}")
    for domain in chosen.domains:
        click.echo(f"\n{domain.id} {domain.title}")
        for standard in domain.standards:
            click.echo(f"  {standard.id} {standard.title} – is not: {standard.is_not}")


@standards.command("lock")
def lock() -> None:
    """Enter new versions in the append-only ledgers; refuse when a locked one changed."""
    from app.library import lock as lock_library

    for locked in lock_library(settings().library, date.today()):
        click.echo(f"locked {locked}")
