from random import Random

import pytest

from app.library import read_library
from app.responses import AnsweredHow
from app.services.made_up_answers import made_up_providers, made_up_responses
from app.standards import Audience
from app.surveys import Length
from tests.databases import LIBRARY


@pytest.fixture(scope="module")
def survey():
    return read_library(LIBRARY).surveys[0]


def drawn(survey, seed):
    chance = Random(seed)
    return [
        (provider, made_up_responses(chance, provider, survey, Length.FULL))
        for provider in made_up_providers(chance, 156, None)
    ]


def test_the_same_seed_gives_the_same_providers_and_answers(survey):
    assert drawn(survey, 3) == drawn(survey, 3)
    assert drawn(survey, 3) != drawn(survey, 4)


def test_every_provider_has_a_name_of_its_own_that_says_it_is_made_up():
    names = [provider.name for provider in made_up_providers(Random(1), 320, None)]

    assert len(set(names)) == len(names)
    assert all(name.endswith("(made up)") for name in names)


def test_providers_with_more_years_of_individual_service_funds_do_more_of_the_key_elements(survey):
    half = sorted(drawn(survey, 1), key=lambda pair: int(pair[0].context["years_using_isf"]))
    fewest, most = (
        [answer for _, made in part for each in made for answer in each.answers.values()]
        for part in (half[:50], half[-50:])
    )

    assert most.count("yes") / len(most) > fewest.count("yes") / len(fewest) + 0.10


def test_every_made_up_answer_is_one_that_its_question_offers(survey):
    for _, made in drawn(survey, 2)[:20]:
        for response in made:
            for question_id, option_id in response.answers.items():
                assert survey.option(option_id) in survey.options_of(survey.question(question_id))


def test_paid_staff_helped_some_of_the_people_and_nobody_who_answered_alone(survey):
    people = [response for _, made in drawn(survey, 1) for response in made if response.audience is Audience.PERSON]

    helped = sum(response.paid_staff_helped for response in people) / len(people)
    assert 0.25 < helped < 0.45
    assert not [each for each in people if each.support and each.answered_how is AnsweredHow.SELF]
    assert [each for each in people if each.support is None and each.answered_how is AnsweredHow.HELPED]


def test_some_people_in_wales_answer_in_welsh_and_nobody_elsewhere(survey):
    countries = {
        of.context["country"] for of, made in drawn(survey, 1) for response in made if response.language == "cy"
    }
    in_welsh = [each for _, made in drawn(survey, 1) for each in made if each.language == "cy"]

    assert countries == {"Wales"}
    assert len(in_welsh) > 10
    assert all(set(each.translated) == set(each.answers) for each in in_welsh)


def test_a_provider_of_many_people_mostly_has_enough_with_and_without_paid_staff(survey):
    many = [made for of, made in [*drawn(survey, 1), *drawn(survey, 2)] if of.people_count >= 24]
    helped = [
        sum(each.paid_staff_helped for each in responses if each.audience is Audience.PERSON) for responses in many
    ]

    assert sum(number >= 5 for number in helped) / len(helped) > 0.85


def test_each_provider_answers_once_and_its_people_as_many_as_are_asked_for(survey):
    chance = Random(5)
    (provider,) = made_up_providers(chance, 1, 9)
    made = made_up_responses(chance, provider, survey, Length.SHORT)

    assert [each.audience for each in made].count(Audience.PERSON) == 9
    assert [each.audience for each in made].count(Audience.PROVIDER) == 1
    assert all(len(each.answers) <= 10 for each in made)
