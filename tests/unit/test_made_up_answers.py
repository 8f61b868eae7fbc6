from random import Random

import pytest

from app.library import read_library
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


def test_each_provider_answers_once_and_its_people_as_many_as_are_asked_for(survey):
    chance = Random(5)
    (provider,) = made_up_providers(chance, 1, 9)
    made = made_up_responses(chance, provider, survey, Length.SHORT)

    assert [each.audience for each in made].count(Audience.PERSON) == 9
    assert [each.audience for each in made].count(Audience.PROVIDER) == 1
    assert all(len(each.answers) <= 10 for each in made)
