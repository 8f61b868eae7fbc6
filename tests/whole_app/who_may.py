"""Writes docs/security/who-may.md: who may use what, from what really happened when everybody tried everything.

Usage: python -m tests.whole_app.who_may. It takes some minutes. The tests hold the page to what they see themselves.
"""

import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.organisations import NEEDS_SECOND_FACTOR, Act, Role
from app.organisations.permissions import MAY
from tests.databases import SqliteFiles
from tests.integration.test_who_may import (
    AFTER_THE_CALLER_ASKED,
    ALL_ASKED,
    AT_THE_MACHINE,
    BY_A_SECRET,
    FOR_ANYBODY,
    OWN_ALONE,
)
from tests.site import Page, Site, Visitor, make_site
from tests.whole_app.documented import (
    AFTER_SECOND_STEP,
    ANSWERS,
    ASKS_AGAIN,
    ELSEWHERE,
    EVERYBODY,
    LET_IN,
    NOT_FOUND,
    PAGE,
    SIGN_IN,
)
from tests.whole_app.test_access import (
    HELD,
    OF_THE_INSTALLATION,
    from_long_ago,
    is_sent_to,
    outcome_of,
    tried,
    without_second_step,
)

TEMPLATE = Path(__file__).with_suffix(".md")
ROLES = (*HELD, *OF_THE_INSTALLATION)
OTHERS = tuple(f"other {who}" for who in HELD)
MARKS = {"let in": LET_IN, "asked to sign in": SIGN_IN, "not found": NOT_FOUND}
AREAS = {
    "home": "Pages for everybody",
    "answer": "Answering by a link",
    "shared": "A result that somebody shares by a link",
    "come_back": "Coming back with a short code",
    "stop": "Stopping letters by a link",
    "listening": "Sounds that are read aloud",
    "tablet": "The checkers’ tablet",
    "security": "Signing in, and one’s own password and second step",
    "by_letter": "Signing in with a letter",
    "sign_on": "Signing in at a network’s identity provider",
    "joining": "An invitation of a colleague",
    "accounts": "One’s own account",
    "rounds": "A provider’s rounds",
    "ending": "Closing and calling off a round",
    "safeguarding": "Who takes a round’s concerns",
    "addresses": "Asking by e-mail",
    "booklets": "Booklets on paper",
    "paper": "Typing in what came on paper",
    "evidence": "A provider’s evidence",
    "provider": "A provider, its name and its networks",
    "provider_team": "A provider’s team",
    "sites": "A provider’s sites",
    "networks": "A network and its campaigns",
    "members": "A network’s members",
    "network_team": "A network’s team",
    "contacts": "A network’s contacts",
    "recordings": "A network’s recorded voices",
    "visit_plans": "Planning visits",
    "visits": "Visits, for checkers",
    "concerns": "Concerns",
    "administration": "The installation",
    "installation_team": "The installation’s team",
    "log": "The log of who did what",
}
"""Blueprint → heading. A blueprint without one stops the page from being made."""


@dataclass
class Seen:
    """What became of one route. by: the outcome for each who tried."""

    area: str
    by: dict[str | None, str] = field(default_factory=dict)
    asks_again: bool = False
    waits_for: set[str] = field(default_factory=set)
    answer: str = ""


def everything_tried(new_site: Callable[[], Site]) -> dict[str, Seen]:
    """Return what became of every route, each visitor on a site of their own."""
    found: dict[str, Seen] = {}
    for who in (None, *ROLES, *OTHERS):
        for name, seen, page in _by(new_site, found, lambda site, who=who: site.visitor(who)):
            seen.by[who] = outcome_of(page)
            seen.answer = seen.answer or _answer(name, page)
    for who in ROLES:
        for _, seen, page in _by(new_site, found, lambda site, who=who: from_long_ago(site.visitor(who))):
            seen.asks_again = seen.asks_again or is_sent_to(page, "/verify")
    for who in sorted(NEEDS_SECOND_FACTOR):
        for _, seen, page in _by(new_site, found, lambda site, who=who: without_second_step(site, site.visitor(who))):
            if is_sent_to(page, "/account/second-step"):
                seen.waits_for.add(who)
    return found


def _by(
    new_site: Callable[[], Site], found: dict[str, Seen], visitor: Callable[[Site], Visitor]
) -> Iterable[tuple[str, Seen, Page]]:
    site = new_site()
    for name, (rule, page) in tried(site, visitor(site)).items():
        yield name, found.setdefault(name, Seen(rule.endpoint.split(".")[0])), page
    site.close()


def _answer(name: str, page: Page) -> str:
    """Return what a GET that was let in answers with: empty for a page, a form that leads on, and a failure."""
    headers = page.response.headers
    if not name.startswith("GET") or page.status != 200:
        return ""
    if headers.get("Content-Disposition", "").startswith("attachment"):
        return "a file, to be saved"
    return "" if page.response.mimetype == "text/html" else page.response.mimetype


def routes_table(found: Mapping[str, Seen]) -> str:
    parts = []
    for area, heading in AREAS.items():
        rows = [_row(name, seen) for name, seen in found.items() if seen.area == area]
        if rows:
            parts.append(f"### {heading}\n\n{_area(sorted(rows, key=_by_path))}")
    unnamed = {seen.area for seen in found.values()} - set(AREAS)
    if unnamed:
        raise KeyError(f"areas without a heading: {', '.join(sorted(unnamed))}")
    return "\n\n".join(parts)


def _area(rows: Sequence[Sequence[str]]) -> str:
    """Return the table of an area; a short one where everybody is answered alike."""
    if all(set(row[1:-2]) == {LET_IN} and not row[-2] for row in rows):
        return table(("route", EVERYBODY, ANSWERS), [(row[0], LET_IN, row[-1]) for row in rows])
    return table(("route", "nobody", *ROLES, ELSEWHERE, ASKS_AGAIN, ANSWERS), rows)


def _row(name: str, seen: Seen) -> Sequence[str]:
    own = [AFTER_SECOND_STEP if who in seen.waits_for else MARKS[seen.by[who]] for who in ROLES]
    again = "15 minutes" if seen.asks_again else ""
    return (f"`{name}`", MARKS[seen.by[None]], *own, _elsewhere(seen), again, seen.answer)


def _elsewhere(seen: Seen) -> str:
    """Return what becomes of people who hold the same roles in other organisations."""
    outcomes = {who: seen.by[f"other {who}"] for who in HELD}
    if len(set(outcomes.values())) == 1:
        return MARKS[outcomes[HELD[0]]]
    return f"{LET_IN} " + ", ".join(who for who, outcome in outcomes.items() if outcome == "let in")


def _by_path(row: Sequence[str]) -> tuple[str, str]:
    method, _, path = row[0].strip("`").partition(" ")
    return path, method


def acts_table() -> str:
    columns = ("act", *(role.value for role in MAY))
    return table(columns, [(act.value, *(LET_IN if act in MAY[role] else "" for role in MAY)) for act in Act])


def services_table() -> str:
    columns = ("service", *(role.value for role in MAY), ELSEWHERE)
    rows = [
        (f"`{name}`", *(_tick(not MAY[role].isdisjoint(acts)) for role in MAY), NOT_FOUND)
        for name, (acts, _) in sorted(ALL_ASKED.items())
    ]
    return table(columns, rows)


def others_table() -> str:
    """Return the services that ask nobody for a role, and why."""
    kinds: Mapping[str, Mapping[str, str]] = {
        "a secret": BY_A_SECRET,
        "open to anybody": FOR_ANYBODY,
        "one’s own alone": OWN_ALONE,
        "the caller asked": dict.fromkeys(sorted(AFTER_THE_CALLER_ASKED), "a part of a service above"),
        "at the machine": AT_THE_MACHINE,
    }
    rows = [(f"`{name}`", kind, why) for kind, named in kinds.items() for name, why in named.items()]
    return table(("service or module", "what it asks for", "why"), rows)


def _tick(is_so: bool) -> str:
    return LET_IN if is_so else NOT_FOUND


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as Markdown has it."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("|---" * len(columns) + "|" if line[0] == "---" else f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="who-may-"))
    databases = SqliteFiles(folder)

    def new_site() -> Site:
        print(".", end="", flush=True, file=sys.stderr)
        return make_site(Path(tempfile.mkdtemp(dir=folder)), databases.new_url())

    parts = {
        "acts": acts_table(),
        "routes": routes_table(everything_tried(new_site)),
        "services": services_table(),
        "others": others_table(),
        "roles": ", ".join(role.value for role in Role if role in NEEDS_SECOND_FACTOR),
    }
    marks = {"let_in": LET_IN, "second": AFTER_SECOND_STEP, "sign_in": SIGN_IN, "not_found": NOT_FOUND}
    columns = {"everybody": EVERYBODY, "elsewhere": ELSEWHERE, "again": ASKS_AGAIN}
    page = TEMPLATE.read_text().format(**parts, **marks, **columns)
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page)


if __name__ == "__main__":
    main()
