"""Who may use what: every route, as everybody. What docs/security/who-may.md says is what was answered here."""

import pytest
from sqlalchemy import update
from werkzeug.routing import Rule

from app.organisations import INSTALLATION, NEEDS_SECOND_FACTOR, Membership, Role
from app.storage.tables import account_session
from app.web import access
from tests.site import Page, Site, Visitor
from tests.whole_app import documented

NOBODY_IN = frozenset({Role.PUBLIC, Role.RESPONDENT})
ABOUT_NO_ORGANISATION = {
    "rounds.new_round", "rounds.open_round", "networks.all_networks", "concerns.all_concerns", "visits.own",
    "booklets.rounds_with_paper", "provider.invited", "provider.join",
}  # fmt: skip
LEADS_TO_SIGNING_IN = "joining.sign_in"
HELD = ("lead", "contributor", "member", "coordinator", "safeguarding", "checker")
OF_THE_INSTALLATION = ("editor", "administrator", "auditor")
OWN_ROLE = {"/account/roles/<role>": "administrator", "/account/roles/<role>/<organisation_id>": "lead"}
"""The pages for leaving: who holds the role that the tried address names."""

GOES_LAST = ("accounts.leave", "security.logout")
LONG_AGO = 0.0
WHO = [None, *(f"{which}{who}" for who in HELD for which in ("", "other ")), *OF_THE_INSTALLATION]


def paths(site: Site) -> dict[str, tuple[Rule, str, str]]:
    """Return (rule, method, path) of every route, with ids that exist."""
    campaign = site.campaign(closed=True)
    known: dict[str, str] = {
        "token": site.begun_link(site.open_round()).removeprefix("/a/"),
        "question_id": "S01.a",
        "round_id": site.round_in(campaign).id,
        "campaign_id": campaign.id,
        "network_id": site.network.id,
        "contact_id": site.contact.id,
        "concern_id": site.tell(site.round_in(campaign)),
        "language": "en",
        "text_sha256": site.record().sha256,
        "name": site.speak("Yes"),
        "visit_id": site.visit(begun=True).id,
        "account_id": "1",
        "set_id": "personalised-support",
        "version": "1.0.0",
        "kind": "xlsx",
        "provider_id": site.provider.id,
        "evidence_id": site.keep_evidence().id,
        "invitation_id": "1" * 16,
        "secret": site.network_invitation(),
        "share_token": site.shared_token(),
        "sign_on_id": site.sign_on(),
        "site_id": site.add_site(),
    }
    of_provider, of_network, of_installation = (
        {
            "organisation_id": into.organisation_id,
            "account_id": str(site.account_id(into.role.value)),
            "role": into.role.value,
            "invitation_id": site.invite_colleague(into),
        }
        for into in (
            Membership(Role.LEAD, site.provider.id),
            Membership(Role.COORDINATOR, site.network.id),
            Membership(Role.ADMINISTRATOR, INSTALLATION),
        )
    )

    def known_of(rule: Rule, name: str) -> str:
        """The pages of the three kinds of teams name different organisations in the same place."""
        if rule.rule in OWN_ROLE:
            return (of_provider if OWN_ROLE[rule.rule] == "lead" else of_installation)[name]
        if "/team" not in rule.rule:
            return known[name]
        return {"/p": of_provider, "/n": of_network, "/a": of_installation}[rule.rule[:2]][name]

    found = {}
    for rule in site.app.url_map.iter_rules():
        path = site.app.url_map.bind("127.0.0.1").build(
            rule.endpoint,
            {name: known_of(rule, name) for name in rule.arguments},
            method=next(iter(rule.methods or {"GET"})),
        )
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            found[f"{method} {rule.rule}"] = (rule, method, path)
    return found


def test_every_endpoint_declares_who_may_use_it(site: Site):
    access.refuse_undeclared(site.app)


def test_what_declares_nothing_stops_the_application_from_starting(site: Site, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(access.OPEN_ENDPOINTS, "security.login")
    with pytest.raises(RuntimeError, match=r"security\.login"):
        access.refuse_undeclared(site.app)


def tried(site: Site, signed_in: Visitor) -> dict[str, tuple[Rule, Page]]:
    """Return what every route answered to somebody, by method and rule. Leaving and signing out come last."""
    site.app.config["WTF_CSRF_ENABLED"] = False
    found = {}
    leaving_last = sorted(paths(site).items(), key=lambda each: each[1][0].endpoint in GOES_LAST)
    for name, (rule, method, path) in leaving_last:
        visitor = signed_in.again()
        found[name] = rule, visitor.get(path) if method == "GET" else visitor.post(path)
    return found


def outcome_of(page: Page) -> str:
    if is_sent_to(page, "/sign-in"):
        return "asked to sign in"
    return "not found" if page.status == 404 else "let in"


@pytest.mark.parametrize("who", WHO)
def test_every_route_lets_in_exactly_those_whom_it_declares(site: Site, who: str | None):
    found = tried(site, site.visitor(who))

    outcomes = {name: outcome_of(page) for name, (_, page) in found.items()}
    declared = {
        name: expected(rule, access.declared_roles(site.app, rule.endpoint), who) for name, (rule, _) in found.items()
    }
    assert outcomes == declared
    assert outcomes == {name: documented.outcome(name, who) for name in outcomes}


def from_long_ago(visitor: Visitor) -> Visitor:
    """Let it be long ago that somebody showed who they are."""
    with visitor.client.session_transaction() as cookie:
        cookie["fs_paa"] = LONG_AGO
    return visitor


def without_second_step(site: Site, visitor: Visitor) -> Visitor:
    with site.database.writing() as connection:
        connection.execute(update(account_session).values(has_second_factor=False))
    return visitor


@pytest.mark.parametrize("who", [*HELD[:1], "coordinator", *OF_THE_INSTALLATION])
def test_what_asks_again_who_it_is_after_a_while_is_what_is_documented(site: Site, who: str):
    found = tried(site, from_long_ago(site.visitor(who)))

    asked = {name for name, (_, page) in found.items() if is_sent_to(page, "/verify")}
    said = {name for name, row in documented.rows().items() if row.get(documented.ASKS_AGAIN)}
    let_in = {name for name in said if documented.outcome(name, who) == "let in"}
    assert asked & let_in == let_in != set()
    assert asked - said == set()


@pytest.mark.parametrize("who", sorted(NEEDS_SECOND_FACTOR))
def test_what_waits_for_the_second_step_is_what_is_documented(site: Site, who: str):
    found = tried(site, without_second_step(site, site.visitor(who)))

    led_there = {name for name, (_, page) in found.items() if is_sent_to(page, "/account/second-step")}
    assert led_there == {name for name, row in documented.rows().items() if row.get(who) == "2"} != set()


def expected(rule: Rule, roles: frozenset[Role], who: str | None) -> str:
    endpoint = rule.endpoint
    if endpoint in access.UNUSED_ENDPOINTS:
        return "not found"
    if endpoint == LEADS_TO_SIGNING_IN:
        return "asked to sign in"
    if roles & NOBODY_IN:
        return "let in"
    if who is None:
        return "asked to sign in"
    if rule.rule in OWN_ROLE:
        return "let in" if who == OWN_ROLE[rule.rule] else "not found"
    if roles == frozenset({Role.SIGNED_IN}):
        return "let in"
    own = {role.value for role in roles}
    if endpoint in ABOUT_NO_ORGANISATION:
        return "let in" if who.removeprefix("other ") in own else "not found"
    return "let in" if who in own else "not found"


def is_sent_to(page: Page, path: str) -> bool:
    return page.status in (302, 303) and page.response.headers["Location"].split("?")[0] == path


def test_no_get_changes_the_database(site: Site):
    before_paths = paths(site)
    visitors = [site.visitor(who) for who in (None, *HELD)]
    before = dump(site)
    for visitor in visitors:
        for _, method, path in before_paths.values():
            if method == "GET":
                assert visitor.get(path).status < 500
    assert dump(site) == before


def dump(site: Site) -> str:
    from app.storage.tables import metadata

    with site.database.reading() as connection:
        return str([(name, connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()) for name in metadata.tables])


BY_LINK = frozenset({"answer", "shared", "come_back", "stop"})
CHANGES_THE_LOOK_ALONE = "home.look_change"


def test_every_post_but_those_by_link_needs_a_token_of_its_form(site: Site):
    open_without = []
    lead = site.visitor("lead")
    for name, (rule, method, path) in paths(site).items():
        if method == "POST" and rule.endpoint.split(".")[0] not in BY_LINK and rule.endpoint != CHANGES_THE_LOOK_ALONE:
            page = lead.again().post(path)
            if page.status != 400 and page.status != 404 and not is_sent_to(page, "/sign-in"):
                open_without.append(f"{name}: {page.status}")
    assert open_without == []


@pytest.mark.parametrize("where", ["cross-site", "same-site"])
def test_no_post_is_taken_from_a_page_of_another_site(site: Site, where: str):
    site.app.config["WTF_CSRF_ENABLED"] = False
    lead, taken = site.visitor("lead"), []
    for name, (_, method, path) in paths(site).items():
        if method == "POST":
            page = lead.again().post(path, headers={"Sec-Fetch-Site": where})
            if page.status != 403:
                taken.append(f"{name}: {page.status}")
    assert taken == []
