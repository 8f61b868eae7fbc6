"""administrator add."""

from datetime import date, timedelta

import click

from app.cli.installation import database, settings
from app.organisations import INSTALLATION, Membership, Role

WORKS_FOR = timedelta(days=1)


def register(group: click.Group) -> None:
    group.add_command(administrator)


@click.group()
def administrator() -> None:
    """People who look after the installation."""


@administrator.command("add")
@click.argument("email")
def add(email: str) -> None:
    """Print a link by which somebody becomes an administrator, once, until the end of tomorrow; no letter is sent."""
    from app.services.inviting_colleagues import Office, invite
    from app.storage.keys import new_id

    office = Office(settings().keys(), settings().hash_key(), settings().base_url)
    membership = Membership(Role.ADMINISTRATOR, INSTALLATION)
    _, link = invite(
        database(), office, new_id(), email, membership, date.today(), works_for=WORKS_FOR, has_letter=False
    )
    click.echo(link)
