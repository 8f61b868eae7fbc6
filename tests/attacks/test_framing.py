"""Clickjacking, and every other header that keeps a page from being used by another site."""

from collections.abc import Mapping

import pytest

from tests.attacks.crawling import addresses
from tests.attacks.furnished import WHO, Furnished

HAS = {
    "content-security-policy": "default-src 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "",
    "permissions-policy": "camera=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "",
}
"""By the name of a header: what stands in it."""


def missing_headers(status: int, headers: Mapping[str, str]) -> list[str]:
    """Return which headers an answer lacks. headers: by name in small letters."""
    lacking = [name for name, value in HAS.items() if value not in headers.get(name, "not there" if value else "")]
    lacking += [name for name in HAS if name not in headers]
    policy = headers.get("content-security-policy", "")
    if "text/html" in headers.get("content-type", "") and "sandbox" not in policy:
        lacking += [] if "frame-ancestors 'none'" in policy else ["frame-ancestors"]
        lacking += [word for word in ("unsafe-inline", "unsafe-eval", " *", "https:", "http:") if word in policy]
    return sorted(set(lacking))


@pytest.mark.parametrize("who", [None, *WHO])
def test_every_answer_says_that_it_may_stand_in_no_frame(furnished: Furnished, who: str | None):
    visitor, wrong = furnished.visitor(who), {}
    for path in addresses(furnished, who):
        answered = visitor.get(path).response
        headers = {name.lower(): value for name, value in answered.headers}
        if missing_headers(answered.status_code, headers):
            wrong[path] = missing_headers(answered.status_code, headers)
        answered.close()
    assert wrong == {}


@pytest.mark.parametrize("path", ["/nowhere", "/static/nowhere.css", "/a/x", "/rounds/x", "/%00"])
def test_a_failure_has_the_headers_of_every_page(furnished: Furnished, path: str):
    for page in (
        furnished.site.visitor().get(path),
        furnished.visitor("lead").get(path),
        furnished.site.visitor().post(path),
        furnished.site.visitor().get(path, headers={"Host": "evil.example"}),
    ):
        assert missing_headers(page.status, {name.lower(): value for name, value in page.response.headers}) == []


def test_no_script_of_a_page_stands_in_it_without_the_word_of_this_request(furnished: Furnished):
    """A nonce is drawn anew for each answer: one that was seen once lets nothing in."""
    words = set()
    for path in ("/", "/sign-in", "/nowhere") * 3:
        policy = furnished.site.visitor().get(path).response.headers["Content-Security-Policy"]
        words.add(policy.partition("'nonce-")[2].partition("'")[0])
    assert len(words) == 9
