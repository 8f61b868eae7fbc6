"""The log's lines. They can be added and read; the database itself refuses to change or delete one."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Row, and_, cast, func, insert, select, text

from app.organisations.log import BEFORE_THE_FIRST, SOMEBODY, Deed, LogLine, Part
from app.storage.tables import account, log_line, network, provider

_ONE_AT_A_TIME = 7_406_171_105_314_102_373
"""Any fixed number: whoever appends on PostgreSQL holds the lock of it until the end of the transaction."""


@dataclass(frozen=True, slots=True)
class StoredLine:
    """A line as it is shown. email: of the account, organisation: its name; empty where it is not there (any more).

    wanted: the address of the account that somebody wanted to be, and could not sign in to.
    """

    line: LogLine
    email: str
    organisation: str
    wanted: str = ""


def append(
    connection: Connection,
    at: str,
    account_id: int,
    deed: Deed,
    organisation_id: str,
    about: str,
    facts: dict[str, str],
) -> LogLine:
    """Add a line after the last one. Writers wait for each other until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ONE_AT_A_TIME})
    before = last(connection)
    number, previous = (before[0] + 1, before[1]) if before else (1, BEFORE_THE_FIRST)
    line = LogLine(number, at, account_id, deed, organisation_id, about, facts, previous)
    connection.execute(
        insert(log_line).values(
            number=number, at=at, account_id=account_id, deed=deed.value, organisation_id=organisation_id, about=about,
            facts=facts, previous=previous, sha256=line.sha256,
        )
    )  # fmt: skip
    return line


def lines(connection: Connection) -> Iterator[tuple[LogLine, str]]:
    """Give every line with its stored hash, from the first one on, a few at a time."""
    rows = connection.execution_options(yield_per=500).execute(select(log_line).order_by(log_line.c.number))
    return ((_line(row), row.sha256) for row in rows)


def last(connection: Connection) -> tuple[int, str] | None:
    """Return (number, hash) of the last line."""
    query = select(log_line.c.number, log_line.c.sha256).order_by(log_line.c.number.desc()).limit(1)
    found = connection.execute(query).one_or_none()
    return (found.number, found.sha256) if found else None


def sha256_of(connection: Connection, number: int) -> str | None:
    return connection.execute(select(log_line.c.sha256).where(log_line.c.number == number)).scalar()


def count_newest(connection: Connection, deed: Deed, since: str, among: int) -> int:
    """Return how many of the newest lines are of one deed and not older than a time."""
    found = select(log_line.c.deed, log_line.c.at).order_by(log_line.c.number.desc()).limit(among).subquery()
    query = select(func.count()).where(found.c.deed == deed.value, found.c.at >= since)
    return connection.execute(query).scalar_one()


def newest(connection: Connection, count: int, before: int | None, part: Part) -> tuple[StoredLine, ...]:
    """Return the newest lines of a part, newest first; with `before`, those before that number."""
    organisation = func.coalesce(provider.c.name, network.c.name, "").label("organisation")
    tried = account.alias("tried")
    is_tried = and_(log_line.c.account_id == SOMEBODY, cast(tried.c.id, log_line.c.about.type) == log_line.c.about)
    query = (
        select(log_line, account.c.email, tried.c.email.label("wanted"), organisation)
        .outerjoin(account, account.c.id == log_line.c.account_id)
        .outerjoin(tried, is_tried)
        .outerjoin(provider, provider.c.id == log_line.c.organisation_id)
        .outerjoin(network, network.c.id == log_line.c.organisation_id)
    )
    if before is not None:
        query = query.where(log_line.c.number < before)
    if part is not Part.ALL:
        query = query.where(log_line.c.deed.in_(sorted(part.deeds)))
    rows = connection.execute(query.order_by(log_line.c.number.desc()).limit(count))
    return tuple(StoredLine(_line(row), row.email or "", row.organisation, row.wanted or "") for row in rows)


def _line(row: Row[tuple[object, ...]]) -> LogLine:
    return LogLine(
        row.number, row.at, row.account_id, Deed(row.deed), row.organisation_id, row.about, row.facts, row.previous
    )
