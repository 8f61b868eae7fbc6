"""A visit of two quality checkers: who may go, when it begins, and what may come from it."""

from dataclasses import replace
from datetime import date

import pytest

from app.errors import Conflict, Invalid, NotFound
from app.responses import RoundState
from app.responses.visit import (
    Checker,
    Declared,
    Visit,
    VisitState,
    begun,
    can_be_read,
    cancelled,
    checked_note,
    finished,
    pair_of,
    refuse_answers,
    refuse_observations,
    with_checker_replaced,
    with_declaration,
)
from tests.factories import make_round

OPEN, CLOSED = make_round(), make_round(state=RoundState.CLOSED)
OFF = make_round(state=RoundState.CANCELLED)
PLANNED = Visit("visit", "provider-1", OPEN.id, "network", date(2026, 12, 1), VisitState.PLANNED, pair_of((7, 8)))
WITHOUT_TIES = replace(PLANNED, checkers=(Checker(7, Declared.NONE), Checker(8, Declared.NONE)))
BEGUN = replace(WITHOUT_TIES, state=VisitState.OPEN)
FINISHED = replace(BEGUN, state=VisitState.FINISHED)
CANCELLED = replace(PLANNED, state=VisitState.CANCELLED)


def test_a_pair_is_two_people_who_have_not_declared_anything_yet():
    assert pair_of((8, 7)) == (Checker(7), Checker(8))
    assert PLANNED.account_ids == {7, 8}


@pytest.mark.parametrize("account_ids", [(), (7,), (7, 7), (7, 7, 8), (7, 8, 9)])
def test_nobody_else_is_a_pair(account_ids):
    with pytest.raises(Invalid, match="two different checkers"):
        pair_of(account_ids)


def test_both_have_to_declare_before_a_visit_begins():
    one = with_declaration(PLANNED, 7, Declared.NONE, "")
    both = with_declaration(one, 8, Declared.NONE, "forgotten words")

    with pytest.raises(Conflict, match="Both checkers have to say"):
        begun(one, OPEN)
    assert both == WITHOUT_TIES
    assert begun(both, OPEN) == BEGUN


def test_a_tie_to_the_provider_keeps_the_visit_from_beginning():
    tied = with_declaration(WITHOUT_TIES, 8, Declared.INTEREST, "  My sister works there. ")

    assert tied.checker(8) == Checker(8, Declared.INTEREST, "My sister works there.")
    with pytest.raises(Conflict, match="ties to this provider"):
        begun(tied, OPEN)


def test_somebody_else_takes_the_place_of_a_checker_with_a_tie_and_declares_too():
    tied = with_declaration(WITHOUT_TIES, 8, Declared.INTEREST, "I live there.")
    changed = with_checker_replaced(tied, 8, 5)

    assert changed.checkers == (Checker(5), Checker(7, Declared.NONE))
    with pytest.raises(Conflict, match="Both checkers"):
        begun(changed, OPEN)


def test_the_same_person_cannot_take_both_places():
    with pytest.raises(Invalid, match="two different"):
        with_checker_replaced(PLANNED, 8, 7)


def test_what_the_tie_is_has_to_be_said_in_few_words():
    for words, message in (("   ", "in a few words"), ("x" * 501, "at most 500")):
        with pytest.raises(Invalid, match=message):
            with_declaration(PLANNED, 7, Declared.INTEREST, words)


def test_only_the_pair_declares():
    with pytest.raises(NotFound, match="not one of the checkers"):
        with_declaration(PLANNED, 9, Declared.NONE, "")
    with pytest.raises(NotFound, match="not one of the checkers"):
        with_checker_replaced(PLANNED, 9, 5)


def test_after_the_beginning_neither_ties_nor_checkers_change():
    for change in (lambda: with_declaration(BEGUN, 7, Declared.NONE, ""), lambda: with_checker_replaced(BEGUN, 7, 5)):
        with pytest.raises(Conflict, match="has begun already"):
            change()


def test_a_visit_with_other_than_two_checkers_does_not_begin():
    with pytest.raises(Conflict, match="exactly two"):
        begun(replace(WITHOUT_TIES, checkers=WITHOUT_TIES.checkers[:1]), OPEN)


def test_a_second_tablet_changes_nothing_in_a_visit_that_has_begun():
    assert begun(BEGUN, OPEN) == BEGUN


@pytest.mark.parametrize("over", [FINISHED, CANCELLED])
def test_a_visit_that_is_over_does_not_begin(over):
    with pytest.raises(Conflict, match="is over"):
        begun(over, OPEN)


def test_no_visit_begins_in_a_round_that_is_over():
    for over, said in ((CLOSED, "round has closed"), (OFF, "round has been called off")):
        with pytest.raises(Conflict, match=said):
            begun(WITHOUT_TIES, over)


def test_nothing_that_was_seen_is_added_to_a_round_that_was_called_off_or_read_there():
    assert not can_be_read(FINISHED, OFF)
    with pytest.raises(Conflict, match="has been called off"):
        refuse_observations(FINISHED, OFF)


def test_a_visit_is_finished_after_it_began_and_cancelled_before():
    assert finished(BEGUN) == FINISHED
    assert cancelled(PLANNED) == CANCELLED
    for change, visit in ((finished, PLANNED), (finished, FINISHED), (cancelled, BEGUN), (cancelled, CANCELLED)):
        with pytest.raises(Conflict, match="Only a visit that has"):
            change(visit)


def test_answers_come_from_a_visit_that_has_begun_also_after_it():
    refuse_answers(BEGUN)
    refuse_answers(FINISHED)
    for visit in (PLANNED, CANCELLED):
        with pytest.raises(Conflict, match="has not begun"):
            refuse_answers(visit)


def test_observations_come_until_the_provider_reads_them():
    for visit, of in ((BEGUN, OPEN), (BEGUN, CLOSED), (FINISHED, OPEN)):
        assert not can_be_read(visit, of)
        refuse_observations(visit, of)
    assert can_be_read(FINISHED, CLOSED)
    with pytest.raises(Conflict, match="reads the observations now"):
        refuse_observations(FINISHED, CLOSED)
    with pytest.raises(Conflict, match="has not begun"):
        refuse_observations(PLANNED, OPEN)


def test_a_note_is_kept_without_the_space_around_it_and_not_too_long():
    assert checked_note("  We saw a plan.\n") == "We saw a plan."
    with pytest.raises(Invalid, match="at most 2000"):
        checked_note("x" * 2001)


def test_a_line_s_end_in_a_note_counts_once_as_on_the_tablet():
    assert checked_note("x" + "\r\n" * 1998 + "x") == "x" + "\n" * 1998 + "x"
