"""What the daily turn deletes, by its rules: each says which rows are due on a day."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, cast, delete, exists, func, select

from app.organisations.log import Deed
from app.organisations.schedule import (
    ANSWERS_MONTHS,
    INVITATION_DAYS,
    LINKS_DAYS,
    ROLELESS_DAYS,
    VISITS_MONTHS,
    days_before,
    months_before,
)
from app.responses import RoundState
from app.storage.tables import (
    account,
    account_invitation,
    account_session,
    address_list,
    come_back,
    contact,
    invitation,
    letter,
    log_line,
    membership,
    network_invitation,
    observation,
    response,
    round_address,
    round_table,
    share,
    sign_in_link,
    visit,
    visit_checker,
    visit_device,
)

Due = Sequence[tuple[Table, ColumnElement[bool]]]
"""Which rows are due, table by table, in an order in which they can be deleted."""
DueOn = Callable[[date], Due]


def count(connection: Connection, due: Due) -> int:
    counts = (select(func.count()).select_from(each).where(chosen) for each, chosen in due)
    return sum(connection.execute(each).scalar_one() for each in counts)


def remove(connection: Connection, due: Due) -> int:
    """Delete what is due. Returns how many rows there were."""
    return sum(connection.execute(delete(each).where(chosen)).rowcount for each, chosen in due)


def answers(on: date) -> Due:
    """Return responses of rounds that closed long ago, with what leads to them."""
    closed = _closed_until(months_before(on, ANSWERS_MONTHS))
    ids = select(response.c.id).where(response.c.round_id.in_(closed))
    return (
        (share, share.c.response_id.in_(ids)),
        (come_back, come_back.c.round_id.in_(closed)),
        (response, response.c.round_id.in_(closed)),
    )


def invitations(on: date) -> Due:
    return ((invitation, invitation.c.round_id.in_(_closed_until(days_before(on, LINKS_DAYS)))),)


def addresses(on: date) -> Due:
    """Return the addresses of rounds that have closed, whenever that was."""
    closed = _closed_until(on)
    return ((address_list, address_list.c.round_id.in_(closed)), (round_address, round_address.c.round_id.in_(closed)))


def shares(on: date) -> Due:
    return ((share, share.c.until < on),)


def observations(on: date) -> Due:
    over = select(visit.c.id).where(visit.c.round_id.in_(_over_until(months_before(on, ANSWERS_MONTHS))))
    return ((observation, observation.c.visit_id.in_(over)),)


def visits(on: date) -> Due:
    """Return who went and with what; and the visits of which nothing that was seen is kept any more."""
    over = _over_until(months_before(on, VISITS_MONTHS))
    ids = select(visit.c.id).where(visit.c.round_id.in_(over))
    has_seen = exists().where(observation.c.provider_id == visit.c.provider_id, observation.c.visit_id == visit.c.id)
    return (
        (visit_checker, visit_checker.c.visit_id.in_(ids)),
        (visit_device, visit_device.c.visit_id.in_(ids)),
        (visit, and_(visit.c.round_id.in_(over), ~has_seen)),
    )


def sessions(longest: timedelta) -> DueOn:
    """longest: after which a session is over, used or not."""
    return lambda on: ((account_session, account_session.c.begun_on <= on - longest),)


def sign_in_links(longest: timedelta) -> DueOn:
    return lambda on: ((sign_in_link, sign_in_link.c.made_on < on - longest),)


def account_invitations(on: date) -> Due:
    return ((account_invitation, account_invitation.c.expires_on <= days_before(on, INVITATION_DAYS)),)


def network_invitations(on: date) -> Due:
    return ((network_invitation, network_invitation.c.expires_on <= days_before(on, INVITATION_DAYS)),)


def letters(tried_days: int, kept_days: int) -> DueOn:
    """tried_days: after which a letter is given up. kept_days: for how long one that was given up can be sent again."""
    return lambda on: ((letter, letter.c.posted_on <= days_before(on, tried_days + kept_days)),)


def roleless_accounts(connection: Connection, on: date) -> tuple[tuple[int, str], ...]:
    """Return (id, e-mail address) of the accounts whose last role was taken away long ago, as the log has it."""
    is_theirs = (
        log_line.c.deed == Deed.ROLE_TAKEN.value,
        log_line.c.about == cast(account.c.id, log_line.c.about.type),
    )
    last_taken = select(func.max(log_line.c.at)).where(*is_theirs).scalar_subquery()
    rows = connection.execute(
        select(account.c.id, account.c.email).where(
            account.c.active,
            ~exists().where(membership.c.account_id == account.c.id),
            ~exists().where(contact.c.account_id == account.c.id, contact.c.removed.is_(False)),
            func.substr(last_taken, 1, 10) <= days_before(on, ROLELESS_DAYS).isoformat(),
        )
    )
    return tuple((row.id, row.email) for row in rows.all())


def _closed_until(day: date) -> Select[tuple[str]]:
    is_closed = round_table.c.state == RoundState.CLOSED.value
    return select(round_table.c.id).where(is_closed, round_table.c.closed_on <= day)


def _over_until(day: date) -> Select[tuple[str]]:
    """Return the query for the rounds that closed, or were called off, on a day or before."""
    over_on = func.coalesce(round_table.c.closed_on, round_table.c.cancelled_on)
    return select(round_table.c.id).where(round_table.c.state != RoundState.OPEN.value, over_on <= day)
