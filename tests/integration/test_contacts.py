"""A network's contacts, and who takes a round's concerns."""

from dataclasses import replace

import pytest

from app.errors import Conflict, Invalid, NotFound, Refused
from app.organisations import Contact, ContactKind, Membership, Network, Provider, Role
from app.responses import Round, Told
from app.services import accounts, concerns, contacts
from app.services.closing import close_round
from app.services.networking import open_campaign
from app.services.organising import add_network, add_provider, join_network
from app.services.rounds import all_rounds, name_safeguarding_contact, open_round, view_of
from app.storage import Database
from app.storage.accounts import add_membership
from app.storage.keys import new_id
from tests.databases import KEYS
from tests.days import TODAY

SURVEY = "personalised-support"


@pytest.fixture
def network(database: Database, provider: Provider) -> Network:
    made = add_network(database, "The north")
    join_network(database, made.id, provider.id)
    return made


@pytest.fixture
def jo(database: Database, network: Network) -> Contact:
    return add_taker(database, network, "Jo Bell")


def add_account(database: Database, email: str, *memberships: Membership) -> None:
    accounts.add_account(database, email, "not a password", memberships)


def add_taker(database: Database, network: Network, name: str, leads: Provider | None = None) -> Contact:
    email = f"{name.split()[0].lower()}@example.org"
    roles = [Membership(Role.SAFEGUARDING, network.id)]
    add_account(database, email, *roles, *([Membership(Role.LEAD, leads.id)] if leads else []))
    account_id = contacts.account_for(database, network.id, email)
    contact = draft(network, name=name, about="Works for the council.", account_id=account_id)
    return contacts.add_contact(database, contact)


def draft(network: Network, kind: ContactKind = ContactKind.SAFEGUARDING, **more) -> Contact:
    return replace(Contact(new_id(), network.id, kind, "Jo Bell", "01632 960001"), **more)


def names(database: Database, network: Network) -> list[str]:
    return [each.name for each in contacts.contacts_of(database, network.id)]


def taker_of(database: Database, of: Round) -> str | None:
    found = concerns.safeguarding_contact(database, view_of(database, of.id).round)
    return found.name if found else None


def test_contacts_stand_in_the_order_that_the_network_gives_them(database: Database, network: Network):
    added = [contacts.add_contact(database, draft(network, name=name)) for name in ("One", "Two", "Three")]

    contacts.move_contact(database, network.id, added[2].id, -1)
    assert names(database, network) == ["One", "Three", "Two"]
    contacts.move_contact(database, network.id, added[0].id, -1)
    assert names(database, network) == ["One", "Three", "Two"]
    contacts.move_contact(database, network.id, added[0].id, 1)
    assert names(database, network) == ["Three", "One", "Two"]


def test_a_form_that_is_sent_twice_adds_one_contact(database: Database, network: Network):
    given = draft(network)

    contacts.add_contact(database, given)
    contacts.add_contact(database, given)
    assert names(database, network) == ["Jo Bell"]
    elsewhere = add_network(database, "Elsewhere")
    with pytest.raises(Conflict):
        contacts.add_contact(database, replace(given, network_id=elsewhere.id))


def test_a_contact_is_changed_and_taken_away_by_its_own_network_alone(database: Database, network: Network):
    added = contacts.add_contact(database, draft(network))
    elsewhere = add_network(database, "Elsewhere")

    for attempt in (
        lambda: contacts.contact(database, elsewhere.id, added.id),
        lambda: contacts.change_contact(database, replace(added, network_id=elsewhere.id)),
        lambda: contacts.remove_contact(database, elsewhere.id, added.id),
        lambda: contacts.move_contact(database, elsewhere.id, added.id, 1),
        lambda: contacts.contacts_of(database, "nothing"),
    ):
        with pytest.raises(NotFound):
            attempt()
    contacts.change_contact(database, replace(added, name="Jo Hill", phone="999"))
    assert names(database, network) == ["Jo Hill"]
    contacts.remove_contact(database, network.id, added.id)
    assert names(database, network) == []


def test_only_an_account_that_takes_the_network_s_concerns_can_be_given_to_a_contact(
    database: Database, network: Network
):
    elsewhere = add_network(database, "Elsewhere")
    add_account(database, "sam@example.org", Membership(Role.SAFEGUARDING, elsewhere.id))
    add_account(database, "kim@example.org", Membership(Role.COORDINATOR, network.id))

    for email in ("sam@example.org", "kim@example.org", "nobody@example.org"):
        with pytest.raises(Refused, match="safeguarding-of"):
            contacts.account_for(database, network.id, email)
    with pytest.raises(Invalid):
        contacts.account_for(database, network.id, "not an address")
    other = contacts.account_for(database, elsewhere.id, "Sam@Example.org".lower())
    with pytest.raises(Refused):
        contacts.add_contact(database, draft(network, about="Somebody.", account_id=other))


def test_a_round_names_the_first_contact_who_may_take_its_concerns(
    database: Database, provider: Provider, network: Network
):
    add_taker(database, network, "Lee Lead", leads=provider)
    contacts.add_contact(database, draft(network, name="Only a number"))
    before = open_round(database, provider.id, SURVEY, on=TODAY)
    jo, _ = add_taker(database, network, "Jo Bell"), add_taker(database, network, "Sam Hill")

    assert before.safeguarding_contact_id is None
    assert taker_of(database, before) is None
    of = open_round(database, provider.id, SURVEY, on=TODAY)
    assert of.safeguarding_contact_id == jo.id
    assert taker_of(database, of) == "Jo Bell"


def test_a_round_can_name_another_but_never_one_who_leads_the_provider(
    database: Database, provider: Provider, network: Network, jo: Contact
):
    lee, sam = add_taker(database, network, "Lee Lead", leads=provider), add_taker(database, network, "Sam Hill")
    number = contacts.add_contact(database, draft(network, name="Only a number"))
    far = add_taker(database, add_network(database, "Elsewhere"), "Far Away")

    assert taker_of(database, open_round(database, provider.id, SURVEY, on=TODAY, safeguarding_contact_id=sam.id)) == (
        "Sam Hill"
    )
    with pytest.raises(Refused, match="Lee Lead belongs to this provider’s team"):
        open_round(database, provider.id, SURVEY, on=TODAY, safeguarding_contact_id=lee.id)
    with pytest.raises(Refused, match="no account"):
        open_round(database, provider.id, SURVEY, on=TODAY, safeguarding_contact_id=number.id)
    with pytest.raises(NotFound):
        open_round(database, provider.id, SURVEY, on=TODAY, safeguarding_contact_id=far.id)
    assert len(all_rounds(database, provider_id=provider.id)) == 1


def test_who_takes_concerns_can_change_while_the_round_is_open(
    database: Database, provider: Provider, network: Network, jo: Contact
):
    sam, lee = add_taker(database, network, "Sam Hill"), add_taker(database, network, "Lee Lead", leads=provider)
    of = open_round(database, provider.id, SURVEY, on=TODAY)

    name_safeguarding_contact(database, of.id, sam.id)
    assert taker_of(database, of) == "Sam Hill"
    with pytest.raises(Refused):
        name_safeguarding_contact(database, of.id, lee.id)
    close_round(database, of.id, TODAY)
    with pytest.raises(Conflict):
        name_safeguarding_contact(database, of.id, jo.id)
    assert taker_of(database, of) == "Sam Hill"


def test_every_round_of_a_campaign_names_the_network_s_first_contact_who_may(
    database: Database, provider: Provider, network: Network
):
    add_taker(database, network, "Lee Lead", leads=provider)
    add_taker(database, network, "Jo Bell")
    for number in range(3):
        join_network(database, network.id, add_provider(database, f"Member {number}").id)

    opened = open_campaign(database, network.id, SURVEY, on=TODAY)

    named = {each.provider_id: taker_of(database, each) for each, _ in all_rounds(database, campaign_id=opened.id)}
    assert named.pop(provider.id) == "Jo Bell"
    assert set(named.values()) == {"Lee Lead"}


def test_somebody_who_comes_to_lead_the_provider_takes_its_concerns_no_more(
    database: Database, provider: Provider, jo: Contact
):
    of = open_round(database, provider.id, SURVEY, on=TODAY)
    with database.writing() as connection:
        add_membership(connection, jo.account_id, Membership(Role.LEAD, provider.id))

    assert taker_of(database, of) is None


def test_a_contact_whom_open_rounds_name_stays_until_another_is_named(
    database: Database, provider: Provider, network: Network, jo: Contact
):
    of = open_round(database, provider.id, SURVEY, on=TODAY)

    with pytest.raises(Refused, match="Open rounds"):
        contacts.remove_contact(database, network.id, jo.id)
    with pytest.raises(Refused, match="no account"):
        contacts.change_contact(database, replace(jo, account_id=None))
    close_round(database, of.id, TODAY)
    contacts.remove_contact(database, network.id, jo.id)
    assert names(database, network) == []
    assert taker_of(database, of) is None


def test_a_contact_cannot_be_handed_to_the_lead_of_a_provider_that_names_it(
    database: Database, provider: Provider, network: Network, jo: Contact
):
    open_round(database, provider.id, SURVEY, on=TODAY)
    lee, sam = add_taker(database, network, "Lee Lead", leads=provider), add_taker(database, network, "Sam Hill")

    with pytest.raises(Refused, match="provider’s team"):
        contacts.change_contact(database, replace(jo, account_id=lee.account_id))
    handed = contacts.change_contact(database, replace(jo, account_id=sam.account_id))
    assert handed.account_id == sam.account_id


def test_removing_a_contact_looks_the_same_whether_it_had_concerns_or_not(
    database: Database, provider: Provider, network: Network, jo: Contact
):
    of = open_round(database, provider.id, SURVEY, on=TODAY)
    concerns.raise_concern(database, KEYS, of, jo.reader_mark, "a" * 32, Told("He shouts."), TODAY)
    close_round(database, of.id, TODAY)

    contacts.remove_contact(database, network.id, jo.id)

    assert names(database, network) == []
    actor = accounts.actor_of(database, jo.account_id)
    assert len(concerns.concerns_of(database, actor)) == 1


def test_the_contacts_for_a_provider_are_its_networks_by_kind(database: Database, provider: Provider, network: Network):
    south = add_network(database, "A network of the south")
    join_network(database, south.id, provider.id)
    add_contact = contacts.add_contact
    add_contact(database, draft(network, ContactKind.ADVOCACY, name="Advocacy"))
    add_contact(database, draft(network, ContactKind.EMERGENCY, name="Emergency"))
    add_contact(database, draft(south, ContactKind.EMERGENCY, name="South's emergency"))
    add_contact(database, draft(add_network(database, "Elsewhere"), name="Of no network of ours"))

    found = contacts.contacts_for(database, provider.id)

    assert [each.name for each in found] == ["South's emergency", "Emergency", "Advocacy"]
