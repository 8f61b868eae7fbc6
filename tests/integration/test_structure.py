"""Networks that invite providers, and providers that leave, are archived, or become one."""

from datetime import timedelta

import pytest

from app.errors import Conflict, Invalid, NotFound
from app.organisations import Actor, Membership, Network, Provider, Role
from app.responses import DAYS_APART, Round
from app.services import accounts, archiving, joining_networks, networking, organising, rounds
from app.services.closing import close_round
from app.services.networking import open_campaign
from app.services.organising import add_network, add_provider, join_network
from app.services.reporting import provider_report_of
from app.services.rounds import open_round
from app.storage import Database
from tests.days import TODAY
from tests.integration.conftest import SURVEY
from tests.integration.test_team import acting, join

FORM = "1" * 16
HALF_A_YEAR = timedelta(days=DAYS_APART)


def lead_of(database: Database, *providers: Provider) -> Database:
    return database.acting_for(Actor.of([Membership(Role.LEAD, each.id) for each in providers], 7))


def coordinator_of(database: Database, network: Network) -> Database:
    return database.acting_for(Actor.of([Membership(Role.COORDINATOR, network.id)], 8))


@pytest.fixture
def network(database: Database) -> Network:
    return add_network(database, "Northern")


def members(database: Database, network: Network) -> list[str]:
    return [each.name for each in joining_networks.members_of(database, network.id)]


def invited(database: Database, network: Network) -> str:
    return joining_networks.invite_provider(coordinator_of(database, network), network.id, FORM, "Bramble", TODAY)


def test_a_provider_joins_when_its_lead_says_yes_to_the_networks_link(database, network, provider):
    secret = invited(database, network)
    lead = lead_of(database, provider)

    seen = joining_networks.open_invitation(lead, secret, TODAY)
    assert (seen.network, seen.providers) == (network, (provider,))
    joining_networks.accept(lead, secret, provider.id, TODAY)

    assert members(database, network) == [provider.name]
    assert joining_networks.open_invitations(database, network.id) == ()
    with pytest.raises(Conflict, match="cannot be used any more"):
        joining_networks.accept(lead, secret, provider.id, TODAY)


def test_nobody_says_yes_for_a_provider_that_they_do_not_lead(database, network, provider):
    secret = invited(database, network)
    for stranger in (
        lead_of(database, add_provider(database, "Another")),
        database.acting_for(Actor.of([Membership(Role.CONTRIBUTOR, provider.id)], 9)),
        coordinator_of(database, network),
    ):
        with pytest.raises(NotFound):
            joining_networks.accept(stranger, secret, provider.id, TODAY)
    assert members(database, network) == []


@pytest.mark.parametrize("kind", ["too old", "taken back", "tampered", "replaced"])
def test_a_link_that_is_of_no_use_says_so(database, network, provider, kind: str):
    secret, on = invited(database, network), TODAY
    if kind == "too old":
        on = TODAY + joining_networks.WORKS_FOR + timedelta(days=1)
    elif kind == "taken back":
        joining_networks.take_back_invitation(database, network.id, FORM)
    elif kind == "replaced":
        invited(database, network)
    else:
        secret += "x"

    with pytest.raises(Conflict, match="Ask the network’s coordinator"):
        joining_networks.open_invitation(lead_of(database, provider), secret, on)


def test_a_form_that_is_sent_twice_invites_once(database, network):
    invited(database, network)
    invited(database, network)
    assert len(joining_networks.open_invitations(database, network.id)) == 1


def test_an_invitation_of_another_network_is_not_taken_over_by_a_forged_form(database, network):
    invited(database, network)
    other = add_network(database, "Other")
    with pytest.raises(Conflict):
        joining_networks.invite_provider(coordinator_of(database, other), other.id, FORM, "Forged", TODAY)
    joining_networks.take_back_invitation(coordinator_of(database, other), other.id, FORM)
    assert [each.note for each in joining_networks.open_invitations(database, network.id)] == ["Bramble"]


def test_made_up_and_real_organisations_never_join(database, network):
    made_up = add_provider(database, "Made up", made_up=True)
    secret = invited(database, network)
    assert joining_networks.open_invitation(lead_of(database, made_up), secret, TODAY).providers == ()
    with pytest.raises(Conflict, match="never put together"):
        joining_networks.accept(lead_of(database, made_up), secret, made_up.id, TODAY)


def test_a_provider_leaves_by_its_lead_or_its_coordinator_and_nobody_else(database, network, provider):
    other = add_provider(database, "Rowan")
    for each in (provider, other):
        join_network(database, network.id, each.id)

    with pytest.raises(NotFound):
        joining_networks.leave(lead_of(database, other), network.id, provider.id)
    joining_networks.leave(lead_of(database, provider), network.id, provider.id)
    joining_networks.leave(coordinator_of(database, network), network.id, other.id)

    assert members(database, network) == []
    with pytest.raises(NotFound, match="any more"):
        joining_networks.leave(lead_of(database, provider), network.id, provider.id)


def test_a_round_in_an_open_campaign_stays_in_it_when_its_provider_leaves(database, network, provider):
    join_network(database, network.id, provider.id)
    campaign = open_campaign(database, network.id, SURVEY, on=TODAY)

    joining_networks.leave(lead_of(database, provider), network.id, provider.id)
    networking.close_campaign(database, campaign.id, TODAY)

    assert networking.network_report_of(lead_of(database, provider), campaign.id, provider.id)


def test_an_archived_provider_begins_nothing_new_and_keeps_its_results(database, network, provider, round_: Round):
    lead = lead_of(database, provider)
    join_network(database, network.id, provider.id)
    with pytest.raises(Conflict, match="A round is open here"):
        archiving.archive_provider(lead, provider.id, TODAY)
    close_round(database, round_.id, TODAY)
    archiving.archive_provider(lead, provider.id, TODAY)

    assert members(database, network) == []
    assert provider_report_of(lead, round_.id).provider == provider.name
    with pytest.raises(Conflict, match="archived"):
        open_round(lead, provider.id, SURVEY, on=TODAY)
    with pytest.raises(Conflict, match="archived"):
        join_network(database, network.id, provider.id)

    archiving.bring_provider_back(lead, provider.id)
    assert open_round(lead, provider.id, SURVEY, on=TODAY).provider_id == provider.id


def test_an_archived_network_opens_no_campaign_and_comes_back(database, network, provider):
    coordinator = coordinator_of(database, network)
    join_network(database, network.id, provider.id)
    campaign = open_campaign(coordinator, network.id, SURVEY, on=TODAY)
    with pytest.raises(Conflict, match="campaign is open"):
        archiving.archive_network(coordinator, network.id, TODAY)
    networking.close_campaign(coordinator, campaign.id, TODAY)
    archiving.archive_network(coordinator, network.id, TODAY)

    with pytest.raises(Conflict, match="archived"):
        open_campaign(coordinator, network.id, SURVEY, on=TODAY)
    with pytest.raises(Conflict, match="archived"):
        joining_networks.invite_provider(coordinator, network.id, "2" * 16, "Somebody", TODAY)
    archiving.bring_network_back(coordinator, network.id)
    assert open_campaign(coordinator, network.id, SURVEY, on=TODAY).network_id == network.id


def test_two_providers_become_one_and_nothing_is_rewritten(database, network, provider, round_: Round):
    stays = add_provider(database, "Rowan")
    join_network(database, network.id, provider.id)
    gone_lead = join(database, "ann@example.org", Membership(Role.LEAD, provider.id))
    stays_lead = join(database, "bob@example.org", Membership(Role.LEAD, stays.id))
    with pytest.raises(Conflict, match="A round is open here"):
        archiving.merge_providers(database, provider.id, stays.id, TODAY)
    released = close_round(database, round_.id, TODAY)

    archiving.merge_providers(database, provider.id, stays.id, TODAY)

    assert members(database, network) == ["Rowan"]
    for account_id in (gone_lead, stays_lead):
        as_them = acting(database, account_id)
        assert as_them.actor.leads == {provider.id, stays.id}
        report = provider_report_of(as_them, round_.id)
        assert (report.provider, report.release.sha256) == (provider.name, released.sha256)
        assert open_round(as_them, stays.id, SURVEY, on=TODAY + HALF_A_YEAR)
        with pytest.raises(Conflict, match="archived"):
            open_round(as_them, provider.id, SURVEY, on=TODAY)
    with pytest.raises(Conflict, match="part of another"):
        archiving.bring_provider_back(database, provider.id)


def test_two_providers_of_an_open_campaign_are_merged_only_once_it_has_closed(database, network, provider):
    stays = add_provider(database, "Rowan")
    for each in (provider, stays):
        join_network(database, network.id, each.id)
    campaign = open_campaign(database, network.id, SURVEY, on=TODAY)
    for of, _ in rounds.all_rounds(database, campaign_id=campaign.id):
        close_round(database, of.id, TODAY)

    with pytest.raises(Conflict, match="each as a provider of its own"):
        archiving.merge_providers(database, provider.id, stays.id, TODAY)
    networking.close_campaign(database, campaign.id, TODAY)
    archiving.merge_providers(database, provider.id, stays.id, TODAY)

    assert organising.provider(database, provider.id).merged_into == stays.id


def test_what_was_merged_goes_along_when_its_provider_is_merged_in_turn(database, provider):
    second, third = add_provider(database, "Second"), add_provider(database, "Third")
    lead = join(database, "ann@example.org", Membership(Role.LEAD, third.id))
    archiving.merge_providers(database, provider.id, second.id, TODAY)
    archiving.merge_providers(database, second.id, third.id, TODAY)

    assert accounts.actor_of(database, lead).leads == {provider.id, second.id, third.id}
    assert [of for of, _ in rounds.all_rounds(acting(database, lead), provider_id=provider.id)] == []


def test_providers_that_do_not_fit_are_not_merged(database, provider):
    made_up, archived = add_provider(database, "Made up", made_up=True), add_provider(database, "Old")
    archiving.archive_provider(database, archived.id, TODAY)

    for into in (provider.id, made_up.id, archived.id):
        with pytest.raises(Conflict):
            archiving.merge_providers(database, provider.id, into, TODAY)


def test_names_change_for_whoever_looks_after_them_and_are_checked(database, network, provider):
    organising.rename_provider(lead_of(database, provider), provider.id, "  Bramble   Lane ")
    organising.rename_network(coordinator_of(database, network), network.id, "North and West")

    assert organising.provider(database, provider.id).name == "Bramble Lane"
    assert networking.view_of_network(database, network.id).network.name == "North and West"
    with pytest.raises(Invalid):
        organising.rename_provider(database, provider.id, " ")
    with pytest.raises(NotFound):
        organising.rename_provider(coordinator_of(database, network), provider.id, "Taken")


def test_a_form_for_a_new_organisation_that_is_sent_twice_adds_one(database):
    first, again = (add_provider(database, "Rowan", new_provider_id="3" * 16) for _ in range(2))
    one, two = (add_network(database, "West", new_network_id="4" * 16) for _ in range(2))

    assert (first, one) == (again, two)
    assert len(organising.providers(database)) == len(organising.networks(database)) == 1
