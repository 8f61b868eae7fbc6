"""Responses that came on paper: who typed them in, and which of them wait for a second person."""

from sqlalchemy import Connection, Update, select, update

from app.responses import ResponseState, Round
from app.storage.tables import network_member, response


def note_entered(connection: Connection, of: Round, response_id: str, account_id: int) -> None:
    """Keep which account typed a response in."""
    connection.execute(_at(of, response_id).values(entered_by=account_id))


def note_checked(connection: Connection, of: Round, response_id: str, account_id: int) -> None:
    """Keep which account typed it in a second time and found the same, or looked at the paper."""
    connection.execute(_at(of, response_id).values(checked_by=account_id))


def entered_by(connection: Connection, of: Round, response_id: str) -> int | None:
    """Return the account that typed a response in; None for one that was given on a screen."""
    query = select(response.c.entered_by).where(response.c.provider_id == of.provider_id, response.c.id == response_id)
    found: int | None = connection.execute(query).scalar()
    return found


def waiting_for_second(connection: Connection, of: Round) -> list[int]:
    """Return, of each response that was typed in and not sent, the account that typed it in."""
    query = select(response.c.entered_by).where(
        response.c.provider_id == of.provider_id,
        response.c.round_id == of.id,
        response.c.state == ResponseState.STARTED.value,
        response.c.entered_by.is_not(None),
    )
    return sorted(connection.execute(query).scalars())


def networks_of(connection: Connection, provider_id: str) -> frozenset[str]:
    """Return the networks that a provider is in."""
    query = select(network_member.c.network_id).where(network_member.c.provider_id == provider_id)
    return frozenset(connection.execute(query).scalars())


def _at(of: Round, response_id: str) -> Update:
    return update(response).where(response.c.provider_id == of.provider_id, response.c.id == response_id)
