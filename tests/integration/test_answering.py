from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from app.errors import Conflict, Invalid, NotFound
from app.responses import AnsweredHow, ResponseState, Round
from app.services import answering
from app.services.closing import close_round
from app.services.inviting import invite
from app.standards import Audience
from app.storage import Database, responses
from app.surveys import Edition
from tests.counting import count_queries
from tests.days import TODAY


@pytest.fixture
def token(database: Database, round_: Round) -> str:
    return invite(database, round_.id, Audience.PERSON, 1)[0].token


@pytest.fixture
def begun(database: Database, token: str) -> str:
    answering.start(database, token, Edition.EASY_READ, "en")
    return token


def test_a_fresh_link_leads_to_its_round_and_to_no_response(database: Database, token: str, round_: Round):
    visit = answering.open_link(database, token)

    assert visit.round.id == round_.id
    assert visit.audience is Audience.PERSON
    assert visit.provider_name == "Bramble Way Support"
    assert visit.response is None
    assert visit.is_open


@pytest.mark.parametrize("unknown", ["", "nothing", "mcFCGYONwpJqEcWoA8KsBPXW", "x" * 10_000, "ŵ€/../", "a\x00b"])
def test_a_link_that_we_do_not_know_opens_nothing(database: Database, unknown: str):
    with pytest.raises(NotFound):
        answering.open_link(database, unknown)


def test_an_answer_is_there_when_the_same_link_is_opened_again(database: Database, begun: str):
    answering.record_answer(database, begun, "S01.a", "sometimes")
    answering.record_answered_how(database, begun, AnsweredHow.HELPED)

    response = answering.open_link(database, begun).response

    assert response is not None
    assert response.answers == {"S01.a": "sometimes"}
    assert response.edition is Edition.EASY_READ
    assert response.answered_how is AnsweredHow.HELPED


def test_a_second_answer_to_a_question_replaces_the_first(database: Database, begun: str):
    answering.record_answer(database, begun, "S01.a", "no")
    answering.record_answer(database, begun, "S01.a", "yes")

    response = answering.open_link(database, begun).response
    assert response is not None
    assert response.answers == {"S01.a": "yes"}


def test_beginning_twice_keeps_what_was_answered(database: Database, begun: str):
    answering.record_answer(database, begun, "S01.a", "yes")

    answering.start(database, begun, Edition.STANDARD, "en")

    response = answering.open_link(database, begun).response
    assert response is not None
    assert response.answers == {"S01.a": "yes"}
    assert response.edition is Edition.EASY_READ


def test_after_a_crash_between_the_mark_and_the_response_the_same_link_begins(
    database: Database, token: str, monkeypatch: pytest.MonkeyPatch
):
    def crash(*_):
        raise OSError("the power went")

    with monkeypatch.context() as lost:
        lost.setattr("app.storage.responses.add", crash)
        with pytest.raises(OSError, match="power"):
            answering.start(database, token, Edition.STANDARD, "en")

    answering.start(database, token, Edition.STANDARD, "en")

    assert answering.open_link(database, token).response is not None
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM invitation WHERE used").scalar() == 1


def test_an_answer_that_the_question_does_not_offer_is_refused_and_changes_nothing(database: Database, begun: str):
    with pytest.raises(Invalid):
        answering.record_answer(database, begun, "S01.a", "not_applicable")
    with pytest.raises(Invalid):
        answering.record_answer(database, begun, "S01.a", "'; DROP TABLE response; --")
    with pytest.raises(NotFound):
        answering.record_answer(database, begun, "S99.z", "yes")

    response = answering.open_link(database, begun).response
    assert response is not None
    assert response.answers == {}


def test_nothing_is_kept_before_somebody_agrees_to_take_part(database: Database, token: str, round_: Round):
    with pytest.raises(Conflict):
        answering.record_answer(database, token, "S01.a", "yes")
    with pytest.raises(Conflict):
        answering.submit(database, token, TODAY)

    with database.reading() as connection:
        assert responses.submitted_counts(connection, round_) == {}


def test_sending_twice_gives_one_response_and_the_same_receipt(database: Database, begun: str, round_: Round):
    first = answering.submit(database, begun, TODAY)
    second = answering.submit(database, begun, TODAY)

    assert first == second == answering.open_link(database, begun).receipt
    with database.reading() as connection:
        assert responses.submitted_counts(connection, round_) == {Audience.PERSON: 1}


def test_fifty_posts_at_once_make_one_response_with_one_receipt(database: Database, token: str, round_: Round):
    def whole_visit(_: int) -> str:
        answering.start(database, token, Edition.STANDARD, "en")
        with suppress(Conflict):
            answering.record_answer(database, token, "S01.a", "yes")
        return answering.submit(database, token, TODAY)

    with ThreadPoolExecutor(10) as pool:
        receipts = set(pool.map(whole_visit, range(50)))

    assert len(receipts) == 1
    with database.reading() as connection:
        (only,) = responses.submitted(connection, round_)
    assert only.answers == {"S01.a": "yes"}


def test_two_tabs_that_answer_different_questions_at_once_lose_neither(database: Database, begun: str, round_: Round):
    ids = [question.id for question in answering.open_link(database, begun).survey.questions_in(round_.length)]

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda id_: answering.record_answer(database, begun, id_, "yes"), ids))

    response = answering.open_link(database, begun).response
    assert response is not None
    assert response.answers == dict.fromkeys(ids, "yes")


def test_a_sent_response_cannot_be_changed(database: Database, begun: str):
    answering.record_answer(database, begun, "S01.a", "yes")
    answering.submit(database, begun, TODAY)

    with pytest.raises(Conflict, match="sent already"):
        answering.record_answer(database, begun, "S01.a", "no")

    response = answering.open_link(database, begun).response
    assert response is not None
    assert response.answers == {"S01.a": "yes"}


def test_a_closed_round_takes_nothing_more_and_keeps_what_was_answered(database: Database, begun: str, round_: Round):
    answering.record_answer(database, begun, "S01.a", "yes")
    fresh = invite(database, round_.id, Audience.PERSON, 1)[0].token
    close_round(database, round_.id, TODAY)

    for late in (
        lambda: answering.record_answer(database, begun, "S01.b", "yes"),
        lambda: answering.submit(database, begun, TODAY),
        lambda: answering.start(database, fresh, Edition.STANDARD, "en"),
    ):
        with pytest.raises(Conflict, match="closed"):
            late()

    visit = answering.open_link(database, begun)
    assert not visit.is_open
    assert visit.response is not None
    assert visit.response.answers == {"S01.a": "yes"}
    assert visit.response.state is ResponseState.STARTED


def test_only_the_month_is_kept_of_when_answers_were_sent(database: Database, begun: str):
    answering.submit(database, begun, TODAY)

    with database.reading() as connection:
        (kept,) = connection.exec_driver_sql("SELECT submitted_on FROM response").one()
    assert str(kept) == "2026-11-01"


def test_showing_a_question_takes_one_query_and_saving_an_answer_two(database: Database, begun: str):
    answering.open_link(database, begun)

    with count_queries(database) as shown:
        answering.open_link(database, begun)
    with count_queries(database) as saved:
        answering.record_answer(database, begun, "S01.a", "yes")

    assert len(shown) == 1
    assert len(saved) == 2
