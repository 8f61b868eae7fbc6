from dataclasses import replace
from datetime import date

import pytest

from app.standards import LedgerEntry, LockedLocale, StandardsSet, changed_locales, check, lost_locales, with_locales
from tests.factories import make_standards
from tests.unit.standards.test_set import with_standard


def entry_of(standards: StandardsSet) -> LedgerEntry:
    return LedgerEntry(standards.id, standards.version, standards.fingerprint, {}, "2026-11-21")


def test_a_version_that_means_what_it_meant_passes():
    standards = make_standards()

    assert check([entry_of(standards)], [standards]) == []


def test_a_draft_that_is_not_in_the_ledger_passes():
    assert check([], [make_standards()]) == []


def test_a_published_version_with_another_meaning_is_noticed():
    standards = make_standards()
    changed = with_standard(standards, is_not="something else")

    assert check([entry_of(standards)], [changed]) == [
        "small-set@1.0.0 was published on 2026-11-21 and now means something else; make a new version instead."
    ]


def test_a_published_version_that_is_gone_is_noticed():
    standards = make_standards()

    assert check([entry_of(standards)], [replace(standards, version="1.0.1")]) == [
        "small-set@1.0.0 was published on 2026-11-21 and is gone; a published version stays."
    ]


def test_an_entry_has_a_real_day():
    with pytest.raises(ValueError, match="day is out of range"):
        replace(entry_of(make_standards()), on="2026-02-30")


FIRST, SECOND = date(2026, 11, 21), date(2027, 3, 1)


def test_an_entry_keeps_every_state_of_a_translations_words():
    entry = with_locales(entry_of(make_standards()), {"cy": "a" * 64}, FIRST)
    improved = with_locales(entry, {"cy": "b" * 64, "gd": "c" * 64}, SECOND)

    assert improved.locales["cy"] == (LockedLocale("a" * 64, "2026-11-21"), LockedLocale("b" * 64, "2027-03-01"))
    assert improved.locales["gd"] == (LockedLocale("c" * 64, "2027-03-01"),)
    assert with_locales(improved, {"cy": "b" * 64, "gd": "c" * 64}, date(2028, 1, 1)) == improved


def test_a_translation_that_changed_or_is_new_is_noticed():
    entry = with_locales(entry_of(make_standards()), {"cy": "a" * 64}, FIRST)

    assert changed_locales(entry, {"cy": "a" * 64}) == []
    assert changed_locales(entry, {"cy": "b" * 64, "gd": "c" * 64}) == ["cy", "gd"]


def test_a_locked_translation_that_is_not_complete_any_more_is_noticed():
    entry = with_locales(entry_of(make_standards()), {"cy": "a" * 64}, FIRST)

    assert lost_locales(entry, {"cy": "b" * 64}) == []
    assert lost_locales(entry, {"gd": "c" * 64}) == ["cy"]


def test_a_locked_translation_has_a_real_day():
    with pytest.raises(ValueError, match="day is out of range"):
        LockedLocale("a" * 64, "2026-02-30")
