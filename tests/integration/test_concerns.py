"""Telling a worry in confidence, and what its contact does about it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import text

from app.errors import Conflict, Invalid, NotFound
from app.organisations import NOBODY, OPERATOR, Actor, Contact, ContactKind, Membership, Provider, Role
from app.responses import ConcernState, Round, Told
from app.services import accounts, concerns, contacts
from app.services.concerns import MOST_A_DAY, NotSentError, WhyNotSent
from app.services.organising import add_network, add_provider, join_network
from app.services.rounds import name_safeguarding_contact, open_round
from app.storage import Database
from app.storage.accounts import add_membership
from app.storage.keys import new_id
from tests.databases import KEYS
from tests.days import TODAY

SURVEY = "personalised-support"
WORDS = "He shouts at night. My name is Wynne Quill."
FORM, OTHER_FORM = "a" * 32, "b" * 32


@dataclass
class Office:
    """A network with somebody who takes concerns, and a round that names them."""

    database: Database
    contact: Contact
    reader: Actor
    round: Round

    def tell(self, words: str = WORDS, form: str = FORM, **more) -> str:
        told = Told(words, **more)
        return concerns.raise_concern(self.database, KEYS, self.round, self.contact.reader_mark, form, told, TODAY)

    def only_id(self) -> str:
        (found,) = concerns.concerns_of(self.database, self.reader)
        return found.concern.id

    def opened(self) -> str:
        concerns.open_concern(self.database, self.reader, self.only_id(), TODAY)
        return self.only_id()

    def write(self, step: ConcernState, note: str = "", *, seen: int, keys: Sequence[bytes] = KEYS) -> None:
        concerns.write_step(self.database, keys, self.reader, self.only_id(), step, note, step_count=seen, on=TODAY)

    def view(self, actor: Actor | None = None, keys: Sequence[bytes] = KEYS) -> concerns.ConcernView:
        return concerns.view_of(self.database, keys, actor or self.reader, self.only_id())


@pytest.fixture
def office(database: Database, provider: Provider) -> Office:
    network = add_network(database, "The north")
    join_network(database, network.id, provider.id)
    contact, reader = add_taker(database, network.id, "jo@example.org")
    return Office(database, contact, reader, open_round(database, provider.id, SURVEY, on=TODAY))


def add_taker(database: Database, network_id: str, email: str) -> tuple[Contact, Actor]:
    accounts.add_account(database, email, "not a password", [Membership(Role.SAFEGUARDING, network_id)])
    account_id = contacts.account_for(database, network_id, email)
    about = "Works for the council."
    added = Contact(new_id(), network_id, ContactKind.SAFEGUARDING, email, "01632 960001", about, account_id)
    return contacts.add_contact(database, added), accounts.actor_of(database, account_id)


def raw(database: Database, table: str) -> list[dict[str, object]]:
    with database.reading() as connection:
        return [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]


def test_what_is_told_reaches_its_contact_whole(office: Office):
    office.tell("He shouts.\r\nAt night. <b>", reach="Ring my sister", in_danger=True)

    assert office.view().told is None
    concerns.open_concern(office.database, office.reader, office.only_id(), TODAY)
    assert office.view().told == Told("He shouts.\nAt night. <b>", "Ring my sister", True)


def test_nothing_is_told_in_nothing_or_in_too_much(office: Office):
    for words, reach in ((" ", ""), ("x" * 4001, ""), ("He shouts.", "x" * 201)):
        with pytest.raises(Invalid):
            office.tell(words, reach=reach)
    assert raw(office.database, "concern") == []


def test_what_is_told_and_every_note_lie_sealed_in_the_tables(office: Office):
    office.tell(reach="Ring Quentin", in_danger=True)
    office.opened()
    office.write(ConcernState.PASSED_ON, "To Meredith at the council.", seen=1)

    everything = json.dumps([raw(office.database, "concern"), raw(office.database, "concern_step")], default=str)

    for word in ("shouts", "night", "Wynne", "Quill", "Quentin", "Meredith", "danger", "council"):
        assert word.lower() not in everything.lower()
    assert office.view().log[-1].note == "To Meredith at the council."


def test_what_one_concern_holds_cannot_be_put_in_the_place_of_another(office: Office):
    office.tell("The first")
    (first,) = raw(office.database, "concern")
    office.tell("The second", OTHER_FORM)
    with office.database.writing() as connection:
        connection.execute(
            text("UPDATE concern SET sealed = :sealed WHERE id <> :id"), {"sealed": first["sealed"], "id": first["id"]}
        )
    swapped = next(
        each.concern.id for each in concerns.concerns_of(office.database, office.reader)
        if each.concern.id != first["id"]
    )  # fmt: skip
    concerns.open_concern(office.database, office.reader, swapped, TODAY)
    with pytest.raises(Conflict, match="cannot be read"):
        concerns.view_of(office.database, KEYS, office.reader, swapped)


def test_after_a_change_of_the_key_it_says_what_is_wrong(office: Office):
    office.tell()
    office.opened()

    with pytest.raises(Conflict, match="another secret key"):
        office.view(keys=[b"o" * 40])


def test_sending_twice_keeps_one_concern_and_gives_the_same_number(office: Office):
    assert office.tell() == office.tell()
    assert len(raw(office.database, "concern")) == 1


def test_words_changed_after_sending_are_not_lost(office: Office):
    assert office.tell() != office.tell(WORDS + " And he hit her.")
    assert len(raw(office.database, "concern")) == 2


def test_the_same_words_of_two_people_are_two_concerns(office: Office):
    assert office.tell() != office.tell(form=OTHER_FORM)
    assert len(raw(office.database, "concern")) == 2


def test_so_many_a_day_are_taken_and_then_no_more_until_tomorrow(office: Office):
    for number in range(MOST_A_DAY):
        office.tell(f"Number {number}")

    with pytest.raises(NotSentError) as too_many:
        office.tell("One more")
    assert too_many.value.why is WhyNotSent.TOO_MANY
    assert office.tell("Number 3")  # what is known already is answered as before
    assert len(raw(office.database, "concern")) == MOST_A_DAY
    tomorrow = TODAY.replace(day=TODAY.day + 1)
    concerns.raise_concern(
        office.database, KEYS, office.round, office.contact.reader_mark, FORM, Told("One more"), tomorrow
    )


def test_it_is_sent_to_nobody_but_the_one_whom_the_page_named(office: Office):
    sam, _ = add_taker(office.database, office.contact.network_id, "sam@example.org")
    name_safeguarding_contact(office.database, office.round.id, sam.id)

    with pytest.raises(NotSentError) as changed:
        office.tell()
    assert changed.value.why is WhyNotSent.CHANGED
    assert raw(office.database, "concern") == []


@pytest.mark.parametrize("of_it", ["name", "about", "about_in", "account_id", "working_days"])
def test_a_contact_changed_while_the_form_was_open_is_somebody_else_than_the_page_named(office: Office, of_it: str):
    sam, _ = add_taker(office.database, office.contact.network_id, "sam@example.org")
    changed = {
        "name": "Sam Lee",
        "about": "Works for a charity.",
        "about_in": {"cy": "Yn gweithio i elusen."},
        "account_id": sam.account_id,
        "working_days": 3,
    }
    contacts.change_contact(office.database, replace(office.contact, **{of_it: changed[of_it]}))

    with pytest.raises(NotSentError) as changed:
        office.tell()
    assert changed.value.why is WhyNotSent.CHANGED
    assert raw(office.database, "concern") == []


def test_a_contact_s_new_phone_number_changes_nothing_about_who_reads(office: Office):
    contacts.change_contact(office.database, replace(office.contact, phone="01632 960002"))

    office.tell()
    assert len(raw(office.database, "concern")) == 1


def test_where_nobody_is_named_nothing_is_kept(database: Database, provider: Provider):
    of = open_round(database, provider.id, SURVEY, on=TODAY)

    assert concerns.safeguarding_contact(database, of) is None
    with pytest.raises(NotSentError) as nobody:
        concerns.raise_concern(database, KEYS, of, "anybody", FORM, Told(WORDS), TODAY)
    assert nobody.value.why is WhyNotSent.NOBODY


def test_nobody_but_the_contact_s_account_can_find_or_open_it(office: Office):
    office.tell()
    concern_id = office.only_id()
    _, colleague = add_taker(office.database, office.contact.network_id, "sam@example.org")
    _, elsewhere = add_taker(office.database, add_network(office.database, "Elsewhere").id, "far@example.org")
    provider_id = office.round.provider_id
    others = [
        colleague,
        elsewhere,
        Actor.of([Membership(Role.LEAD, provider_id)], 99),
        Actor.of([Membership(Role.COORDINATOR, office.contact.network_id)], 98),
        NOBODY,
        OPERATOR,
    ]
    for actor in others:
        assert concerns.concerns_of(office.database, actor) == ()
        with pytest.raises(NotFound):
            concerns.view_of(office.database, KEYS, actor, concern_id)
        with pytest.raises(NotFound):
            concerns.open_concern(office.database, actor, concern_id, TODAY)
        with pytest.raises(NotFound):
            concerns.write_step(
                office.database, KEYS, actor, concern_id, ConcernState.CLOSED, "x", step_count=0, on=TODAY
            )


def test_a_contact_who_comes_to_lead_the_provider_reads_it_no_more(office: Office):
    office.tell()
    with office.database.writing() as connection:
        add_membership(
            connection, office.reader.account_id, Membership(Role.LEAD, office.round.provider_id)
        )  # fmt: skip

    both = accounts.actor_of(office.database, office.reader.account_id)
    assert concerns.concerns_of(office.database, both) == ()
    with pytest.raises(NotFound):
        concerns.open_concern(office.database, both, raw(office.database, "concern")[0]["id"], TODAY)


def test_reading_is_logged_once_an_account(office: Office):
    office.tell()
    assert office.view().concern.state is ConcernState.RECEIVED

    office.opened()
    office.opened()

    view = office.view()
    assert view.concern.state is ConcernState.READ
    assert [(line.step, line.on, line.email) for line in view.log] == [(ConcernState.READ, TODAY, "jo@example.org")]


def test_who_takes_over_reads_what_came_before_and_is_logged_too(office: Office):
    office.tell()
    office.opened()
    office.write(ConcernState.ACTING, "Called the person.", seen=1)
    sam, sams = add_taker(office.database, office.contact.network_id, "sam@example.org")
    contacts.change_contact(office.database, replace(office.contact, account_id=sam.account_id))

    assert concerns.concerns_of(office.database, office.reader) == ()
    closed_door = concerns.view_of(office.database, KEYS, sams, raw(office.database, "concern")[0]["id"])
    assert closed_door.told is None
    assert [line.note for line in closed_door.log] == ["", ""]
    concerns.open_concern(office.database, sams, closed_door.concern.id, TODAY)
    view = concerns.view_of(office.database, KEYS, sams, closed_door.concern.id)
    assert view.told == Told(WORDS)
    assert view.concern.state is ConcernState.ACTING
    assert [line.email for line in view.log] == ["jo@example.org", "jo@example.org", "sam@example.org"]


def test_the_log_keeps_every_step(office: Office):
    office.tell()
    office.opened()
    office.write(ConcernState.ACTING, seen=1)
    office.write(ConcernState.PASSED_ON, "To the council.", seen=2)
    office.write(ConcernState.CLOSED, "The council has it.", seen=3)
    office.write(ConcernState.ACTING, "They called again.", seen=4)

    view = office.view()
    assert view.concern.state is ConcernState.ACTING
    assert [line.step for line in view.log] == ["read", "acting", "passed-on", "closed", "acting"]
    assert view.log[3].note == "The council has it."


def test_a_step_that_is_sent_twice_is_written_once(office: Office):
    office.tell()
    office.opened()
    office.write(ConcernState.ACTING, "Called.", seen=1)

    with pytest.raises(Conflict, match="a moment ago"):
        office.write(ConcernState.ACTING, "Called.", seen=1)
    assert office.view().step_count == 2


def test_nothing_is_written_about_what_was_not_read_or_does_not_follow(office: Office):
    office.tell()
    with pytest.raises(Conflict, match="read it first"):
        office.write(ConcernState.ACTING, seen=0)
    office.opened()
    with pytest.raises(Invalid):
        office.write(ConcernState.CLOSED, " ", seen=1)
    office.write(ConcernState.CLOSED, "Nothing to do.", seen=1)
    with pytest.raises(Conflict):
        office.write(ConcernState.PASSED_ON, "To somebody.", seen=2)


def test_what_was_sent_stays_with_whom_it_was_sent_to(office: Office):
    office.tell()
    sam, sams = add_taker(office.database, office.contact.network_id, "sam@example.org")
    name_safeguarding_contact(office.database, office.round.id, sam.id)

    assert concerns.concerns_of(office.database, sams) == ()
    assert len(concerns.concerns_of(office.database, office.reader)) == 1


def test_what_nobody_has_read_stands_first_and_what_is_closed_last(office: Office):
    office.tell("First")
    first = office.opened()
    office.write(ConcernState.CLOSED, "Done.", seen=1)
    office.tell("Second")
    other = add_provider(office.database, "Another provider")
    join_network(office.database, office.contact.network_id, other.id)

    found = concerns.concerns_of(office.database, office.reader)

    assert [each.concern.state for each in found] == [ConcernState.RECEIVED, ConcernState.CLOSED]
    assert found[1].concern.id == first
    assert found[0].about == "Bramble Way Support"
