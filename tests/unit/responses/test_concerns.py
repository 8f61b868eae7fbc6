from dataclasses import replace
from datetime import date

import pytest

from app.errors import Conflict, Invalid
from app.responses import Concern, ConcernState
from app.responses.concerns import (
    LONGEST_NOTE,
    LONGEST_REACH,
    LONGEST_WORDS,
    checked_note,
    checked_reach,
    checked_words,
    steps_after,
    with_step,
)

CONCERN = Concern("c", "p", "r", "jo", ConcernState.RECEIVED, date(2026, 11, 21), "sealed")
ACTING, PASSED_ON, CLOSED, READ = ConcernState.ACTING, ConcernState.PASSED_ON, ConcernState.CLOSED, ConcernState.READ


def test_words_are_kept_as_they_were_written():
    assert checked_words("\r\n He shouts.\r\nEvery night. \r\n") == "He shouts.\nEvery night."


@pytest.mark.parametrize("words", ["", "  \r\n ", "x" * (LONGEST_WORDS + 1)])
def test_nothing_and_too_much_are_refused(words: str):
    with pytest.raises(Invalid):
        checked_words(words)


def test_a_line_end_counts_as_one_letter_as_the_browser_counts_it():
    assert len(checked_words("x" + "\r\n" * (LONGEST_WORDS - 2) + "x")) == LONGEST_WORDS


def test_how_to_reach_somebody_may_be_left_out():
    assert checked_reach(" ") == ""
    assert checked_reach(" Ring my sister\r\n on 01632 960 001 ") == "Ring my sister on 01632 960 001"
    with pytest.raises(Invalid):
        checked_reach("x" * (LONGEST_REACH + 1))


def test_reading_changes_what_nobody_has_read_and_nothing_else():
    assert with_step(CONCERN, READ).state is READ
    for state in (READ, ACTING, PASSED_ON, CLOSED):
        assert with_step(replace(CONCERN, state=state), READ).state is state


def test_a_concern_is_read_before_anything_is_done_about_it():
    assert steps_after(ConcernState.RECEIVED) == ()
    for step in (ACTING, PASSED_ON, CLOSED):
        with pytest.raises(Conflict):
            with_step(CONCERN, step)


@pytest.mark.parametrize("state", [READ, ACTING, PASSED_ON])
@pytest.mark.parametrize("step", [ACTING, PASSED_ON, CLOSED])
def test_an_open_concern_takes_every_step_as_often_as_needed(state: ConcernState, step: ConcernState):
    assert with_step(replace(CONCERN, state=state), step).state is step


def test_a_closed_concern_can_be_taken_up_again():
    closed = replace(CONCERN, state=CLOSED)

    assert with_step(closed, ACTING).state is ACTING
    with pytest.raises(Conflict):
        with_step(closed, PASSED_ON)


def test_no_step_leads_back_to_received():
    with pytest.raises(Conflict):
        with_step(replace(CONCERN, state=READ), ConcernState.RECEIVED)


def test_passing_on_and_closing_need_a_note():
    assert checked_note(ACTING, " ") == ""
    assert checked_note(PASSED_ON, " The council,\r\n by phone. ") == "The council,\n by phone."
    for step in (PASSED_ON, CLOSED):
        with pytest.raises(Invalid, match="Say w"):
            checked_note(step, " ")
    with pytest.raises(Invalid):
        checked_note(ACTING, "x" * (LONGEST_NOTE + 1))
