"""Invitations: one-time links, and fresh ones for those that nobody has used yet."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from app.errors import Conflict, Invalid, Refused
from app.organisations import Act, require
from app.organisations.log import Deed
from app.responses import Round, refuse_over
from app.services.links import Link, invitation_hash, new_token
from app.services.log import note
from app.services.rounds import require_typing_in, round_or_refuse
from app.standards import Audience
from app.storage import Database, invitations
from app.storage.invitations import InvitationCounts

MOST_AT_ONCE = 1000
REPLACED_MEANWHILE = (
    "These links were replaced a moment ago, in another window or by loading the page again, so nothing was changed "
    "now. If you do not have the fresh links, ask for them once more."
)
MADE_MEANWHILE = (
    "Links were made a moment ago, in another window or by pressing twice, so none were made now. If you do not have "
    "them, ask for fresh links."
)


class MadeMeanwhileError(Conflict):
    """Links were made since the form was shown that asks for more."""


def links_made(database: Database, of: Round) -> int:
    """Return how many links a round has, for `made_before`. Raises NotFound."""
    with database.reading() as connection:
        require_typing_in(database, connection, of)
        return _count(invitations.counts(connection, of))


def invite(
    database: Database, round_id: str, audience: Audience, count: int, made_before: int | None = None
) -> tuple[Link, ...]:
    """Make links for `count` people of an audience. They exist in what this returns and nowhere else.

    made_before: how many links of the round there were when this was asked for; a form that is sent twice then makes
    them once.
    Raises Invalid for a count that cannot be, Conflict for a closed round or a second agreed self-assessment.
    """
    if not 1 <= count <= MOST_AT_ONCE:
        raise Invalid(f"Ask for 1 to {MOST_AT_ONCE} links at a time.")
    return invite_by(database, round_id, audience, [new_token() for _ in range(count)], made_before)


def invite_by(
    database: Database, round_id: str, audience: Audience, tokens: Sequence[str], made_before: int | None = None
) -> tuple[Link, ...]:
    """Make the links of these secrets, which are in nobody's hands yet. Otherwise like `invite`."""
    with database.writing() as connection:
        of = round_or_refuse(connection, round_id, lock=True)
        require(database.actor, Act.RUN_ROUNDS, of.provider_id)
        links = _invite(connection, of, audience, tokens, made_before)
        _note_links(database, connection, Deed.LINKS_MADE, of, audience, len(links))
    return links


def code_for_paper(database: Database, round_id: str, audience: Audience, made_before: int) -> Link:
    """Make a link for answers that came on paper without a code. Raises like `invite`, for whoever may not type in."""
    with database.writing() as connection:
        of = round_or_refuse(connection, round_id, lock=True)
        require_typing_in(database, connection, of)
        (link,) = _invite(connection, of, audience, [new_token()], made_before)
        _note_links(database, connection, Deed.LINKS_MADE, of, audience, 1)
    return link


def remind(database: Database, round_id: str, audience: Audience, generation: int | None = None) -> tuple[Link, ...]:
    """Replace the links of the unused invitations by fresh ones. The old links stop working; those in letters stay.

    generation: how often they had been replaced when this was asked for; a form that is sent twice replaces them once.
    Raises Refused while the number of fresh links would tell too precisely how many people have begun: the used and
    the unused must each be none, or as many as the round's threshold.
    """
    with database.writing() as connection:
        of = round_or_refuse(connection, round_id, lock=True)
        require(database.actor, Act.RUN_ROUNDS, of.provider_id)
        _refuse_closed(of)
        numbers, used = invitations.handed_out(connection, of, audience)
        before = invitations.counts(connection, of).get(audience, InvitationCounts())
        if generation is not None and generation != before.generation:
            raise Conflict(REPLACED_MEANWHILE)
        if not of.is_agreed(audience):
            _refuse_small(used, len(numbers), of.thresholds.standard)
        links = tuple(Link(number, new_token()) for number in numbers)
        for link in links:
            link_hash = invitation_hash(link.token)
            invitations.replace_link(connection, of, audience, link.number, link_hash, before.generation + 1)
        _note_links(database, connection, Deed.LINKS_REPLACED, of, audience, len(links))
    return links


def _count(counts: Mapping[Audience, InvitationCounts]) -> int:
    return sum(each.invited for each in counts.values())


def _invite(
    connection: Connection, of: Round, audience: Audience, tokens: Sequence[str], made_before: int | None
) -> tuple[Link, ...]:
    _refuse_closed(of)
    counts = invitations.counts(connection, of)
    if made_before is not None and made_before != _count(counts):
        raise MadeMeanwhileError(MADE_MEANWHILE)
    already = counts.get(audience, InvitationCounts()).invited
    if of.is_agreed(audience) and already + len(tokens) > 1:
        raise Conflict("In this round the provider gives one agreed self-assessment, so there is one link for it.")
    numbers = invitations.add_invitations(connection, of, audience, [invitation_hash(token) for token in tokens])
    return tuple(Link(number, token) for number, token in zip(numbers, tokens, strict=True))


def _note_links(
    database: Database, connection: Connection, deed: Deed, of: Round, audience: Audience, count: int
) -> None:
    note(database, connection, deed, of.provider_id, of.id, audience=audience.value, count=str(count))


def _refuse_closed(of: Round) -> None:
    refuse_over(of, "so nobody can be invited to it any more")


def _refuse_small(used: int, unused: int, threshold: int) -> None:
    if used and (used < threshold or 0 < unused < threshold):
        raise Refused(
            "To keep private who has answered, links can be replaced only when nobody has begun yet, or when at least "
            f"{threshold} people have begun and at least {threshold} have not."
        )
