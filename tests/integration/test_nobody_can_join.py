"""The database's administrator tries to find out which invitation gave which response.

They have every table with every column, the order in which the database gives rows, and what it keeps of each row
beside its columns. They do not have the links' secrets, for these are stored nowhere.
"""

from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from app.responses import Round
from app.services import answering
from app.services.inviting import invite
from app.services.links import invitation_hash, response_id
from app.services.organising import add_provider
from app.services.rounds import open_round
from app.standards import Audience
from app.storage import Database
from app.surveys import Edition
from tests.databases import SqliteFiles
from tests.days import TODAY

PEOPLE = 12
MORE_THAN_CHANCE = 6  # of 12; chance pairs one, and six or more once in about 2,000 tries of one order

HIDDEN = {"sqlite": (), "postgresql": ("xmin", "cmin", "ctid", "tableoid")}


@pytest.fixture
def truth(database: Database, round_: Round) -> dict[str, str]:
    """People answer one after the other, in an order unlike their links'. Returns invitation's hash → response's id."""
    links = list(invite(database, round_.id, Audience.PERSON, PEOPLE))
    Random(7).shuffle(links)
    for place, link in enumerate(links):
        answering.start(database, link.token, Edition.STANDARD, "en")
        answering.record_answer(database, link.token, "S01.a", ("yes", "no", "sometimes")[place % 3])
        answering.submit(database, link.token, TODAY)
    return {invitation_hash(link.token): response_id(link.token) for link in links}


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
        for table in ("invitation", "response")
    ]
    common = {value for value in values[0] & values[1] if len(value) > 3}

    assert common == set()


def test_no_order_of_invitations_matches_any_order_of_responses(database: Database, truth: dict[str, str]):
    invitations, responses = rows(database, "invitation"), rows(database, "response")

    for by, other in product(invitations[0], responses[0]):
        given = sorted(invitations, key=lambda row: (sortable(row[by]), row["place"]))
        answered = sorted(responses, key=lambda row: (sortable(row[other]), row["place"]))
        if constant(invitations, by) or constant(responses, other):
            continue
        for order in (answered, answered[::-1]):
            matched = sum(truth[a["link_hash"]] == b["id"] for a, b in zip(given, order, strict=True))
            assert matched < MORE_THAN_CHANCE, f"ordered by {by} and {other}, {matched} of {PEOPLE} are joined"


def test_row_versions_do_not_show_the_order_in_which_invitations_were_used(database: Database, truth: dict[str, str]):
    if database.is_sqlite:
        with database.reading() as connection:
            with pytest.raises(Exception, match="rowid"):
                connection.execute(text("SELECT rowid FROM invitation"))
            with pytest.raises(Exception, match="rowid"):
                connection.execute(text("SELECT rowid FROM response"))
    else:
        assert constant(rows(database, "invitation"), "xmin")


def test_no_log_of_the_file_keeps_which_invitation_was_marked_before_which_response_began(
    sqlite_files: SqliteFiles,
):
    database = Database.at(sqlite_files.new_url())
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


def sortable(value: Any) -> tuple[int, Any]:
    text_ = str(value)
    return (0, int(text_)) if text_.isdigit() else (1, text_)


def constant(table: list[dict[str, Any]], column: str) -> bool:
    return len({str(row[column]) for row in table}) == 1
