from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.errors import Conflict, NotFound
from app.organisations import Network, Provider
from app.services.closing import close_round
from app.services.importing import import_responses
from app.services.networking import (
    close_campaign,
    network_report_of,
    open_campaign,
    view_of_campaign,
    view_of_network,
)
from app.services.organising import add_network, add_provider, join_network
from app.services.rounds import all_rounds, open_round
from app.storage import Database
from app.storage.rounds import Campaign
from app.surveys import Length
from tests.days import TODAY
from tests.responses_files import SHORT_INDICATORS, row, write_csv

SURVEY = "personalised-support"
OWN_VIEWS = ["yes", "sometimes", "no", "yes", "sometimes", "yes", "no"]


@pytest.fixture
def network(database: Database) -> Network:
    return add_network(database, "Small supports of the north")


@pytest.fixture
def members(database: Database, network: Network) -> list[Provider]:
    added = [add_provider(database, f"Provider {number}") for number in range(len(OWN_VIEWS))]
    for provider in added:
        join_network(database, network.id, provider.id)
    return added


@pytest.fixture
def campaign(database: Database, network: Network, members: list[Provider], tmp_path: Path) -> Campaign:
    """A short campaign in which each provider rated itself, and only the first has people's answers."""
    opened = open_campaign(database, network.id, SURVEY, length=Length.SHORT, on=TODAY)
    rounds = {each.provider_id: each for each, _ in all_rounds(database, campaign_id=opened.id)}
    for number, (member, view) in enumerate(zip(members, OWN_VIEWS, strict=True)):
        rows = [row("own", "provider", view, SHORT_INDICATORS)]
        if number == 0:
            rows += [row(str(n), "person", ("yes", "no")[n % 2], SHORT_INDICATORS) for n in range(6)]
        path = write_csv(tmp_path / f"{number}.csv", rows, SHORT_INDICATORS)
        import_responses(database, b"k" * 32, rounds[member.id].id, path, TODAY)
    return opened


def test_a_campaign_opens_the_same_version_in_every_member(
    database: Database, campaign: Campaign, members: list[Provider]
):
    rounds = [each for each, _ in all_rounds(database, campaign_id=campaign.id)]

    assert {each.provider_id for each in rounds} == {member.id for member in members}
    assert {(each.survey_sha256, each.length) for each in rounds} == {(campaign.survey_sha256, Length.SHORT)}


def test_the_network_sees_the_spread_of_providers_each_equal(database: Database, campaign: Campaign):
    close_campaign(database, campaign.id, TODAY)

    report = network_report_of(database, campaign.id)

    spread = report.audiences["provider"].standards["S01"]
    assert (spread.lower_quartile, spread.median, spread.upper_quartile) == (25, 50, 100)
    assert spread.own is None
    assert report.providers == "5 to 9"


def test_a_provider_sees_its_own_place_and_is_left_out_of_the_spread(
    database: Database, campaign: Campaign, members: list[Provider]
):
    close_campaign(database, campaign.id, TODAY)

    report = network_report_of(database, campaign.id, members[2].id)

    spread = report.audiences["provider"].standards["S01"]
    assert spread.own == 0
    assert (spread.lower_quartile, spread.median, spread.upper_quartile) == (50, 75, 100)


def test_fewer_than_five_providers_with_a_figure_show_nothing(database: Database, campaign: Campaign):
    close_campaign(database, campaign.id, TODAY)

    spread = network_report_of(database, campaign.id).audiences["person"].standards["S01"]

    assert spread.withheld == "too_few"
    assert spread.median is None


def test_a_campaign_that_is_open_has_no_results_and_closes_once(database: Database, campaign: Campaign):
    with pytest.raises(Conflict, match="open"):
        network_report_of(database, campaign.id)

    close_campaign(database, campaign.id, TODAY)

    with pytest.raises(Conflict, match="already"):
        close_campaign(database, campaign.id, TODAY)
    view = view_of_campaign(database, campaign.id)
    assert (view.open_rounds, view.closed_rounds, view.is_open) == ("fewer than 5", "5 to 9", False)


def test_a_round_that_its_lead_closed_before_is_in_the_network_s_result(database: Database, campaign: Campaign):
    close_round(database, all_rounds(database, campaign_id=campaign.id)[0][0].id, TODAY)

    close_campaign(database, campaign.id, TODAY)

    assert network_report_of(database, campaign.id).audiences["provider"].providers == "5 to 9"


def test_an_id_that_belongs_to_another_network_is_refused(
    database: Database, campaign: Campaign, members: list[Provider]
):
    elsewhere = add_network(database, "Elsewhere")
    join_network(database, elsewhere.id, members[0].id)

    with pytest.raises(Conflict):
        open_campaign(database, elsewhere.id, SURVEY, on=TODAY, new_campaign_id=campaign.id)
    theirs = all_rounds(database, campaign_id=campaign.id)[0][0]
    with pytest.raises(Conflict):
        open_round(
            database,
            next(each.id for each in members if each.id != theirs.provider_id),
            SURVEY,
            on=TODAY,
            new_round_id=theirs.id,
        )


def test_who_did_not_take_part_cannot_look(database: Database, campaign: Campaign):
    stranger = add_provider(database, "Not a member")
    close_campaign(database, campaign.id, TODAY)

    with pytest.raises(NotFound):
        network_report_of(database, campaign.id, stranger.id)
    with pytest.raises(NotFound):
        network_report_of(database, campaign.id, "nothing")


def test_a_round_that_does_not_fit_a_campaign_is_refused(
    database: Database, campaign: Campaign, members: list[Provider]
):
    stranger = add_provider(database, "Not a member")
    for provider_id, length in ((stranger.id, Length.SHORT), (members[0].id, Length.FULL)):
        with pytest.raises(Conflict):
            open_round(database, provider_id, SURVEY, length=length, campaign_id=campaign.id, on=TODAY)
    with pytest.raises(Conflict, match="already"):
        open_round(database, members[0].id, SURVEY, length=Length.SHORT, campaign_id=campaign.id, on=TODAY)


def test_a_form_that_is_sent_twice_opens_one_campaign(database: Database, network: Network, members: list[Provider]):
    first, second = (
        open_campaign(database, network.id, SURVEY, on=TODAY, new_campaign_id="0123456789abcdef") for _ in range(2)
    )

    assert first.id == second.id == "0123456789abcdef"
    assert len(all_rounds(database, campaign_id=first.id)) == len(members)


def test_a_form_that_is_sent_many_times_at_once_opens_one_round(database: Database, members: list[Provider]):
    def opened(_: int) -> str:
        return open_round(database, members[0].id, SURVEY, on=TODAY, new_round_id="fedcba9876543210").id

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(opened, range(6))) == {"fedcba9876543210"}


def test_a_network_without_members_asks_nobody(database: Database, network: Network):
    with pytest.raises(Conflict):
        open_campaign(database, network.id, SURVEY, on=TODAY)


def test_made_up_and_real_providers_are_never_put_together(database: Database, network: Network):
    invented = add_provider(database, "Invented", made_up=True)

    with pytest.raises(Conflict, match="Made-up"):
        join_network(database, network.id, invented.id)


def test_a_provider_joins_once(database: Database, network: Network, members: list[Provider]):
    with pytest.raises(Conflict, match="already"):
        join_network(database, network.id, members[0].id)
    assert view_of_network(database, network.id).providers == "5 to 9"
