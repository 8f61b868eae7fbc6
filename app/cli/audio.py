"""audio make; recordings add."""

from pathlib import Path

import click

from app.cli.installation import database, settings
from app.library.speech import VOICES


def register(group: click.Group) -> None:
    group.add_command(audio)
    group.add_command(recordings)


@click.group()
def audio() -> None:
    """The surveys' words, spoken by a machine."""


@audio.command("make")
@click.option("--language", type=click.Choice(list(VOICES)), help="Only the words of this language.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Another folder than the home's audio.")
@click.option("--prune", is_flag=True, help="Remove what no survey says any more.")
def make(language: str | None, out: Path | None, *, prune: bool) -> None:
    """Say every word of the published surveys that has not been said yet, and print how many."""
    from app.services.speaking import make_audio

    languages = (language,) if language else ()
    folder = out or settings().audio
    for each in make_audio(database(), folder, settings().speech_program, languages=languages, prune=prune):
        unused = "removed" if prune else "not used any more"
        click.echo(f"{each.language}: {each.made} spoken, {each.there} already there, {each.unused} {unused}")


@click.group()
def recordings() -> None:
    """The surveys' words, spoken by people."""


@recordings.command("add")
@click.argument("network_id", metavar="NETWORK")
@click.option("--language", required=True)
@click.option("--text-key", "text_sha256", required=True, help="Of the words, as the page of the recording shows it.")
@click.option("--spoken-by", default="", help="A first name, or the name the speaker chose.")
@click.option("--agreed", is_flag=True, help="The speaker agreed that people hear their voice here.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def add(network_id: str, language: str, text_sha256: str, spoken_by: str, file: Path, *, agreed: bool) -> None:
    """Add a recording of one text, or replace the one that is there."""
    from app.services.recordings import keep_recording

    if not agreed:
        raise click.UsageError("Ask the speaker first, and then say so with --agreed.")
    keep_recording(
        database(), settings().recordings, network_id, language, text_sha256,
        content=file.read_bytes(), spoken_by=spoken_by,
    )  # fmt: skip
