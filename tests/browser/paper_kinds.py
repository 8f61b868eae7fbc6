"""The kinds of pages about paper: booklets, and the screens on which they are typed in."""

from collections.abc import Callable

from playwright.sync_api import Page

from app.responses import Round
from app.services import entering
from app.services.inviting import invite
from app.services.links import grouped, normalised
from app.services.rounds import open_round
from app.standards import Audience
from app.surveys import Length
from tests.browser.kinds import PageKind, Visitor, pressing
from tests.browser.served import SURVEY, ServedSite
from tests.browser.steps import choose, go_on
from tests.days import TODAY

SOMEBODY_ELSE = 99_999
READING = {"consent": "ticked", "how": "self", "S01.a": "yes"}


def checked_round(site: ServedSite) -> Round:
    """Open a round in which two people type in what comes on paper."""
    return open_round(
        site.database, site.opened.provider_id, SURVEY, length=Length.SHORT, on=TODAY, paper_is_checked=True
    )


def booklet(site: ServedSite, of: Round, *, typed_in_once: bool = False) -> str:
    """Return the code of a new booklet, as it is printed; typed in by somebody else before, if that is wished."""
    token = invite(site.database, of.id, Audience.PERSON, 1)[0].token
    if typed_in_once:
        reading = {**READING, "edition": site.edition.value, "language": site.language}
        entering.enter(site.database, of, token, reading, SOMEBODY_ELSE, TODAY)
    return grouped(token)


def waiting_link(site: ServedSite) -> str:
    """Return the link of a booklet that waits for a second person."""
    return f"/a/{normalised(booklet(site, checked_round(site), typed_in_once=True))}"


def open_booklet(page: Page, code: str) -> None:
    page.get_by_label("The booklet’s code").fill(code)
    choose(page, "Easy Read")
    choose(page, "English")
    go_on(page, "Open the booklet")


def _kind(name: str, path: Callable[[ServedSite], str], then: Callable[[Page], None] | None = None) -> PageKind:
    return PageKind(name, path, then or (lambda page: None), Visitor.LEAD)


class _Paper:
    """A visit to the screens of one round: opens a new booklet each time, and goes on as far as `then` says."""

    def __init__(self, *, typed_in_once: bool = False, then: Callable[[Page], None] = lambda page: None) -> None:
        self.typed_in_once, self._then = typed_in_once, then
        self._code = ""

    def path(self, site: ServedSite) -> str:
        of = checked_round(site) if self.typed_in_once else site.open_round()
        self._code = booklet(site, of, typed_in_once=self.typed_in_once)
        return f"/rounds/{of.id}/paper"

    def then(self, page: Page) -> None:
        open_booklet(page, self._code)
        self._then(page)


def tick(page: Page, row: str, box: str) -> None:
    page.get_by_role("group", name=row).get_by_role("radio", name=box).check()


def typed(page: Page) -> None:
    tick(page, "Do they want to take part?", "1 Yes, I want to take part")
    tick(page, "1. Was your support made", "3 No")
    go_on(page, "Check")


def _sent(page: Page) -> None:
    typed(page)
    go_on(page, "Send these answers")


def _compared(page: Page) -> None:
    typed(page)
    go_on(page, "Compare with the first person")


def _entering(name: str, *, typed_in_once: bool = False, then: Callable[[Page], None] = lambda page: None) -> PageKind:
    visit = _Paper(typed_in_once=typed_in_once, then=then)
    return _kind(name, visit.path, visit.then)


def _without_code(page: Page) -> None:
    choose(page, "Families")
    choose(page, "Standard")
    choose(page, "English")
    go_on(page, "Give it a code and open it")


def _paper(page: str = "paper") -> Callable[[ServedSite], str]:
    return lambda site: f"/rounds/{site.opened.id}/{page}"


PAPER = (
    _kind("paper booklets", _paper("booklets")),
    _kind("paper booklets, nothing chosen", _paper("booklets"), pressing("Make booklets")),
    _kind("type in a booklet", _paper()),
    _kind("type in a booklet where two people do", lambda site: f"/rounds/{checked_round(site).id}/paper"),
    _kind("type in a booklet, no code given", _paper(), pressing("Open the booklet")),
    _kind("a booklet without a code", _paper("paper/no-code")),
    _kind("a booklet without a code, opened", _paper("paper/no-code"), _without_code),
    _entering("what is ticked"),
    _entering("what is ticked, without consent", then=pressing("Check")),
    _entering("what is ticked, the second time", typed_in_once=True),
    _entering("what was typed", then=typed),
    _entering("what was sent", then=_sent),
    _entering("look at the paper again", typed_in_once=True, then=_compared),
    PageKind("rounds with paper", lambda site: "/paper", visitor=Visitor.CHECKER),
)
