from dataclasses import replace
from fractions import Fraction

import pytest

from app.standards import Audience, fingerprint
from app.surveys import Edition, Survey, Thresholds, Wording, meaning
from tests.factories import make_survey
from tests.unit.surveys.test_faults import with_option, with_question

READER = (Edition.STANDARD, Audience.PERSON)


def with_words(survey: Survey, wording: Wording) -> Survey:
    return with_question(survey, 0, wording={**survey.questions[0].wording, READER: wording})


def test_the_fingerprint_is_of_the_meaning():
    assert make_survey().fingerprint == fingerprint(meaning(make_survey()))


def test_version_title_and_summary_are_no_part_of_the_meaning():
    renamed = replace(make_survey(), version="1.2.0", title="Other", summary="Other")

    assert renamed.fingerprint == make_survey().fingerprint


def test_a_value_means_the_same_however_it_is_written():
    assert with_option(make_survey(), 1, value=Fraction(1)).fingerprint == make_survey().fingerprint


@pytest.mark.parametrize(
    "change",
    [
        lambda survey: replace(survey, thresholds=Thresholds(6, 10)),
        lambda survey: replace(survey, standards_version="1.1.0"),
        lambda survey: replace(survey, questions=survey.questions[::-1]),
        lambda survey: with_question(survey, 0, reversed=True),
        lambda survey: with_question(survey, 0, may_be_not_applicable=True),
        lambda survey: with_option(survey, 1, value=Fraction(1, 2)),
        lambda survey: with_option(survey, 0, labels={**survey.options[0].labels, READER: "Yes!"}),
        lambda survey: with_words(survey, Wording("Asked in another way.")),
        lambda survey: with_words(survey, replace(survey.questions[0].wording[READER], help=("More.",))),
        lambda survey: replace(
            survey, texts={**survey.texts, READER: replace(survey.texts[READER], consent="I agree to more.")}
        ),
    ],
)
def test_whatever_a_respondent_answered_to_or_was_promised_is_part_of_the_meaning(change):
    assert change(make_survey()).fingerprint != make_survey().fingerprint
