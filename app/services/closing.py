"""Closing a round: its figures are made once, protected once, and frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import structlog
from sqlalchemy import Connection

from app.disclosure import Rules, Subject, count_band, release_round
from app.organisations import Act, require
from app.organisations.log import Deed
from app.responses import Round, closed
from app.scoring import figures_of, pooled_sigma, spread_of
from app.services.log import note
from app.services.notifying import tell_of_closed_round
from app.services.publishing import survey_of
from app.services.rounds import round_or_refuse
from app.standards import Audience
from app.storage import Database, addresses, invitations, paper, releases, responses, shares, visits
from app.storage import rounds as stored_rounds
from app.storage.releases import StoredRelease


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What would not count if rounds closed now.

    booklets: how many were typed in once and wait for a second person, in a band; empty where one person is enough.
    visits: how many of quality checkers have not been finished, so that answers may lie on their tablets.
    """

    booklets: str
    visits: int


def unfinished_in_round(database: Database, of: Round) -> Unfinished:
    """Return what is unfinished in a round that its lead may close. Raises NotFound."""
    require(database.actor, Act.RUN_ROUNDS, of.provider_id)
    return unfinished_in(database, [of])


def unfinished_in(database: Database, rounds: Sequence[Round]) -> Unfinished:
    """Return what is unfinished in those of the rounds that are open. The caller asked who may see it."""
    still_open = [of for of in rounds if of.is_open]
    with database.reading() as connection:
        waiting = paper.waiting_for_second(connection, still_open)
        unfinished_visits = visits.unfinished_count(connection, still_open)
    is_checked = any(of.paper_is_checked for of in still_open)
    return Unfinished(count_band(len(waiting)) if is_checked else "", unfinished_visits)


def close_round(database: Database, round_id: str, on: date) -> StoredRelease:
    """Close a round and freeze its release. Raises NotFound, and Conflict when it is over already."""
    with database.reading() as connection:
        of = round_or_refuse(connection, round_id)
    require(database.actor, Act.RUN_ROUNDS, of.provider_id)
    released = close_open_round(database, round_id, on, sigma_of(database, of.survey_id, of.survey_version))
    clear_traces(database)
    return released


def clear_traces(database: Database) -> None:
    """Clear what the database keeps of the order of writing; a failure is logged, for the close has been done."""
    if not database.forget_traces():
        structlog.get_logger().warning("traces_kept", reason="the database is in use; the next close tries again")


def sigma_of(database: Database, survey_id: str, survey_version: str) -> float:
    """Return the σ behind the margins: pooled over all released rounds of a survey version, or the declared one."""
    with database.reading() as connection:
        spreads = releases.spreads_of(connection, survey_id, survey_version)
    return pooled_sigma(spreads, len(spreads))


def close_open_round(database: Database, round_id: str, on: date, sigma: float) -> StoredRelease:
    """Close one round in one transaction, with the σ that the caller gives, who also asked who may."""
    with database.writing() as connection:
        of = closed(round_or_refuse(connection, round_id, lock=True), on)
        survey = survey_of(database, of)
        figures = figures_of(responses.submitted(connection, of), survey, of.length, of.provider_view, sigma)
        invited = _invited(connection, of)
        released = release_round(figures, Rules.of(of), Subject.of(of), invited, survey)
        stored = StoredRelease(released.id, released.sha256, released.to_document())
        releases.add_release(connection, of, stored, spread_of(figures, of.thresholds.standard))
        stored_rounds.change(connection, of)
        visits.rewrite_all(connection, of)
        shares.remove_ended(connection, of.provider_id, on)
        addresses.remove_all(connection, of)
        note(database, connection, Deed.ROUND_CLOSED, of.provider_id, of.id)
        tell_of_closed_round(database, connection, of)
    return stored


def _invited(connection: Connection, of: Round) -> Mapping[Audience, int]:
    """Return how many were invited, where the links account for the responses: a file's have no invitation."""
    submitted = responses.submitted_counts(connection, of)
    counts = invitations.counts(connection, of)
    return {audience: each.invited for audience, each in counts.items() if each.used >= submitted.get(audience, 0)}
