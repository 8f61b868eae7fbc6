from dataclasses import replace

import pytest

from app.standards import Audience, Source, StandardsSet, fingerprint, meaning, required_bump
from tests.factories import make_standard, make_standards
from tests.unit.standards.test_set import with_indicator, with_standard


def with_another_standard(standards: StandardsSet) -> StandardsSet:
    first = standards.domains[0]
    added = replace(first, standards=(first.standards[0], make_standard(9, 2, {}), *first.standards[1:]))
    return replace(standards, domains=(added, *standards.domains[1:]))


def with_statement(standards: StandardsSet, text: str) -> StandardsSet:
    statements = {**standards.standards[0].indicators[1].statements, Audience.FAMILY: text}
    return with_indicator(standards, statements=statements)


def test_the_fingerprint_of_a_document_is_its_sha256():
    assert fingerprint({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_a_document_that_is_no_json_has_no_fingerprint():
    with pytest.raises(ValueError, match="Out of range float"):
        fingerprint({"weight": float("nan")})


def test_the_fingerprint_is_of_the_meaning():
    standards = make_standards()

    assert standards.fingerprint == fingerprint(meaning(standards))


def test_credits_notes_and_the_version_number_are_no_part_of_the_meaning():
    standards = make_standards()
    credited = replace(
        standards,
        version="2.1.0",
        title="Other",
        summary="Other",
        source=Source("Other", "B. Other", "Other", "Other"),
        co_production="with 40 people",
        wording_note="Other",
        licence="CC0-1.0",
    )

    assert credited.fingerprint == standards.fingerprint
    assert required_bump(standards, credited) is None


@pytest.mark.parametrize(
    ("needed", "change"),
    [
        ("patch", lambda old: with_statement(old, "Said in another way.")),
        ("patch", lambda old: with_standard(old, title="Is this")),
        ("patch", lambda old: with_standard(old, is_not="and not that")),
        ("patch", lambda old: replace(old, domains=(replace(old.domains[0], title="Other"), *old.domains[1:]))),
        ("minor", with_another_standard),
        ("minor", lambda old: with_statement(with_another_standard(old), "Said in another way.")),
        ("major", lambda old: replace(old, domains=old.domains[:1])),
        ("major", lambda old: replace(old, domains=old.domains[::-1])),
        ("major", lambda old: replace(old, id="other-set")),
        ("major", lambda old: with_standard(old, slug="renamed")),
        ("major", lambda old: with_standard(old, indicators=old.standards[0].indicators[:2])),
        ("major", lambda old: with_standard(old, indicators=old.standards[0].indicators[::-1])),
        ("major", lambda old: with_indicator(old, id="S01.z")),
        ("major", lambda old: with_indicator(old, weight=2)),
        ("major", lambda old: with_indicator(with_another_standard(old), weight=2)),
    ],
)
def test_a_change_needs_the_smallest_step_that_tells_the_truth(needed, change):
    old = make_standards()

    assert required_bump(old, change(old)) == needed


def test_another_indicator_in_the_short_form_needs_a_major_step():
    old = make_standards()
    first, second, *others = old.standards[0].indicators
    swapped = (replace(first, in_short_form=False), replace(second, in_short_form=True), *others)

    assert required_bump(old, with_standard(old, indicators=swapped)) == "major"
