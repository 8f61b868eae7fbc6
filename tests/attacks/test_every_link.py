"""A walk along every link of every page, signed out and signed in as everybody."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.attacks.crawling import is_page, links_of, walk
from tests.attacks.forms import quickly
from tests.attacks.furnished import WHO, Furnished
from tests.site import Page

OTHERS_NAMES = ("Rowan Lane Support", "Elsewhere", "other-lead@", "other-coordinator@")
OUR_COUNTRY_S = frozenset({"www.bbc.co.uk", "ico.org.uk", "github.com", "www.gov.uk", "openmoji.org", "www.nhs.uk"})
SECRET = re.compile(r"[0-9A-Z]{20}|[^ ]@[^ ]+\.[a-z]{2}|[0-9a-f]{24}|ey[A-Za-z0-9_-]{10}")
LEADS_OUT = re.compile(r"/sign-in/with/[0-9a-f]+$")
"""A network's own identity provider, which is not there to be called; tests/web/test_sign_on.py has it."""


def homes(of: Furnished, who: str | None) -> list[str]:
    known = of.known
    links = [f"/a/{known['token']}", f"/s/{known['share_token']}", "/come-back"]
    return ["/", "/account", "/rounds", "/networks"] if who else ["/", "/sign-in", *links]


def faults_of(path: str, page: Page) -> list[str]:
    """Return what is wrong with a page that somebody came to by a link."""
    if page.status >= 400 and page.status != 410:
        return [f"leads to {page.status}"]
    if not is_page(page):
        return []
    tree = quickly(page)
    wanted = {"title": "//head/title[normalize-space()]", "h1": "//h1", "main": "//main"}
    faults = [f"{len(tree.xpath(each))} {name}" for name, each in wanted.items() if len(tree.xpath(each)) != 1]
    fetched = tree.xpath("//script/@src | //img/@src | //link/@href | //audio/@src | //source/@src | //iframe/@src")
    faults += [f"fetches {each}" for each in fetched if urlsplit(each).netloc not in ("", "localhost")]
    for link in tree.xpath("//a/@href | //form/@action"):
        query = parse_qsl(urlsplit(link).query)
        faults += [f"{name} in an address" for name, value in query if SECRET.search(value) and name != "next"]
        faults += [f"{link} is not encrypted" for _ in "1" if link.startswith("http://")]
    return faults


@pytest.mark.parametrize("who", [None, *WHO])
def test_every_link_leads_to_a_page_that_is_whole(furnished: Furnished, who: str | None):
    wrong, seen = {}, 0
    visitor = furnished.visitor(who)
    for path, page in walk(visitor, homes(furnished, who)):
        known = path in homes(furnished, who)
        faults = [
            each
            for each in faults_of(path, page)
            if not ((known or LEADS_OUT.match(path)) and each.startswith("leads to"))
        ]
        if faults:
            wrong[path] = faults
        if is_page(page):
            seen += 1
    assert wrong == {}
    assert seen > 8


@pytest.mark.parametrize("who", ["lead", "contributor", "member", "safeguarding", "checker"])
def test_no_page_that_is_reached_shows_anything_of_another_provider_or_network(furnished: Furnished, who: str):
    shown = {
        path: [name for name in OTHERS_NAMES if name in page.text]
        for path, page in walk(furnished.visitor(who), homes(furnished, who))
        if is_page(page) and any(name in page.text for name in OTHERS_NAMES)
    }
    assert shown == {}


def test_every_page_that_leaves_the_site_is_known(furnished: Furnished):
    """Help and sources lie elsewhere; nothing else does."""
    found = set()
    for who in (None, "lead", "coordinator"):
        for _, page in walk(furnished.visitor(who), homes(furnished, who)):
            if is_page(page):
                links = [urlsplit(each).netloc for each in quickly(page).xpath("//a/@href")]
                found |= {each for each in links if each not in ("", "localhost")}
                assert links_of(page) is not None
    assert found <= OUR_COUNTRY_S
