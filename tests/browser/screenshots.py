"""The pictures in docs/screenshots, from a demonstration of their own: python -m tests.browser.screenshots."""

import base64
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from app.exports import provider_workbook
from app.services.reporting import provider_report_of
from app.standards import Audience
from app.surveys import Edition
from tests.browser.kinds import PageKind, Visitor, sign_in_of
from tests.browser.launching import CHROMIUM, DESKTOP, PHONE, chromium_arguments
from tests.browser.page_kinds import PAGE_KINDS
from tests.browser.served import ServedSite, served_site
from tests.browser.steps import choose, open_begun, press, sign_in
from tests.browser.test_visit_screens import walk
from tests.browser.trees import file_of
from tests.browser.visits import make_ready_without_pin, plan_visit, without_network
from tests.databases import SqliteFiles

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
LARGEST = 200_000
LARGEST_PAGE = 40_000
COLOURS = (48, 24, 12, 6)  # as many as a page has room for
LONGEST = 1800  # pixels down the page
MADE_BY = "On a phone of 360 pixels, of a long page its beginning; made by `make screenshots` from made-up data."
ANSWERING_IN_EASY_READ = "Every kind of page for answering, in Easy Read"
OF = {
    Visitor.ANYBODY: "Every other page for everybody",
    Visitor.LEAD: "Every page for a provider’s lead",
    Visitor.COORDINATOR: "Every page for a coordinator",
    Visitor.CHECKER: "Every page for a quality checker",
    Visitor.SAFEGUARDING: "Every page for a safeguarding contact",
    Visitor.ADMINISTRATOR: "Every page for an administrator",
    Visitor.AUDITOR: "Every page for an auditor",
}
PROGRAMS = ("soffice", "pdftoppm", "pdftotext")


def _stay(_page: Page) -> None:
    pass


def _down_to(selector: str) -> Callable[[Page], None]:
    return lambda page: page.locator(selector).evaluate("element => element.scrollIntoView()")


def _make_links(page: Page) -> None:
    choose(page, "People who use support")
    page.get_by_label("How many links?").fill("12")
    press(page, "Make links")


def _question(edition: Edition, answered: int) -> Callable[[ServedSite], str]:
    def path(site: ServedSite) -> str:
        link = site.begun_link(site.opened, Audience.PERSON, edition, answered)
        return f"{link}/q/{site.questions(link)[answered].id}"

    return path


def _result(site: ServedSite) -> str:
    return f"/rounds/{site.closed.id}/result"


def _network_result(site: ServedSite) -> str:
    return f"/campaigns/{site.campaign.id}/result"


def _new_round(site: ServedSite) -> str:
    return f"/rounds/{site.open_round().id}"


@dataclass(frozen=True)
class Picture:
    name: str
    path: Callable[[ServedSite], str]
    size: ViewportSize
    scale: float
    visitor: Visitor = Visitor.ANYBODY
    then: Callable[[Page], None] = _stay


LONG_PHONE: ViewportSize = {"width": 360, "height": 915}
SHEET: ViewportSize = {"width": 1180, "height": 1480}
PICTURES = (
    Picture("welcome-phone", ServedSite.link, PHONE, 2),
    Picture("question-phone", _question(Edition.EASY_READ, 1), LONG_PHONE, 2),
    Picture("question-desktop", _question(Edition.STANDARD, 1), DESKTOP, 1),
    Picture("result-phone", _result, PHONE, 2, Visitor.LEAD, _down_to("#picture")),
    Picture("result-desktop", _result, SHEET, 0.75, Visitor.LEAD),
    Picture("network-desktop", _network_result, SHEET, 0.75, Visitor.COORDINATOR),
    Picture("invitations-desktop", _new_round, DESKTOP, 1, Visitor.LEAD, _make_links),
)


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with _site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=chromium_arguments())
        for picture in PICTURES:
            _take(browser, site, picture)
        _take_every_page(browser, site)
        _take_every_screen(browser, site)
        made_workbook = _take_workbook(browser, site)
        browser.close()
    too_large = _larger_than(LARGEST, FOLDER.glob("*.png")) + _larger_than(LARGEST_PAGE, FOLDER.glob("*/*.png"))
    if too_large:
        print(f"Too large: {', '.join(too_large)}", file=sys.stderr)
    if not made_workbook:
        print(f"workbook.png was not made: it needs {', '.join(PROGRAMS)}.", file=sys.stderr)
    return 1 if too_large else 0


@contextmanager
def _site() -> Iterator[ServedSite]:
    with tempfile.TemporaryDirectory(prefix="driving-seat-screenshots-") as folder:
        url = SqliteFiles(Path(folder)).new_url()
        with served_site(Path(folder) / "home", url, provider_count=12) as site:
            yield site


def _take(browser: Browser, site: ServedSite, picture: Picture) -> None:
    with browser.new_context(
        base_url=site.address, viewport=picture.size, device_scale_factor=picture.scale
    ) as context:
        page = context.new_page()
        if picture.visitor is not Visitor.ANYBODY:
            sign_in(page, sign_in_of(site, picture.visitor))
        open_begun(page, picture.path(site))
        picture.then(page)
        page.screenshot(path=FOLDER / f"{picture.name}.png", animations="disabled")


def _take_every_page(browser: Browser, site: ServedSite) -> None:
    """Take every kind of page as the one who sees it, in a folder for each of them."""
    reader = site.read_in(Edition.EASY_READ, "en")
    _take_kinds(
        browser, reader, "answering", ANSWERING_IN_EASY_READ, [each for each in PAGE_KINDS if each.is_answering]
    )
    for visitor, title in OF.items():
        kinds = [each for each in PAGE_KINDS if each.visitor is visitor and not each.is_answering]
        _take_kinds(browser, site, visitor.value, title, kinds)


def _take_kinds(browser: Browser, site: ServedSite, folder: str, title: str, kinds: list[PageKind]) -> None:
    state = None
    if kinds[0].visitor is not Visitor.ANYBODY:
        with browser.new_context(base_url=site.address) as context:
            sign_in(context.new_page(), sign_in_of(site, kinds[0].visitor))
            state = context.storage_state()
    rows = []
    for kind in kinds:
        with browser.new_context(base_url=site.address, viewport=PHONE, storage_state=state) as context:
            page = context.new_page()
            kind.open(page, site)
            page.wait_for_load_state()
            rows.append(_take_long(page, kind.name, FOLDER / folder / file_of(kind).with_suffix(".png").name))
    _write_index(folder, title, rows)


def _take_every_screen(browser: Browser, site: ServedSite) -> None:
    """Take every screen of the app on a checker's tablet, in the order of a visit."""
    rows = []
    with browser.new_context(base_url=site.address, viewport=PHONE) as context:
        page = context.new_page()
        sign_in(page, sign_in_of(site, Visitor.CHECKER))
        make_ready_without_pin(page, plan_visit(site))
        without_network(context)
        for number, screen in enumerate(walk(page), start=1):
            rows.append(_take_long(page, screen, FOLDER / "tablet" / f"{number:02}.png"))
    _write_index("tablet", "Every screen on a tablet at a visit", rows)


def _take_long(page: Page, name: str, to: Path) -> str:
    """Take a page from its top down, in as few colours as make it small; return its row in an index."""
    whole = Image.open(BytesIO(page.screenshot(full_page=True, animations="disabled"))).convert("RGB")
    shot = whole.crop((0, 0, whole.width, min(whole.height, LONGEST)))
    to.parent.mkdir(exist_ok=True)
    for count in COLOURS:
        shot.quantize(count).save(to, optimize=True)
        if to.stat().st_size <= LARGEST_PAGE:
            break
    return f"| {name} | ![{name}]({to.name}) |"


def _write_index(folder: str, title: str, rows: list[str]) -> None:
    table = ["| page | on a phone |", "|---|---|", *rows, ""]
    (FOLDER / folder / "README.md").write_text("\n".join([f"# {title}", "", MADE_BY, "", *table]))


def _larger_than(most: int, pictures: Iterable[Path]) -> list[str]:
    return [str(path.relative_to(FOLDER)) for path in pictures if path.stat().st_size > most]


def _take_workbook(browser: Browser, site: ServedSite) -> bool:
    """Take the sheet of standards as LibreOffice prints it; False when the programs for it are absent."""
    if not all(shutil.which(program) for program in PROGRAMS):
        return False
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "result.xlsx"
        with book.open("wb") as file:
            provider_workbook(provider_report_of(site.database, site.closed.id), file)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(book)]
        subprocess.run(convert, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        printed = book.with_suffix(".pdf")
        for heading in ("Scores", "Radar"):
            _cut_out(printed, _page_with(printed, heading), Path(folder) / f"{heading}.png")
        _take_together(browser, [Path(folder) / "Scores.png", Path(folder) / "Radar.png"])
    return True


def _page_with(printed: Path, heading: str) -> int:
    """Return the number of the first page with this heading, a line of its own."""
    words = subprocess.run(["pdftotext", str(printed), "-"], check=True, capture_output=True, text=True).stdout
    return next(number for number, page in enumerate(words.split("\f"), start=1) if heading in page.splitlines())


def _cut_out(printed: Path, number: int, out: Path) -> None:
    only = ["-singlefile", "-r", "80", "-f", str(number), "-l", str(number)]
    subprocess.run(["pdftoppm", "-png", *only, str(printed), str(out.with_suffix(""))], check=True)


def _take_together(browser: Browser, pages: list[Path]) -> None:
    """Put printed pages one below the other, as on the sheet, each cut off below what stands on it."""
    pictures = [base64.b64encode(path.read_bytes()).decode() for path in pages]
    drawn = "".join(f'<div><img src="data:image/png;base64,{each}"></div>' for each in pictures)
    style = "body{margin:0;background:#fff}div{height:420px;overflow:hidden}img{margin-top:-60px;display:block}"
    with browser.new_page(viewport={"width": 935, "height": 840}) as page:
        page.set_content(f"<style>{style}</style>{drawn}")
        page.screenshot(path=FOLDER / "workbook.png")


if __name__ == "__main__":
    sys.exit(main())
