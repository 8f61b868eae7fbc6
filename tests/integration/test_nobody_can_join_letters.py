"""The database's administrator, who has the secret key as well, tries to find out who answered what by e-mail.

They unseal every address and every letter that waits, read the mail server's record of whom letters went to and in what
order, and look before the letters leave, in the moment in which each one does, and after people have answered.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from app.organisations import OPERATOR
from app.responses import Round
from app.services import answering, asking, sending
from app.services.links import invitation_hash, response_id
from app.services.organising import add_provider
from app.services.posting import Draft, unsealed
from app.services.rounds import open_round
from app.services.sealed_addresses import Addressee, open_address
from app.standards import Audience
from app.storage import Database, addresses
from app.storage.tables import metadata
from app.surveys import Edition
from tests.databases import KEYS, SqliteFiles
from tests.days import TODAY
from tests.integration.test_nobody_can_join import MORE_THAN_CHANCE, PEOPLE, constant, rows, sortable
from tests.mail import MailRoom, office, room

LINK = re.compile(r"/a/([0-9A-Z]{20})")
ASKED = [
    Addressee(f"{name}@example.org", "en")
    for name in ["ann", "bo", "cai", "dee", "eli", "fay", "gus", "hal", "ivy", "jo", "kit", "lou"]
]


@dataclass
class Record:
    """What happened. tokens: address → the secret in its letter. seen: what the administrator saw at each moment."""

    mail: MailRoom
    tokens: dict[str, str] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    @property
    def in_order(self) -> list[str]:
        """The addresses in the order in which the mail server took their letters."""
        return [to for (to,) in self.mail.recipients]


@pytest.fixture
def mail() -> Iterator[MailRoom]:
    with room().open() as opened:
        yield opened


@pytest.fixture
def record(database: Database, round_: Round, mail: MailRoom) -> Record:
    """Twelve are asked, get their letters, and answer in an order unlike any other."""
    found = Record(mail)
    mail.when_taken = lambda: found.seen.append(everything(database, round_))
    asking.ask(database, office(mail), round_.id, Audience.PERSON, ASKED[:10], TODAY)
    asking.ask(database, office(mail), round_.id, Audience.PERSON, ASKED[10:], TODAY)
    found.seen.append(everything(database, round_))
    assert sending.send_waiting(database, office(mail)).sent == PEOPLE
    found.seen.append(everything(database, round_))
    found.tokens = dict(zip(found.in_order, LINK.findall("\n".join(mail.texts)), strict=True))
    for place, to in enumerate(Random(7).sample(found.in_order, PEOPLE)):
        token = found.tokens[to]
        answering.start(database, token, Edition.STANDARD, "en")
        answering.record_answer(database, token, "S01.a", ("yes", "no", "sometimes")[place % 3])
        answering.submit(database, token, TODAY)
    found.seen.append(everything(database, round_))
    return found


def everything(database: Database, of: Round) -> str:
    """Return all that is stored, and all that the key opens of it."""
    with database.reading() as connection:
        tables = [
            [dict(row) for row in connection.execute(text(f'SELECT * FROM "{name}"')).mappings()]
            for name in metadata.tables
        ]
    return str([*tables, *drafts(database), *lists(database, of)])


def drafts(database: Database) -> list[Draft]:
    opened = [unsealed(KEYS, row["id"], row["sealed"]) for row in rows(database, "letter")]
    return [each for each in opened if isinstance(each, Draft)]


def lists(database: Database, of: Round) -> list[tuple[str, str]]:
    """Return (id, address) of every address of a round."""
    with database.reading() as connection:
        stored = addresses.addresses_of(connection, of)
    return [(each.id, open_address(office(room()), of, each).to.address) for each in stored]


def test_no_secret_of_a_link_is_ever_stored_and_no_response_is_there_before_somebody_begins(record: Record):
    assert len(record.seen) == PEOPLE + 3
    for token in record.tokens.values():
        assert not any(token in seen for seen in record.seen)
        assert not any(response_id(token) in seen for seen in record.seen[:-1])
        assert response_id(token) in record.seen[-1]


def test_nothing_that_stands_beside_an_address_stands_beside_an_invitation_or_a_response(
    database: Database, round_: Round, record: Record
):
    shared = {"provider_id", "round_id", "audience", "tableoid", "ctid", "place", "xmin", "cmin"}

    def values(table: str) -> set[str]:
        return {str(value) for row in rows(database, table) for key, value in row.items() if key not in shared}

    beside = values("round_address") | {word for each in lists(database, round_) for word in each}
    for table in ("invitation", "response"):
        assert {value for value in beside & values(table) if len(value) > 3} == set()


@pytest.mark.parametrize(
    ("table", "key", "made"), [("invitation", "link_hash", invitation_hash), ("response", "id", response_id)]
)
def test_no_order_of_addresses_or_of_letters_matches_any_order_of_invitations_or_of_responses(
    database: Database, round_: Round, record: Record, table: str, key: str, made: Any
):
    stored, others = rows(database, "round_address"), rows(database, table)
    named = dict(lists(database, round_))
    orders = {by: [named[row["id"]] for row in ordered(stored, by)] for by in stored[0]}
    orders |= {
        "as sent": record.in_order,
        "as given": [each.address for each in ASKED],
        "by name": sorted(named.values()),
    }

    for (by, order), other in product(orders.items(), others[0]):
        if constant(others, other):
            continue
        answered = [row[key] for row in ordered(others, other)]
        for given in (order, order[::-1]):
            matched = sum(made(record.tokens[to]) == found for to, found in zip(given, answered, strict=True))
            assert matched < MORE_THAN_CHANCE, f"ordered by {by} and {other}, {matched} of {PEOPLE} are joined"


def ordered(table: list[dict[str, Any]], by: str) -> list[dict[str, Any]]:
    return sorted(table, key=lambda row: (sortable(row[by]), row["place"]))


def test_row_versions_show_neither_when_an_address_came_nor_in_which_order_letters_left(
    database: Database, round_: Round, mail: MailRoom
):
    asking.ask(database, office(mail), round_.id, Audience.PERSON, ASKED[:11], TODAY)
    asking.ask(database, office(mail), round_.id, Audience.PERSON, ASKED[11:], TODAY)
    sending.send_waiting(database, office(mail))

    for table in ("round_address", "invitation"):
        assert database.is_sqlite or constant(rows(database, table), "xmin")
        if database.is_sqlite:
            with database.reading() as connection, pytest.raises(Exception, match="rowid"):
                connection.execute(text(f"SELECT rowid FROM {table}"))


def test_the_draft_alone_says_whose_an_invitation_is_and_it_goes_with_the_letter(
    database: Database, round_: Round, mail: MailRoom
):
    asking.ask(database, office(mail), round_.id, Audience.PERSON, ASKED, TODAY)
    assert {tuple(each.arguments) for each in drafts(database)} == {("address", "number")}

    sending.send_waiting(database, office(mail))

    assert rows(database, "letter") == []
    if not database.is_sqlite:
        with database.reading() as connection:
            assert connection.execute(text("SELECT pg_relation_size('letter')")).scalar() == 0


def test_reminders_know_of_no_invitation(database: Database, round_: Round, record: Record):
    asking.remind(database, office(record.mail), round_.id, Audience.PERSON, TODAY + timedelta(days=7))

    assert {(each.maker, tuple(each.arguments)) for each in drafts(database)} == {("remind", ("address",))}
    assert len(drafts(database)) == PEOPLE


def test_numbers_are_drawn_so_that_a_list_in_order_gives_no_numbers_in_order(
    database: Database, round_: Round, mail: MailRoom
):
    asking.ask(database, office(mail), round_.id, Audience.PERSON, ASKED, TODAY)
    named = dict(lists(database, round_))
    drawn = {named[each.arguments["address"]]: int(each.arguments["number"]) for each in drafts(database)}

    assert sorted(drawn.values()) == list(range(1, PEOPLE + 1))
    for order in (sorted(named), [each.address for each in ASKED]):
        numbers = [drawn[named.get(each, each)] for each in order]
        assert sum(number == place for place, number in enumerate(numbers, start=1)) < MORE_THAN_CHANCE


def test_no_byte_of_the_files_keeps_an_address_a_secret_or_a_draft_that_has_left(
    sqlite_files: SqliteFiles, mail: MailRoom
):
    url = sqlite_files.new_url()
    database, path = Database.at(url).acting_for(OPERATOR), Path(url.removeprefix("sqlite:///"))
    of = open_round(database, add_provider(database, "Bramble Way").id, "personalised-support", on=TODAY)
    seen: list[bytes] = []

    def look() -> None:
        seen.append(b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*")))

    mail.when_taken = look
    asking.ask(database, office(mail), of.id, Audience.PERSON, ASKED, TODAY)
    look()
    posted = [str(row["sealed"]).encode() for row in rows(database, "letter")]
    assert all(each in seen[0] for each in posted)
    sending.send_waiting(database, office(mail))
    look()
    log_size = Path(f"{path}-wal").stat().st_size
    database.close()

    tokens = [token.encode() for token in LINK.findall("\n".join(mail.texts))]
    secrets = [*tokens, *(response_id(token.decode()).encode() for token in tokens), b"ann@example", b"lou@example"]
    assert [each for each in secrets for bytes_ in seen if each in bytes_] == []
    assert [each for each in posted if each in seen[-1]] == []
    assert (len(tokens), len(seen), log_size) == (PEOPLE, PEOPLE + 2, 0)


def test_what_an_address_is_sealed_with_holds_no_time(database: Database, round_: Round, mail: MailRoom):
    asking.ask(database, office(mail), round_.id, Audience.PERSON, ASKED, TODAY)

    assert set(rows(database, "round_address")[0]) >= {"provider_id", "round_id", "audience", "id", "sealed"}
    assert {row["sealed"][:11] for row in rows(database, "round_address")} == {"gAAAAAAAAAA"}
    assert not json.dumps(sorted({key for row in rows(database, "round_address") for key in row})).count("_on")
