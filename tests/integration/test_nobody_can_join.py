"""The database's administrator tries to find out which invitation gave which response, and who told which worry.

They have every table with every column, the order in which the database gives rows, and what it keeps of each row
beside its columns. They do not have the links' secrets, for these are stored nowhere.
"""

from base64 import urlsafe_b64decode
from datetime import timedelta
from itertools import product
from pathlib import Path
from random import Random
from secrets import token_hex
from typing import Any

import pytest
from sqlalchemy import text

from app.organisations import OPERATOR, Contact, ContactKind, Membership, Role
from app.responses import HowLong, Round, Told
from app.services import accounts, answering, entering
from app.services.concerns import open_concern, raise_concern
from app.services.contacts import account_for, add_contact
from app.services.inviting import invite
from app.services.links import invitation_hash, response_id
from app.services.organising import add_network, add_provider, join_network
from app.services.rounds import name_safeguarding_contact, open_round
from app.services.sharing import SharedWith, share
from app.standards import Audience
from app.storage import Database
from app.storage.keys import new_id
from app.surveys import Edition
from tests.databases import KEYS, SqliteFiles
from tests.days import TODAY

PEOPLE = 12
MONDAY = TODAY - timedelta(days=TODAY.weekday())
MORE_THAN_CHANCE = 9  # of 12; chance pairs one, and nine or more once in about a million tries of one order

HIDDEN = {"sqlite": (), "postgresql": ("xmin", "cmin", "ctid", "tableoid")}


def answer_on_a_screen(database: Database, of: Round, token: str, place: int) -> None:
    answering.start(database, token, Edition.STANDARD, "en")
    answering.record_answer(database, token, "S01.a", ("yes", "no", "sometimes")[place % 3])
    answering.submit(database, token, TODAY)


def answer_on_paper(database: Database, of: Round, token: str, place: int) -> None:
    """One of two accounts types it in."""
    reading = {"edition": "standard", "consent": "ticked", "S01.a": ("yes", "no", "sometimes")[place % 3]}
    entering.enter(database, of, token, reading, 7 + place % 2, TODAY)


@pytest.fixture(params=[answer_on_a_screen, answer_on_paper], ids=["screen", "paper"])
def truth(request: pytest.FixtureRequest, database: Database, round_: Round) -> dict[str, str]:
    """People answer and share their result one after the other, in an order unlike their links'.

    Returns invitation's hash → response's id.
    """
    links = list(invite(database, round_.id, Audience.PERSON, PEOPLE))
    Random(7).shuffle(links)
    for place, link in enumerate(links):
        request.param(database, round_, link.token, place)
        share(database, link.token, SharedWith.FAMILY, HowLong.A_WEEK, MONDAY + timedelta(days=place // 2))
    return {invitation_hash(link.token): response_id(link.token) for link in links}


@pytest.fixture
def told(database: Database, round_: Round) -> dict[str, str]:
    """People answer one after the other; in the midst of it each tells a worry. Returns response's id → concern's id.

    Each tells other words, in an order unlike their links', so that whoever reads them here knows whose they are.
    """
    contact = add_safeguarding_contact(database, round_.provider_id)
    name_safeguarding_contact(database, round_.id, contact.id)
    links = list(invite(database, round_.id, Audience.PERSON, PEOPLE))
    Random(7).shuffle(links)
    found, known = {}, set()
    for place, link in enumerate(links):
        answering.start(database, link.token, Edition.STANDARD, "en")
        answering.record_answer(database, link.token, "S01.a", ("yes", "no", "sometimes")[place % 3])
        of = answering.open_link(database, link.token).round
        raise_concern(database, KEYS, of, contact.reader_mark, token_hex(16), Told("He shouts. " * (place + 1)), TODAY)
        (new,) = {row["id"] for row in rows(database, "concern")} - known
        known.add(new)
        found[response_id(link.token)] = new
        answering.record_answer(database, link.token, "S01.b", "yes")
        answering.submit(database, link.token, TODAY)
    return found


def add_safeguarding_contact(database: Database, provider_id: str) -> Contact:
    network = add_network(database, "The north")
    join_network(database, network.id, provider_id)
    accounts.add_account(database, "jo@example.org", "-", [Membership(Role.SAFEGUARDING, network.id)])
    account_id = account_for(database, network.id, "jo@example.org")
    kind, about = ContactKind.SAFEGUARDING, "Works for the council."
    return add_contact(database, Contact(new_id(), network.id, kind, "Jo Bell", "999", about, account_id))


def rows(database: Database, table: str) -> list[dict[str, Any]]:
    """Return a table as the database gives it, with its place in that order and the hidden columns."""
    hidden = "".join(f", {name}::text AS {name}" for name in HIDDEN[database.engine.dialect.name])
    with database.reading() as connection:
        found = connection.execute(text(f"SELECT *{hidden} FROM {table}")).mappings().all()
    return [{**row, "place": place} for place, row in enumerate(found)]


def test_no_value_stands_both_beside_an_invitation_and_beside_its_response(database: Database, truth: dict[str, str]):
    shared = {"provider_id", "round_id", "audience", "tableoid", "ctid"}  # a row's place: see its order, below
    values = [
        {str(value) for row in rows(database, table) for key, value in row.items() if key not in {*shared, "place"}}
        for table in ("invitation", "response", "share")
    ]
    for beside in values[1:]:
        assert {value for value in values[0] & beside if len(value) > 3} == set()


@pytest.mark.parametrize(("table", "key"), [("response", "id"), ("share", "response_id")])
def test_no_order_of_invitations_matches_any_order_of_responses_or_of_shares(
    database: Database, truth: dict[str, str], table: str, key: str
):
    invitations, responses = rows(database, "invitation"), rows(database, table)

    for by, other in product(invitations[0], responses[0]):
        given = sorted(invitations, key=lambda row: (sortable(row[by]), row["place"]))
        answered = sorted(responses, key=lambda row: (sortable(row[other]), row["place"]))
        if constant(invitations, by) or constant(responses, other):
            continue
        for order in (answered, answered[::-1]):
            matched = sum(truth[a["link_hash"]] == b[key] for a, b in zip(given, order, strict=True))
            assert matched < MORE_THAN_CHANCE, f"ordered by {by} and {other}, {matched} of {PEOPLE} are joined"


def test_no_value_stands_both_beside_a_concern_and_beside_a_response_or_an_invitation(
    database: Database, told: dict[str, str]
):
    shared = {"provider_id", "round_id", "tableoid", "ctid", "place"}

    def values(table: str) -> set[str]:
        return {str(value) for row in rows(database, table) for key, value in row.items() if key not in shared}

    concern = values("concern")
    for table in ("response", "invitation"):
        assert {value for value in concern & values(table) if len(value) > 3} == set()


def test_no_order_of_concerns_matches_any_order_of_responses_or_of_invitations(
    database: Database, told: dict[str, str]
):
    concerns, responses = rows(database, "concern"), rows(database, "response")

    for by, other in product(concerns[0], responses[0]):
        raised = sorted(concerns, key=lambda row: (sortable(row[by]), row["place"]))
        answered = sorted(responses, key=lambda row: (sortable(row[other]), row["place"]))
        if by == "sealed" or constant(concerns, by) or constant(responses, other):
            continue
        for order in (answered, answered[::-1]):
            matched = sum(told[a["id"]] == b["id"] for a, b in zip(order, raised, strict=True))
            assert matched < MORE_THAN_CHANCE, f"ordered by {by} and {other}, {matched} of {PEOPLE} are joined"


def test_the_letters_that_a_concern_is_sealed_in_hold_no_time_and_no_order(database: Database, told: dict[str, str]):
    heads = {urlsafe_b64decode(row["sealed"])[:9] for row in rows(database, "concern")}

    assert heads == {b"\x80" + bytes(8)}


def test_every_concern_looks_the_same_but_for_its_id_and_what_it_holds(database: Database, told: dict[str, str]):
    own = {"id", "sealed", "place", "ctid", "cmin"}
    kept = [{key: value for key, value in row.items() if key not in own} for row in rows(database, "concern")]

    assert all(row == kept[0] for row in kept)
    assert str(kept[0]["raised_on"]) == TODAY.isoformat()


def test_what_a_contact_reads_first_does_not_show_which_came_first(database: Database, told: dict[str, str]):
    reader = accounts.actor_of(database, rows(database, "contact")[0]["account_id"])
    for row in rows(database, "concern")[:3]:
        open_concern(database, reader, row["id"], TODAY)

    assert database.is_sqlite or constant(rows(database, "concern"), "xmin")


def test_the_concerns_of_a_round_have_no_rowid(database: Database, told: dict[str, str]):
    if database.is_sqlite:
        with database.reading() as connection, pytest.raises(Exception, match="rowid"):
            connection.execute(text("SELECT rowid FROM concern"))


def test_row_versions_do_not_show_the_order_in_which_invitations_were_used(database: Database, truth: dict[str, str]):
    if database.is_sqlite:
        with database.reading() as connection:
            with pytest.raises(Exception, match="rowid"):
                connection.execute(text("SELECT rowid FROM invitation"))
            with pytest.raises(Exception, match="rowid"):
                connection.execute(text("SELECT rowid FROM response"))
    else:
        assert constant(rows(database, "invitation"), "xmin")


def test_no_log_of_the_file_keeps_which_invitation_was_marked_before_which_booklet_was_typed_in(
    sqlite_files: SqliteFiles,
):
    database = Database.at(sqlite_files.new_url()).acting_for(OPERATOR)
    of = open_round(database, add_provider(database, "Bramble Way").id, "personalised-support", on=TODAY)
    log = Path(f"{database.engine.url.database}-wal")
    sizes = []
    for place, link in enumerate(invite(database, of.id, Audience.PERSON, 3)):
        answer_on_paper(database, of, link.token, place)
        sizes.append(log.stat().st_size)
    database.close()

    assert sizes == [0, 0, 0]


def test_no_log_of_the_file_keeps_which_invitation_was_marked_before_which_response_began(
    sqlite_files: SqliteFiles,
):
    database = Database.at(sqlite_files.new_url()).acting_for(OPERATOR)
    of = open_round(database, add_provider(database, "Bramble Way").id, "personalised-support", on=TODAY)
    log = Path(f"{database.engine.url.database}-wal")
    sizes = []
    for link in invite(database, of.id, Audience.PERSON, 4):
        answering.start(database, link.token, Edition.STANDARD, "en")
        sizes.append(log.stat().st_size)
        answering.record_answer(database, link.token, "S01.a", "yes")
        answering.submit(database, link.token, TODAY)
    database.close()

    assert sizes == [0, 0, 0, 0]


def test_no_log_of_the_file_keeps_which_answer_was_saved_before_which_worry_was_told(sqlite_files: SqliteFiles):
    database = Database.at(sqlite_files.new_url(), lambda: KEYS).acting_for(OPERATOR)
    provider = add_provider(database, "Bramble Way")
    contact = add_safeguarding_contact(database, provider.id)
    of = open_round(database, provider.id, "personalised-support", on=TODAY)
    log = Path(f"{database.engine.url.database}-wal")
    sizes = []
    for link in invite(database, of.id, Audience.PERSON, 4):
        answering.start(database, link.token, Edition.STANDARD, "en")
        answering.record_answer(database, link.token, "S01.a", "yes")
        raise_concern(database, KEYS, of, contact.reader_mark, token_hex(16), Told("He shouts."), TODAY)
        sizes.append(log.stat().st_size)
    database.close()

    assert sizes == [0, 0, 0, 0]


def test_every_used_invitation_looks_the_same(database: Database, truth: dict[str, str]):
    kept = [
        {key: value for key, value in row.items() if key not in {"number", "link_hash", "place", "ctid", "cmin"}}
        for row in rows(database, "invitation")
    ]
    assert all(row == kept[0] for row in kept)
    assert kept[0]["used"] in (True, 1)


def test_no_table_holds_a_time(database: Database, truth: dict[str, str]):
    with database.reading() as connection:
        response = connection.execute(text("SELECT * FROM response")).mappings().first()
    assert response is not None
    assert {key for key in response if key.endswith(("_at", "_on"))} == {"submitted_on"}
    assert str(response["submitted_on"]).endswith("-01")


def test_what_was_shared_within_one_week_ends_on_one_day(database: Database, truth: dict[str, str]):
    shares = rows(database, "share")

    assert constant(shares, "until")
    assert not {key for key in shares[0] if key.endswith(("_at", "_on"))}


def sortable(value: Any) -> tuple[int, Any]:
    text_ = str(value)
    return (0, int(text_)) if text_.isdigit() else (1, text_)


def constant(table: list[dict[str, Any]], column: str) -> bool:
    return len({str(row[column]) for row in table}) == 1
