"""The rounds of everybody's own providers at a glance: in a fixed number of queries, however many there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from app.disclosure import count_band
from app.organisations import Act, Provider
from app.responses import ProviderView, Round
from app.services import contacts
from app.standards import Audience
from app.storage import Database, invitations, paper, responses, visits
from app.storage import organisations as stored
from app.storage import rounds as stored_rounds
from app.storage import sites as stored_sites


@dataclass(frozen=True, slots=True)
class Glance:
    """A round at a glance; of one that is over, the round alone.

    sent: {audience: how many sent their answers, in a band}. invited: whether anybody was, besides the one agreed
    self-assessment. has_own_view: whether that has been sent. booklets: how many wait for a second person, in a band;
    visits: how many are not finished; both empty for whoever does not run the provider's rounds. has_taker: whether
    somebody takes concerns.
    """

    round: Round
    sent: Mapping[Audience, str] = field(default_factory=dict)
    invited: bool = False
    has_own_view: bool = False
    booklets: str = ""
    visits: int = 0
    has_taker: bool = False

    @property
    def lacks_own_view(self) -> bool:
        return self.round.provider_view is ProviderView.AGREED and not self.has_own_view


@dataclass(frozen=True, slots=True)
class ProviderRounds:
    """A provider's rounds, newest first. may_run: whether the actor runs them.

    sites: {id: name} of the sites that were asked alone, by name.
    """

    provider: Provider
    may_run: bool
    open: tuple[Glance, ...]
    closed: tuple[Glance, ...]
    cancelled: tuple[Glance, ...]
    sites: Mapping[str, str]

    def has_place(self, place: str) -> bool:
        """Say whether rounds can be told apart by this place: one of the sites, or the whole provider by its id."""
        return bool(self.sites) and (place == self.provider.id or place in self.sites)

    def only(self, place: str) -> "ProviderRounds":
        """Return the rounds for one place alone."""
        site_id = None if place == self.provider.id else place

        def there(glances: Sequence[Glance]) -> tuple[Glance, ...]:
            return tuple(each for each in glances if each.round.site_id == site_id)

        return replace(self, open=there(self.open), closed=there(self.closed), cancelled=there(self.cancelled))

    @property
    def is_empty(self) -> bool:
        return not (self.open or self.closed or self.cancelled)


def rounds_at_a_glance(database: Database) -> tuple[ProviderRounds, ...]:
    """Return the rounds of every provider whose rounds the actor may see, by the provider's name."""
    actor = database.actor
    with database.reading() as connection:
        providers = stored.providers_by_id(connection, actor.where_may(Act.SEE_ROUNDS))
        found = stored_rounds.rounds_of_providers(connection, [each.id for each in providers])
        running = {each.id for each in providers if actor.may(Act.RUN_ROUNDS, each.id)}
        sites = stored_sites.names_of(connection, {of.site_id for of in found if of.site_id})
        glances = _glances(connection, found, running)
    return tuple(_of_provider(each, found, glances, sites, may_run=each.id in running) for each in providers)


def _of_provider(
    provider: Provider,
    rounds: Sequence[Round],
    glances: Mapping[str, Glance],
    sites: Mapping[str, str],
    *,
    may_run: bool,
) -> ProviderRounds:
    own = [of for of in rounds if of.provider_id == provider.id]
    return ProviderRounds(
        provider,
        may_run,
        open=tuple(glances[of.id] for of in own if of.is_open),
        closed=tuple(glances[of.id] for of in own if of.is_closed),
        cancelled=tuple(glances[of.id] for of in own if of.is_cancelled),
        sites={id_: name for id_, name in sites.items() if any(of.site_id == id_ for of in own)},
    )


def _glances(connection: Connection, rounds: Sequence[Round], running: set[str]) -> Mapping[str, Glance]:
    still_open = [of for of in rounds if of.is_open]
    invited = invitations.invited_in(connection, still_open)
    sent = responses.submitted_in(connection, still_open)
    waiting = paper.waiting_in(connection, still_open)
    unfinished = visits.unfinished_in(connection, still_open)
    takers = contacts.takers_in(connection, still_open)

    def glance(of: Round) -> Glance:
        counts, runs = sent.get(of.id, {}), of.provider_id in running
        return Glance(
            of,
            {audience: count_band(counts.get(audience, 0)) for audience in Audience if not of.is_agreed(audience)},
            invited=any(not of.is_agreed(audience) for audience in invited.get(of.id, {})),
            has_own_view=of.is_agreed(Audience.PROVIDER) and Audience.PROVIDER in counts,
            booklets=count_band(waiting[of.id]) if runs and of.id in waiting else "",
            visits=unfinished.get(of.id, 0) if runs else 0,
            has_taker=of.id in takers,
        )

    return {of.id: glance(of) if of.is_open else Glance(of) for of in rounds}
