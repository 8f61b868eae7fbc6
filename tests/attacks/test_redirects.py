"""Addresses that would lead from here to another site, wherever an address says where to go next."""

import pytest

from tests.attacks.crawling import SLOW
from tests.attacks.elsewhere import leads_elsewhere
from tests.attacks.furnished import WHO, Furnished
from tests.site import PASSWORD

ELSEWHERE = (
    "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "///evil.example",
    "/%2fevil.example", "/%5cevil.example", "javascript:alert(1)", "http:evil.example", "https:/evil.example",
    "/\t/evil.example", "/@evil.example", "//localhost@evil.example", "data:text/html,x", "%09//evil.example",
    "/a/../\\evil.example", "/../..//evil.example", "http://localhost:80@evil.example", "\u2028//evil.example",
)  # fmt: skip


@pytest.mark.parametrize("there", ELSEWHERE)
def test_signing_in_leads_to_a_page_of_ours(furnished: Furnished, there: str):
    form = {"email": furnished.site.people["lead"], "password": PASSWORD}
    in_form = furnished.site.visitor().fill_in("/sign-in", {**form, "next": there})
    assert not leads_elsewhere(in_form)
    visitor = furnished.site.visitor()
    token = visitor.get("/sign-in").select("input[name=csrf_token]")[0].get("value")
    page = visitor.post("/sign-in", {**form, "csrf_token": token}, query_string={"next": there})
    assert not leads_elsewhere(page)


@pytest.mark.parametrize("there", ELSEWHERE)
def test_saying_again_who_one_is_leads_to_a_page_of_ours(furnished: Furnished, there: str):
    lead = furnished.visitor("lead")
    token = lead.get("/verify").select("input[name=csrf_token]")[0].get("value")
    for sent in ({"next": there}, {}):
        page = lead.post(
            "/verify", {"csrf_token": token, "password": PASSWORD, **sent}, query_string={} if sent else {"next": there}
        )
        assert not leads_elsewhere(page)


@pytest.mark.parametrize("there", ELSEWHERE)
def test_changing_the_look_and_is_this_you_lead_to_a_page_of_ours(furnished: Furnished, there: str):
    stranger = furnished.site.visitor()
    link = f"/a/{furnished.known['token']}"
    for page in (
        stranger.post("/look", {"switch": "size:large", "back": there}),
        stranger.post(f"{link}/is-this-you", {"is_me": "yes", "next": there}),
        stranger.post(link, {"is_me": "yes", "next": there, "edition": "standard"}),
    ):
        assert not leads_elsewhere(page)


@pytest.mark.parametrize("who", [None, *WHO])
def test_no_page_at_all_leads_elsewhere_whatever_its_address_says(furnished: Furnished, who: str | None):
    visitor = furnished.visitor(who)
    names = ("next", "back", "url", "return", "return_to", "redirect", "redirect_uri", "continue", "to", "dest")
    query = dict.fromkeys(names, "https://evil.example/")
    for rule, method, path in furnished.paths():
        if method == "GET" and not SLOW.search(path) and rule.endpoint != "sign_on.go":
            page = visitor.get(path, query_string=query)
            assert not leads_elsewhere(page), path
            page.response.close()


def test_a_page_that_is_shown_names_no_address_of_elsewhere_to_go_on_to(furnished: Furnished):
    """What stands in the address of a sign-in page stands in no link and no form of it."""
    page = furnished.site.visitor().get("/sign-in", query_string={"next": "https://evil.example/"})
    targets = [each.get("href") or each.get("action") for each in page.select("a[href], form[action]")]
    assert [each for each in targets if each.startswith("//") or "//evil" in each.partition("?")[0]] == []
