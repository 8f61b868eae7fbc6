"""What is counted of help, and the figures of a part of an audience."""

from fractions import Fraction

from app.responses import AnsweredHow, Help, ResponseState, Support, Supporter
from app.scoring import WITHOUT_PAID_STAFF
from app.standards import Audience
from tests.factories import answers, crowd, make_figures, make_helped, make_response, make_survey

SURVEY = make_survey()
PROVIDER, FAMILY, PERSON = Audience.PROVIDER, Audience.FAMILY, Audience.PERSON
YES, NO = answers(S01="yes yes yes"), answers(S01="no no no")


def figures(*responses, audience=PERSON):
    return make_figures(responses, SURVEY).audiences[audience]


def test_the_series_leaves_out_whom_paid_staff_helped_or_spoke_for():
    on_behalf = make_response(
        NO, answered_how=AnsweredHow.ON_BEHALF, support=Support(frozenset({Supporter.PAID_STAFF, Supporter.FAMILY}))
    )
    series = figures(make_response(YES), make_helped(NO, PERSON, Supporter.PAID_STAFF), on_behalf).series

    divided = series[WITHOUT_PAID_STAFF]
    assert (divided.part.respondent_count, divided.rest.respondent_count) == (1, 2)
    assert divided.part.standards["S01"].score.value == 1
    assert divided.rest.standards["S01"].score.value == 0
    assert divided.rest.indicators["S01.a"].option_counts == {"yes": 0, "sometimes": 0, "no": 2}


def test_whoever_does_not_say_who_helped_stays_in_the_series():
    unsaid = make_response(NO, answered_how=AnsweredHow.HELPED)
    nobody_named = make_helped(NO)
    by_family = make_helped(NO, PERSON, Supporter.FAMILY)

    part = (
        figures(make_response(YES, answered_how=None), unsaid, nobody_named, by_family)
        .series["without_paid_staff"]
        .part
    )

    assert part.standards["S01"].score.value == Fraction(1, 4)


def test_where_nobody_was_helped_by_paid_staff_the_part_is_the_whole():
    people = figures(make_response(YES), make_response(NO))

    divided = people.series[WITHOUT_PAID_STAFF]
    assert divided.part.standards == people.standards
    assert divided.part.indicators == people.indicators
    assert (divided.rest.respondent_count, divided.rest.standards["S01"].score) == (0, None)


def test_the_part_and_the_rest_together_are_the_whole():
    people = figures(
        make_response(YES), make_response(answers(S01="no - dont_know")), make_helped(NO, PERSON, Supporter.PAID_STAFF)
    )
    part, rest = people.series[WITHOUT_PAID_STAFF].part, people.series[WITHOUT_PAID_STAFF].rest

    for id_, whole in people.standards.items():
        assert whole.valid_count == part.standards[id_].valid_count + rest.standards[id_].valid_count
        assert whole.asked_count == part.standards[id_].asked_count + rest.standards[id_].asked_count


def test_people_and_families_have_the_series_and_the_provider_has_none():
    made = make_figures(crowd(SURVEY, PROVIDER, (1, "yes")), SURVEY)

    assert set(made.audiences[PERSON].series) == set(made.audiences[FAMILY].series) == {WITHOUT_PAID_STAFF}
    assert made.audiences[PROVIDER].series == {}


def test_only_sent_answers_are_in_the_part_or_the_rest():
    support = Support(frozenset({Supporter.PAID_STAFF}))
    begun = make_response(NO, state=ResponseState.STARTED, support=support)
    withdrawn = make_response({}, state=ResponseState.WITHDRAWN)

    divided = figures(begun, withdrawn).series[WITHOUT_PAID_STAFF]

    assert (divided.part.respondent_count, divided.rest.respondent_count) == (0, 0)


def test_every_supporter_and_every_way_of_helping_is_counted_by_respondent():
    both = make_helped(YES, PERSON, Supporter.FAMILY, Supporter.PAID_STAFF, ways=[Help.READ, Help.RECORDED])
    one = make_helped(YES, PERSON, Supporter.FAMILY, ways=[Help.READ])

    people = figures(both, one, make_response(YES), make_response(YES, answered_how=AnsweredHow.ON_BEHALF))

    assert people.helped_by_counts == {"family": 2, "paid-staff": 1}
    assert people.help_counts == {"read": 2, "recorded": 1}
    assert people.with_help_count == 3


def test_a_standard_without_a_valid_value_counts_none():
    assert figures(make_response({})).standards["S01"].valid_count == 0
