"""The tables of docs/security/who-may.md, as a test reads them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "security" / "who-may.md"
EVERYBODY, ELSEWHERE = "everybody", "same role elsewhere"
ASKS_AGAIN, ANSWERS = "asks again", "answers with"
LET_IN, AFTER_SECOND_STEP, SIGN_IN, NOT_FOUND = "✓", "2", "–", "404"


@cache
def rows() -> Mapping[str, Mapping[str, str]]:
    """Return {what the first column names: {column: cell}} of every table of the page."""
    found, columns = {}, []
    for line in PAGE.read_text().splitlines():
        cells = [each.strip() for each in line.strip("|").split(" | ")] if line.startswith("|") else []
        if not cells:
            columns = []
        elif not columns:
            columns = cells
        elif not line.startswith("|-"):
            found[cells[0].strip("`")] = dict(zip(columns, cells, strict=True))
    return found


def routes() -> list[dict[str, str]]:
    """Return every route of the page in its order, with its area."""
    found, area = [], ""
    for line in PAGE.read_text().splitlines():
        if line.startswith("#"):
            area = line.removeprefix("### ") if line.startswith("### ") else ""
        elif area and line.startswith("| `"):
            name = line.split("`")[1]
            found.append({"area": area, **rows()[name]})
    return found


def outcome(route: str, who: str | None) -> str:
    """Return what the page says becomes of somebody who tries a route: "let in", "not found", "asked to sign in"."""
    row = rows().get(route, {})
    if EVERYBODY in row:
        return "let in"
    if who is None:
        return _WORDS.get(row.get("nobody", ""), "")
    if not who.startswith("other "):
        return _WORDS.get(row.get(who, ""), "")
    cell = row.get(ELSEWHERE, "")
    mark, _, let_in = cell.partition(" ")
    return "not found" if let_in and who.removeprefix("other ") not in let_in.split(", ") else _WORDS.get(mark, "")


_WORDS = {LET_IN: "let in", AFTER_SECOND_STEP: "let in", SIGN_IN: "asked to sign in", NOT_FOUND: "not found"}
