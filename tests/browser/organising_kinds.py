"""The pages about organisations, teams and the log."""

from collections.abc import Callable
from secrets import token_hex

from playwright.sync_api import Page

from app.services.joining_networks import invite_provider
from app.services.organising import add_network
from app.services.sites import add_site, archive_site
from app.storage import accounts
from tests.browser.kinds import PageKind, Visitor, nothing, pressing
from tests.browser.served import ServedSite
from tests.browser.steps import choose, go_on
from tests.days import TODAY


def _kind(
    visitor: Visitor, name: str, path: Callable[[ServedSite], str], then: Callable[[Page], None] = nothing
) -> PageKind:
    return PageKind(name, path, then, visitor)


def _provider(page: str = "") -> Callable[[ServedSite], str]:
    return lambda site: f"/providers/{site.opened.provider_id}{page}"


def _network(page: str) -> Callable[[ServedSite], str]:
    return lambda site: f"/networks/{site.campaign.network_id}{page}"


def _colleague(
    of_team: Callable[[ServedSite], str], who: Callable[[ServedSite], str], role: str
) -> Callable[[ServedSite], str]:
    def path(site: ServedSite) -> str:
        with site.database.reading() as connection:
            return f"{of_team(site)}/{accounts.id_of(connection, who(site))}/{role}"

    return path


def _invite(role: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.get_by_label("Their e-mail address").fill(f"{token_hex(4)}@demo.example")
        choose(page, role)
        go_on(page, "Invite them")

    return act


def _make_link(page: Page) -> None:
    page.get_by_label("Whom is the link for?").fill("Rowan Lane")
    go_on(page, "Make a link")


def _invited(site: ServedSite) -> str:
    """Invite the lead's provider into a network that it is not in."""
    other = add_network(site.database, "Small supports of the south (made up)", made_up=True)
    secret = invite_provider(site.database, other.id, token_hex(8), "Rowan Lane", TODAY)
    return f"/join-network/{secret}"


def _leave(site: ServedSite) -> str:
    return f"{_provider()(site)}/networks/{site.campaign.network_id}/leave"


def _with_site(site: ServedSite) -> str:
    add_site(site.database, site.opened.provider_id, f"Maple House {token_hex(4)}")
    return _provider()(site)


def _site(site: ServedSite) -> str:
    added = add_site(site.database, site.opened.provider_id, f"Maple House {token_hex(4)}")
    return f"{_provider()(site)}/sites/{added.id}"


def _archived_site(site: ServedSite) -> str:
    added = add_site(site.database, site.opened.provider_id, f"Old mill {token_hex(4)}")
    archive_site(site.database, added.id, TODAY, before=added.name)
    return f"{_provider()(site)}/sites/{added.id}"


def _take_name_away(page: Page) -> None:
    page.get_by_label("Name of the site").fill("")
    go_on(page, "Save the name")


LEAD, COORDINATOR, ADMINISTRATOR = Visitor.LEAD, Visitor.COORDINATOR, Visitor.ADMINISTRATOR
_OWN_TEAM, _NETWORKS_TEAM = _provider("/team"), _network("/team")
ORGANISING = (
    _kind(LEAD, "a provider", _provider()),
    _kind(LEAD, "a provider, archive not ticked", _provider(), pressing("Archive Ash Way Partnership (made up)")),
    _kind(LEAD, "a provider, a site without a name", _provider(), pressing("Add the site")),
    _kind(LEAD, "a provider with sites", _with_site),
    _kind(LEAD, "a site", _site),
    _kind(LEAD, "a site, no name", _site, _take_name_away),
    _kind(LEAD, "an archived site", _archived_site),
    _kind(LEAD, "leave a network", _leave),
    _kind(LEAD, "join a network", _invited),
    _kind(LEAD, "a team", _OWN_TEAM),
    _kind(LEAD, "a team, nothing given", _OWN_TEAM, pressing("Invite them")),
    _kind(LEAD, "a colleague was invited", _OWN_TEAM, _invite("Member of the team")),
    _kind(LEAD, "a colleague", _colleague(_OWN_TEAM, lambda site: site.lead.email, "lead")),
    _kind(COORDINATOR, "members", _network("/members")),
    _kind(COORDINATOR, "members, nothing given", _network("/members"), pressing("Make a link")),
    _kind(COORDINATOR, "a link for a provider", _network("/members"), _make_link),
    _kind(
        COORDINATOR, "remove a member",
        lambda site: f"{_network('/members')(site)}/{site.opened.provider_id}/remove",
    ),
    _kind(COORDINATOR, "a network's team", _NETWORKS_TEAM),
    _kind(
        COORDINATOR, "a network's colleague",
        _colleague(_NETWORKS_TEAM, lambda site: site.coordinator.email, "coordinator"),
    ),
    _kind(ADMINISTRATOR, "administration", lambda site: "/administration"),
    _kind(ADMINISTRATOR, "administration, nothing given", lambda site: "/administration", pressing("Add the provider")),
    _kind(
        ADMINISTRATOR, "merge a provider",
        lambda site: f"/administration/providers/{site.opened.provider_id}/merge",
    ),
    _kind(ADMINISTRATOR, "the installation's team", lambda site: "/administration/team"),
    _kind(
        ADMINISTRATOR, "the installation's colleague",
        _colleague(lambda site: "/administration/team", lambda site: site.administrator.email, "administrator"),
    ),
    _kind(Visitor.AUDITOR, "the log", lambda site: "/log"),
    _kind(Visitor.AUDITOR, "the log, checked", lambda site: "/log/check"),
)  # fmt: skip
