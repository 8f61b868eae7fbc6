"""Going everywhere: every page that somebody reaches by its address or by a link, once."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from app.organisations import Role
from app.web import access
from app.web.access import UNUSED_ENDPOINTS
from tests.attacks.forms import quickly
from tests.attacks.furnished import WHO, Furnished
from tests.site import Page, Visitor

MOST_PAGES = 600
ENDLESS = re.compile(
    r"/recordings(\?|/en/|/cy/)|/q/S(?!01)|/audio/|/recording/|/specimen|\?next=|\?(edition|standard)="
)
"""Kinds of pages of which there are dozens alike: one each is looked at, the one whose address is known."""

SLOW = re.compile(r"/specimen$|\.pdf$")
"""Files that take seconds: the tests that are about them read them."""


OPEN_TO = {
    None: frozenset({Role.PUBLIC, Role.RESPONDENT}),
    **{who: frozenset({Role.SIGNED_IN, Role(who)}) for who in WHO},
}


def addresses(of: Furnished, who: str | None) -> list[str]:
    """Return the address of every page that is open to somebody, with ids that exist; of open and of closed rounds."""
    found = []
    for rule, method, path in of.paths():
        if method != "GET" or rule.endpoint in UNUSED_ENDPOINTS or SLOW.search(path):
            continue
        if not access.declared_roles(of.site.app, rule.endpoint) & OPEN_TO[who]:
            continue
        found.append(path)
        if "round_id" in rule.arguments:
            found += [
                path.replace(of.known["round_id"], of.known[name]) for name in ("closed_round_id", "campaign_round_id")
            ]
    return found


def links_of(page: Page) -> list[str]:
    """Return where a page's links lead within the site, as paths with their parameters."""
    base = f"http://localhost{page.response.request.path}"
    whole = [
        urljoin(base, each.get("href").partition("#")[0]) for each in quickly(page).xpath("//a[@href] | //link[@href]")
    ]
    parts = [urlsplit(each) for each in whole]
    return [f"{each.path}?{each.query}".rstrip("?") for each in parts if each.netloc == "localhost"]


def is_page(page: Page) -> bool:
    return page.status < 300 and page.response.mimetype == "text/html"


def walk(visitor: Visitor, start: list[str], most: int = MOST_PAGES) -> Iterator[tuple[str, Page]]:
    """Yield every page that is reached from these addresses, following links and redirections, in a fixed order."""
    waiting, known = list(start), set(start)
    while waiting and len(known) < most:
        path = waiting.pop(0)
        page = visitor.get(path)
        page.response.close()
        yield path, page
        found = links_of(page) if is_page(page) else []
        if page.status in (302, 303):
            there = urlsplit(page.response.headers["Location"])
            found = [f"{there.path}?{there.query}".rstrip("?")]
        for each in found:
            if (
                each not in known
                and not ENDLESS.search(each)
                and not SLOW.search(each)
                and not each.startswith("/static/")
            ):
                known.add(each)
                waiting.append(each)
