"""What comes from a tablet: once, whole, by the rules of every response, and without a trace of the visit."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.errors import Conflict, Invalid, NotFound
from app.responses import AnsweredHow, Consent, ConsentGiven, Help, Response, ResponseState, Round, Support, Supporter
from app.responses.visit import Visit
from app.scoring import figures_of
from app.services import answering, visiting
from app.services.closing import close_round
from app.services.coming_back import is_own_word
from app.services.links import response_id
from app.services.publishing import survey_of
from app.services.visit_queue import Taken, take_in
from app.standards import Audience
from app.storage import Database, responses, visits
from app.surveys import Edition
from tests.counting import count_queries
from tests.days import TODAY
from tests.integration.visits import begun_visit
from tests.tablets import KEYS, answers, enclosed, new_item_id, observation

Take = Callable[..., Taken]


@pytest.fixture
def visit(database: Database, round_: Round) -> Visit:
    return begun_visit(database, round_)


@pytest.fixture
def take(database: Database, visit: Visit) -> Take:
    def taken(content: dict[str, Any], item_id: str = "") -> Taken:
        id_ = item_id or new_item_id()
        return take_in(database, KEYS, visit.id, id_, enclosed(visit.id, id_, content), TODAY)

    return taken


def sent(database: Database, of: Round) -> list[Response]:
    with database.reading() as connection:
        return list(responses.submitted(connection, of))


def test_a_person_s_answers_become_a_response_like_every_other(database: Database, round_: Round, take: Take):
    given = answers(
        {"S01.a": "yes", "S01.b": "dont_know"},
        consent={"given": "spoken", "witness": "someone-else"},
        how="helped",
        who=["friend"],
        ways=["read", "recorded"],
    )

    assert take(given) is Taken.NOW

    (response,) = sent(database, round_)
    assert response == Response(
        Audience.PERSON,
        Edition.EASY_READ,
        "en",
        AnsweredHow.HELPED,
        ResponseState.SUBMITTED,
        {"S01.a": "yes", "S01.b": "dont_know"},
        Support(frozenset({Supporter.FRIEND}), frozenset({Help.READ, Help.RECORDED})),
        Consent(ConsentGiven.SPOKEN, Supporter.SOMEONE_ELSE),
    )


def test_the_language_of_each_answer_is_kept(database: Database, round_: Round, take: Take):
    given = answers({"S01.a": "yes"}, "cy")
    given["answers"]["S01.b"] = {"option": "no", "language": "en"}

    take(given)

    (response,) = sent(database, round_)
    assert (response.language, response.translated) == ("cy", {"S01.a": "cy"})


def test_the_same_item_twice_or_in_another_envelope_makes_one_response(database: Database, round_: Round, take: Take):
    given, item_id = answers({"S01.a": "yes"}), new_item_id()

    assert [take(given, item_id), take(given, item_id), take(given)] == [Taken.NOW, Taken.BEFORE, Taken.BEFORE]
    assert len(sent(database, round_)) == 1


def test_the_same_item_many_times_at_once_makes_one_response_and_one_observation(
    database: Database, round_: Round, visit: Visit, take: Take
):
    given, seen, ids = answers({"S01.a": "yes"}), observation(), (new_item_id(), new_item_id())

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda n: (take(given, ids[0]), take(seen, ids[1])), range(16)))

    assert sorted(str(each) for each, _ in taken).count("taken") == 1
    assert sorted(str(each) for _, each in taken).count("taken") == 1
    assert len(sent(database, round_)) == 1
    with database.reading() as connection:
        assert len(visits.observations_of(connection, visit)) == 1


def test_the_person_opens_their_answers_with_the_link_that_the_tablet_showed_them(database: Database, take: Take):
    given = answers({"S01.a": "no"})
    take(given)

    found = answering.open_link(database, given["token"])

    assert found.response is not None
    assert found.response.answers == {"S01.a": "no"}
    assert found.receipt
    answering.withdraw(database, given["token"])
    assert take(given) is Taken.BEFORE
    withdrawn = answering.open_link(database, given["token"]).response
    assert withdrawn is not None
    assert withdrawn.state is ResponseState.WITHDRAWN


@pytest.mark.parametrize("word", ["ß" * 25, "e\u0301a", "a" * 38 + "…", "x", "x" * 200])
def test_a_word_that_a_page_would_not_take_locks_the_answers_all_the_same(database: Database, take: Take, word: str):
    given = answers({"S01.a": "no"}, word=word)

    assert take(given) is Taken.NOW

    assert is_own_word(database, given["token"], word, TODAY)
    assert not is_own_word(database, given["token"], word + "x", TODAY)


def test_a_closed_round_takes_no_new_answers_and_still_confirms_the_old(database: Database, round_: Round, take: Take):
    before, late = answers({"S01.a": "yes"}), answers({"S01.a": "no"})
    take(before)
    close_round(database, round_.id, TODAY)

    assert take(before) is Taken.BEFORE
    with pytest.raises(Conflict, match="round has closed"):
        take(late)
    assert len(sent(database, round_)) == 1


def test_answers_come_also_after_the_visit_was_finished(database: Database, round_: Round, visit: Visit, take: Take):
    visiting.finish(database, visit.id)

    assert take(answers({"S01.a": "yes"})) is Taken.NOW
    assert take(observation()) is Taken.NOW


@pytest.mark.parametrize(
    "wrong",
    [
        {"audience": "provider"},
        {"how": "on-behalf"},
        {"language": "de"},
        {"consent": None},
        {"token": "short"},
        {"entered_by": 3},
        {"answers": {"S01.a": {"option": "not_applicable", "language": "en"}}},
        {"answers": {"S01.a": {"option": "perhaps", "language": "en"}}},
        {"answers": {"S01.a": "yes"}},
    ],
)
def test_what_the_pages_would_not_take_is_not_taken_from_a_tablet(
    database: Database, round_: Round, take: Take, wrong: dict[str, Any]
):
    with pytest.raises(Invalid):
        take(answers({}) | wrong)
    assert sent(database, round_) == []


def test_a_question_that_the_round_does_not_ask_is_not_taken(database: Database, round_: Round, take: Take):
    with pytest.raises(NotFound):
        take(answers({"S99.a": "yes"}))
    with pytest.raises(NotFound):
        take(observation(standard="S99"))


@pytest.mark.parametrize("seen", ["unclear", "", None])
def test_an_observation_says_how_much_was_seen(take: Take, seen: str | None):
    with pytest.raises(Invalid):
        take(observation() | {"seen": seen})


def test_an_envelope_opens_for_its_own_visit_item_and_installation_alone(database: Database, visit: Visit):
    item_id, given = new_item_id(), answers({"S01.a": "yes"})
    good = enclosed(visit.id, item_id, given)

    for id_, envelope in (
        (new_item_id(), good),
        (item_id, enclosed("another", item_id, given)),
        (item_id, enclosed(visit.id, item_id, given, key=b"x" * 40)),
        (item_id, good | {"sealed": good["iv"]}),
        (item_id, good | {"sender": good["iv"]}),
        (item_id, good | {"iv": "€"}),
        (item_id, {"sender": good["sender"]}),
        ("short", good),
    ):
        with pytest.raises(Invalid):
            take_in(database, KEYS, visit.id, id_, envelope, TODAY)
    assert take_in(database, KEYS, visit.id, item_id, good, TODAY) is Taken.NOW


def test_nothing_is_joined_to_the_visit_or_its_tablet(database: Database, round_: Round, visit: Visit, take: Take):
    """A response from a visit holds no value that the visit's rows hold, but the round's own."""
    item_id, given = new_item_id(), answers({"S01.a": "yes"})
    take(given, item_id)
    take(observation())

    with database.reading() as connection:
        (row,) = connection.exec_driver_sql("SELECT * FROM response").mappings().all()
        around = [
            str(value)
            for table in ("visit", "visit_checker", "visit_device", "observation", "account")
            for each in connection.exec_driver_sql(f"SELECT * FROM {table}").mappings()
            for value in each.values()
            if value is not None
        ]
    assert row["id"] == response_id(given["token"])
    assert (row["entered_by"], row["checked_by"], str(row["submitted_on"])[-3:]) == (None, None, "-01")
    kept = {str(value) for key, value in row.items() if key not in {"provider_id", "round_id"}}
    assert {value for value in kept & set(around) if len(value) > 3} == set()
    assert item_id not in str(around) + str(dict(row))
    assert not re.search(r"_at$", " ".join(row))


def test_after_the_round_has_closed_no_row_version_shows_which_responses_came_from_the_visit(
    database: Database, round_: Round, visit: Visit, take: Take
):
    """PostgreSQL keeps the number of the transaction that wrote a row. SQLite keeps no order of these rows at all."""
    for number in range(3):
        take(answers({"S01.a": "yes"}))
        take(observation(f"S0{number + 1}"))
    visiting.finish(database, visit.id)

    close_round(database, round_.id, TODAY)

    if database.is_sqlite:
        with database.reading() as connection, pytest.raises(Exception, match="rowid"):
            connection.exec_driver_sql("SELECT rowid FROM observation")
        return
    with database.reading() as connection:
        written = {
            version
            for table in ("visit", "visit_checker", "visit_device", "observation")
            for (version,) in connection.exec_driver_sql(f"SELECT xmin::text FROM {table}")
        }
    assert len(written) == 1


def test_the_earlier_versions_of_rows_that_the_close_writes_anew_are_cleared(
    database: Database, round_: Round, visit: Visit, take: Take
):
    """On SQLite no row keeps an earlier version."""
    take(answers({"S01.a": "yes"}))
    take(observation())

    with count_queries(database) as sent:
        close_round(database, round_.id, TODAY)

    written = {words[1] for words in map(str.split, sent) if words[0] == "UPDATE"} - {"round"}
    cleared = {name.strip() for each in sent if each.startswith("VACUUM") for name in each[7:].split(",")}
    assert written == {"visit", "visit_checker", "visit_device", "observation"}
    assert database.is_sqlite or written <= cleared


def test_an_observation_is_part_of_no_figure(database: Database, round_: Round, take: Take):
    for option in ("yes", "sometimes", "no", "yes", "no"):
        take(answers({"S01.a": option, "S01.b": option, "S01.c": option}))
    survey = survey_of(database, round_)

    def figures() -> Any:
        return figures_of(sent(database, round_), survey, round_.length, round_.provider_view, 0.3)

    before = figures()
    for _ in range(6):
        take(observation("S01", "not-seen"))

    assert figures() == before
    document = str(close_round(database, round_.id, TODAY).document)
    assert "not-seen" not in document
    assert "A plan on the wall." not in document
