"""Why a round asks."""

import pytest

from app.errors import Invalid
from app.responses import (
    LONGEST_PURPOSE,
    SUGGESTED_PURPOSE,
    HealthCondition,
    LawfulBasis,
    Purpose,
    checked_purpose,
)
from tests.factories import make_round


def test_nothing_is_said_of_the_basis_until_somebody_says_it_and_everybody_is_asked_for_consent():
    assert make_round().purpose == Purpose("", None, HealthCondition.EXPLICIT_CONSENT)


def test_the_words_are_kept_on_one_line():
    said = Purpose("  To learn\r\n how\tit goes. ", LawfulBasis.PUBLIC_TASK, HealthCondition.SOCIAL_CARE)

    assert checked_purpose(said) == Purpose(
        "To learn how it goes.", LawfulBasis.PUBLIC_TASK, HealthCondition.SOCIAL_CARE
    )


def test_the_words_have_a_longest_length_that_the_suggested_ones_keep():
    assert checked_purpose(Purpose(SUGGESTED_PURPOSE)).words == SUGGESTED_PURPOSE
    assert checked_purpose(Purpose("x" * LONGEST_PURPOSE)).words
    with pytest.raises(Invalid, match="at most 500 characters"):
        checked_purpose(Purpose("x" * (LONGEST_PURPOSE + 1)))
