"""account add, password, second-step, sign-out."""

import secrets

import click

from app.cli.installation import database, settings
from app.organisations import Role


def register(group: click.Group) -> None:
    group.add_command(account)


@click.group()
def account() -> None:
    """People who sign in."""


@account.command("add")
@click.argument("email")
@click.option("--lead", "lead", metavar="PROVIDER", help="Make them the lead of this provider.")
@click.option("--coordinator", "coordinator", metavar="NETWORK", help="Make them the coordinator of this network.")
@click.option("--checker-of", "checker", metavar="NETWORK", help="Let them check providers for this network.")
@click.option("--safeguarding-of", "safeguarding", metavar="NETWORK", help="Let them take this network's concerns.")
def add(email: str, **given: str | None) -> None:
    """Add an account with one role and print its first password, alone on the last line."""
    from app.services.accounts import add_account, membership_of
    from app.web.passwords import hash_new_password

    held = [(Role(role), organisation_id) for role, organisation_id in given.items() if organisation_id is not None]
    if len(held) != 1:
        raise click.UsageError(
            "Give one role: --lead PROVIDER, --coordinator NETWORK, --checker-of NETWORK or --safeguarding-of NETWORK."
        )
    membership = membership_of(database(), *held[0])
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


@account.command("second-step")
@click.argument("email")
def second_step(email: str) -> None:
    """Take away the second step of somebody who has lost it, once you know that it is them. All their sessions end."""
    from app.services.accounts import forget_second_step

    forget_second_step(database(), email)


@account.command("sign-out")
@click.argument("email", required=False)
@click.option("--everybody", is_flag=True, help="Everybody, wherever they have signed in.")
def sign_out(email: str | None, *, everybody: bool) -> None:
    """Sign somebody out wherever they have signed in; their password, and what they may do, stay."""
    from app.services import accounts

    if everybody == bool(email):
        raise click.UsageError("Give an e-mail address, or --everybody.")
    if email:
        accounts.sign_out(database(), email)
    else:
        accounts.sign_everybody_out(database())
