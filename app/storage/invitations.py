"""Invitations: how many there are, and whether one was used; never by which response."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, case, func, insert, or_, select, tuple_, update

from app.responses import Round
from app.standards import Audience
from app.storage.tables import invitation

WRITTEN_TOGETHER = 100


@dataclass(frozen=True, slots=True)
class Invitation:
    """One invitation. number: what its link sheet calls it, counted from 1 in its round and audience."""

    provider_id: str
    round_id: str
    audience: Audience
    number: int
    used: bool


@dataclass(frozen=True, slots=True)
class InvitationCounts:
    """How many were invited from one audience, how many of them began, and how often links were replaced."""

    invited: int = 0
    used: int = 0
    generation: int = 0


def add_invitations(
    connection: Connection, of: Round, audience: Audience, link_hashes: Sequence[str], *, by_letter: bool = False
) -> list[int]:
    """Store one invitation a hash and return their numbers, in the same order.

    by_letter: their links go out in letters, and nobody hands them out.
    """
    highest = connection.execute(select(func.max(invitation.c.number)).where(*_within(of, audience))).scalar()
    first = (highest or 0) + 1
    numbers = list(range(first, first + len(link_hashes)))
    if link_hashes:
        connection.execute(
            insert(invitation),
            [
                {
                    "provider_id": of.provider_id,
                    "round_id": of.id,
                    "audience": audience.value,
                    "number": number,
                    "link_hash": link_hash,
                    "used": False,
                    "generation": 0,
                    "by_letter": by_letter,
                }
                for number, link_hash in zip(numbers, link_hashes, strict=True)
            ],
        )
    return numbers


def invitation_by(connection: Connection, link_hash: str) -> Invitation | None:
    row = connection.execute(select(invitation).where(invitation.c.link_hash == link_hash)).one_or_none()
    if row is None:
        return None
    return Invitation(row.provider_id, row.round_id, Audience(row.audience), row.number, row.used)


def mark_used(connection: Connection, of: Invitation) -> None:
    """Note that one invitation was used.

    The hundred invitations around it are written anew, so that the database's own row versions show when the last one
    of them was used and not the order of all: see docs/decisions/0003-nobody-can-join.md.
    """
    around = _around(of.provider_id, of.round_id, of.audience, of.number)
    used = or_(invitation.c.used, invitation.c.number == of.number)
    connection.execute(update(invitation).where(*around).values(used=used))


def give_link(connection: Connection, of: Round, audience: Audience, number: int, link_hash: str) -> bool:
    """Give an invitation that goes out in a letter its link, in the place of the one before. False once it was used.

    The hundred around it are written anew, so that no row version shows the order in which letters left.
    """
    unused = select(invitation.c.number).where(
        *_within(of, audience), invitation.c.number == number, invitation.c.used.is_(False)
    )
    if connection.execute(unused).first() is None:
        return False
    given = case((invitation.c.number == number, link_hash), else_=invitation.c.link_hash)
    connection.execute(
        update(invitation).where(*_around(of.provider_id, of.id, audience, number)).values(link_hash=given)
    )
    return True


def counts(connection: Connection, of: Round) -> Mapping[Audience, InvitationCounts]:
    """Return the counts by audience; an audience that nobody was invited from is absent."""
    used = func.sum(case((invitation.c.used, 1), else_=0))
    rows = connection.execute(
        select(invitation.c.audience, func.count(), used, func.max(invitation.c.generation))
        .where(invitation.c.provider_id == of.provider_id, invitation.c.round_id == of.id)
        .group_by(invitation.c.audience)
    )
    return {Audience(audience): InvitationCounts(*numbers) for audience, *numbers in rows}


def invited_in(connection: Connection, rounds: Sequence[Round]) -> Mapping[str, Mapping[Audience, int]]:
    """Return {round's id: {audience: how many were invited}}; what nobody was invited to is absent."""
    rows = connection.execute(
        select(invitation.c.round_id, invitation.c.audience, func.count())
        .where(tuple_(invitation.c.provider_id, invitation.c.round_id).in_([(of.provider_id, of.id) for of in rounds]))
        .group_by(invitation.c.round_id, invitation.c.audience)
    )
    found: dict[str, dict[Audience, int]] = {}
    for round_id, audience, count in rows:
        found.setdefault(round_id, {})[Audience(audience)] = count
    return found


def handed_out(connection: Connection, of: Round, audience: Audience) -> tuple[list[int], int]:
    """Return the unused numbers whose links somebody hands out, and how many others of those were used; lock them."""
    query = select(invitation.c.number, invitation.c.used).where(
        *_within(of, audience), invitation.c.by_letter.is_(False)
    )
    rows = connection.execute(query.order_by(invitation.c.number).with_for_update()).all()
    return [row.number for row in rows if not row.used], sum(row.used for row in rows)


def replace_link(
    connection: Connection, of: Round, audience: Audience, number: int, link_hash: str, generation: int
) -> None:
    connection.execute(
        update(invitation)
        .where(*_within(of, audience), invitation.c.number == number, invitation.c.used.is_(False))
        .values(link_hash=link_hash, generation=generation)
    )


def _around(provider_id: str, round_id: str, audience: Audience, number: int) -> tuple[ColumnElement[bool], ...]:
    first = number - (number - 1) % WRITTEN_TOGETHER
    return (
        invitation.c.provider_id == provider_id,
        invitation.c.round_id == round_id,
        invitation.c.audience == audience.value,
        invitation.c.number.between(first, first + WRITTEN_TOGETHER - 1),
    )


def _within(of: Round, audience: Audience) -> tuple[ColumnElement[bool], ...]:
    return (
        invitation.c.provider_id == of.provider_id,
        invitation.c.round_id == of.id,
        invitation.c.audience == audience.value,
    )
