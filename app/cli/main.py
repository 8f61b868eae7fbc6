"""The commands' root, and how every refusal is told: on standard error, in one sentence, with status 1."""

import os
import sys

import click
from sqlalchemy.exc import DBAPIError

from app.cli import (
    accounts,
    administrators,
    audio,
    backups,
    contacts,
    content,
    doctor,
    installing,
    keys,
    letters,
    log,
    networks,
    organisations,
    paper,
    pictures,
    retention,
    rounds,
    sign_on,
    translations,
)
from app.errors import DrivingSeatError
from app.web import logs


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="driving-seat", prog_name="driving-seat")
def commands() -> None:
    """Driving Seat: people, families and providers answer about the same things."""
    logs.configure("WARNING")


for module in (
    installing,
    accounts,
    administrators,
    organisations,
    networks,
    sign_on,
    contacts,
    rounds,
    paper,
    letters,
    retention,
    content,
    translations,
    pictures,
    audio,
    keys,
    backups,
    doctor,
    log,
):
    module.register(commands)


def main() -> None:
    """Run a command. Exit status: 0 done; 1 refused, with the reason; 2 wrong usage."""
    os.umask(0o077)  # what an installation keeps is for its owner alone
    try:
        status = commands.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except DrivingSeatError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except DBAPIError as error:
        click.echo(f"The database cannot be used ({type(error.orig).__name__}). See docs/settings.md.", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"A file cannot be used: {error.strerror or error}.", err=True)
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)
