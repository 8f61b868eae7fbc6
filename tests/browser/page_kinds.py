"""Every kind of page, once, and how to get to it."""

from collections.abc import Callable
from datetime import date

from playwright.sync_api import Page

from app.responses import ConcernState, ProviderView
from app.services import asking
from app.services.publishing import survey_of
from app.services.recordings import keep_recording, texts_of
from app.services.reporting import provider_report_of
from app.services.sealed_addresses import Addressee
from app.standards import Audience
from app.web.pages import report_page
from tests.browser.account_kinds import ACCOUNT
from tests.browser.kinds import PageKind, Visitor, nothing, pressing
from tests.browser.organising_kinds import ORGANISING
from tests.browser.paper_kinds import PAPER
from tests.browser.respondent_kinds import ANSWERING
from tests.browser.served import ServedSite
from tests.browser.steps import choose, go_on
from tests.browser.visit_kinds import VISITING
from tests.sounds import mp3

READ, PASSED_ON, CLOSED = ConcernState.READ, ConcernState.PASSED_ON, ConcernState.CLOSED


def _lead(name: str, path: Callable[[ServedSite], str], then: Callable[[Page], None] = nothing) -> PageKind:
    return PageKind(name, path, then, Visitor.LEAD)


def _coordinator(name: str, path: Callable[[ServedSite], str], then: Callable[[Page], None] = nothing) -> PageKind:
    return PageKind(name, path, then, Visitor.COORDINATOR)


def _safeguarding(name: str, path: Callable[[ServedSite], str], then: Callable[[Page], None] = nothing) -> PageKind:
    return PageKind(name, path, then, Visitor.SAFEGUARDING)


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
    go_on(page, "Make links")


def _in_the_past(page: Page) -> None:
    page.get_by_label("New last day").fill("1 1 2020")
    go_on(page, "Save the last day")


def _too_late_to_bring_back(page: Page) -> None:
    """Ask for an open round to be brought back, as a page does that was left open for long."""
    page.locator("main form").evaluate("form => { form.action = document.URL.replace('close', 'bring-back') }")
    go_on(page, "Close the round and make the result")


def _report_file(site: ServedSite) -> str:
    path = site.settings.home / "report.html"
    path.write_text(report_page(provider_report_of(site.database, site.closed.id)))
    return path.as_uri()


def _wrong_password(page: Page) -> None:
    page.get_by_label("E-mail address").fill("nobody@demo.example")
    page.get_by_label("Password").fill("this is not it")
    go_on(page, "Sign in")


def _opened(page: Page) -> None:
    go_on(page, "Open this concern")


def _opened_and_closed_without_note(page: Page) -> None:
    _opened(page)
    choose(page, "It is closed")
    go_on(page, "Write into the log")


def _contacts(page: str = "") -> Callable[[ServedSite], str]:
    return lambda site: f"/networks/{site.campaign.network_id}/contacts{page}"


def _contact(page: str = "") -> Callable[[ServedSite], str]:
    return lambda site: f"{_contacts()(site)}/{site.opened.safeguarding_contact_id}{page}"


def _recordings(page: str = "") -> Callable[[ServedSite], str]:
    return lambda site: f"/networks/{site.campaign.network_id}/recordings{page}"


def _words(place: int, *, recorded: bool = False) -> Callable[[ServedSite], str]:
    """The page of one of the words to record. place: among all texts of the survey."""

    def path(site: ServedSite) -> str:
        text = texts_of(survey_of(site.database, site.opened))[place]
        network_id = site.campaign.network_id
        if recorded:
            folder = site.settings.recordings
            keep_recording(site.database, folder, network_id, "en", text.sha256, content=mp3(), spoken_by="Sam")
        return f"/networks/{network_id}/recordings/en/{text.sha256}"

    return path


def _round(page: str = "") -> Callable[[ServedSite], str]:
    return lambda site: f"/rounds/{site.opened.id}{page}"


def _closed_round(page: str = "") -> Callable[[ServedSite], str]:
    return lambda site: f"/rounds/{site.closed.id}{page}"


def _open_campaign(page: str = "") -> Callable[[ServedSite], str]:
    return lambda site: f"/campaigns/{site.open_campaign().id}{page}"


def _addresses(site: ServedSite) -> str:
    return f"/rounds/{site.open_round().id}/addresses"


def _people_were_asked(site: ServedSite) -> str:
    of = site.open_round()
    people = [Addressee(f"person{number}@example.org", "en") for number in range(12)]
    asking.ask(site.database, site.settings, of.id, Audience.PERSON, people, date.today() - asking.PAUSE)
    asking.ask(site.database, site.settings, of.id, Audience.FAMILY, people, date.today())
    return f"/rounds/{of.id}/addresses"


def _given(pasted: str) -> Callable[[Page], None]:
    def give(page: Page) -> None:
        choose(page, "People who use support")
        page.get_by_label("Paste their addresses").fill(pasted)
        go_on(page, "Look at it first")

    return give


def _evidence(page: str = "") -> Callable[[ServedSite], str]:
    return lambda site: f"/providers/{site.opened.provider_id}/evidence{page}"


def _evidence_kept_and_deleted(site: ServedSite) -> str:
    site.evidence()
    site.evidence(deleted=True)
    return _evidence()(site)


def _comparison_not_yet(site: ServedSite) -> str:
    campaign = site.open_campaign()
    return f"/rounds/{site.round_in(campaign).id}/comparison"


PUBLIC = (
    PageKind("start", lambda site: "/"),
    PageKind("standards", lambda site: "/standards"),
    PageKind("a standards set", lambda site: f"/standards/{site.opened.standards_id}/{site.opened.standards_version}"),
    PageKind("method", lambda site: "/method"),
    PageKind("not found", lambda site: "/nothing-here"),
    PageKind("sign in", lambda site: "/sign-in"),
    PageKind("sign in, refused", lambda site: "/sign-in", _wrong_password),
    PageKind("stop letters", lambda site: "/stop/nothing"),
    PageKind("letters are stopped", lambda site: "/stop/nothing", pressing("No more letters, please")),
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
    _lead("close a round, nothing typed", _round("/close"), pressing("Close the round and make the result")),
    _lead("the last day", _round("/last-day")),
    _lead("the last day, in the past", _round("/last-day"), _in_the_past),
    _lead("call a round off", _round("/cancel")),
    _lead("call a round off, nothing typed", _round("/cancel"), pressing("Call the round off")),
    _lead("a round that was called off", lambda site: f"/rounds/{site.called_off().id}"),
    _lead("no result of a round that was called off", lambda site: f"/rounds/{site.called_off().id}/result"),
    _lead("too late to bring a round back", _round("/close"), _too_late_to_bring_back),
    _lead("ask by e-mail", _addresses),
    _lead("ask by e-mail, nothing given", _addresses, pressing("Look at it first")),
    _lead("ask by e-mail, lines that cannot be used", _addresses, _given("ann@example.org\nbo\ncai@example.org, fr")),
    _lead("a list before it is sent", _addresses, _given("ann@example.org\nann@example.org\nmair@example.org, cy")),
    _lead("people were asked by e-mail", _people_were_asked),
    _lead("who takes concerns", _round("/safeguarding")),
    _lead("a closed round", _closed_round()),
    _lead("no result yet", _round("/result")),
    _lead("a result", _closed_round("/result")),
    _lead("a result with a survey of staff", _staff_result),
    _lead("a result with nothing to show", _empty_result),
    _lead("evidence", _evidence_kept_and_deleted),
    _lead("add evidence", _evidence("/new")),
    _lead("add evidence, nothing given", _evidence("/new"), pressing("Keep this file")),
    _lead("a file of evidence", lambda site: site.evidence()),
    _lead("a file of evidence, just kept", lambda site: site.evidence("?done=added")),
    _lead("delete evidence", lambda site: site.evidence("/delete")),
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
        "close a campaign, nothing typed", _open_campaign("/close"), pressing("Close the campaign and make the results")
    ),
    _coordinator("no network result yet", _open_campaign("/result")),
    _coordinator("a closed campaign", lambda site: f"/campaigns/{site.campaign.id}"),
    _coordinator("a network's result", lambda site: f"/campaigns/{site.campaign.id}/result"),
    _coordinator("recordings", _recordings()),
    _coordinator("words to record", _words(0)),
    _coordinator("words to record, nothing chosen", _words(0), pressing("Keep this recording")),
    _coordinator("words with a recording", _words(1, recorded=True)),
    _coordinator("contacts", _contacts()),
    _coordinator("add a contact", _contacts("/new")),
    _coordinator("add a contact, nothing given", _contacts("/new"), pressing("Add the contact")),
    _coordinator("change a contact", _contact()),
    _coordinator("remove a contact", _contact("/remove")),
    _coordinator("remove a contact, not ticked", _contact("/remove"), pressing("Remove the contact")),
)
SAFEGUARDING = (
    _safeguarding("concerns", lambda site: site.concern() and site.concern("x", READ, CLOSED) and "/concerns"),
    _safeguarding("a concern, not opened", lambda site: site.concern()),
    _safeguarding("a concern", lambda site: site.concern(), _opened),
    _safeguarding("a concern, no note", lambda site: site.concern(), _opened_and_closed_without_note),
    _safeguarding("a concern with a log", lambda site: site.concern("He shouts.", READ, PASSED_ON, CLOSED)),
)
PAGE_KINDS = ANSWERING + PUBLIC + LEAD + COORDINATOR + SAFEGUARDING + PAPER + VISITING + ACCOUNT + ORGANISING
