"""Ids of others: every address of one provider and one network, tried by those of another; alone, and put together."""

import re

import pytest
from werkzeug.routing import Rule

from tests.attacks.furnished import OTHERS, Furnished

OWN_OF_ANYBODY = frozenset({"token", "share_token", "secret", "question_id", "sign_on_id", "set_id", "version"})
"""What whoever holds it may use: links, and what is public. Their secrets are what others cannot know."""

NAMES = ("Bramble Way", "Small supports of the north", "Jo Bell", "He shouts at night", "How we plan", "plan.pdf")


def of_one_tenant(rule: Rule) -> bool:
    """Say whether an address names something that belongs to one provider or network."""
    return bool(rule.arguments) and not rule.arguments & OWN_OF_ANYBODY and rule.endpoint not in BESIDES


BESIDES = {
    "listening.generated": "a machine’s voice, the same for everybody",
    "tablet.device": "the tablet’s own secret is what opens it",
    "tablet.wiped": "the tablet’s own secret is what opens it",
}


THEIR_OWN_TOO = {
    "provider.confirm_leave": "both providers are in the network",
    "provider.leave": "both providers are in the network",
    "recordings.show": "the words to record are the same for every network",
    "recordings.upload": "the words to record are the same for every network",
    "recordings.delete": "what is not there is gone already",
    "members.take_back": "what is not there is gone already",
}


@pytest.mark.parametrize("who", OTHERS)
def test_nothing_of_another_provider_or_network_is_opened_by_its_id(furnished: Furnished, who: str):
    visitor, before = furnished.visitor(who), furnished.rows()
    wrong = {}
    with furnished.without_tokens_of_forms():
        for rule, method, path in furnished.paths():
            if of_one_tenant(rule):
                page = visitor.get(path) if method == "GET" else visitor.post(path)
                if page.status != 404:
                    wrong[f"{method} {rule.rule}"] = page.status
    assert wrong == {}
    assert furnished.rows() == before


@pytest.mark.parametrize(("who", "own"), [("other lead", "provider"), ("other coordinator", "elsewhere")])
def test_an_id_of_somebody_else_below_the_own_organisation_is_not_found(furnished: Furnished, who: str, own: str):
    """The first part of the address is one's own, and what follows is not."""
    visitor, site, before = furnished.visitor(who), furnished.site, furnished.rows()
    name = "provider_id" if own == "provider" else "network_id"
    own_id = site.other_provider.id if own == "provider" else organisation_of(furnished, who)
    wrong = {}
    with furnished.without_tokens_of_forms():
        for rule, method, path in furnished.paths():
            if of_one_tenant(rule) and name in rule.arguments and len(rule.arguments) > 1:
                mixed = path.replace(furnished.known[name], own_id, 1)
                page = visitor.get(mixed) if method == "GET" else visitor.post(mixed)
                if page.status != 404 and rule.endpoint not in THEIR_OWN_TOO:
                    wrong[f"{method} {rule.rule}"] = page.status
    assert wrong == {}
    assert furnished.rows() == before


def organisation_of(of: Furnished, who: str) -> str:
    (link,) = {each.get("href") for each in of.visitor(who).get("/networks").select("main a[href^='/networks/']")}
    return str(link).rpartition("/")[2]


@pytest.mark.parametrize("who", OTHERS)
def test_a_refusal_names_nothing_of_what_it_refuses(furnished: Furnished, who: str):
    visitor = furnished.visitor(who)
    for rule, method, path in furnished.paths():
        if of_one_tenant(rule) and method == "GET":
            page = visitor.get(path)
            assert [name for name in NAMES if name in page.text] == [], path


def test_an_id_that_exists_and_one_that_does_not_look_the_same(furnished: Furnished):
    visitor = furnished.visitor("other lead")
    for rule, method, path in furnished.paths():
        if of_one_tenant(rule) and method == "GET":
            unknown = re.sub(r"(?<=/)[0-9a-f]{16}(?=/|$|\.)", "0" * 16, path)
            assert bare(visitor.get(path).text) == bare(visitor.get(unknown).text), rule.rule


def bare(page: str) -> str:
    """Return a page without what is new in every request, and without the address that its forms lead back to."""
    page = re.sub(r'nonce="[^"]+"|name="csrf_token" value="[^"]+"', "", page)
    return re.sub(r'name="back" value="[^"]+"', "", page)


def test_numbers_of_accounts_cannot_be_counted_through(furnished: Furnished):
    """Accounts are numbered; a team shows its own members at their numbers, and nothing at all others."""
    lead, team = furnished.visitor("lead"), f"/providers/{furnished.site.provider.id}/team"
    shown = {number for number in range(1, 30) if lead.get(f"{team}/{number}/lead").status == 200}
    assert shown == {furnished.site.account_id("lead")}
