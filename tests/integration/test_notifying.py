"""Letters to colleagues: each when it happens, once, to whoever wants it, and without anything about anybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import token_hex

import pytest
from sqlalchemy import select, update

from app.errors import Invalid, NotFound
from app.organisations import NOBODY, Actor, Contact, ContactKind, Membership, Network, Provider, Role
from app.organisations.news import ABOUT, Event, News, news_for
from app.responses import Round, Told
from app.services import accounts, contacts, inviting_colleagues, joining_networks, notifying, sending, teams, visiting
from app.services.archiving import archive_provider, merge_providers
from app.services.closing import close_round
from app.services.concerns import raise_concern
from app.services.inviting_colleagues import Office as Inviting
from app.services.networking import close_campaign, open_campaign
from app.services.organising import add_network, add_provider, join_network
from app.services.own_account import close as close_account
from app.services.posting import Draft, unsealed
from app.services.rounds import all_rounds, change_last_day, open_round
from app.standards import Audience
from app.storage import Database
from app.storage import accounts as stored_accounts
from app.storage.keys import new_id
from app.storage.tables import account, letter
from app.surveys import Length
from tests.databases import KEYS
from tests.days import TODAY
from tests.integration.conftest import SURVEY, AnswerAll
from tests.mail import MailRoom, office, room

INVITING = Inviting(KEYS, b"h" * 40, "https://seat.example.org")


@dataclass
class House:
    """An organisation with its people, who all confirmed their addresses."""

    database: Database
    provider: Provider
    network: Network

    def add(self, name: str, role: Role, organisation_id: str, *, confirmed: bool = True) -> int:
        accounts.add_account(self.database, f"{name}@example.org", "-", [Membership(role, organisation_id)])
        with self.database.writing() as connection:
            account_id = stored_accounts.id_of(connection, f"{name}@example.org") or 0
            if confirmed:
                stored_accounts.confirm(connection, account_id, datetime(2026, 11, 1))  # noqa: DTZ001
        return account_id

    def acting(self, account_id: int) -> Database:
        return self.database.acting_for(accounts.actor_of(self.database, account_id))

    def told(self) -> list[tuple[str, str]]:
        """Return (event, whom) of the letters that wait, and forget them."""
        with self.database.writing() as connection:
            rows = connection.execute(select(letter.c.id, letter.c.sealed)).all()
            emails = {row.id: row.email for row in connection.execute(select(account.c.id, account.c.email))}
            connection.execute(letter.delete())
        drafts = [unsealed(KEYS, row.id, row.sealed) for row in rows]
        found = [each.arguments for each in drafts if isinstance(each, Draft)]
        return sorted((each["event"], emails[int(each["account"])].partition("@")[0]) for each in found)


@pytest.fixture
def house(database: Database, provider: Provider) -> House:
    network = add_network(database, "The north")
    join_network(database, network.id, provider.id)
    return House(database, provider, network)


@pytest.fixture
def mail() -> Iterator[MailRoom]:
    with room().open() as opened:
        yield opened


def test_a_closed_round_is_told_to_its_team_but_not_to_whoever_closed_it(house: House, short_round: Round):
    lead = house.add("lead", Role.LEAD, house.provider.id)
    house.add("member", Role.MEMBER, house.provider.id)
    house.add("contributor", Role.CONTRIBUTOR, house.provider.id)
    house.add("coordinator", Role.COORDINATOR, house.network.id)
    house.add("stranger", Role.LEAD, add_provider(house.database, "Elsewhere").id)

    close_round(house.acting(lead), short_round.id, TODAY)

    assert house.told() == [("round closed", "contributor"), ("round closed", "member")]


def test_a_closed_campaign_is_told_to_coordinators_and_in_each_provider(house: House, answer_all: AnswerAll):
    by = house.add("coordinator", Role.COORDINATOR, house.network.id)
    house.add("second", Role.COORDINATOR, house.network.id)
    house.add("lead", Role.LEAD, house.provider.id)
    campaign = open_campaign(house.database, house.network.id, SURVEY, on=TODAY, length=Length.SHORT)
    for of, _ in all_rounds(house.database, campaign_id=campaign.id):
        answer_all(of, Audience.PROVIDER, ["yes"])
    assert house.told() == []

    close_campaign(house.acting(by), campaign.id, TODAY)

    assert house.told() == [("campaign closed", "second"), ("round closed", "lead")]


# --- teams and networks ------------------------------------------------------------------------------------------


def _invite(house: House, email: str, into: Membership) -> str:
    _, link = inviting_colleagues.invite(house.database, INVITING, new_id(), email, into, TODAY, has_letter=False)
    return link.rpartition("/")[2]


def test_who_joins_a_team_is_told_to_its_leads_and_a_second_role_is_not(house: House):
    house.add("lead", Role.LEAD, house.provider.id)
    house.add("member", Role.MEMBER, house.provider.id)
    nobody = house.database.acting_for(NOBODY)

    member = Membership(Role.MEMBER, house.provider.id)
    inviting_colleagues.accept_new(nobody, INVITING, _invite(house, "jo@example.org", member), "-", TODAY)
    assert house.told() == [("colleague joined", "lead")]

    with house.database.reading() as connection:
        jo = stored_accounts.id_of(connection, "jo@example.org") or 0
    contributor = Membership(Role.CONTRIBUTOR, house.provider.id)
    inviting_colleagues.accept_as(nobody, INVITING, _invite(house, "jo@example.org", contributor), jo, TODAY)
    assert house.told() == []


def test_who_leaves_a_team_is_told_to_its_leads_once_their_last_role_there_is_gone(house: House):
    house.add("lead", Role.LEAD, house.provider.id)
    by = house.add("second", Role.LEAD, house.provider.id)
    jo = house.add("jo", Role.MEMBER, house.provider.id)
    contributor = Membership(Role.CONTRIBUTOR, house.provider.id)
    with house.database.writing() as connection:
        stored_accounts.add_membership(connection, jo, contributor)

    teams.take_role_away(house.acting(by), jo, contributor)
    assert house.told() == []
    teams.take_role_away(house.acting(by), jo, Membership(Role.MEMBER, house.provider.id))
    assert house.told() == [("colleague left", "lead")]


def test_who_leaves_by_themselves_or_closes_their_account_is_told_too(house: House):
    house.add("coordinator", Role.COORDINATOR, house.network.id)
    checker = house.add("checker", Role.CHECKER, house.network.id)
    other = house.add("other", Role.CHECKER, house.network.id)

    teams.leave(house.acting(checker), Membership(Role.CHECKER, house.network.id))
    assert house.told() == [("colleague left", "coordinator")]
    close_account(house.acting(other), INVITING, other, "other@example.org")
    assert house.told() == [("colleague left", "coordinator")]


def test_administrators_are_told_who_joins_them(house: House):
    house.add("one", Role.ADMINISTRATOR, "")
    secret = _invite(house, "two@example.org", Membership(Role.ADMINISTRATOR, ""))

    inviting_colleagues.accept_new(house.database.acting_for(NOBODY), INVITING, secret, "-", TODAY)

    assert house.told() == [("colleague joined", "one")]


def test_a_provider_that_joins_or_leaves_is_told_to_coordinators(house: House):
    house.add("coordinator", Role.COORDINATOR, house.network.id)
    other = add_provider(house.database, "Rowan Lane")
    lead = house.add("lead", Role.LEAD, other.id)

    secret = joining_networks.invite_provider(house.database, house.network.id, new_id(), "Rowan", TODAY)
    joining_networks.accept(house.acting(lead), secret, other.id, TODAY)
    assert house.told() == [("provider joined", "coordinator")]
    joining_networks.leave(house.acting(lead), house.network.id, other.id)
    assert house.told() == [("provider left", "coordinator")]
    archive_provider(house.database, house.provider.id, TODAY)
    assert house.told() == [("provider left", "coordinator")]


# --- visits and worries ------------------------------------------------------------------------------------------


def test_a_planned_visit_is_told_to_its_pair_once(house: House, short_round: Round):
    by = house.add("coordinator", Role.COORDINATOR, house.network.id)
    pair = [house.add(name, Role.CHECKER, house.network.id) for name in ("ann", "bob")]
    third = house.add("cat", Role.CHECKER, house.network.id)
    coordinator, id_ = house.acting(by), new_id()

    for _ in range(2):
        visiting.plan_visit(coordinator, house.network.id, short_round.id, pair, TODAY, id_)
    assert house.told() == [("visit planned", "ann"), ("visit planned", "bob")]
    visiting.replace_checker(coordinator, id_, pair[0], third)
    assert house.told() == [("visit planned", "cat")]


def _taker(house: House, *, confirmed: bool) -> tuple[Round, Contact]:
    account_id = house.add("jo", Role.SAFEGUARDING, house.network.id, confirmed=confirmed)
    jo = Contact(new_id(), house.network.id, ContactKind.SAFEGUARDING, "Jo", "999", "Of the council.", account_id)
    contact = contacts.add_contact(house.database, jo)
    return open_round(house.database, house.provider.id, SURVEY, on=TODAY, length=Length.SHORT), contact


def test_a_worry_always_comes_and_once_and_does_not_show_when_it_was_told(house: House):
    of, contact = _taker(house, confirmed=False)
    notifying.choose(house.acting(contact.account_id or 0), [], None)
    form, told = token_hex(16), Told("He shouts at night.")

    for _ in range(2):
        raise_concern(house.database.acting_for(NOBODY), KEYS, of, contact.reader_mark, form, told, TODAY)

    with house.database.reading() as connection:
        (leaves,) = connection.execute(select(letter.c.not_before)).scalars()
    now = int(datetime.now().timestamp() // 60)  # noqa: DTZ005
    assert leaves % 10 == 0
    assert now < leaves <= now + 10
    assert house.told() == [("worry came", "jo")]


# --- the last day ------------------------------------------------------------------------------------------------


def test_leads_are_told_three_days_before_the_last_day_and_once(house: House):
    house.add("lead", Role.LEAD, house.provider.id)
    house.add("member", Role.MEMBER, house.provider.id)
    last_on = TODAY + timedelta(days=20)
    of = open_round(house.database, house.provider.id, SURVEY, on=TODAY, length=Length.SHORT, last_on=last_on)

    assert notifying.tell_of_last_days(house.database, last_on - timedelta(days=4)) == 0
    assert notifying.tell_of_last_days(house.database, last_on - timedelta(days=3)) == 1
    assert notifying.tell_of_last_days(house.database, last_on - timedelta(days=3)) == 0
    assert notifying.tell_of_last_days(house.database, last_on) == 0
    assert house.told() == [("last day near", "lead")]

    later = last_on + timedelta(days=10)
    change_last_day(house.database, of.id, later, before=last_on, on=last_on)
    assert notifying.tell_of_last_days(house.database, later) == 1
    assert house.told() == [("last day near", "lead")]


def test_of_a_day_that_has_passed_and_of_a_round_that_is_over_nobody_is_told(house: House):
    house.add("lead", Role.LEAD, house.provider.id)
    last_on = TODAY + timedelta(days=2)
    of = open_round(house.database, house.provider.id, SURVEY, on=TODAY, length=Length.SHORT, last_on=last_on)

    assert notifying.tell_of_last_days(house.database, last_on + timedelta(days=1)) == 0
    close_round(house.database, of.id, TODAY)
    house.told()
    assert notifying.tell_of_last_days(house.database, TODAY) == 0
    assert house.told() == []


def test_the_lead_of_a_provider_that_took_another_over_is_told_of_its_rounds(house: House, short_round: Round):
    stays = add_provider(house.database, "Rowan Lane")
    house.add("lead", Role.LEAD, stays.id)
    close_round(house.database, short_round.id, TODAY)
    merge_providers(house.database, house.provider.id, stays.id, TODAY)
    house.told()

    with house.database.writing() as connection:
        notifying.tell_of_closed_round(house.database, connection, short_round)

    assert house.told() == [("round closed", "lead")]


# --- choosing ----------------------------------------------------------------------------------------------------


def test_what_is_switched_off_is_not_posted_and_what_is_switched_off_later_is_not_sent(
    house: House, short_round: Round, mail: MailRoom
):
    off = house.add("off", Role.MEMBER, house.provider.id)
    later = house.add("later", Role.MEMBER, house.provider.id)
    house.add("unconfirmed", Role.MEMBER, house.provider.id, confirmed=False)
    notifying.choose(house.acting(off), [], None)

    close_round(house.database, short_round.id, TODAY)
    notifying.choose(house.acting(later), [], None)

    assert sending.send_waiting(house.database, office(mail)).failed == 0
    assert mail.raw == []
    assert sending.status(house.database).waiting.count == 0


def test_a_choice_is_about_what_somebody_was_asked(house: House):
    account_id = house.add("jo", Role.LEAD, house.provider.id)
    as_lead = house.acting(account_id)
    notifying.choose(as_lead, [News.RESULTS], "cy")
    with house.database.writing() as connection:
        stored_accounts.add_membership(connection, account_id, Membership(Role.CHECKER, house.network.id))

    found = notifying.choices(house.acting(account_id))

    assert found.asked == (News.LAST_DAY, News.RESULTS, News.TEAM, News.VISIT)
    assert (found.unwanted, found.language) == ({News.LAST_DAY, News.TEAM}, "cy")
    notifying.choose(house.acting(account_id), found.asked, None)
    assert notifying.choices(house.acting(account_id)).unwanted == frozenset()


def test_a_language_that_is_not_there_is_refused(house: House):
    with pytest.raises(Invalid):
        notifying.choose(house.acting(house.add("jo", Role.LEAD, house.provider.id)), [], "xx")


def test_each_role_is_asked_about_what_can_come_to_it():
    assert news_for([Role.MEMBER]) == (News.RESULTS,)
    assert news_for([Role.AUDITOR, Role.EDITOR]) == ()
    assert news_for([Role.SAFEGUARDING]) == (News.WORRY,)
    assert set(ABOUT) == set(Event)


def test_nobody_but_whoever_looks_after_the_installation_tells_of_last_days(house: House):
    with pytest.raises(NotFound):
        notifying.tell_of_last_days(house.database.acting_for(Actor()), TODAY)


# --- what the letters say ----------------------------------------------------------------------------------------


def _sent(house: House, mail: MailRoom, event: Event, language: str | None) -> None:
    with house.database.writing() as connection:
        (reader,) = connection.execute(select(account.c.id).where(account.c.email == "jo@example.org")).scalars()
        connection.execute(update(account).values(language=language))
        day = date(2026, 11, 24) if event is Event.LAST_DAY_NEAR else None
        notifying.tell(house.database, connection, event, [reader], "/rounds/abc", day=day)
    assert sending.send_waiting(house.database, office(mail)).failed == 0


@pytest.mark.parametrize("event", Event)
def test_a_letter_names_nobody_and_says_where_to_look_and_how_to_stop_it(house: House, mail: MailRoom, event: Event):
    house.add("jo", Role.LEAD, house.provider.id)

    _sent(house, mail, event, "en")

    (text,), (arrived,) = mail.texts, mail.letters
    assert "https://seat.example.org/rounds/abc" in text
    assert text.endswith("https://seat.example.org/account/letters")
    assert str(arrived["Subject"]).startswith("Driving Seat: ")
    for name in (house.provider.name, house.network.name, "jo@"):
        assert name not in text + str(arrived["Subject"])
    assert ("always comes" in text) == (ABOUT[event] is News.WORRY)
    assert not any(each.isdigit() for each in text.replace("24 November 2026", ""))
    assert ("24 November 2026" in text) == (event is Event.LAST_DAY_NEAR)


def test_who_chose_no_language_reads_every_one(house: House, mail: MailRoom, monkeypatch: pytest.MonkeyPatch):
    house.add("jo", Role.LEAD, house.provider.id)
    _sent(house, mail, Event.LAST_DAY_NEAR, "cy")
    (welsh,) = mail.texts
    assert "24 Tachwedd 2026" in welsh
    assert "24 November 2026" not in welsh

    _sent(house, mail, Event.LAST_DAY_NEAR, None)
    both = mail.texts[1]
    assert "24 November 2026" in both
    assert "24 Tachwedd 2026" in both
    assert both.index("24 November 2026") < both.index("24 Tachwedd 2026")


def test_somebody_who_is_gone_by_then_gets_no_letter(house: House, mail: MailRoom):
    jo = house.add("jo", Role.LEAD, house.provider.id)
    with house.database.writing() as connection:
        notifying.tell(house.database, connection, Event.WORRY_CAME, [jo], "/concerns")
    close_account(house.acting(jo), INVITING, jo, "jo@example.org")

    assert sending.send_waiting(house.database, office(mail)).failed == 0
    assert mail.raw == []
