"""The table of OWASP's ASVS: nothing is left out, and nothing is claimed that is not there."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.whole_app import asvs, security_overview
from tests.whole_app.asvs import Answer, Requirement

LEVELS = """
V1.1 22, V1.2 1111122223, V1.3 112222222223, V1.4 222, V1.5 123, V2.1 122, V2.2 112, V2.3 12223, V2.4 23, V3.1
3, V3.2 113, V3.3 12223, V3.4 11222233, V3.5 11122333, V3.6 3, V3.7 22333, V4.1 12233, V4.2 23333, V4.3 22, V4.4
1222, V5.1 2, V5.2 112333, V5.3 113, V5.4 222, V6.1 122, V6.2 111111112222, V6.3 11223333, V6.4 112233, V6.5
22222333, V6.6 2223, V6.7 33, V6.8 2222, V7.1 222, V7.2 1111, V7.3 22, V7.4 11222, V7.5 223, V7.6 22, V8.1 1233,
V8.2 1123, V8.3 133, V8.4 23, V9.1 111, V9.2 1222, V10.1 22, V10.2 223, V10.3 22223, V10.4 1111122222233333,
V10.5 22222, V10.6 22, V10.7 222, V11.1 2233, V11.2 22233, V11.3 11233, V11.4 1222, V11.5 23, V11.6 23, V11.7
33, V12.1 12233, V12.2 11, V12.3 22223, V13.1 2333, V13.2 222223, V13.3 2233, V13.4 1222233, V14.1 22, V14.2
12223333, V14.3 122, V15.1 12233, V15.2 12233, V15.3 1222222, V15.4 3333, V16.1 2, V16.2 22222, V16.3 2222,
V16.4 222, V16.5 2223, V17.1 23, V17.2 22223333, V17.3 22
"""
"""Each section of version 5.0.0, with the level of each of its requirements in order."""

FOUND = asvs.requirements()


def levels() -> dict[str, int]:
    sections = (each.split() for each in LEVELS.replace("\n", " ").split(","))
    return {f"{section}.{at}": int(level) for section, all_ in sections for at, level in enumerate(all_, start=1)}


def test_the_standard_has_70_requirements_of_level_1_and_183_of_level_2():
    found = list(levels().values())

    assert (found.count(1), found.count(2), found.count(3)) == (70, 183, 92)


def test_every_requirement_of_levels_1_and_2_is_there_once_and_in_its_order():
    wanted = {number: level for number, level in levels().items() if level < 3}

    assert {each.number: each.level for each in FOUND} == wanted
    assert len(FOUND) == len(wanted)
    assert [each.number for each in FOUND] == [each.number for each in sorted(FOUND, key=lambda each: each.place)]


@pytest.mark.parametrize("requirement", FOUND, ids=lambda each: each.number)
def test_what_is_claimed_is_shown_by_a_test_or_a_file_that_is_there(requirement: Requirement):
    if requirement.answer in {Answer.YES, Answer.PARTLY}:
        assert requirement.shown
    else:
        assert not requirement.shown
    for shown in requirement.shown:
        path, _, test = shown.partition("::")
        assert (asvs.ROOT / path).is_file(), shown
        assert bool(test) == (path.startswith("tests/")), shown
        assert not test or test in names_in(asvs.ROOT / path), shown


@pytest.mark.parametrize("requirement", FOUND, ids=lambda each: each.number)
def test_whatever_is_not_wholly_met_says_what_is_missing(requirement: Requirement):
    assert requirement.asks.endswith(".")
    assert requirement.how.endswith(".") or (requirement.answer is Answer.YES and not requirement.how)
    assert "|" not in requirement.asks + requirement.how


def test_the_page_and_its_counts_are_made_of_the_file():
    assert asvs.PAGE.read_text() == asvs.page(FOUND)


def test_the_overviews_of_the_page_about_security_are_made_of_the_long_tables():
    page = security_overview.PAGE.read_text()

    assert security_overview.page(page) == page
    assert security_overview.page(page.replace("| **all** |", "| **some** |")) == page


@cache
def names_in(path: Path) -> frozenset[str]:
    return frozenset(each.name for each in ast.walk(ast.parse(path.read_text())) if isinstance(each, ast.FunctionDef))
