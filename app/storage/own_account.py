"""What is kept about one account in every table, and taking it away."""

from sqlalchemy import ColumnElement, Connection, Select, delete, func, select, update

from app.responses import RoundState
from app.storage.sealed import opened
from app.storage.tables import (
    account,
    account_invitation,
    account_session,
    concern_step,
    contact,
    evidence,
    log_line,
    membership,
    network,
    passkey,
    provider,
    response,
    round_table,
    sign_in_link,
    sign_on_account,
    unwanted_letter,
    visit,
    visit_checker,
)

Entry = dict[str, object]


def account_entry(connection: Connection, account_id: int) -> Entry:
    """Return the account's address, the day on which it was confirmed, and its second step in short."""
    row = connection.execute(select(account).where(account.c.id == account_id)).one()
    return {
        "email": row.email,
        "address_confirmed_on": row.confirmed_at.date() if row.confirmed_at else None,
        "has_app_for_codes": row.tf_primary_method is not None,
        "recovery_codes_left": len(row.mf_recovery_codes or []),
    }


def passkeys(connection: Connection, account_id: int) -> list[Entry]:
    rows = connection.execute(select(passkey).where(passkey.c.account_id == account_id).order_by(passkey.c.id))
    return [{"name": row.name, "last_used_on": row.lastuse_datetime.date()} for row in rows]


def letters(connection: Connection, account_id: int) -> Entry:
    """Return which letters somebody switched off, and their language; None: every language."""
    unwanted = select(unwanted_letter.c.news).where(unwanted_letter.c.account_id == account_id)
    language = select(account.c.language).where(account.c.id == account_id)
    return {
        "not_wanted": sorted(connection.execute(unwanted).scalars()),
        "language": connection.execute(language).scalar_one(),
    }


def roles(connection: Connection, account_id: int) -> list[Entry]:
    name = func.coalesce(provider.c.name, network.c.name, "").label("organisation")
    rows = connection.execute(
        select(membership.c.role, name)
        .outerjoin(provider, provider.c.id == membership.c.organisation_id)
        .outerjoin(network, network.c.id == membership.c.organisation_id)
        .where(membership.c.account_id == account_id)
        .order_by(membership.c.role, name)
    )
    return [{"role": row.role, "organisation": row.organisation} for row in rows]


def visits(connection: Connection, account_id: int) -> list[Entry]:
    rows = connection.execute(
        select(visit.c.planned_on, visit_checker)
        .join_from(visit_checker, visit, visit.c.id == visit_checker.c.visit_id)
        .where(visit_checker.c.account_id == account_id)
        .order_by(visit.c.planned_on)
    )
    interest = visit_checker.c.sealed_interest
    return [
        {
            "planned_on": row.planned_on,
            "declared": row.declared,
            "interest": opened(connection, interest, row._asdict()),
        }
        for row in rows
    ]


def contacts(connection: Connection, account_id: int) -> list[Entry]:
    mine = contact.c.account_id == account_id
    rows = connection.execute(select(contact).where(mine).order_by(contact.c.name))
    return [{"name": row.name, "phone": row.phone, "about": row.about, "removed": row.removed} for row in rows]


def invitations_given(connection: Connection, account_id: int) -> list[Entry]:
    mine = account_invitation.c.invited_by == account_id
    rows = connection.execute(select(account_invitation).where(mine).order_by(account_invitation.c.invited_on))
    return [{"role": row.role, "invited_on": row.invited_on, "state": row.state} for row in rows]


def counts(connection: Connection, account_id: int) -> dict[str, int]:
    """Return how often the account's number stands beside something that is about somebody or something else."""
    return {
        "lines_in_the_log": _count(connection, log_line.c.account_id == account_id),
        "entries_about_concerns": _count(connection, concern_step.c.account_id == account_id),
        "evidence_added": _count(connection, evidence.c.added_by == account_id),
        "paper_answers_typed_in": _count(connection, response.c.entered_by == account_id),
        "paper_answers_checked": _count(connection, response.c.checked_by == account_id),
    }


def still_needed(connection: Connection, account_id: int) -> tuple[str, ...]:
    """Return by name what somebody else has to take over first.

    Providers with open rounds of which the account is the only lead, networks of which it is the only coordinator,
    and contacts that it reads concerns for.
    """
    has_open = select(round_table.c.provider_id).where(round_table.c.state == RoundState.OPEN.value)
    alone = _held_alone(account_id, "lead")
    queries = (
        select(provider.c.name).where(provider.c.id.in_(alone), provider.c.id.in_(has_open)),
        select(network.c.name).where(network.c.id.in_(_held_alone(account_id, "coordinator"))),
        select(contact.c.name).where(contact.c.account_id == account_id, contact.c.removed.is_(False)),
    )
    return tuple(name for query in queries for name in connection.execute(query).scalars())


def forget(connection: Connection, account_id: int, nobody: str, fs_uniquifier: str) -> None:
    """Take away everything that says who an account was. Its number stays: a visit keeps its two checkers."""
    for table in (account_session, passkey, sign_in_link, sign_on_account, unwanted_letter, membership):
        connection.execute(delete(table).where(table.c.account_id == account_id))
    connection.execute(update(visit_checker).where(visit_checker.c.account_id == account_id).values(sealed_interest=""))
    connection.execute(
        update(account)
        .where(account.c.id == account_id)
        .values(
            email=nobody,
            password=None,
            active=False,
            fs_uniquifier=fs_uniquifier,
            confirmed_at=None,
            tf_primary_method=None,
            tf_totp_secret=None,
            tf_last_counter=None,
            mf_recovery_codes=None,
            fs_webauthn_user_handle=None,
            language=None,
        )
    )


def forget_invitations(connection: Connection, email_hash: str) -> None:
    connection.execute(delete(account_invitation).where(account_invitation.c.email_hash == email_hash))


def _held_alone(account_id: int, role: str) -> Select[tuple[str]]:
    """Return the query for the organisations in which nobody else holds a role."""
    has_one = (
        select(membership.c.organisation_id)
        .where(membership.c.role == role)
        .group_by(membership.c.organisation_id)
        .having(func.count() == 1)
    )
    mine = (membership.c.account_id == account_id, membership.c.role == role)
    return select(membership.c.organisation_id).where(*mine, membership.c.organisation_id.in_(has_one))


def _count(connection: Connection, chosen: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).where(chosen)).scalar_one()
