"""Numbers of respondents and providers in bands."""

import pytest

from app.disclosure import band_floor, count_band, provider_band


@pytest.mark.parametrize(
    ("n", "words", "floor"),
    [
        (0, "fewer than 5", 1),
        (4, "fewer than 5", 1),
        (5, "5 to 9", 5),
        (9, "5 to 9", 5),
        (10, "10 to 14", 10),
        (14, "10 to 14", 10),
        (15, "15 to 19", 15),
        (19, "15 to 19", 15),
        (20, "20", 20),
        (23, "23", 23),
    ],
)
def test_a_number_of_respondents_is_in_a_band_below_twenty(n, words, floor):
    assert (count_band(n), band_floor(n)) == (words, floor)


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (3, "fewer than 5"),
        (19, "15 to 19"),
        (20, "20 to 49"),
        (49, "20 to 49"),
        (50, "50 to 99"),
        (99, "50 to 99"),
        (100, "100 to 149"),
        (156, "150 to 199"),
    ],
)
def test_a_number_of_providers_is_always_in_a_band(n, words):
    assert provider_band(n) == words
