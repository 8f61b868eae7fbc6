"""A page that is opened once, for all tests that look at it."""

from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page, Response

from tests.browser.kinds import PageKind
from tests.browser.served import ServedSite
from tests.browser.watching import watch


@dataclass(frozen=True)
class Shown:
    """language: its reader's. source: of the document that the page shows, whatever its status."""

    page: Page
    language: str
    complaints: list[str]
    source: str


def show(context: BrowserContext, kind: PageKind, site: ServedSite) -> Shown:
    complaints = watch(context, site.address)
    page = context.new_page()
    documents: list[Response] = []

    def note(response: Response) -> None:
        is_redirect = response.status // 100 == 3
        if response.request.is_navigation_request() and response.frame == page.main_frame and not is_redirect:
            documents.append(response)

    page.on("response", note)
    kind.open(page, site)
    page.wait_for_load_state()
    return Shown(page, site.language, complaints, documents[-1].text())
