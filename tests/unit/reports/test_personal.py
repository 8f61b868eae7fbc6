"""A respondent's own result."""

from app.reports import personal_report
from app.standards import Audience
from app.surveys import Edition, Length
from tests.factories import answers, make_response, make_round, make_standards, make_survey

STANDARDS = make_standards()
SURVEY = make_survey(STANDARDS)


def report_of(given, length=Length.FULL):
    of = make_round(STANDARDS, SURVEY, length=length)
    return personal_report(of, make_response(given), SURVEY, STANDARDS, "Oak House")


def test_every_question_stands_under_its_standard_with_the_words_of_its_answer():
    report = report_of(answers(S01="yes no dont_know"))

    first, second, *_ = report.standards
    reader = (Edition.STANDARD, Audience.PERSON)
    assert [answer.label for answer in first.answers] == [
        SURVEY.option(id_).labels[reader] for id_ in ("yes", "no", "dont_know")
    ]
    assert first.answers[0].stem == SURVEY.question("S01.a").wording[reader].stem
    assert {answer.label for answer in second.answers} == {""}
    assert report.about == "Oak House"


def test_a_standard_scores_as_a_respondent_s_own_does_and_too_few_answers_are_no_zero():
    report = report_of(answers(S01="yes sometimes no", S02="yes"))

    scores = {standard.id: standard.score for standard in report.standards}
    assert (scores["S01"], scores["S02"], scores["S03"]) == (50, None, None)
    assert report.has_scores
    assert not report_of({}).has_scores


def test_the_short_form_shows_what_it_asked_and_nothing_else():
    report = report_of(answers(S01="yes yes yes"), Length.SHORT)

    assert all(len(standard.answers) == 1 for standard in report.standards)


def test_answers_are_counted_in_the_order_of_the_options():
    report = report_of(answers(S01="no yes yes"))

    assert list(report.counts.items()) == [("yes", 2), ("no", 1)]
