"""What may change in a round and in a response, and when."""

from dataclasses import replace
from datetime import date

import pytest

from app.errors import Conflict, Invalid, NotFound
from app.responses import (
    AnsweredHow,
    Response,
    ResponseState,
    RoundState,
    closed,
    started,
    submitted,
    with_answer,
    with_answered_how,
    with_edition,
)
from app.standards import Audience
from app.surveys import Edition, Length
from tests.factories import make_response, make_round, make_survey

OPEN = make_round()
CLOSED = make_round(state=RoundState.CLOSED)
SURVEY = make_survey(may_be_not_applicable={"S01.c"})
BEGUN = make_response({"S01.a": "yes", "S01.b": "no"}, state=ResponseState.STARTED, answered_how=None)
SENT = make_response({"S01.a": "yes"})


def test_a_response_starts_without_answers():
    response = started(OPEN, Audience.FAMILY, Edition.EASY_READ, "cy")

    assert response == Response(Audience.FAMILY, Edition.EASY_READ, "cy", None, ResponseState.STARTED, {})


def test_an_answer_is_added_and_the_response_before_stays_as_it_was():
    changed = with_answer(OPEN, BEGUN, SURVEY, "S02.a", "sometimes")

    assert changed.answers == {"S01.a": "yes", "S01.b": "no", "S02.a": "sometimes"}
    assert BEGUN.answers == {"S01.a": "yes", "S01.b": "no"}


def test_a_later_answer_takes_the_place_of_an_earlier_one():
    assert with_answer(OPEN, BEGUN, SURVEY, "S01.a", "no").answers == {"S01.a": "no", "S01.b": "no"}


def test_an_answer_can_be_taken_away():
    assert with_answer(OPEN, BEGUN, SURVEY, "S01.a", None).answers == {"S01.b": "no"}


def test_taking_away_an_answer_that_is_not_there_changes_nothing():
    assert with_answer(OPEN, BEGUN, SURVEY, "S03.a", None) == BEGUN


def test_an_answer_that_the_survey_does_not_know_is_refused():
    with pytest.raises(Invalid, match="has no answer “perhaps”"):
        with_answer(OPEN, BEGUN, SURVEY, "S01.a", "perhaps")


def test_not_applicable_is_refused_where_the_question_always_applies():
    with pytest.raises(Invalid, match="“not_applicable” is not one of the answers"):
        with_answer(OPEN, BEGUN, SURVEY, "S01.a", "not_applicable")


def test_not_applicable_is_taken_where_the_question_may_not_apply():
    assert with_answer(OPEN, BEGUN, SURVEY, "S01.c", "not_applicable").answers["S01.c"] == "not_applicable"


@pytest.mark.parametrize("question_id", ["S09.z", "S01.b"])
def test_a_question_that_the_round_does_not_ask_is_not_found(question_id):
    with pytest.raises(NotFound):
        with_answer(make_round(length=Length.SHORT), BEGUN, SURVEY, question_id, "yes")


def test_it_can_be_said_and_taken_back_that_somebody_helped():
    helped = with_answered_how(OPEN, BEGUN, AnsweredHow.HELPED)

    assert helped == replace(BEGUN, answered_how=AnsweredHow.HELPED)
    assert with_answered_how(OPEN, helped, None) == BEGUN


def test_another_edition_keeps_the_answers():
    changed = with_edition(OPEN, BEGUN, Edition.EASY_READ)

    assert changed == replace(BEGUN, edition=Edition.EASY_READ)
    assert with_edition(OPEN, changed, BEGUN.edition) == BEGUN


def test_a_sent_response_keeps_its_answers():
    assert submitted(OPEN, BEGUN) == replace(BEGUN, state=ResponseState.SUBMITTED)


CHANGES = [
    lambda of, response: with_answer(of, response, SURVEY, "S01.a", "no"),
    lambda of, response: with_answered_how(of, response, AnsweredHow.SELF),
    lambda of, response: with_edition(of, response, Edition.EASY_READ),
    submitted,
]


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_changes_after_the_response_is_sent(change):
    with pytest.raises(Conflict, match="have been sent already"):
        change(OPEN, SENT)


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_changes_after_the_round_has_closed(change):
    with pytest.raises(Conflict, match="round has closed"):
        change(CLOSED, BEGUN)


def test_no_response_starts_after_the_round_has_closed():
    with pytest.raises(Conflict, match="round has closed"):
        started(CLOSED, Audience.PERSON, Edition.STANDARD, "en")


def test_a_round_closes_once():
    shut = closed(OPEN, date(2026, 10, 1))

    assert shut == replace(OPEN, state=RoundState.CLOSED, closed_on=date(2026, 10, 1))
    with pytest.raises(Conflict, match="round has closed"):
        closed(shut, date(2026, 10, 2))
