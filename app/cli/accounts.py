"""account add, password."""

import secrets

import click

from app.cli.installation import database, settings


def register(group: click.Group) -> None:
    group.add_command(account)


@click.group()
def account() -> None:
    """People who sign in."""


@account.command("add")
@click.argument("email")
@click.option("--lead", "provider_id", metavar="PROVIDER", help="Make them the lead of this provider.")
@click.option("--coordinator", "network_id", metavar="NETWORK", help="Make them the coordinator of this network.")
def add(email: str, provider_id: str | None, network_id: str | None) -> None:
    """Add an account with one role and print its first password, alone on the last line."""
    from app.services.accounts import add_account, membership_of
    from app.web.passwords import hash_new_password

    if (provider_id is None) == (network_id is None):
        raise click.UsageError("Give either --lead PROVIDER or --coordinator NETWORK.")
    membership = membership_of(database(), provider_id=provider_id, network_id=network_id)
    password = secrets.token_urlsafe(12)
    add_account(database(), email, hash_new_password(settings())(password), [membership])
    click.echo(password)


@account.command("password")
@click.argument("email")
def password(email: str) -> None:
    """Give an account a new password and print it, alone on the last line. All its sessions end."""
    from app.services.accounts import change_password
    from app.web.passwords import hash_new_password

    made = secrets.token_urlsafe(12)
    change_password(database(), email, hash_new_password(settings())(made))
    click.echo(made)
