from dataclasses import replace

import pytest

from app.standards import LedgerEntry, StandardsSet, check
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
