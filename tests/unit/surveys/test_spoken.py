from dataclasses import replace
from hashlib import sha256

import pytest

from app.standards import Audience
from app.surveys import Edition, Thresholds, Wording
from app.surveys.spoken import Place, joined, spoken_texts, text_sha256
from tests.factories import make_survey

READER = (Edition.EASY_READ, Audience.PERSON)


@pytest.fixture
def survey():
    made = make_survey()
    first, *others = made.questions
    first = replace(first, wording={**first.wording, READER: Wording("Do you choose?", ("Your day.", "Your home."))})
    yes, *options = made.options
    yes = replace(yes, explanations={READER: "This is true for me."})
    return replace(made, questions=(first, *others), options=(yes, *options))


def of_reader(survey, thresholds=None):
    texts = spoken_texts(survey, thresholds or survey.thresholds)
    return [text for text in texts if (text.edition, text.audience) == READER]


def test_everything_that_one_reader_reads_is_said_in_the_order_of_the_pages(survey):
    texts = of_reader(survey)

    assert [text.place for text in texts[:4]] == [Place.WELCOME, Place.WHO_SEES_WHAT, Place.CONSENT, Place.OPTION]
    assert [text.id for text in texts if text.place is Place.OPTION] == [option.id for option in survey.options]
    assert [text.id for text in texts if text.place is Place.QUESTION] == [question.id for question in survey.questions]
    assert texts[0].text == "Your support\nWelcome."
    assert texts[3].text == "Yes\nThis is true for me."
    assert texts[4].text == "Sometimes"
    assert next(text for text in texts if text.place is Place.QUESTION).parts == (
        "Do you choose?",
        "Your day.",
        "Your home.",
    )


def test_every_edition_and_audience_is_read_to(survey):
    readers = [(text.edition, text.audience) for text in spoken_texts(survey, survey.thresholds)]

    assert list(dict.fromkeys(readers)) == [(edition, audience) for edition in Edition for audience in Audience]
    assert readers.count(READER) == 3 + len(survey.options) + len(survey.questions)


def test_the_promise_is_said_with_the_round_s_own_threshold(survey):
    (promise,) = [text.text for text in of_reader(survey, Thresholds(standard=7)) if text.place is Place.WHO_SEES_WHAT]

    assert promise == "Shown from seven people on."


def test_a_text_is_known_by_its_language_and_its_words_alone():
    assert text_sha256("en", "Yes") == sha256(b"en\0Yes").hexdigest()
    assert len({text_sha256("en", "Yes"), text_sha256("cy", "Yes"), text_sha256("en", "yes")}) == 3


def test_the_key_of_a_text_is_that_of_its_parts_on_a_page(survey):
    option = next(text for text in of_reader(survey) if text.id == "sometimes")

    assert option.parts == ("Sometimes", "")
    assert option.sha256 == text_sha256("en", joined(["Sometimes"]))
