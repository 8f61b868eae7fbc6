"""Notifying colleagues: a letter says that something happened, and where to look. Who wants which stands with accounts.

What is put into the outbox names an account and a page; who that is, in which language they read and whether they still
want it is looked up in the moment of sending (`news_letters`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from app.errors import Invalid
from app.organisations import (
    NETWORK_ROLES,
    PROVIDER_ROLES,
    Act,
    Membership,
    Role,
    require,
    roles_that_may,
)
from app.organisations.news import ABOUT, ALWAYS, Event, News, news_for
from app.responses import Round
from app.services.posting import Draft, post
from app.standards import LANGUAGES
from app.storage import Database
from app.storage import account_letters as stored
from app.storage.account_letters import Reader
from app.storage.sealed import keys_of

NEWS = "news"
DAYS_BEFORE = 3
"""How long before its last day a round's leads are told: time for one more reminder, and soon enough to matter."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody is asked about their letters, and what they chose. language: None for every language."""

    asked: tuple[News, ...]
    always: tuple[News, ...]
    unwanted: frozenset[News]
    language: str | None


def choices(database: Database) -> Choices:
    """Return what the actor chose, of what their roles bring."""
    with database.reading() as connection:
        found = stored.reader_of(connection, database.actor.account_id)
    asked = news_for(database.actor.roles)
    return Choices(
        asked=tuple(each for each in asked if each not in ALWAYS),
        always=tuple(each for each in asked if each in ALWAYS),
        unwanted=frozenset(map(News, found.unwanted)) if found else frozenset(),
        language=found.language if found else None,
    )


def choose(database: Database, wanted: Collection[News], language: str | None) -> None:
    """Keep which letters the actor wants, and in which language; None: in every one. Raises Invalid for another."""
    if language is not None and language not in LANGUAGES:
        raise Invalid("Choose a language.")
    asked = [each for each in news_for(database.actor.roles) if each not in ALWAYS]
    unwanted = [each.value for each in asked if each not in wanted]
    with database.writing() as connection:
        stored.choose(connection, database.actor.account_id, language, [each.value for each in asked], unwanted)


def wants(reader: Reader | None, about: News) -> bool:
    """Say whether a letter goes. But for worries, none goes to an address that may be a stranger's."""
    return reader is not None and (about in ALWAYS or (reader.is_confirmed and about.value not in reader.unwanted))


def tell(
    database: Database,
    connection: Connection,
    event: Event,
    account_ids: Iterable[int],
    path: str,
    *,
    day: date | None = None,
    not_before: int = 0,
) -> None:
    """Post a letter to each of these accounts that wants it, but for the actor's own. path: of the page to look at."""
    for account_id in sorted(set(account_ids) - {database.actor.account_id}):
        if wants(stored.reader_of(connection, account_id), ABOUT[event]):
            arguments = {"event": event.value, "account": str(account_id), "path": path}
            more = {"day": day.isoformat()} if day else {}
            post(connection, keys_of(connection), Draft(NEWS, arguments | more), not_before=not_before)


def tell_of_closed_round(database: Database, connection: Connection, of: Round) -> None:
    team = stored.holders(connection, of.provider_id, roles_that_may(Act.SEE_ROUNDS))
    tell(database, connection, Event.ROUND_CLOSED, team, f"/rounds/{of.id}/result")


def tell_of_closed_campaign(database: Database, connection: Connection, network_id: str, campaign_id: str) -> None:
    coordinators = stored.holders(connection, network_id, [Role.COORDINATOR])
    tell(database, connection, Event.CAMPAIGN_CLOSED, coordinators, f"/campaigns/{campaign_id}/result")


def tell_of_colleague(
    database: Database, connection: Connection, event: Event, account_id: int, at: Membership
) -> None:
    """Tell whoever looks after an organisation that somebody came, or went. at: a role that they hold, or held."""
    if at.role in PROVIDER_ROLES:
        chief, path = Role.LEAD, f"/providers/{at.organisation_id}/team"
    elif at.role in NETWORK_ROLES:
        chief, path = Role.COORDINATOR, f"/networks/{at.organisation_id}/team"
    else:
        chief, path = Role.ADMINISTRATOR, "/administration/team"
    chiefs = stored.holders(connection, at.organisation_id, [chief]) - {account_id}
    tell(database, connection, event, chiefs, path)


def tell_of_provider(database: Database, connection: Connection, event: Event, network_id: str) -> None:
    coordinators = stored.holders(connection, network_id, [Role.COORDINATOR])
    tell(database, connection, event, coordinators, f"/networks/{network_id}/members")


def tell_of_last_days(database: Database, on: date) -> int:
    """Tell leads of the rounds whose last day is near, once for each such day. Returns how many rounds these are.

    Raises NotFound unless the actor looks after the installation.
    """
    require(database.actor, Act.ADMINISTER)
    with database.writing() as connection:
        ending = stored.rounds_that_end(connection, on, on + timedelta(days=DAYS_BEFORE))
        for of in ending:
            leads = stored.holders(connection, of.provider_id, roles_that_may(Act.RUN_ROUNDS))
            tell(database, connection, Event.LAST_DAY_NEAR, leads, f"/rounds/{of.id}", day=of.last_on)
            stored.mark_told(connection, of)
    return len(ending)
