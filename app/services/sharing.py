"""Sharing one's own result: for a time, with whom one chooses, and taking that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.errors import Conflict, NotFound
from app.responses import HowLong, Response, ResponseState, Round
from app.services.links import LONGEST_TOKEN, new_token, response_id, share_id
from app.storage import Database, responses, shares
from app.storage.shares import Share

MOST_SHARES = 10
ENDED = "This result is not shared any more, or the link is not complete."


class SharedWith(StrEnum):
    PROVIDER = "provider"
    FAMILY = "family"
    CIRCLE = "circle"


DAYS = {HowLong.A_WEEK: 7, HowLong.A_MONTH: 30, HowLong.THREE_MONTHS: 91}
SUNDAY = 6


@dataclass(frozen=True, slots=True)
class SharedResult:
    """What somebody sees whom a respondent lets read their result. until: the last day."""

    round: Round
    provider_name: str
    response: Response
    shared_with: SharedWith
    until: date
    site_name: str | None = None


def share(database: Database, token: str, shared_with: SharedWith, how_long: HowLong, on: date) -> str:
    """Let somebody read the result behind a link; return the secret of their link, which exists nowhere else.

    What has ended at this provider is removed. Raises Conflict when the answers have not been sent, are shared often
    enough, or the round was called off.
    """
    share_token = new_token()
    with database.writing() as connection:
        found = _sent(responses.find(connection, response_id(token), lock=True))
        if found.round.is_cancelled:
            raise Conflict("This round has been called off, so nothing of it can be shared.")
        provider_id = found.round.provider_id
        shares.remove_ended(connection, provider_id, on)
        if len(shares.of_response(connection, found.round, response_id(token))) >= MOST_SHARES:
            raise Conflict(f"You share your result {MOST_SHARES} times already. Take one back first.")
        until = last_day(how_long, on)
        shares.add(connection, Share(share_id(share_token), provider_id, response_id(token), shared_with.value, until))
    return share_token


def last_day(how_long: HowLong, on: date) -> date:
    """Return the day to which a share is open: a Sunday, so that what is kept does not tell on which day it began."""
    earliest = on + timedelta(days=DAYS[how_long])
    return earliest + timedelta(days=SUNDAY - earliest.weekday())


def shares_of(database: Database, token: str, on: date) -> Sequence[Share]:
    """Return what is shared now."""
    with database.reading() as connection:
        found = _sent(responses.find(connection, response_id(token)))
        kept = shares.of_response(connection, found.round, response_id(token))
    return [each for each in kept if each.until >= on]


def take_back(database: Database, token: str, shared: str) -> None:
    """End a share of this response; whoever has its link sees nothing from now on."""
    with database.writing() as connection:
        found = _sent(responses.find(connection, response_id(token), lock=True))
        shares.remove(connection, found.round, response_id(token), shared)


def open_share(database: Database, share_token: str, on: date) -> SharedResult:
    """Return what this secret opens. Raises NotFound when it never did, has ended, or was taken back."""
    if len(share_token) > LONGEST_TOKEN:
        raise NotFound(ENDED)
    with database.reading() as connection:
        shared = shares.find(connection, share_id(share_token))
        found = responses.find(connection, shared.response_id) if shared and shared.until >= on else None
    if shared is None or found is None or found.response.state is not ResponseState.SUBMITTED:
        raise NotFound(ENDED)
    if found.round.is_cancelled:
        raise NotFound(ENDED)
    return SharedResult(
        found.round, found.provider_name, found.response, SharedWith(shared.shared_with), shared.until, found.site_name
    )


def _sent(found: responses.FoundResponse | None) -> responses.FoundResponse:
    if found is None or found.response.state is not ResponseState.SUBMITTED:
        raise Conflict("These answers have not been sent, so there is no result to share yet.")
    return found
