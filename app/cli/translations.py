"""translations status, update."""

import json
from typing import TYPE_CHECKING, Any

import click

from app.cli.installation import settings
from app.cli.output import as_json_option

if TYPE_CHECKING:
    from app.library.progress import Progress


def register(group: click.Group) -> None:
    group.add_command(translations)


@click.group()
def translations() -> None:
    """Other languages: of standards, of surveys, and of the pages themselves."""


@translations.command("status")
@as_json_option
def status(*, as_json: bool) -> int:
    """Count what is reviewed, unreviewed, stale and missing; exit with 1 when a locked translation is not whole."""
    from app.library.progress import progress

    found = progress(settings().library)
    if as_json:
        click.echo(json.dumps([_row(each) for each in found], ensure_ascii=False, indent=2))
    else:
        for each in found:
            _print(each)
    return 1 if any(each.is_locked and not each.is_complete for each in found) else 0


@translations.command("update")
@click.argument("language", metavar="LANGUAGE")
def update(language: str) -> None:
    """Add to a language's files what they lack, without words, so that translators have something to fill."""
    from app.library.extraction import refuse_unknown_language, update_catalogue
    from app.library.folders import read_library
    from app.library.translation_writing import update_translation

    refuse_unknown_language(language)
    for words in read_library(settings().library, is_published=False).words:
        added = update_translation(words, language)
        click.echo(f"{'survey' if words.is_survey else 'standards'} {words.name}: {len(added)} added")
    click.echo(f"interface: {update_catalogue(language)} without words")


def _row(found: "Progress") -> dict[str, Any]:
    counts = {str(state): count for state, count in found.counts.items()}
    stale = [{"key": each.key, "source": each.source, "english": each.english} for each in found.stale]
    return {"of": found.of, "language": found.language, "locked": found.is_locked, **counts, "stale_strings": stale}


def _print(found: "Progress") -> None:
    counts = ", ".join(f"{count} {state}" for state, count in found.counts.items())
    click.echo(f"{found.of} in {found.language}{' (locked)' if found.is_locked else ''}: {counts}")
    for each in found.stale:
        click.echo(f"  stale: {each.key} (source is {each.source} now): {each.english}")
