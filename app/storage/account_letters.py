"""Which letters accounts want, in which language, and who is to be written to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, insert, or_, select, update

from app.organisations import Role
from app.responses import Round, RoundState
from app.storage.rounds import round_from
from app.storage.tables import account, membership, provider, round_table, unwanted_letter


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with an account. language: None for every language. is_confirmed: that the address is theirs."""

    email: str
    language: str | None
    is_confirmed: bool
    unwanted: frozenset[str]


def reader_of(connection: Connection, account_id: int) -> Reader | None:
    """Return who an account is; None when it can not be signed in to any more."""
    row = connection.execute(select(account).where(account.c.id == account_id, account.c.active)).one_or_none()
    if row is None:
        return None
    query = select(unwanted_letter.c.news).where(unwanted_letter.c.account_id == account_id)
    unwanted = frozenset(connection.execute(query).scalars())
    return Reader(row.email, row.language, row.confirmed_at is not None, unwanted)


def choose(
    connection: Connection, account_id: int, language: str | None, asked: Iterable[str], unwanted: Collection[str]
) -> None:
    """Store what somebody chose. asked: what they were asked about; what they were not stays as it is."""
    connection.execute(update(account).where(account.c.id == account_id).values(language=language))
    chosen = (unwanted_letter.c.account_id == account_id, unwanted_letter.c.news.in_(list(asked)))
    connection.execute(delete(unwanted_letter).where(*chosen))
    if unwanted:
        rows = [{"account_id": account_id, "news": each} for each in sorted(unwanted)]
        connection.execute(insert(unwanted_letter), rows)


def holders(connection: Connection, organisation_id: str, roles: Iterable[Role]) -> frozenset[int]:
    """Return the accounts with one of these roles in an organisation, or in the provider that has taken it over."""
    over = select(provider.c.merged_into).where(provider.c.id == organisation_id, provider.c.merged_into.is_not(None))
    held = membership.c
    query = select(held.account_id).where(
        held.role.in_([each.value for each in roles]),
        or_(held.organisation_id == organisation_id, held.organisation_id.in_(over)),
    )
    return frozenset(connection.execute(query).scalars())


def rounds_that_end(connection: Connection, first: date, last: date) -> tuple[Round, ...]:
    """Return the open rounds whose last day is within these days, and whose leads were not told of that day; locked."""
    column = round_table.c
    query = select(round_table).where(
        column.state == RoundState.OPEN.value,
        column.last_on.between(first, last),
        or_(column.last_day_told.is_(None), column.last_day_told != column.last_on),
    )
    rows = connection.execute(query.order_by(column.id).with_for_update())
    return tuple(round_from(row) for row in rows)


def mark_told(connection: Connection, of: Round) -> None:
    at = (round_table.c.provider_id == of.provider_id, round_table.c.id == of.id)
    connection.execute(update(round_table).where(*at).values(last_day_told=of.last_on))
