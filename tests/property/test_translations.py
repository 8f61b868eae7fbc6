"""A translation changes words, and nothing that is counted."""

from hypothesis import given
from hypothesis import strategies as st

from app.responses import ProviderView
from app.scoring import figures_of
from app.standards import (
    TranslatedString,
    Translation,
    meaning,
    source_mark,
    standards_strings,
    translated_standards,
)
from app.surveys import Length, survey_strings, translated_survey
from app.surveys import meaning as survey_meaning
from tests.property.rounds import STANDARDS, SURVEY, rounds

PLACEHOLDER = "{standard_threshold}"
some_words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)


def translations(english):
    """Make translations in which any string may say anything, and keeps its placeholder."""

    def translated(words):
        pairs = zip(english.items(), words, strict=True)
        return Translation(
            "cy",
            {
                key: TranslatedString(f"{word} {PLACEHOLDER if PLACEHOLDER in text else ''}", source_mark(text))
                for (key, text), word in pairs
            },
        )

    pool = st.lists(some_words, min_size=2, max_size=5)
    choices = st.lists(st.integers(0, 4), min_size=len(english), max_size=len(english))
    return st.builds(lambda words, at: translated([words[n % len(words)] for n in at]), pool, choices)


@given(translations(standards_strings(STANDARDS)), translations(survey_strings(SURVEY, STANDARDS)), rounds(most=8))
def test_a_translation_never_changes_the_meaning_the_fingerprint_or_a_score(for_standards, for_survey, responses):
    standards = translated_standards(STANDARDS, for_standards)
    survey = translated_survey(SURVEY, for_survey, standards)

    assert standards.fingerprint == STANDARDS.fingerprint
    assert survey.fingerprint == SURVEY.fingerprint
    assert numbers(meaning(standards)) == numbers(meaning(STANDARDS))
    assert numbers(survey_meaning(survey)) == numbers(survey_meaning(SURVEY))
    assert figures(survey, responses) == figures(SURVEY, responses)


def figures(survey, responses):
    return figures_of(responses, survey, Length.FULL, ProviderView.AGREED)


WORDS = {"title", "is", "is_not", "statements", "labels", "explanations", "wording", "texts", "language"}


def numbers(document):
    """Return a meaning without its words: ids, order, weights, values, what is asked of whom."""
    if isinstance(document, dict):
        return {key: numbers(value) for key, value in document.items() if key not in WORDS}
    return [numbers(value) for value in document] if isinstance(document, list) else document
