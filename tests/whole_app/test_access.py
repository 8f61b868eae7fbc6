"""Who may use what: every route, as everybody."""

import pytest
from werkzeug.routing import Rule

from app.organisations import INSTALLATION, Membership, Role
from app.web import access
from tests.site import Site

NOBODY_IN = frozenset({Role.PUBLIC, Role.RESPONDENT})
ABOUT_NO_ORGANISATION = {
    "rounds.new_round", "rounds.open_round", "networks.all_networks", "concerns.all_concerns", "visits.own",
    "booklets.rounds_with_paper", "provider.invited", "provider.join",
}  # fmt: skip
LEADS_TO_SIGNING_IN = "joining.sign_in"
HELD = ("lead", "contributor", "member", "coordinator", "safeguarding", "checker")
OF_THE_INSTALLATION = ("editor", "administrator", "auditor")
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


@pytest.mark.parametrize("who", WHO)
def test_every_route_lets_in_exactly_those_whom_it_declares(site: Site, who: str | None):
    site.app.config["WTF_CSRF_ENABLED"] = False
    signed_in = site.visitor(who)
    wrong = {}
    signing_out_last = sorted(paths(site).items(), key=lambda each: each[1][0].endpoint == "security.logout")
    for name, (rule, method, path) in signing_out_last:
        visitor = signed_in.again()
        page = visitor.get(path) if method == "GET" else visitor.post(path)
        outcome = "asked to sign in" if is_sent_to_sign_in(page) else "not found" if page.status == 404 else "let in"
        if outcome != expected(rule.endpoint, access.declared_roles(site.app, rule.endpoint), who):
            wrong[name] = f"{outcome} ({page.status})"
    assert wrong == {}


def expected(endpoint: str, roles: frozenset[Role], who: str | None) -> str:
    if endpoint in access.UNUSED_ENDPOINTS:
        return "not found"
    if endpoint == LEADS_TO_SIGNING_IN:
        return "asked to sign in"
    if roles & NOBODY_IN:
        return "let in"
    if who is None:
        return "asked to sign in"
    if roles == frozenset({Role.SIGNED_IN}):
        return "let in"
    own = {role.value for role in roles}
    if endpoint in ABOUT_NO_ORGANISATION:
        return "let in" if who.removeprefix("other ") in own else "not found"
    return "let in" if who in own else "not found"


def is_sent_to_sign_in(page) -> bool:
    return page.status in (302, 303) and page.response.headers["Location"].split("?")[0] == "/sign-in"


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
            if page.status != 400 and page.status != 404 and not is_sent_to_sign_in(page):
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
