"""docs/security/attacks.md lists every test of this folder, and no test that is not there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/security/attacks.md"
LISTED = re.compile(r"`(tests/[\w/]+\.py)`((?:(?:\n  - |, )`test_\w+`)+)")


def names_of_tests(path: Path) -> set[str]:
    return {
        each.name
        for each in ast.walk(ast.parse(path.read_text()))
        if isinstance(each, ast.FunctionDef) and each.name.startswith("test_")
    }


def listed() -> dict[str, set[str]]:
    """Return the names of tests that the document lists, by file."""
    found: dict[str, set[str]] = {}
    for file, names in LISTED.findall(PAGE.read_text()):
        found.setdefault(file, set()).update(re.findall(r"`(test_\w+)`", names))
    return found


def test_every_test_of_this_folder_is_listed_with_its_class():
    own = {
        str(path.relative_to(ROOT)): names_of_tests(path)
        for path in Path(__file__).parent.glob("test_*.py")
        if path != Path(__file__)
    }
    shown = listed()
    assert {
        file: sorted(names - shown.get(file, set())) for file, names in own.items() if names - shown.get(file, set())
    } == {}


def test_every_test_that_is_listed_is_there():
    gone = {
        file: sorted(names - (names_of_tests(ROOT / file) if (ROOT / file).exists() else set()))
        for file, names in listed().items()
    }
    assert {file: names for file, names in gone.items() if names} == {}
    assert len(listed()) > 20
