"""What holds for the figures of any round."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.responses import ProviderView
from app.scoring import GAPS, figures_of, respondent_score
from app.standards import Audience
from app.surveys import Length
from tests.property.rounds import STANDARDS, SURVEY, answer_patterns, rounds
from tests.property.slowly import value_of

question_ids = st.sampled_from([question.id for question in SURVEY.questions])


def figures(responses, view=ProviderView.AGREED):
    return figures_of(responses, SURVEY, Length.FULL, view)


def asked(question_id):
    standard_id = SURVEY.question(question_id).standard_id
    return [question for question in SURVEY.questions if question.standard_id == standard_id]


@given(rounds())
def test_every_score_lies_between_0_and_1(responses):
    for audience in figures(responses).audiences.values():
        for standard in audience.standards.values():
            assert standard.score is None or 0 <= standard.score.value <= 1


@given(rounds())
def test_every_figure_equals_its_slow_computation(responses):
    made = figures(responses)

    for audience in Audience:
        for standard in STANDARDS.standards:
            given_ = [response for response in responses if response.audience is audience]
            values = [each for response in given_ if (each := value_of(SURVEY, standard.id, response)) is not None]
            found = made.audiences[audience].standards[standard.id]
            assert found.asked_count == len(given_)
            if values:
                mean = sum(values) / len(values)
                assert (found.score.value, found.score.respondent_count) == (mean, len(values))
                assert found.squares == sum((value - mean) ** 2 for value in values)
                assert found.is_unanimous == (len(set(values)) == 1)
            else:
                assert found.score is None
                assert not found.is_unanimous


@given(rounds(), st.randoms(use_true_random=False))
def test_neither_the_order_of_responses_nor_of_answers_matters(responses, random):
    shuffled = []
    for response in random.sample(responses, len(responses)):
        answered = random.sample(list(response.answers.items()), len(response.answers))
        shuffled.append(replace(response, answers=dict(answered)))

    assert figures(shuffled) == figures(responses)


@given(rounds(), st.data())
def test_one_more_yes_instead_of_no_never_lowers_a_score(responses, data):
    with_no = [
        (place, question_id)
        for place, response in enumerate(responses)
        for question_id, option in response.answers.items()
        if option == "no"
    ]
    if not with_no:
        return
    place, question_id = data.draw(st.sampled_from(with_no))
    changed = replace(responses[place], answers={**responses[place].answers, question_id: "yes"})

    before, after = (
        figures(each).audiences[changed.audience].standards[SURVEY.question(question_id).standard_id].score
        for each in (responses, [*responses[:place], changed, *responses[place + 1 :]])
    )

    assert (before is None) == (after is None)
    assert before is None or after.value >= before.value


@given(answer_patterns, question_ids, st.sampled_from(["dont_know", "prefer_not"]))
def test_saying_i_dont_know_is_for_the_score_as_saying_nothing(pattern, question_id, option):
    silent = {id_: each for id_, each in pattern.items() if id_ != question_id}

    assert respondent_score(asked(question_id), {**silent, question_id: option}, SURVEY) == respondent_score(
        asked(question_id), silent, SURVEY
    )


@given(answer_patterns, question_ids)
def test_not_applicable_changes_a_respondents_score_only_through_coverage(pattern, question_id):
    silent = {id_: each for id_, each in pattern.items() if id_ != question_id}
    before = respondent_score(asked(question_id), silent, SURVEY)
    after = respondent_score(asked(question_id), {**silent, question_id: "not_applicable"}, SURVEY)

    assert before is None or after == before


@given(rounds())
def test_every_gap_is_the_difference_of_its_two_scores(responses):
    made = figures(responses)

    for first, second in GAPS:
        for standard_id, gap in made.gaps[(first, second)].items():
            ours, theirs = (made.audiences[each].standards[standard_id].score.value for each in (first, second))
            assert gap.value == ours - theirs
            assert gap.talk_about_this == (abs(gap.value) >= 0.2 and abs(gap.value) > gap.margin)
