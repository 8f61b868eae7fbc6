"""Rounds: opening one, and what those who run it may see while it is open."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from app.disclosure import WHOLE_PROVIDERS_ALONE, band_floor, count_band
from app.errors import Conflict, NotFound
from app.organisations import INSTALLATION, Act, Provider, Site, asked_about, require, require_entering
from app.organisations.log import Deed
from app.organisations.schedule import LINKS_DAYS
from app.responses import (
    UNSAID,
    ProviderView,
    Purpose,
    Round,
    RoundState,
    checked_last_day,
    checked_purpose,
    refuse_over,
    refuse_overlap,
    with_last_day,
)
from app.services import contacts, publishing
from app.services.log import note
from app.standards import Audience
from app.storage import Database, invitations, responses
from app.storage import organisations as stored
from app.storage import rounds as stored_rounds
from app.storage import sites as stored_sites
from app.storage.invitations import InvitationCounts
from app.storage.keys import new_id
from app.surveys import Length, Survey

PLANNED_MEANWHILE = "Somebody else planned another last day meanwhile. What you see now is theirs; yours was not kept."


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many of an audience were invited, and how many sent their answers, in a band.

    may_be_too_few: whether the band reaches below the round's threshold. generation: how often links were replaced.
    """

    invited: int
    responses: str
    may_be_too_few: bool
    generation: int


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round as its lead sees it.

    has_self_assessment: whether the agreed self-assessment has been sent; False in a round that asks the staff.
    site: where it is for one.
    """

    round: Round
    provider: Provider
    turnout: Mapping[Audience, Turnout]
    has_self_assessment: bool
    site: Site | None = None

    @property
    def is_open(self) -> bool:
        return self.round.is_open

    def is_turnout_kept(self, today: date) -> bool:
        """Say whether the numbers still mean something: some time after a round is over, links and answers go."""
        gone_on = self.round.gone_on
        if self.round.closed_on is not None:
            gone_on = self.round.closed_on + timedelta(days=LINKS_DAYS)
        return gone_on is None or today < gone_on

    @property
    def about(self) -> str:
        """Return whom the round is about, as staff read it."""
        return asked_about(self.provider.name, self.site.name if self.site else None)

    @property
    def place_name(self) -> str:
        """Return the name of the site, or of the provider."""
        return self.site.name if self.site else self.provider.name


def open_round(
    database: Database,
    provider_id: str,
    survey_id: str,
    *,
    on: date,
    version: str | None = None,
    length: Length = Length.FULL,
    provider_view: ProviderView = ProviderView.AGREED,
    campaign_id: str | None = None,
    new_round_id: str | None = None,
    safeguarding_contact_id: str | None = None,
    paper_is_checked: bool = False,
    purpose: Purpose = UNSAID,
    last_on: date | None = None,
    site_id: str | None = None,
) -> Round:
    """Open a round that pins a survey version, the newest unless one is named.

    new_round_id: the id that it shall have; a second call with it returns the round that is there, so that a form
    sent twice opens one round. safeguarding_contact_id: who takes concerns, by default the first contact who may.
    paper_is_checked: whether a second person types in what comes on paper. last_on: the planned last day. site_id: for
    one site alone; None for the whole provider.
    Raises NotFound, Invalid for a purpose or a last day that cannot be, Refused for a contact who may not take concerns
    about the provider, and Conflict when the provider, the survey or the length do not fit the campaign, or when the
    same people are asked as a part of another whole: see app/responses/places.py.
    """
    require(database.actor, Act.RUN_ROUNDS, provider_id)
    purpose, last_on = checked_purpose(purpose), checked_last_day(last_on, on)
    survey = (
        publishing.survey(database, survey_id, version) if version else publishing.newest_survey(database, survey_id)
    )
    with database.writing() as connection:
        provider = provider_or_refuse(connection, provider_id, lock=True)
        known = stored_rounds.round_of(connection, new_round_id) if new_round_id else None
        if known is not None and known.provider_id == provider_id:
            return known
        if known is not None:
            raise Conflict("This form cannot be used any more. Open it again and begin anew.")
        if provider.archived_on is not None:
            raise Conflict(f"{provider.name} is archived, so no round can be opened there. Bring it back first.")
        if site_id is not None:
            _refuse_unfit_site(connection, provider, site_id, campaign_id)
        if campaign_id is not None:
            _refuse_misfit(connection, campaign_id, provider, survey, length)
        opened = pinned_round(database, provider, survey, length, provider_view, on, campaign_id, new_round_id)
        taker = contacts.named_taker(connection, provider_id, safeguarding_contact_id)
        opened = replace(
            opened,
            safeguarding_contact_id=taker,
            paper_is_checked=paper_is_checked,
            purpose=purpose,
            last_on=last_on,
            site_id=site_id,
        )
        refuse_overlap(opened, rounds_with(connection, [provider.id])[provider.id], on)
        stored_rounds.add_round(connection, opened)
        note(database, connection, Deed.ROUND_OPENED, provider_id, opened.id)
    return opened


def name_safeguarding_contact(database: Database, round_id: str, contact_id: str) -> None:
    """Let another contact take an open round's concerns from now on. What was sent stays with whom it was sent to.

    Raises NotFound, Conflict when the round is over, Refused for a contact who may not take them.
    """
    with database.writing() as connection:
        found = round_or_refuse(connection, round_id, lock=True)
        require(database.actor, Act.RUN_ROUNDS, found.provider_id)
        refuse_over(found, "so its safeguarding contact stays as it is")
        taker = contacts.named_taker(connection, found.provider_id, contact_id)
        stored_rounds.change(connection, replace(found, safeguarding_contact_id=taker))
        note(database, connection, Deed.TAKER_NAMED, found.provider_id, found.id)


def change_last_day(database: Database, round_id: str, last_on: date | None, *, before: date | None, on: date) -> Round:
    """Plan another last day, or none. before: the one that the page showed.

    Raises NotFound, Invalid for a day that cannot be, and Conflict when the round is over, or when somebody else
    planned another day meanwhile.
    """
    with database.writing() as connection:
        found = round_or_refuse(connection, round_id, lock=True)
        require(database.actor, Act.RUN_ROUNDS, found.provider_id)
        if found.last_on == last_on:
            return found
        changed = with_last_day(found, last_on, on)
        if found.last_on != before:
            raise Conflict(PLANNED_MEANWHILE)
        stored_rounds.change(connection, changed)
        note(database, connection, Deed.LAST_DAY_CHANGED, found.provider_id, found.id)
    return changed


def pinned_round(
    database: Database,
    provider: Provider,
    survey: Survey,
    length: Length,
    provider_view: ProviderView,
    on: date,
    campaign_id: str | None = None,
    new_round_id: str | None = None,
) -> Round:
    """Return a new round of this survey, with the hashes of everything that its answers will mean."""
    standards = publishing.standards_set(database, survey.standards_id, survey.standards_version)
    return Round(
        id=new_round_id or new_id(),
        provider_id=provider.id,
        campaign_id=campaign_id,
        survey_id=survey.id,
        survey_version=survey.version,
        survey_sha256=survey.fingerprint,
        standards_id=standards.id,
        standards_version=standards.version,
        standards_sha256=standards.fingerprint,
        length=length,
        provider_view=provider_view,
        thresholds=survey.thresholds,
        state=RoundState.OPEN,
        opened_on=on,
        closed_on=None,
        made_up=provider.made_up,
    )


def view_of(database: Database, round_id: str) -> RoundView:
    """Return the round with its turnout in bands, in a fixed number of queries. Raises NotFound."""
    with database.reading() as connection:
        found = round_or_refuse(connection, round_id)
        require(database.actor, Act.SEE_ROUNDS, found.provider_id)
        provider = provider_or_refuse(connection, found.provider_id)
        site = stored_sites.site_of(connection, found.site_id) if found.site_id else None
        invited = invitations.counts(connection, found)
        submitted = responses.submitted_counts(connection, found)
    turnout = {
        audience: _turnout(found, audience, invited.get(audience, InvitationCounts()), submitted.get(audience, 0))
        for audience in Audience
    }
    has_self_assessment = found.is_agreed(Audience.PROVIDER) and Audience.PROVIDER in submitted
    return RoundView(found, provider, turnout, has_self_assessment, site)


def _turnout(of: Round, audience: Audience, invited: InvitationCounts, submitted: int) -> Turnout:
    may_be_too_few = not of.is_agreed(audience) and band_floor(submitted) < of.thresholds.standard
    return Turnout(invited.invited, count_band(submitted), may_be_too_few, invited.generation)


def all_rounds(
    database: Database, *, provider_id: str | None = None, campaign_id: str | None = None
) -> tuple[tuple[Round, str], ...]:
    """Return (round, whom it is about), newest first, of a provider or a campaign where one is named. Raises NotFound.

    Without a provider they are the operator's to see: a coordinator learns of aggregates alone.
    """
    require(database.actor, Act.SEE_ROUNDS, provider_id or INSTALLATION)
    with database.reading() as connection:
        return stored_rounds.rounds(connection, provider_id=provider_id, campaign_id=campaign_id)


def round_or_refuse(connection: Connection, round_id: str, *, lock: bool = False) -> Round:
    found = stored_rounds.round_of(connection, round_id, lock=lock)
    if found is None:
        raise NotFound(f"There is no round {round_id}.")
    return found


def provider_or_refuse(connection: Connection, provider_id: str, *, lock: bool = False) -> Provider:
    found = stored.provider_of(connection, provider_id, lock=lock)
    if found is None:
        raise NotFound(f"There is no provider {provider_id}.")
    return found


def about(connection: Connection, of: Round) -> str:
    """Return whom a round is about, as staff read it. Raises NotFound."""
    return asked_about(provider_or_refuse(connection, of.provider_id).name, site_name_of(connection, of))


def site_name_of(connection: Connection, of: Round) -> str | None:
    """Return the name of the site that a round is for; None for the whole provider."""
    site = stored_sites.site_of(connection, of.site_id) if of.site_id else None
    return site.name if site else None


def rounds_with(connection: Connection, provider_ids: Collection[str]) -> Mapping[str, Sequence[Round]]:
    """Return {provider's id: its rounds, and those of all that it has taken over}, in a fixed number of queries."""
    parts = stored.parts_of(connection, provider_ids)
    found: dict[str, list[Round]] = {each: [] for each in provider_ids}
    for of in stored_rounds.rounds_of_providers(connection, parts):
        found[parts[of.provider_id]].append(of)
    return found


def require_typing_in(database: Database, connection: Connection, of: Round) -> None:
    """Raises NotFound unless the actor may type in what comes on paper in this round."""
    require_entering(database.actor, of.provider_id, stored.networks_of(connection, of.provider_id))


def refuse_second_agreed(connection: Connection, of: Round, audience: Audience) -> None:
    """Raises Conflict when the one self-assessment that a round takes from its provider has been sent already."""
    if of.is_agreed(audience) and responses.submitted_counts(connection, of).get(audience):
        raise Conflict("The organisation’s self-assessment has been sent already, and a round takes one.")


def _refuse_unfit_site(connection: Connection, provider: Provider, site_id: str, campaign_id: str | None) -> None:
    """Raises NotFound for a site of somebody else, Conflict for an archived one or for a round in a campaign."""
    site = stored_sites.site_of(connection, site_id)
    if site is None or site.provider_id not in stored.parts_of(connection, [provider.id]):
        raise NotFound(f"{provider.name} has no site {site_id}.")
    if campaign_id is not None:
        raise Conflict(WHOLE_PROVIDERS_ALONE)
    if site.archived_on is not None:
        raise Conflict(f"{site.name} is archived, so no round can be opened for it. Bring it back first.")


def _refuse_misfit(
    connection: Connection, campaign_id: str, provider: Provider, survey: Survey, length: Length
) -> None:
    campaign = stored_rounds.campaign_of(connection, campaign_id, lock=True)
    if campaign is None:
        raise NotFound(f"There is no campaign {campaign_id}.")
    if not campaign.is_open:
        raise Conflict("This campaign has closed, so no round can be added to it.")
    members = stored.members_of(connection, campaign.network_id)
    if provider.id not in {member.id for member in members}:
        raise Conflict(f"{provider.name} is not in the network of this campaign.")
    if (survey.id, survey.version, length) != (campaign.survey_id, campaign.survey_version, campaign.length):
        raise Conflict(
            f"This campaign asks {campaign.survey_id} {campaign.survey_version}, {campaign.length}. "
            "Every round of it asks the same."
        )
    of_provider = stored_rounds.rounds(connection, provider_id=provider.id, campaign_id=campaign_id)
    if any(not each.is_cancelled for each, _ in of_provider):
        raise Conflict(f"{provider.name} has a round in this campaign already.")
