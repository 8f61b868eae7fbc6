"""Margins, intervals and the pooled sigma."""

from fractions import Fraction

import pytest

from app.scoring import DECLARED_SIGMA, difference_margin, mean_margin, pooled_sigma, spread_of, wilson
from app.standards import Audience
from tests.factories import crowd, make_figures, make_survey

SURVEY = make_survey()


def test_the_margin_of_a_mean_without_a_known_group():
    assert mean_margin(0.30, 9, None) == pytest.approx(0.196)


def test_the_margin_of_a_mean_shrinks_when_most_of_the_group_answered():
    assert mean_margin(0.30, 9, 25) == pytest.approx(0.196 * (16 / 24) ** 0.5)


def test_there_is_no_uncertainty_when_all_of_the_group_answered():
    assert mean_margin(0.30, 9, 9) == 0.0
    assert mean_margin(0.30, 1, 1) == 0.0


def test_more_respondents_than_invitations_say_nothing_about_the_group():
    assert mean_margin(0.30, 9, 8) == mean_margin(0.30, 9, None)


def test_the_margin_of_a_difference_has_both_groups_in_it():
    assert difference_margin(0.30, 9, 16) == pytest.approx(1.96 * (0.01 + 0.005625) ** 0.5)


def test_an_agreed_self_assessment_adds_nothing_to_the_margin_of_a_difference():
    assert difference_margin(0.30, None, 9) == pytest.approx(mean_margin(0.30, 9, None))
    assert difference_margin(0.30, 9, None) == pytest.approx(mean_margin(0.30, 9, None))


@pytest.mark.parametrize(
    ("share", "n", "low", "high"),
    [(0.5, 10, 0.2366, 0.7634), (0.0, 10, 0.0, 0.2775), (1.0, 10, 0.7225, 1.0), (0.1, 50, 0.0435, 0.2136)],
)
def test_the_interval_of_a_share_is_wilsons(share, n, low, high):
    assert wilson(share, n) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_sigma_is_the_declared_one_until_thirty_rounds_are_released():
    assert pooled_sigma([(Fraction(1), 10)] * 29, 29) == DECLARED_SIGMA


def test_sigma_is_pooled_from_thirty_released_rounds_on():
    assert pooled_sigma([(Fraction(1), 10)] * 15 + [(Fraction(3), 40)] * 15, 30) == pytest.approx((60 / 750) ** 0.5)


def test_sigma_is_the_declared_one_when_no_released_round_has_any_spread():
    assert pooled_sigma([(Fraction(0), 0)] * 30, 30) == DECLARED_SIGMA


def test_a_round_adds_the_spread_of_every_group_that_is_large_enough():
    responses = [*crowd(SURVEY, Audience.PERSON, (3, "yes"), (3, "no")), *crowd(SURVEY, Audience.FAMILY, (4, "yes"))]

    figures = make_figures(responses, SURVEY)

    assert spread_of(figures, 5) == (Fraction(3, 2) * 3, 5 * 3)
    assert spread_of(figures, 4) == (Fraction(3, 2) * 3, 5 * 3 + 3 * 3)


def test_an_agreed_self_assessment_has_no_spread():
    assert spread_of(make_figures(crowd(SURVEY, Audience.PROVIDER, (1, "yes")), SURVEY), 5) == (0, 0)
