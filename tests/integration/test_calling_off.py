"""Calling a round off, what its respondents keep, bringing it back, and deleting it for good."""

from dataclasses import replace
from datetime import date, timedelta
from secrets import token_hex

import pytest
from sqlalchemy import text

from app.errors import Conflict, NotFound
from app.organisations import OPERATOR, Contact, ContactKind, Membership, Network, Provider, Role
from app.organisations.log import Deed
from app.responses import HowLong, Round, Told
from app.services import accounts, answering, contacts, log
from app.services.calling_off import bring_back, cancel_round, purge_cancelled
from app.services.closing import close_round, unfinished_in_round
from app.services.coming_back import choose_word, link_behind
from app.services.concerns import raise_concern
from app.services.entering import enter
from app.services.inviting import invite
from app.services.networking import close_campaign, network_report_of, open_campaign, view_of_campaign
from app.services.organising import add_network, add_provider, join_network
from app.services.reporting import provider_report_of
from app.services.rounds import all_rounds, open_round, view_of
from app.services.sharing import SharedWith, open_share, share
from app.standards import Audience
from app.storage import Database
from app.storage.keys import new_id
from app.surveys import Edition, Length
from tests.days import TODAY
from tests.integration.conftest import SURVEY, AnswerAll

KEY = b"k" * 40
LAST_CHANCE, TOO_LATE = TODAY + timedelta(days=29), TODAY + timedelta(days=30)


def state_of(database: Database, of: Round) -> str:
    return view_of(database, of.id).round.state.value


def rows_in(database: Database, table: str) -> int:
    with database.reading() as connection:
        found: int = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
    return found


def deeds(database: Database) -> list[Deed]:
    return [line.deed for line, _ in log.all_lines(database)]


def test_a_round_that_was_called_off_takes_nothing_more_and_has_no_result(
    database: Database, short_round: Round, answer_all: AnswerAll
):
    (unused,) = invite(database, short_round.id, Audience.PERSON, 1)
    (begun,) = invite(database, short_round.id, Audience.PERSON, 1)
    answering.start(database, begun.token, Edition.STANDARD, "en")

    cancel_round(database, short_round.id, TODAY)

    refused = (
        lambda: answering.start(database, unused.token, Edition.STANDARD, "en"),
        lambda: answering.record_answer(database, begun.token, "S01.a", "yes"),
        lambda: answering.submit(database, begun.token, TODAY),
        lambda: invite(database, short_round.id, Audience.PERSON, 1),
        lambda: enter(database, short_round, unused.token, {"edition": "standard", "consent": "ticked"}, 7, TODAY),
        lambda: close_round(database, short_round.id, TODAY),
        lambda: cancel_round(database, short_round.id, TODAY),
        lambda: provider_report_of(database, short_round.id),
    )
    for doing in refused:
        with pytest.raises(Conflict, match="called off"):
            doing()
    assert state_of(database, short_round) == "cancelled"
    assert not answering.open_link(database, begun.token).is_open
    assert unfinished_in_round(database, short_round).visits == 0
    assert deeds(database)[-1] is Deed.ROUND_CANCELLED


def test_a_closed_round_cannot_be_called_off(database: Database, short_round: Round):
    close_round(database, short_round.id, TODAY)

    with pytest.raises(Conflict, match="has closed, so it cannot be called off"):
        cancel_round(database, short_round.id, TODAY)


def test_what_is_brought_back_is_as_it_was(database: Database, short_round: Round, answer_all: AnswerAll):
    answer_all(short_round, Audience.PERSON, ["yes"] * 6)
    (begun,) = invite(database, short_round.id, Audience.PERSON, 1)
    answering.start(database, begun.token, Edition.STANDARD, "en")
    before = view_of(database, short_round.id)
    cancel_round(database, short_round.id, TODAY)

    bring_back(database, short_round.id, LAST_CHANCE)
    bring_back(database, short_round.id, LAST_CHANCE)

    assert view_of(database, short_round.id) == before
    answering.submit(database, begun.token, TODAY)
    close_round(database, short_round.id, TODAY)
    assert provider_report_of(database, short_round.id).audiences["person"].respondents == "5 to 9"
    assert deeds(database).count(Deed.ROUND_BROUGHT_BACK) == 1


def test_after_thirty_days_a_round_cannot_be_brought_back(database: Database, short_round: Round):
    cancel_round(database, short_round.id, TODAY)

    with pytest.raises(Conflict, match="too late"):
        bring_back(database, short_round.id, TOO_LATE)


def test_a_respondent_takes_their_answers_back_while_the_round_is_called_off(
    database: Database, short_round: Round, answer_all: AnswerAll
):
    (token,) = answer_all(short_round, Audience.PERSON, ["yes"])
    shared = share(database, token, SharedWith.FAMILY, HowLong.A_MONTH, TODAY)
    cancel_round(database, short_round.id, TODAY)

    with pytest.raises(NotFound):
        open_share(database, shared, TODAY)
    with pytest.raises(Conflict, match="called off"):
        share(database, token, SharedWith.FAMILY, HowLong.A_MONTH, TODAY)
    answering.withdraw(database, token)

    found = answering.open_link(database, token)
    assert found.is_withdrawn
    assert found.response is not None
    assert found.response.answers == {}


def test_after_thirty_days_everything_is_deleted_but_concerns_and_other_rounds(
    database: Database, provider: Provider, short_round: Round, answer_all: AnswerAll
):
    kept = open_round(database, provider.id, SURVEY, on=TODAY, length=Length.SHORT)
    contact = _taker(database, provider)
    off = open_round(database, provider.id, SURVEY, on=TODAY, length=Length.SHORT)
    tokens = {of.id: answer_all(of, Audience.PERSON, ["yes", "no"])[0] for of in (kept, off)}
    for token in tokens.values():
        share(database, token, SharedWith.FAMILY, HowLong.A_MONTH, TODAY)
    code = choose_word(database, KEY, tokens[off.id], "hedgehog")
    raise_concern(database, [KEY], off, contact.reader_mark, token_hex(16), Told("He shouts."), TODAY)
    cancel_round(database, off.id, TODAY)

    assert purge_cancelled(database, LAST_CHANCE) == 0
    assert purge_cancelled(database, TOO_LATE) == 1
    assert purge_cancelled(database, TOO_LATE) == 0

    counts = {table: rows_in(database, table) for table in ("invitation", "response", "share", "come_back", "concern")}
    assert counts == {"invitation": 2, "response": 2, "share": 1, "come_back": 0, "concern": 1}
    for doing in (
        lambda: answering.open_link(database, tokens[off.id]),
        lambda: link_behind(database, KEY, code, "hedgehog"),
    ):
        with pytest.raises(NotFound):
            doing()
    assert answering.open_link(database, tokens[kept.id]).receipt
    assert state_of(database, off) == "cancelled"
    assert deeds(database).count(Deed.ROUND_PURGED) == 1


def test_what_was_brought_back_is_not_deleted(database: Database, short_round: Round, answer_all: AnswerAll):
    answer_all(short_round, Audience.PERSON, ["yes"])
    cancel_round(database, short_round.id, TODAY)
    bring_back(database, short_round.id, LAST_CHANCE)

    assert purge_cancelled(database, TOO_LATE) == 0
    assert rows_in(database, "response") == 1


def test_a_round_comes_back_with_a_contact_who_still_takes_concerns(database: Database, provider: Provider):
    first = _taker(database, provider)
    of = open_round(database, provider.id, SURVEY, on=TODAY)
    second = contacts.add_contact(database, replace(first, id=new_id(), name="Sam"))
    assert of.safeguarding_contact_id == first.id
    cancel_round(database, of.id, TODAY)
    contacts.remove_contact(database, first.network_id, first.id)

    assert bring_back(database, of.id, TODAY).safeguarding_contact_id == second.id


def _taker(database: Database, provider: Provider) -> Contact:
    network = add_network(database, "The north")
    join_network(database, network.id, provider.id)
    accounts.add_account(database, "jo@example.org", "-", [Membership(Role.SAFEGUARDING, network.id)])
    account_id = contacts.account_for(database, network.id, "jo@example.org")
    jo = Contact(new_id(), network.id, ContactKind.SAFEGUARDING, "Jo Bell", "999", "Of the council.", account_id)
    return contacts.add_contact(database, jo)


# --- in a campaign -----------------------------------------------------------------------------------------------


@pytest.fixture
def network(database: Database) -> Network:
    found = add_network(database, "Small supports of the north")
    for number in range(7):
        join_network(database, found.id, add_provider(database, f"Provider {number}").id)
    return found


def _opened(database: Database, network: Network, answer_all: AnswerAll) -> tuple[str, list[Round]]:
    campaign = open_campaign(database, network.id, SURVEY, on=TODAY, length=Length.SHORT)
    rounds = [of for of, _ in all_rounds(database, campaign_id=campaign.id)]
    for of, view in zip(rounds, ["yes", "no", "yes", "sometimes", "yes", "no", "no"], strict=True):
        answer_all(of, Audience.PROVIDER, [view])
    return campaign.id, rounds


def test_a_networks_result_leaves_out_a_round_that_was_called_off(
    database: Database, network: Network, answer_all: AnswerAll
):
    campaign_id, (off, *others) = _opened(database, network, answer_all)
    cancel_round(database, off.id, TODAY)

    close_campaign(database, campaign_id, TODAY)

    seen = view_of_campaign(database, campaign_id)
    few = "fewer than 5"
    assert (seen.open_rounds, seen.closed_rounds, seen.cancelled_rounds) == (few, "5 to 9", few)
    assert network_report_of(database, campaign_id).providers == "5 to 9"
    assert network_report_of(database, campaign_id, others[0].provider_id).providers == "5 to 9"
    with pytest.raises(NotFound, match="did not take part"):
        network_report_of(database, campaign_id, off.provider_id)
    assert state_of(database, off) == "cancelled"


def test_a_campaign_whose_rounds_were_all_called_off_stays_open(
    database: Database, network: Network, answer_all: AnswerAll
):
    campaign_id, rounds = _opened(database, network, answer_all)
    for of in rounds:
        cancel_round(database, of.id, TODAY)

    with pytest.raises(Conflict, match="Every round of this campaign was called off"):
        close_campaign(database, campaign_id, TODAY)

    assert view_of_campaign(database, campaign_id).is_open
    bring_back(database, rounds[0].id, TODAY)
    close_campaign(database, campaign_id, TODAY)


def test_a_provider_opens_another_round_in_the_campaign_in_place_of_one_that_was_called_off(
    database: Database, network: Network, answer_all: AnswerAll
):
    campaign_id, (off, *_) = _opened(database, network, answer_all)
    cancel_round(database, off.id, TODAY)

    def open_another() -> Round:
        return open_round(database, off.provider_id, SURVEY, on=TODAY, length=Length.SHORT, campaign_id=campaign_id)

    assert open_another().campaign_id == campaign_id
    with pytest.raises(Conflict, match="has a round in this campaign already"):
        open_another()
    assert bring_back(database, off.id, TODAY).campaign_id is None


def test_a_round_that_comes_back_is_in_its_campaign_only_while_that_is_open(
    database: Database, network: Network, answer_all: AnswerAll
):
    campaign_id, (first, second, *_) = _opened(database, network, answer_all)
    for of in (first, second):
        cancel_round(database, of.id, TODAY)

    assert bring_back(database, first.id, TODAY).campaign_id == campaign_id
    close_campaign(database, campaign_id, TODAY)
    assert bring_back(database, second.id, TODAY).campaign_id is None
    assert view_of(database, second.id).is_open


def test_only_a_lead_of_the_provider_calls_off_and_brings_back(database: Database, short_round: Round):
    stranger = database.acting_for(replace(OPERATOR, is_operator=False))

    for doing in (cancel_round, bring_back):
        with pytest.raises(NotFound):
            doing(stranger, short_round.id, date(2026, 11, 21))
