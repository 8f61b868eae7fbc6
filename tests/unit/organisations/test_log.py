from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.organisations.log import BEFORE_THE_FIRST, Deed, LogLine, Part, faults_in


def chain(count: int) -> list[tuple[LogLine, str]]:
    lines, previous = [], BEFORE_THE_FIRST
    for number in range(1, count + 1):
        line = LogLine(number, "2026-11-22T09:30Z", 7, Deed.LINKS_MADE, "a", "r", {"count": str(number)}, previous)
        previous = line.sha256
        lines.append((line, previous))
    return lines


def test_a_log_that_nobody_touched_has_no_fault():
    assert list(faults_in([])) == []
    assert list(faults_in(chain(5))) == []


def test_a_line_that_was_changed_is_named():
    lines = chain(4)
    lines[1] = (replace(lines[1][0], account_id=8), lines[1][1])

    assert list(faults_in(lines)) == ["Line 2 has been changed."]


def test_a_line_that_was_changed_together_with_its_hash_is_seen_by_the_line_after_it():
    lines = chain(4)
    changed = replace(lines[1][0], about="another")
    lines[1] = (changed, changed.sha256)

    assert list(faults_in(lines)) == ["Line 3 does not follow the line before it."]


def test_a_line_that_was_taken_out_is_missed():
    lines = chain(4)
    del lines[2]

    assert list(faults_in(lines)) == [
        "Line 3 is missing: line 4 stands in its place.",
        "Line 4 does not follow the line before it.",
    ]


CHANGES = st.sampled_from(
    [
        {"at": "2026-11-22T09:31Z"},
        {"account_id": 8},
        {"deed": Deed.ROUND_CLOSED},
        {"organisation_id": "b"},
        {"about": "s"},
        {"facts": {"count": "1000"}},
        {"facts": {}},
        {"previous": "f" * 64},
        {"number": 99},
    ]
)


@given(st.integers(1, 8), st.integers(0, 7), CHANGES)
def test_no_part_of_any_line_can_be_changed_unseen(count: int, place: int, change: dict[str, object]):
    lines = chain(count)
    line, stored = lines[place % count]
    lines[place % count] = (replace(line, **change), stored)

    assert list(faults_in(lines)) != []


@given(st.permutations(range(4)))
def test_no_two_lines_can_change_places_unseen(order: list[int]):
    lines = chain(4)

    assert (list(faults_in([lines[each] for each in order])) == []) is (list(order) == sorted(order))


def test_work_and_signing_in_share_no_line_and_leave_none_out():
    assert Part.WORK.deeds | Part.SIGNING_IN.deeds == Part.ALL.deeds == set(Deed)
    assert not Part.WORK.deeds & Part.SIGNING_IN.deeds
