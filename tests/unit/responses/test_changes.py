"""What may change in a round and in a response, and when."""

from dataclasses import replace

import pytest

from app.errors import Conflict, Invalid, NotFound
from app.responses import (
    AnsweredHow,
    Consent,
    ConsentGiven,
    Help,
    Response,
    ResponseState,
    RoundState,
    Support,
    Supporter,
    ViewsKnown,
    WhyOnBehalf,
    started,
    submitted,
    with_answer,
    with_answered_how,
    with_consent,
    with_edition,
    with_language,
    withdrawn,
)
from app.standards import Audience
from app.surveys import Edition, Length
from tests.factories import make_response, make_round, make_survey

OPEN = make_round()
CLOSED = make_round(state=RoundState.CLOSED)
OFF = make_round(state=RoundState.CANCELLED)
SURVEY = make_survey(may_be_not_applicable={"S01.c"})
BEGUN = make_response({"S01.a": "yes", "S01.b": "no"}, state=ResponseState.STARTED, answered_how=None)
SENT = make_response({"S01.a": "yes"})
FAMILY_READ = Support(frozenset({Supporter.FAMILY}), frozenset({Help.READ}))
STAFF_SPOKE = Support(
    frozenset({Supporter.PAID_STAFF, Supporter.FAMILY}),
    why=WhyOnBehalf.CANNOT_NOW,
    known=frozenset({ViewsKnown.SHOWED}),
)


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


@pytest.mark.parametrize(
    ("how", "support"),
    [(AnsweredHow.HELPED, FAMILY_READ), (AnsweredHow.ON_BEHALF, STAFF_SPOKE), (AnsweredHow.HELPED, None)],
)
def test_who_helped_is_kept_with_how_it_was_answered(how, support):
    changed = with_answered_how(OPEN, BEGUN, how, support)

    assert (changed.answered_how, changed.support) == (how, support)


@pytest.mark.parametrize("how", [AnsweredHow.SELF, None])
def test_who_answers_alone_or_does_not_say_has_nobody_who_helped(how):
    helped = with_answered_how(OPEN, BEGUN, AnsweredHow.HELPED, FAMILY_READ)

    assert with_answered_how(OPEN, helped, how, FAMILY_READ).support is None


def test_saying_anew_who_helped_takes_the_place_of_what_was_said():
    helped = with_answered_how(OPEN, BEGUN, AnsweredHow.HELPED, FAMILY_READ)

    assert with_answered_how(OPEN, helped, AnsweredHow.HELPED).support is None
    assert with_answered_how(OPEN, helped, AnsweredHow.ON_BEHALF, STAFF_SPOKE).support == STAFF_SPOKE


@pytest.mark.parametrize(
    ("support", "helped"), [(None, False), (Support(), False), (FAMILY_READ, False), (STAFF_SPOKE, True)]
)
def test_paid_staff_helped_where_they_were_named_among_others_too(support, helped):
    assert replace(BEGUN, support=support).paid_staff_helped is helped


@pytest.mark.parametrize("consent", [Consent(ConsentGiven.TICKED), Consent(ConsentGiven.SPOKEN, Supporter.ADVOCATE)])
def test_it_is_kept_how_somebody_agreed(consent):
    assert with_consent(OPEN, BEGUN, consent) == replace(BEGUN, consent=consent)


def test_another_language_keeps_the_answers_and_what_they_were_given_in():
    in_welsh = with_answer(OPEN, with_language(OPEN, BEGUN, "cy"), SURVEY, "S01.a", "no")
    back = with_language(OPEN, in_welsh, "en")

    assert (in_welsh.language, in_welsh.answers, in_welsh.translated) == (
        "cy",
        {"S01.a": "no", "S01.b": "no"},
        {"S01.a": "cy"},
    )
    assert (back.language, back.translated) == ("en", {"S01.a": "cy"})


def test_an_answer_keeps_the_language_in_which_its_question_was_shown():
    welsh = with_language(OPEN, BEGUN, "cy")

    shown_in_english = with_answer(OPEN, welsh, SURVEY, "S01.a", "yes", "en")

    assert shown_in_english.translated == {}
    assert with_answer(OPEN, BEGUN, SURVEY, "S01.a", "yes", "cy").translated == {"S01.a": "cy"}


def test_a_proxy_agrees_for_themselves_alone_and_answers_on_behalf():
    begun = with_consent(OPEN, BEGUN, Consent(ConsentGiven.ON_BEHALF))

    assert begun.answered_how is AnsweredHow.ON_BEHALF
    assert not begun.lacks_own_consent
    alone = with_answered_how(OPEN, begun, AnsweredHow.SELF)
    assert alone.lacks_own_consent
    assert not with_consent(OPEN, alone, Consent(ConsentGiven.TICKED)).lacks_own_consent


def test_an_answer_given_anew_or_taken_away_is_no_longer_one_in_the_other_language():
    in_welsh = with_answer(OPEN, with_language(OPEN, BEGUN, "cy"), SURVEY, "S01.a", "no")
    in_english = with_language(OPEN, in_welsh, "en")

    assert with_answer(OPEN, in_english, SURVEY, "S01.a", "yes").translated == {}
    assert with_answer(OPEN, in_english, SURVEY, "S01.b", "yes").translated == {"S01.a": "cy"}
    assert with_answer(OPEN, in_welsh, SURVEY, "S01.a", None).translated == {}


@pytest.mark.parametrize("state", [ResponseState.STARTED, ResponseState.SUBMITTED, ResponseState.WITHDRAWN])
def test_answers_can_be_taken_back_at_any_time_and_nothing_of_them_stays(state):
    full = replace(
        BEGUN,
        state=state,
        answered_how=AnsweredHow.HELPED,
        support=STAFF_SPOKE,
        consent=Consent(ConsentGiven.TICKED),
        translated={"S01.a": "cy"},
    )

    assert withdrawn(full) == Response(BEGUN.audience, BEGUN.edition, BEGUN.language, None, ResponseState.WITHDRAWN, {})


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
    lambda of, response: with_language(of, response, "cy"),
    lambda of, response: with_consent(of, response, Consent(ConsentGiven.TICKED)),
    submitted,
]


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_changes_after_the_response_is_sent(change):
    with pytest.raises(Conflict, match="have been sent already"):
        change(OPEN, SENT)


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_changes_after_the_answers_were_taken_back(change):
    with pytest.raises(Conflict, match="have been taken back"):
        change(OPEN, withdrawn(BEGUN))


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_changes_after_the_round_has_closed(change):
    with pytest.raises(Conflict, match="round has closed"):
        change(CLOSED, BEGUN)


def test_no_response_starts_after_the_round_has_closed_or_was_called_off():
    for over, said in ((CLOSED, "round has closed"), (OFF, "round has been called off")):
        with pytest.raises(Conflict, match=said):
            started(over, Audience.PERSON, Edition.STANDARD, "en")
