"""Writes the two overviews of docs/security.md from the long tables that it links to.

Usage: python -m tests.whole_app.security_overview, after those tables were written.
"""

import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from tests.whole_app import asvs, documented
from tests.whole_app.documented import AFTER_SECOND_STEP, ELSEWHERE, EVERYBODY, LET_IN
from tests.whole_app.who_may import ROLES, table

PAGE = Path(__file__).parents[2] / "docs" / "security.md"
COLUMNS = ("nobody", *ROLES, ELSEWHERE)
Routes = list[dict[str, str]]


def page(before: str) -> str:
    """Return the page with both overviews as they are now."""
    for name, written in (("routes", routes_overview()), ("asvs", asvs.counts(asvs.requirements()))):
        before = re.sub(f"(?s)(<!-- {name} -->\n).*?(<!-- end -->)", rf"\g<1>\n{written}\n\n\g<2>", before)
    return before


def routes_overview() -> str:
    """Return, for each area, how many of its routes let in whom."""
    areas = [(area, list(routes)) for area, routes in groupby(documented.routes(), key=lambda each: each["area"])]
    every = [route for _, routes in areas for route in routes]
    rows = [*(_row(area, routes) for area, routes in areas), _row("**all**", every)]
    return table(("area", "routes", *COLUMNS), rows)


def _row(area: str, routes: Routes) -> tuple[str, ...]:
    return (area, str(len(routes)), *(_count(routes, who) for who in COLUMNS))


def _count(routes: Iterable[dict[str, str]], who: str) -> str:
    cells = [route.get(EVERYBODY) or route[who] for route in routes]
    let_in = sum(cell.startswith((LET_IN, AFTER_SECOND_STEP)) for cell in cells)
    return str(let_in) if let_in else "–"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text()))
