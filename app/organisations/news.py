"""What colleagues are written letters about, and who gets which. A letter says that something happened, and no more."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from app.organisations.model import Role
from app.organisations.permissions import Act, roles_that_may


class News(StrEnum):
    """What somebody chooses to be written to about, or not. The words are stored, so they stay as they are."""

    LAST_DAY = "last-day"
    RESULTS = "results"
    TEAM = "team"
    VISIT = "visit"
    WORRY = "worry"


class Event(StrEnum):
    """Something that happened, or will soon."""

    LAST_DAY_NEAR = "last day near"
    ROUND_CLOSED = "round closed"
    CAMPAIGN_CLOSED = "campaign closed"
    COLLEAGUE_JOINED = "colleague joined"
    COLLEAGUE_LEFT = "colleague left"
    PROVIDER_JOINED = "provider joined"
    PROVIDER_LEFT = "provider left"
    VISIT_PLANNED = "visit planned"
    WORRY_CAME = "worry came"


ABOUT: Final[Mapping[Event, News]] = {
    Event.LAST_DAY_NEAR: News.LAST_DAY,
    Event.ROUND_CLOSED: News.RESULTS,
    Event.CAMPAIGN_CLOSED: News.RESULTS,
    Event.COLLEAGUE_JOINED: News.TEAM,
    Event.COLLEAGUE_LEFT: News.TEAM,
    Event.PROVIDER_JOINED: News.TEAM,
    Event.PROVIDER_LEFT: News.TEAM,
    Event.VISIT_PLANNED: News.VISIT,
    Event.WORRY_CAME: News.WORRY,
}
FOR_ROLES: Final[Mapping[News, frozenset[Role]]] = {
    News.LAST_DAY: roles_that_may(Act.RUN_ROUNDS),
    News.RESULTS: roles_that_may(Act.SEE_ROUNDS) | roles_that_may(Act.RUN_NETWORK),
    News.TEAM: roles_that_may(Act.RUN_PROVIDER) | roles_that_may(Act.RUN_NETWORK) | roles_that_may(Act.ADMINISTER),
    News.VISIT: roles_that_may(Act.VISIT),
    News.WORRY: roles_that_may(Act.READ_CONCERNS),
}
ALWAYS: Final = frozenset({News.WORRY})
"""Somebody may need help: these letters cannot be switched off."""


def news_for(roles: Iterable[Role]) -> tuple[News, ...]:
    """Return what somebody with these roles is written to about."""
    held = frozenset(roles)
    return tuple(each for each in News if held & FOR_ROLES[each])
