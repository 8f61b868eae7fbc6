"""A kind of page, and how to get to it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from playwright.sync_api import Page

from app.services.demonstration import SignIn
from tests.browser.served import ServedSite
from tests.browser.steps import go, go_on, open_begun


class Visitor(Enum):
    ANYBODY = "anybody"
    LEAD = "lead"
    COORDINATOR = "coordinator"
    CHECKER = "checker"
    SAFEGUARDING = "safeguarding"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


def sign_in_of(site: ServedSite, visitor: Visitor) -> SignIn:
    return {
        Visitor.LEAD: site.lead,
        Visitor.COORDINATOR: site.coordinator,
        Visitor.CHECKER: site.checkers[0],
        Visitor.SAFEGUARDING: site.safeguarding,
        Visitor.ADMINISTRATOR: site.administrator,
        Visitor.AUDITOR: site.auditor,
    }[visitor]


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
    is_known_device: bool = True

    def open(self, page: Page, site: ServedSite) -> None:
        (open_begun if self.is_known_device else go)(page, self.path(site))
        self.then(page)


def pressing(name: str) -> Callable[[Page], None]:
    return lambda page: go_on(page, name)
