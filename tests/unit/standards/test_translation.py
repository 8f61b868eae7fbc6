from dataclasses import replace

import pytest

from app.errors import Conflict
from app.standards import (
    Audience,
    StandardsSet,
    StringState,
    TranslatedString,
    Translation,
    source_mark,
    standards_strings,
    translated_standards,
)
from tests.factories import make_standards, make_translation


def string(text: str = "Cartref", english: str = "A home", *, is_reviewed: bool = False) -> TranslatedString:
    return TranslatedString(text, source_mark(english), is_reviewed)


def test_the_mark_of_a_source_is_the_beginning_of_its_sha_256():
    assert source_mark("abc") == "ba7816bf8f01"


@pytest.mark.parametrize(
    ("translated", "state"),
    [
        (string(), StringState.UNREVIEWED),
        (string(is_reviewed=True), StringState.REVIEWED),
        (string(text=""), StringState.MISSING),
        (string(english="A house"), StringState.STALE),
        (string(english="A house", is_reviewed=True), StringState.STALE),
    ],
)
def test_a_string_is_stale_when_its_english_has_changed_even_when_it_was_reviewed(translated, state):
    assert translated.state("A home") is state


def test_a_string_that_nobody_has_begun_is_missing():
    assert Translation("cy", {}).states({"title": "A home"}) == {"title": StringState.MISSING}


@pytest.mark.parametrize(
    ("translated", "is_complete", "is_reviewed"),
    [
        (string(), True, False),
        (string(is_reviewed=True), True, True),
        (string(text=""), False, False),
        (string(english="A house"), False, False),
    ],
)
def test_a_language_is_there_only_when_every_string_is_there_and_up_to_date(translated, is_complete, is_reviewed):
    english = {"first": "Yes", "second": "A home"}
    translation = Translation("cy", {"first": string("Ydw", "Yes", is_reviewed=True), "second": translated})

    assert translation.is_complete(english) is is_complete
    assert translation.is_reviewed(english) is is_reviewed


def test_the_fingerprint_of_a_translation_is_of_its_words_alone():
    before = Translation("cy", {"title": string()})

    assert Translation("cy", {"title": string(is_reviewed=True)}).fingerprint == before.fingerprint
    assert Translation("cy", {"title": string("Tŷ")}).fingerprint != before.fingerprint
    assert Translation("gd", {"title": string()}).fingerprint != before.fingerprint


def test_every_word_of_a_standards_set_has_a_key():
    strings = standards_strings(make_standards((1,), indicator_count=1))

    assert strings == {
        "title": "A small set",
        "summary": "For tests.",
        "wording_note": "Draft wording.",
        "domains.D1.title": "Domain 1",
        "standards.S01.is": "Title 1",
        "standards.S01.is_not": "Not 1",
        "indicators.S01.a.person": "S01.a for the person",
        "indicators.S01.a.family": "S01.a for the family",
        "indicators.S01.a.provider": "S01.a for the provider",
    }


def test_a_translated_set_has_other_words_and_means_the_same():
    standards = make_standards()
    translated = translated_standards(standards, make_translation(standards_strings(standards)))

    assert translated.language == "cy"
    assert translated.original is standards
    assert set(standards_strings(translated)) == set(standards_strings(standards))
    assert all(text.startswith("cy:") for text in standards_strings(translated).values())
    assert translated.indicator("S01.a").statements[Audience.FAMILY] == "cy:S01.a for the family"
    assert translated.fingerprint == standards.fingerprint
    assert translated != standards
    assert skeleton(translated) == skeleton(standards)


def test_a_translation_of_an_incomplete_language_is_refused():
    standards = make_standards()
    strings = standards_strings(standards)
    translation = make_translation(strings)
    shorter = replace(translation, strings={k: v for k, v in translation.strings.items() if k != "domains.D1.title"})

    with pytest.raises(Conflict, match="“cy” is not complete"):
        translated_standards(standards, shorter)


def skeleton(standards: StandardsSet) -> list[tuple[str, str, int, bool]]:
    return [
        (standards.domain_of(standard.id).id, indicator.id, indicator.weight, indicator.in_short_form)
        for standard in standards.standards
        for indicator in standard.indicators
    ]
