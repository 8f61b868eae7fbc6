"""init, serve, demo."""

from datetime import date
from pathlib import Path

import click

from app.cli.installation import database, settings


def register(group: click.Group) -> None:
    group.add_command(init)
    group.add_command(serve)
    group.add_command(demo)


@click.command()
def init() -> None:
    """Create or upgrade the database and load the library."""
    from app.services.publishing import load_library
    from app.storage import Database
    from app.storage.migrate import upgrade

    settings().home.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings().make_keys()
    found = Database.at(settings().url_of_database, settings().keys)
    upgrade(found)
    found.forget_traces()
    load_library(found, settings().library)
    click.echo("The database is ready and the library is loaded.", err=True)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Start the production server and print its address."""
    from app.cli.server import run

    run(settings(), database(), host=host, port=port, workers=workers, threads=threads)


@click.command()
@click.option("--providers", "provider_count", default=8, show_default=True, type=click.IntRange(1, 2000))
@click.option("--people", "people_count", type=click.IntRange(1, 500), help="People asked in each provider.")
@click.option("--seed", default=3, show_default=True, type=int)
@click.option("--once", is_flag=True, help="Where there is a demonstration already, only show it again.")
def demo(provider_count: int, people_count: int | None, seed: int, *, once: bool) -> None:
    """Add a made-up network, marked as such, and print sign-ins and links."""
    from app.services.demonstration import add_demonstration, shown_before
    from app.services.installing import is_demonstration

    before = shown_before(settings().home) if once and is_demonstration(database()) else None
    if before is not None:
        click.echo(before.as_text(settings().base_url))
        return
    from app.web.passwords import hash_new_password

    shown = add_demonstration(
        database(),
        home=Path(settings().home),
        hash_password=hash_new_password(settings()),
        provider_count=provider_count,
        people_count=people_count,
        seed=seed,
        on=date.today(),
    )
    click.echo(shown.as_text(settings().base_url))
