import pytest

from app.errors import Conflict, Invalid, NotFound
from app.responses import (
    AnsweredHow,
    Consent,
    ConsentGiven,
    Help,
    ResponseState,
    RoundState,
    Support,
    Supporter,
    ViewsKnown,
    WhyOnBehalf,
)
from app.responses.paper import differences, reading_of, response_of
from app.standards import Audience
from app.surveys import Edition
from tests.factories import make_round, make_survey

SURVEY = make_survey()
ROUND = make_round(survey=SURVEY)
PLAIN = {"edition": "easy-read", "language": "en", "consent": "ticked", "how": "self", "S01.a": "yes", "S01.b": ""}


def read(**changed: str):
    return response_of({**PLAIN, **changed}, ROUND, Audience.PERSON, SURVEY)


def test_what_was_ticked_becomes_a_response_that_is_not_sent_yet():
    response = read()

    assert response.edition is Edition.EASY_READ
    assert response.consent == Consent(ConsentGiven.TICKED)
    assert response.answered_how is AnsweredHow.SELF
    assert response.answers == {"S01.a": "yes"}
    assert response.state is ResponseState.STARTED


def test_an_answer_on_welsh_paper_keeps_its_language():
    response = read(language="cy")

    assert response.language == "cy"
    assert response.translated == {"S01.a": "cy"}


def test_without_a_language_it_is_the_surveys_own():
    assert read(language="").language == "en"


def test_a_spoken_yes_keeps_who_heard_it_and_a_ticked_one_needs_nobody():
    assert read(consent="spoken", witness="friend").consent == Consent(ConsentGiven.SPOKEN, Supporter.FRIEND)
    assert read(consent="spoken").consent == Consent(ConsentGiven.SPOKEN)
    assert read(consent="ticked", witness="friend").consent == Consent(ConsentGiven.TICKED)


def test_who_agreed_for_themselves_alone_answers_on_behalf_and_says_nothing_else():
    assert read(consent="on-behalf", how="").answered_how is AnsweredHow.ON_BEHALF
    assert read(consent="on-behalf", how="on-behalf").consent == Consent(ConsentGiven.ON_BEHALF)
    with pytest.raises(Invalid, match="need their own yes"):
        read(consent="on-behalf", how="self")


def test_nothing_is_typed_in_without_consent():
    with pytest.raises(Invalid, match="Without a ticked or a spoken yes"):
        read(consent="")


def test_the_edition_has_to_be_known():
    with pytest.raises(Invalid, match="edition"):
        read(edition="")


def test_help_is_kept_with_who_gave_it_and_how():
    response = read(how="helped", who="friend paid-staff", ways="read recorded", why="asked", known="told")

    assert response.support == Support(
        frozenset({Supporter.FRIEND, Supporter.PAID_STAFF}), frozenset({Help.READ, Help.RECORDED})
    )


def test_on_behalf_is_kept_with_why_and_how_the_views_are_known():
    response = read(how="on-behalf", who="family", ways="read", why="asked", known="told know-well")

    assert response.support == Support(
        frozenset({Supporter.FAMILY}),
        why=WhyOnBehalf.ASKED,
        known=frozenset({ViewsKnown.TOLD, ViewsKnown.KNOW_WELL}),
    )


def test_who_answered_alone_had_no_help_and_who_ticked_nothing_said_nothing():
    assert read(how="self", who="friend").support is None
    assert read(how="helped").support is None
    assert read(how="").answered_how is None


@pytest.mark.parametrize("wrong", [{"how": "perhaps"}, {"who": "nobody"}, {"S01.a": "perhaps"}, {"edition": "long"}])
def test_a_box_that_no_booklet_has_is_refused(wrong: dict[str, str]):
    with pytest.raises(Invalid):
        read(**wrong)


def test_a_question_that_is_not_asked_is_refused():
    with pytest.raises(NotFound):
        read(**{"S99.a": "yes"})


def test_nothing_is_typed_into_a_closed_round():
    closed = make_round(survey=SURVEY, state=RoundState.CLOSED)
    with pytest.raises(Conflict):
        response_of(PLAIN, closed, Audience.PERSON, SURVEY)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"consent": "spoken", "witness": "friend"},
        {"how": "helped", "who": "friend paid-staff", "ways": "read"},
        {"how": "on-behalf", "who": "family", "why": "asked", "known": "know-well told"},
    ],
)
def test_a_response_gives_back_the_reading_that_it_was_made_from(more: dict[str, str]):
    reading = {name: value for name, value in {**PLAIN, **more}.items() if value}

    assert reading_of(read(**more)) == reading


def test_a_response_that_came_otherwise_has_a_reading_too():
    from tests.factories import make_response

    assert reading_of(make_response(answered_how=None)) == {"edition": "standard", "language": "en"}


def test_two_readings_differ_where_one_box_does():
    assert differences(read(), read()) == ()
    assert differences(read(), read(**{"S01.a": "no", "S01.b": "yes"}, how="helped", who="friend")) == (
        "S01.a",
        "S01.b",
        "how",
        "who",
    )
