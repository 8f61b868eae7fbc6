"""Networks: a campaign's rounds in every member, and the comparison of what they released."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from app.disclosure import NetworkRelease, NetworkSubject, Release, provider_band, release_network
from app.errors import Conflict, NotFound
from app.organisations import Act, Network, Provider, require
from app.organisations.log import Deed
from app.reports import NetworkReport, network_report
from app.responses import UNSAID, ProviderView, Purpose, Round, RoundState, checked_last_day, checked_purpose, overlaps
from app.services import contacts, publishing
from app.services.closing import Unfinished, clear_traces, close_open_round, sigma_of, unfinished_in
from app.services.log import note
from app.services.notifying import tell_of_closed_campaign
from app.services.rounds import pinned_round, provider_or_refuse, rounds_with
from app.storage import Database, releases
from app.storage import organisations as stored
from app.storage import rounds as stored_rounds
from app.storage.keys import new_id
from app.storage.releases import StoredRelease
from app.storage.rounds import Campaign
from app.surveys import Length

NOTHING_TO_RELEASE = (
    "Every round of this campaign was called off, so there is nothing to make a result of. "
    "The campaign stays open: a provider can bring its round back for 30 days, or open a new one."
)


NOBODY_TO_ASK = (
    "Every member asks at its sites now, or did so until half a year ago. Their people cannot be asked again as a "
    "whole so soon: somebody could take one result from the other."
)


@dataclass(frozen=True, slots=True)
class NetworkView:
    """A network as its coordinator sees it. providers: how many members, in a band above 20."""

    network: Network
    providers: str
    campaigns: tuple[Campaign, ...]


@dataclass(frozen=True, slots=True)
class CampaignView:
    """A campaign as its coordinator sees it. open_rounds, closed_rounds, cancelled_rounds: in bands."""

    campaign: Campaign
    network: Network
    open_rounds: str
    closed_rounds: str
    cancelled_rounds: str

    @property
    def is_open(self) -> bool:
        return self.campaign.is_open


def open_campaign(
    database: Database,
    network_id: str,
    survey_id: str,
    *,
    on: date,
    version: str | None = None,
    length: Length = Length.FULL,
    new_campaign_id: str | None = None,
    purpose: Purpose = UNSAID,
    last_on: date | None = None,
) -> Campaign:
    """Open a round of one survey version in every member provider. Raises NotFound, and Conflict without members.

    A member that asks at its sites, or did so until half a year ago, is left out: see app/responses/places.py.

    new_campaign_id: the id that it shall have; a second call with it returns the campaign that is there. purpose,
    last_on: of each of its rounds; Invalid where they cannot be.
    """
    require(database.actor, Act.RUN_NETWORK, network_id)
    purpose, last_on = checked_purpose(purpose), checked_last_day(last_on, on)
    survey = (
        publishing.survey(database, survey_id, version) if version else publishing.newest_survey(database, survey_id)
    )
    with database.writing() as connection:
        network = network_or_refuse(connection, network_id, lock=True)
        known = stored_rounds.campaign_of(connection, new_campaign_id) if new_campaign_id else None
        if known is not None and known.network_id == network_id:
            return known
        if known is not None:
            raise Conflict("This form cannot be used any more. Open it again and begin anew.")
        if network.archived_on is not None:
            raise Conflict(f"{network.name} is archived, so no campaign can be opened in it. Bring it back first.")
        members = stored.members_of(connection, network_id)
        if not members:
            raise Conflict("No provider has joined this network yet, so there is nobody to ask.")
        opened = Campaign(
            id=new_campaign_id or new_id(),
            network_id=network_id,
            survey_id=survey.id,
            survey_version=survey.version,
            survey_sha256=survey.fingerprint,
            length=length,
            state=RoundState.OPEN,
            opened_on=on,
            closed_on=None,
        )
        stored_rounds.add_campaign(connection, opened)
        takers = contacts.first_takers(connection, network_id, members)
        added = [pinned_round(database, each, survey, length, ProviderView.AGREED, on, opened.id) for each in members]
        for each in _without_overlap(connection, added, on):
            taker = takers[each.provider_id]
            asked = replace(each, safeguarding_contact_id=taker, purpose=purpose, last_on=last_on)
            stored_rounds.add_round(connection, asked)
        note(database, connection, Deed.CAMPAIGN_OPENED, network_id, opened.id)
    return opened


def close_campaign(database: Database, campaign_id: str, on: date) -> StoredRelease:
    """Close every round of the campaign and freeze the network's release. Raises NotFound, Conflict.

    Each round closes in a transaction of its own; after a crash, calling this again goes on where it stopped.
    """
    with database.reading() as connection:
        campaign = campaign_or_refuse(connection, campaign_id)
        require(database.actor, Act.RUN_NETWORK, campaign.network_id)
        _open_campaign(connection, campaign_id)
    sigma = sigma_of(database, campaign.survey_id, campaign.survey_version)
    released = None
    while released is None:
        _close_rounds(database, campaign_id, on, sigma)
        released = _released_when_all_are_closed(database, campaign_id, on)
    clear_traces(database)
    return released


def network_report_of(database: Database, campaign_id: str, looking: str | None = None) -> NetworkReport:
    """Return a closed campaign's report; with `looking`, as that provider sees it. Raises NotFound, Conflict."""
    with database.reading() as connection:
        campaign = campaign_or_refuse(connection, campaign_id)
        _require_seeing(database, campaign, looking)
        network = network_or_refuse(connection, campaign.network_id)
        found = releases.network_release_of(connection, campaign_id)
        provider = provider_or_refuse(connection, looking) if looking else None
        if provider is not None and not _took_part(connection, campaign, provider):
            raise NotFound("This provider did not take part in the campaign.")
    if found is None:
        raise Conflict("This campaign is still open. Its results can be seen once it has closed.")
    survey = publishing.pinned_survey(database, campaign.survey_id, campaign.survey_version, campaign.survey_sha256)
    standards = publishing.standards_set(database, survey.standards_id, survey.standards_version)
    release = NetworkRelease.from_document(found.document, found.sha256)
    return network_report(release, standards, survey, network.name, (provider.id, provider.name) if provider else None)


def view_of_network(database: Database, network_id: str) -> NetworkView:
    require(database.actor, Act.RUN_NETWORK, network_id)
    with database.reading() as connection:
        network = network_or_refuse(connection, network_id)
        members = stored.members_of(connection, network_id)
        campaigns = stored_rounds.campaigns_of(connection, network_id)
    return NetworkView(network, provider_band(len(members)), campaigns)


def view_of_campaign(database: Database, campaign_id: str) -> CampaignView:
    with database.reading() as connection:
        campaign = campaign_or_refuse(connection, campaign_id)
        require(database.actor, Act.RUN_NETWORK, campaign.network_id)
        network = network_or_refuse(connection, campaign.network_id)
        states = [each.state for each, _ in stored_rounds.rounds(connection, campaign_id=campaign_id)]
    of_state = {state: provider_band(states.count(state)) for state in RoundState}
    return CampaignView(
        campaign, network, of_state[RoundState.OPEN], of_state[RoundState.CLOSED], of_state[RoundState.CANCELLED]
    )


def unfinished_in_campaign(database: Database, campaign_id: str) -> Unfinished:
    """Return what is unfinished in a campaign's open rounds. Raises NotFound."""
    with database.reading() as connection:
        campaign = campaign_or_refuse(connection, campaign_id)
        require(database.actor, Act.RUN_NETWORK, campaign.network_id)
        of_campaign = stored_rounds.rounds(connection, campaign_id=campaign_id)
    return unfinished_in(database, [of for of, _ in of_campaign])


def networks_by_id(database: Database, network_ids: frozenset[str]) -> tuple[Network, ...]:
    with database.reading() as connection:
        return tuple(each for each in stored.networks(connection) if each.id in network_ids)


def network_or_refuse(connection: Connection, network_id: str, *, lock: bool = False) -> Network:
    found = stored.network_of(connection, network_id, lock=lock)
    if found is None:
        raise NotFound(f"There is no network {network_id}.")
    return found


def campaign_or_refuse(connection: Connection, campaign_id: str, *, lock: bool = False) -> Campaign:
    found = stored_rounds.campaign_of(connection, campaign_id, lock=lock)
    if found is None:
        raise NotFound(f"There is no campaign {campaign_id}.")
    return found


def _without_overlap(connection: Connection, opening: Sequence[Round], on: date) -> list[Round]:
    """Return those of a campaign's new rounds that may be opened. Raises Conflict when none may."""
    ids = {each.provider_id for each in opening}
    stored.lock_providers(connection, ids)
    others = rounds_with(connection, ids)
    found = [each for each in opening if not overlaps(each, others[each.provider_id], on)]
    if not found:
        raise Conflict(NOBODY_TO_ASK)
    return found


def _require_seeing(database: Database, campaign: Campaign, looking: str | None) -> None:
    """A network's result is its coordinator's to see; as one provider sees it, that provider's team's."""
    if looking is None:
        require(database.actor, Act.RUN_NETWORK, campaign.network_id)
    else:
        require(database.actor, Act.SEE_ROUNDS, looking)


def _close_rounds(database: Database, campaign_id: str, on: date, sigma: float) -> None:
    with database.reading() as connection:
        open_ids = _open_round_ids(connection, campaign_id)
    for round_id in open_ids:
        with suppress(Conflict):  # its lead closed it meanwhile
            close_open_round(database, round_id, on, sigma)


def _released_when_all_are_closed(database: Database, campaign_id: str, on: date) -> StoredRelease | None:
    """Freeze the network's release; None when a round has been opened meanwhile."""
    with database.writing() as connection:
        campaign = _open_campaign(connection, campaign_id, lock=True)
        if _open_round_ids(connection, campaign_id):
            return None
        released = _release(connection, campaign, on)
        releases.add_network_release(connection, campaign_id, released)
        stored_rounds.mark_campaign_closed(connection, campaign_id, on)
        note(database, connection, Deed.CAMPAIGN_CLOSED, campaign.network_id, campaign_id)
        tell_of_closed_campaign(database, connection, campaign.network_id, campaign_id)
    return released


def _open_round_ids(connection: Connection, campaign_id: str) -> list[str]:
    of_campaign = stored_rounds.rounds(connection, campaign_id=campaign_id)
    return [each.id for each, _ in of_campaign if each.is_open]


def _open_campaign(connection: Connection, campaign_id: str, *, lock: bool = False) -> Campaign:
    campaign = campaign_or_refuse(connection, campaign_id, lock=lock)
    if not campaign.is_open:
        raise Conflict("This campaign has closed already.")
    return campaign


def _took_part(connection: Connection, campaign: Campaign, provider: Provider) -> bool:
    of_campaign = stored_rounds.rounds(connection, provider_id=provider.id, campaign_id=campaign.id)
    return any(each.is_closed for each, _ in of_campaign)


def _release(connection: Connection, campaign: Campaign, on: date) -> StoredRelease:
    found = releases.releases_of_campaign(connection, campaign.id)
    if not found:
        raise Conflict(NOTHING_TO_RELEASE)
    members = [Release.from_document(each.document, each.sha256) for each in found]
    subject = NetworkSubject(
        network_id=campaign.network_id,
        campaign_id=campaign.id,
        standards=members[0].subject.standards,
        survey=members[0].subject.survey,
        length=campaign.length,
        closed_on=on,
    )
    released = release_network(members, subject)
    return StoredRelease(released.id, released.sha256, released.to_document())
