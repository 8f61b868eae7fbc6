"""Every kind of page, once, and how to get to it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from playwright.sync_api import Page

from app.responses import ProviderView
from app.services.reporting import provider_report_of
from app.standards import Audience
from app.surveys import Edition
from app.web.pages import report_page
from tests.browser.served import NOBODY_S_TOKEN, ServedSite
from tests.browser.steps import choose, press


class Visitor(Enum):
    ANYBODY = "anybody"
    LEAD = "lead"
    COORDINATOR = "coordinator"


def nothing(_page: Page) -> None:
    pass


@dataclass(frozen=True)
class PageKind:
    """path: the address to open first, made for one visit. then: what to do there to get to the page."""

    name: str
    path: Callable[[ServedSite], str]
    then: Callable[[Page], None] = nothing
    visitor: Visitor = Visitor.ANYBODY
    is_answering: bool = False

    def open(self, page: Page, site: ServedSite) -> None:
        page.goto(self.path(site))
        self.then(page)


def pressing(name: str) -> Callable[[Page], None]:
    return lambda page: press(page, name)


def _answering(name: str, path: Callable[[ServedSite], str], then: Callable[[Page], None] = nothing) -> PageKind:
    return PageKind(name, path, then, is_answering=True)


def _lead(name: str, path: Callable[[ServedSite], str], then: Callable[[Page], None] = nothing) -> PageKind:
    return PageKind(name, path, then, Visitor.LEAD)


def _coordinator(name: str, path: Callable[[ServedSite], str], then: Callable[[Page], None] = nothing) -> PageKind:
    return PageKind(name, path, then, Visitor.COORDINATOR)


def _first_question(audience: Audience, edition: Edition, answered: int = 0) -> Callable[[ServedSite], str]:
    def path(site: ServedSite) -> str:
        of = site.open_round()
        link = site.begun_link(of, audience, edition, answered)
        return f"{link}/q/{site.questions(link)[0].id}"

    return path


def _closed_link(site: ServedSite, *, begun: bool) -> str:
    of = site.open_round()
    path = site.begun_link(of, answered=1) if begun else site.link(of)
    site.close(of)
    return path


def _empty_result(site: ServedSite) -> str:
    of = site.open_round()
    site.import_answers(of, person=3)
    site.close(of)
    return f"/rounds/{of.id}/result"


def _staff_result(site: ServedSite) -> str:
    of = site.open_round(provider_view=ProviderView.STAFF)
    site.import_answers(of, person=12, provider=7)
    site.close(of)
    return f"/rounds/{of.id}/result"


def _made_links(page: Page) -> None:
    choose(page, "People who use support")
    page.get_by_label("How many links?").fill("3")
    press(page, "Make links")


def _report_file(site: ServedSite) -> str:
    path = site.settings.home / "report.html"
    path.write_text(report_page(provider_report_of(site.database, site.closed.id)))
    return path.as_uri()


def _wrong_password(page: Page) -> None:
    page.get_by_label("E-mail address").fill("nobody@demo.example")
    page.get_by_label("Password").fill("this is not it")
    press(page, "Sign in")


def _round(page: str = "") -> Callable[[ServedSite], str]:
    return lambda site: f"/rounds/{site.opened.id}{page}"


def _closed_round(page: str = "") -> Callable[[ServedSite], str]:
    return lambda site: f"/rounds/{site.closed.id}{page}"


def _open_campaign(page: str = "") -> Callable[[ServedSite], str]:
    return lambda site: f"/campaigns/{site.open_campaign().id}{page}"


def _comparison_not_yet(site: ServedSite) -> str:
    campaign = site.open_campaign()
    return f"/rounds/{site.round_in(campaign).id}/comparison"


ANSWERING = (
    _answering("welcome", ServedSite.link),
    _answering("welcome in Easy Read", lambda site: site.link() + "?edition=easy-read"),
    _answering("welcome to a family", lambda site: site.link(audience=Audience.FAMILY)),
    _answering("welcome with errors", ServedSite.link, pressing("Start")),
    _answering("how", lambda site: site.begun_link() + "/how"),
    _answering("how, in Easy Read", lambda site: site.begun_link(edition=Edition.EASY_READ) + "/how"),
    _answering("how with an error", lambda site: site.begun_link() + "/how", pressing("Save and continue")),
    _answering("a question", _first_question(Audience.PERSON, Edition.STANDARD)),
    _answering("a question in Easy Read", _first_question(Audience.PERSON, Edition.EASY_READ)),
    _answering("a question to a family", _first_question(Audience.FAMILY, Edition.STANDARD)),
    _answering("a question to the provider", _first_question(Audience.PROVIDER, Edition.STANDARD)),
    _answering("an answered question", _first_question(Audience.PERSON, Edition.EASY_READ, answered=2)),
    _answering(
        "a question with an error",
        _first_question(Audience.PERSON, Edition.STANDARD),
        pressing("Save and continue"),
    ),
    _answering("check with gaps", lambda site: site.begun_link(answered=3) + "/check"),
    _answering(
        "check, all answered, in Easy Read",
        lambda site: site.begun_link(edition=Edition.EASY_READ, answered=10) + "/check",
    ),
    _answering("welcome back", lambda site: site.begun_link(answered=3)),
    _answering("welcome back before the end", lambda site: site.begun_link(answered=10)),
    _answering("sent", lambda site: site.sent_link() + "/done"),
    _answering("sent before", ServedSite.sent_link),
    _answering("closed before it began", lambda site: _closed_link(site, begun=False)),
    _answering("closed before it was sent", lambda site: _closed_link(site, begun=True)),
    _answering("an unknown link", lambda site: f"/a/{NOBODY_S_TOKEN}"),
    _answering("get help", lambda site: "/help"),
)
PUBLIC = (
    PageKind("start", lambda site: "/"),
    PageKind("standards", lambda site: "/standards"),
    PageKind("a standards set", lambda site: f"/standards/{site.opened.standards_id}/{site.opened.standards_version}"),
    PageKind("method", lambda site: "/method"),
    PageKind("privacy", lambda site: "/privacy"),
    PageKind("accessibility", lambda site: "/accessibility"),
    PageKind("not found", lambda site: "/nothing-here"),
    PageKind("sign in", lambda site: "/sign-in"),
    PageKind("sign in, refused", lambda site: "/sign-in", _wrong_password),
    PageKind("a report in a file", _report_file),
)
LEAD = (
    _lead("your rounds", lambda site: "/rounds"),
    _lead("open a round", lambda site: "/rounds/new"),
    _lead("open a round, nothing chosen", lambda site: "/rounds/new", pressing("Open the round")),
    _lead("an open round", _round()),
    _lead("an open round, no number given", _round(), pressing("Make links")),
    _lead("an open round, a refusal", _round(), pressing("Fresh links: People who use support")),
    _lead("links", _round(), _made_links),
    _lead(
        "the link for the organisation",
        lambda site: f"/rounds/{site.open_round().id}",
        pressing("Answer for our organisation"),
    ),
    _lead("close a round", _round("/close")),
    _lead("close a round, not ticked", _round("/close"), pressing("Close the round and make the result")),
    _lead("a closed round", _closed_round()),
    _lead("no result yet", _round("/result")),
    _lead("a result", _closed_round("/result")),
    _lead("a result with a survey of staff", _staff_result),
    _lead("a result with nothing to show", _empty_result),
    _lead("a comparison", _closed_round("/comparison")),
    _lead("no comparison yet", _comparison_not_yet),
    _lead("say again that it is you", lambda site: "/verify"),
    _lead("somebody else's page", lambda site: "/rounds/nothing"),
)
COORDINATOR = (
    _coordinator("your networks", lambda site: "/networks"),
    _coordinator("a network", lambda site: f"/networks/{site.campaign.network_id}"),
    _coordinator("open a campaign", lambda site: f"/networks/{site.campaign.network_id}/campaigns/new"),
    _coordinator(
        "open a campaign, nothing chosen",
        lambda site: f"/networks/{site.campaign.network_id}/campaigns/new",
        pressing("Open the campaign"),
    ),
    _coordinator("an open campaign", _open_campaign()),
    _coordinator("close a campaign", _open_campaign("/close")),
    _coordinator(
        "close a campaign, not ticked", _open_campaign("/close"), pressing("Close the campaign and make the results")
    ),
    _coordinator("no network result yet", _open_campaign("/result")),
    _coordinator("a closed campaign", lambda site: f"/campaigns/{site.campaign.id}"),
    _coordinator("a network's result", lambda site: f"/campaigns/{site.campaign.id}/result"),
)
PAGE_KINDS = ANSWERING + PUBLIC + LEAD + COORDINATOR
