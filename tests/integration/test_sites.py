"""Sites of a provider, and rounds for one of them: nothing of them can be taken from the whole."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import Conflict, Invalid, NotFound
from app.organisations import Actor, Membership, Provider, Role, Site
from app.organisations.log import Deed
from app.responses import DAYS_APART, HowLong, Round
from app.services import answering, archiving, log, overview
from app.services.asking_letters import asking_letter, reminding_letter
from app.services.booklets import booklet_of
from app.services.calling_off import bring_back, cancel_round
from app.services.closing import close_round
from app.services.entering import open_rounds_to_check, paper_round
from app.services.importing import import_responses
from app.services.inviting import invite
from app.services.networking import close_campaign, network_report_of, open_campaign
from app.services.organising import add_network, add_provider, join_network
from app.services.reporting import provider_report_of
from app.services.rounds import all_rounds, open_round, view_of
from app.services.sealed_addresses import Addressee
from app.services.sharing import SharedWith, open_share, share
from app.services.sites import add_site, archive_site, bring_site_back, rename_site, site, sites_of, sites_to_ask
from app.standards import Audience
from app.storage import Database
from app.storage import rounds as stored_rounds
from app.surveys import Edition, Length
from tests.counting import count_queries
from tests.days import TODAY
from tests.integration.conftest import SURVEY, AnswerAll
from tests.integration.test_team import acting, join
from tests.responses_files import SHORT_INDICATORS, row, write_csv

LATER = TODAY + timedelta(days=DAYS_APART)
Opening = Callable[..., Round]


@pytest.fixture
def maple(database: Database, provider: Provider) -> Site:
    return add_site(database, provider.id, "Maple House")


@pytest.fixture
def north(database: Database, provider: Provider) -> Site:
    return add_site(database, provider.id, "Supported living, north side")


@pytest.fixture
def opening(database: Database, provider: Provider) -> Opening:
    def opened(site: Site | None = None, on=TODAY, **more) -> Round:
        site_id = site.id if site else None
        return open_round(database, provider.id, SURVEY, on=on, length=Length.SHORT, site_id=site_id, **more)

    return opened


def as_lead(database: Database, provider: Provider, role: Role = Role.LEAD) -> Database:
    return database.acting_for(Actor.of([Membership(role, provider.id)], 7))


def names(database: Database, provider: Provider) -> list[str]:
    return [each.name for each in sites_of(database, provider.id)]


def test_a_lead_adds_renames_archives_and_brings_back_a_site_and_the_log_says_so(database, provider):
    lead = as_lead(database, provider)
    added = add_site(lead, provider.id, "  Maple   House ")

    rename_site(lead, added.id, "Maple Court", before="Maple House")
    archive_site(lead, added.id, TODAY, before="Maple Court")
    archive_site(lead, added.id, LATER, before="Maple Court")
    assert site(lead, provider.id, added.id) == Site(added.id, provider.id, "Maple Court", TODAY)
    assert sites_to_ask(lead, provider.id) == ()
    bring_site_back(lead, added.id)
    bring_site_back(lead, added.id)

    assert names(lead, provider) == ["Maple Court"]
    deeds = [line.deed for line, _ in log.all_lines(database) if line.about == added.id]
    assert deeds == [Deed.SITE_ADDED, Deed.SITE_RENAMED, Deed.SITE_ARCHIVED, Deed.SITE_BROUGHT_BACK]


def test_a_form_that_is_sent_twice_adds_one_site_and_no_form_takes_over_another_s(database, provider, maple):
    first, again = (add_site(database, provider.id, "Mill", "5" * 16) for _ in range(2))

    assert first == again
    assert names(database, provider) == ["Maple House", "Mill"]
    with pytest.raises(Conflict):
        add_site(database, add_provider(database, "Rowan").id, "Forged", "5" * 16)


@pytest.mark.parametrize("name", ["", "x" * 201, "a\x00b", "maple HOUSE"])
def test_a_name_that_cannot_be_or_that_another_site_has_is_not_taken(database, provider, maple, north, name: str):
    with pytest.raises(Invalid):
        add_site(database, provider.id, name)
    with pytest.raises(Invalid):
        rename_site(database, north.id, name, before=north.name)

    assert names(database, provider) == ["Maple House", "Supported living, north side"]
    assert rename_site(database, maple.id, "Maple house", before=maple.name).name == "Maple house"


def test_two_leads_who_change_the_same_site_see_each_others_change_and_lose_nothing(database, maple):
    rename_site(database, maple.id, "Maple Court", before="Maple House")

    for doing in (
        lambda: rename_site(database, maple.id, "Maple Lane", before="Maple House"),
        lambda: archive_site(database, maple.id, TODAY, before="Maple House"),
    ):
        with pytest.raises(Conflict, match="Somebody else changed"):
            doing()
    assert rename_site(database, maple.id, "Maple Court", before="Maple House").name == "Maple Court"
    archive_site(database, maple.id, TODAY, before="Maple Court")
    with pytest.raises(Conflict, match="Somebody else changed"):
        rename_site(database, maple.id, "Maple Lane", before="Maple Court")


def test_only_who_looks_after_the_provider_changes_its_sites_and_its_team_sees_them(database, provider, maple):
    other = add_provider(database, "Rowan")
    strangers = [as_lead(database, other), as_lead(database, provider, Role.CONTRIBUTOR)]

    for stranger in strangers:
        for doing in (
            lambda who=stranger: add_site(who, provider.id, "Mine"),
            lambda who=stranger: rename_site(who, maple.id, "Mine", before=maple.name),
            lambda who=stranger: archive_site(who, maple.id, TODAY, before=maple.name),
            lambda who=stranger: bring_site_back(who, maple.id),
        ):
            with pytest.raises(NotFound):
                doing()
    assert names(strangers[1], provider) == ["Maple House"]
    for asked in (lambda: sites_of(strangers[0], provider.id), lambda: site(database, other.id, maple.id)):
        with pytest.raises(NotFound):
            asked()


def test_an_archived_provider_shows_no_sites_and_keeps_them(database, provider, maple):
    archiving.archive_provider(database, provider.id, TODAY)

    assert sites_of(database, provider.id) == ()
    with pytest.raises(Conflict, match="archived"):
        rename_site(database, maple.id, "Other", before=maple.name)
    with pytest.raises(Conflict, match="archived"):
        add_site(database, provider.id, "Mill")
    archiving.bring_provider_back(database, provider.id)
    assert sites_of(database, provider.id) == (maple,)


def test_a_round_for_one_site_says_so_to_everybody(database, provider, maple, opening: Opening, answer_all: AnswerAll):
    of = opening(maple)
    about = "Maple House, of Bramble Way Support"

    (link,) = invite(database, of.id, Audience.PERSON, 1)
    assert answering.open_link(database, link.token).site_name == "Maple House"
    answering.start(database, link.token, Edition.EASY_READ, "cy")
    assert answering.open_link(database, link.token).site_name == "Maple House"
    answering.submit(database, link.token, TODAY)
    shared = share(database, link.token, SharedWith.FAMILY, HowLong.A_WEEK, TODAY)
    assert open_share(database, shared, TODAY).site_name == "Maple House"

    assert (view_of(database, of.id).about, view_of(database, of.id).place_name) == (about, "Maple House")
    assert all_rounds(database, provider_id=provider.id) == ((of, about),)
    assert paper_round(database, of.id).about == about
    assert booklet_of(database, of.id, Audience.PERSON, Edition.STANDARD, "en").site_name == "Maple House"


def test_letters_say_which_site_they_are_about():
    to = Addressee("ann@example.org", "en")
    letters = [
        asking_letter(to, Audience.PERSON, "Alder Support", "https://a", "https://s", "Maple House"),
        reminding_letter(to, "Alder Support", "https://s", "Maple House"),
    ]

    assert all("You are asked about Maple House, of Alder Support." in each.text for each in letters)
    assert "You are asked about" not in asking_letter(to, Audience.PERSON, "Alder", "https://a", "https://s").text
    assert all("Maple House" not in each.subject for each in letters)


def test_a_result_names_its_site_and_holds_to_the_thresholds_by_itself(
    database, maple, north, opening: Opening, answer_all: AnswerAll
):
    first, second = opening(maple), opening(north)
    answer_all(first, Audience.PERSON, ["yes"] * 3 + ["no"] * 3)
    answer_all(second, Audience.PERSON, ["yes"] * 2 + ["no"] * 2)
    for each in (first, second):
        close_round(database, each.id, TODAY)

    shown, hidden = (provider_report_of(database, each.id) for each in (first, second))
    assert (shown.provider, shown.site, hidden.site) == ("Bramble Way Support", "Maple House", north.name)
    assert shown.audiences["person"].standards["S01"].score == 50
    assert {each.withheld for each in hidden.audiences["person"].standards.values()} == {"too_few"}

    rename_site(database, maple.id, "Maple Court", before=maple.name)
    assert provider_report_of(database, first.id).site == "Maple Court"


def test_the_site_is_pinned_with_the_release_and_a_whole_provider_s_document_is_as_it_was(
    database, maple, opening: Opening
):
    of = opening(maple)
    released = close_round(database, of.id, TODAY)
    assert released.document["subject"]["site_id"] == maple.id

    whole = opening(on=LATER)
    assert "site_id" not in close_round(database, whole.id, LATER).document["subject"]


def test_total_minus_sites_cannot_be_had_in_either_order(database, maple, north, opening: Opening):
    first, second = opening(maple), opening(north)
    close_round(database, first.id, TODAY)
    with pytest.raises(Conflict, match="one of your sites is open"):
        opening(on=LATER)
    close_round(database, second.id, TODAY)
    with pytest.raises(Conflict, match="take one from the other"):
        opening(on=LATER - timedelta(days=1))

    whole = opening(on=LATER)
    with pytest.raises(Conflict, match="whole provider is open"):
        opening(maple, on=LATER)
    close_round(database, whole.id, LATER)
    with pytest.raises(Conflict, match="take one from the other"):
        opening(maple, on=LATER + timedelta(days=1))


def test_each_site_has_one_open_round_at_a_time_and_sites_are_asked_side_by_side(
    database, maple, north, opening: Opening
):
    opening(maple)
    opening(north)
    with pytest.raises(Conflict, match="each person answers in one round"):
        opening(maple)


def test_a_round_that_was_called_off_does_not_come_back_beside_the_other_kind(database, maple, opening: Opening):
    mistaken = opening()
    cancel_round(database, mistaken.id, TODAY)
    meant = opening(maple)

    with pytest.raises(Conflict, match="one of your sites is open"):
        bring_back(database, mistaken.id, TODAY)
    assert view_of(database, mistaken.id).round.is_cancelled
    cancel_round(database, meant.id, TODAY)
    assert bring_back(database, mistaken.id, TODAY).is_open
    with pytest.raises(Conflict, match="whole provider is open"):
        bring_back(database, meant.id, TODAY)


def test_of_a_whole_and_a_part_that_are_opened_in_the_same_moment_one_is(database, maple, opening: Opening):
    def attempt(number: int) -> bool:
        with suppress(Conflict):
            return bool(opening(maple if number % 2 else None))
        return False

    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(attempt, range(4)))

    found = {each.site_id for each, _ in all_rounds(database)}
    assert any(opened)
    assert found in ({None}, {maple.id})


def test_a_round_is_opened_for_a_site_of_the_provider_that_is_not_archived(database, provider, maple, opening: Opening):
    other = add_provider(database, "Rowan")
    foreign = add_site(database, other.id, "Elsewhere")
    with pytest.raises(NotFound):
        opening(foreign)
    of = opening(maple)
    with pytest.raises(Conflict, match="A round is open for this site"):
        archive_site(database, maple.id, TODAY, before=maple.name)
    close_round(database, of.id, TODAY)
    archive_site(database, maple.id, TODAY, before=maple.name)

    with pytest.raises(Conflict, match="Maple House is archived"):
        opening(maple)
    assert provider_report_of(database, of.id).site == "Maple House"


def test_a_round_for_a_site_joins_no_campaign(database, provider, maple, opening: Opening):
    network = add_network(database, "Northern")
    join_network(database, network.id, provider.id)
    campaign = open_campaign(database, network.id, SURVEY, length=Length.SHORT, on=TODAY)
    (whole,) = all_rounds(database, campaign_id=campaign.id)
    cancel_round(database, whole[0].id, TODAY)

    with pytest.raises(Conflict, match="each of which counts once"):
        opening(maple, campaign_id=campaign.id)
    assert opening(maple).campaign_id is None


def test_a_campaign_leaves_out_members_that_ask_at_their_sites_and_counts_organisations(
    database, provider, maple, north, opening: Opening, tmp_path: Path
):
    network = add_network(database, "Northern")
    others = [add_provider(database, f"Provider {number}") for number in range(4)]
    for each in (provider, *others):
        join_network(database, network.id, each.id)
    for each in (maple, north):
        opening(each)
    campaign = open_campaign(database, network.id, SURVEY, length=Length.SHORT, on=TODAY)

    rounds = [of for of, _ in all_rounds(database, campaign_id=campaign.id)]
    assert {of.provider_id for of in rounds} == {each.id for each in others}
    for number, of in enumerate(rounds):
        path = write_csv(
            tmp_path / f"{number}.csv", [row("own", "provider", "yes", SHORT_INDICATORS)], SHORT_INDICATORS
        )
        import_responses(database, b"k" * 32, of.id, path, TODAY)
    for of, _ in all_rounds(database, provider_id=provider.id):
        close_round(database, of.id, TODAY)
    close_campaign(database, campaign.id, TODAY)
    report = network_report_of(database, campaign.id)
    assert report.providers == "fewer than 5"
    assert {each.withheld for each in report.audiences["provider"].standards.values()} == {"too_few"}


def test_a_campaign_in_which_nobody_may_be_asked_is_not_opened(database, provider, maple, opening: Opening):
    network = add_network(database, "Northern")
    join_network(database, network.id, provider.id)
    of = opening(maple)
    close_round(database, of.id, TODAY)

    with pytest.raises(Conflict, match="asks at its sites"):
        open_campaign(database, network.id, SURVEY, on=TODAY)
    assert open_campaign(database, network.id, SURVEY, on=LATER)


def test_sites_go_along_when_their_provider_becomes_part_of_another(database, provider, maple):
    stays = add_provider(database, "Rowan")
    own = add_site(database, stays.id, "Rowan Court")
    gone_lead = join(database, "ann@example.org", Membership(Role.LEAD, provider.id))
    of = open_round(database, provider.id, SURVEY, on=TODAY, site_id=maple.id)
    close_round(database, of.id, TODAY)
    archiving.merge_providers(database, provider.id, stays.id, TODAY)

    lead = acting(database, gone_lead)
    assert [each.id for each in sites_of(lead, stays.id)] == [maple.id, own.id]
    assert provider_report_of(lead, of.id).site == "Maple House"
    with pytest.raises(Invalid):
        add_site(lead, stays.id, "Maple House")
    rename_site(lead, maple.id, "Maple Court", before="Maple House")
    again = open_round(lead, stays.id, SURVEY, on=TODAY, site_id=maple.id)
    with pytest.raises(Conflict, match="A round is open for this site"):
        archive_site(lead, maple.id, TODAY, before="Maple Court")
    assert view_of(lead, again.id).about == "Maple Court, of Rowan"
    assert site(lead, stays.id, maple.id).name == "Maple Court"


def test_what_a_provider_that_was_taken_over_released_is_a_part_of_the_whole_for_half_a_year(
    database, provider, round_
):
    stays = add_provider(database, "Rowan")
    close_round(database, round_.id, TODAY)
    archiving.merge_providers(database, provider.id, stays.id, TODAY)

    with pytest.raises(Conflict, match="one with yours"):
        open_round(database, stays.id, SURVEY, on=LATER - timedelta(days=1))
    assert open_round(database, stays.id, SURVEY, on=LATER)


def test_a_campaign_and_a_round_for_a_site_are_never_opened_in_the_same_moment(database, provider, maple, opening):
    network = add_network(database, "Northern")
    join_network(database, network.id, provider.id)

    def attempt(number: int) -> None:
        with suppress(Conflict):
            opening(maple) if number else open_campaign(database, network.id, SURVEY, on=TODAY)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(attempt, range(2)))

    assert len(all_rounds(database)) == 1


def test_a_lead_sees_rounds_by_site_in_the_same_number_of_queries(database, provider, maple, north, opening: Opening):
    def at_a_glance() -> overview.ProviderRounds:
        (found,) = overview.rounds_at_a_glance(as_lead(database, provider))
        return found

    whole = opening()
    close_round(database, whole.id, TODAY - timedelta(days=DAYS_APART))
    assert not at_a_glance().has_place(provider.id)
    first = opening(maple)
    with count_queries(database) as one:
        at_a_glance()
    second = opening(north)
    with count_queries(database) as two:
        found = at_a_glance()

    assert len(one) == len(two)
    assert list(found.sites.values()) == ["Maple House", "Supported living, north side"]
    assert [[each.round for each in found.only(at).open] for at in (maple.id, north.id)] == [[first], [second]]
    assert [each.round.id for each in found.only(provider.id).closed] == [whole.id]
    assert found.only(provider.id).open == ()


def test_checkers_read_which_site_it_is(database, provider, maple, opening: Opening):
    network = add_network(database, "Northern")
    join_network(database, network.id, provider.id)
    of = opening(maple)
    checker = database.acting_for(Actor.of([Membership(Role.CHECKER, network.id)], 9))
    assert open_rounds_to_check(checker) == ((of, "Maple House, of Bramble Way Support"),)
    with database.reading() as connection:
        assert stored_rounds.open_rounds_in(connection, network.id) == ((of, "Maple House, of Bramble Way Support"),)
