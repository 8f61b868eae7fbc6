"""Responses that came on paper: who typed them in, and which of them wait for a second person."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Update, func, select, tuple_, update

from app.responses import ResponseState, Round
from app.storage.tables import response


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


def waiting_for_second(connection: Connection, rounds: Sequence[Round]) -> list[int]:
    """Return, of each response of these rounds that was typed in and not sent, the account that typed it in."""
    query = select(response.c.entered_by).where(
        tuple_(response.c.provider_id, response.c.round_id).in_([(of.provider_id, of.id) for of in rounds]),
        response.c.state == ResponseState.STARTED.value,
        response.c.entered_by.is_not(None),
    )
    return sorted(connection.execute(query).scalars())


def waiting_in(connection: Connection, rounds: Sequence[Round]) -> Mapping[str, int]:
    """Return {round's id: how many responses were typed in and not sent}; where there is none, it is absent."""
    rows = connection.execute(
        select(response.c.round_id, func.count())
        .where(
            tuple_(response.c.provider_id, response.c.round_id).in_([(of.provider_id, of.id) for of in rounds]),
            response.c.state == ResponseState.STARTED.value,
            response.c.entered_by.is_not(None),
        )
        .group_by(response.c.round_id)
    )
    return {row[0]: row[1] for row in rows}


def _at(of: Round, response_id: str) -> Update:
    return update(response).where(response.c.provider_id == of.provider_id, response.c.id == response_id)
