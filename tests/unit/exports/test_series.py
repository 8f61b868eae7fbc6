from itertools import combinations

import pytest

from app.exports.series import AUDIENCE_LOOKS, MEDIAN_LOOK, Look, audience_label

_LOOKS = [*AUDIENCE_LOOKS.values(), MEDIAN_LOOK]
_DARK_PAGE = "#15191e"


def _luminance(colour: str) -> float:
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("look", _LOOKS, ids=lambda look: look.key)
def test_a_series_can_be_seen_on_a_white_and_on_a_dark_page(look: Look):
    assert _contrast(look.colour, "#ffffff") >= 4.5
    assert _contrast(look.colour, _DARK_PAGE) >= 3


@pytest.mark.parametrize(("one", "other"), list(combinations(_LOOKS, 2)), ids=lambda look: look.key)
def test_two_series_differ_by_dash_and_mark_as_well_as_colour(one: Look, other: Look):
    assert one.colour != other.colour
    assert one.shape != other.shape
    assert one.svg_dash != other.svg_dash
    assert one.plotly_dash != other.plotly_dash
    assert one.excel_dash != other.excel_dash


def test_the_providers_name_says_who_answered_for_it():
    assert audience_label("provider", "agreed") == "Provider (self-rated)"
    assert audience_label("provider", "staff") == "Staff"
    assert audience_label("person", "staff") == "People"
