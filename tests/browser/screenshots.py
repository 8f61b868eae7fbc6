"""The pictures in docs/screenshots, from a demonstration of their own: python -m tests.browser.screenshots."""

import base64
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
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
from tests.browser.kinds import Visitor
from tests.browser.launching import CHROMIUM, DESKTOP, PHONE, chromium_arguments
from tests.browser.respondent_kinds import ANSWERING
from tests.browser.served import ServedSite, served_site
from tests.browser.steps import choose, open_begun, press, sign_in
from tests.browser.trees import file_of
from tests.databases import SqliteFiles

COLOURS = 48
EVERY_PAGE = """# Every kind of page for answering

In Easy Read, on a phone of 360 pixels, made by `make screenshots` from made-up data.
"""
FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
LARGEST = 200_000
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
        _take_every_answering_page(browser, site)
        made_workbook = _take_workbook(browser, site)
        browser.close()
    too_large = [path.name for path in FOLDER.glob("*.png") if path.stat().st_size > LARGEST]
    if too_large:
        print(f"Larger than {LARGEST // 1000} kB: {', '.join(too_large)}", file=sys.stderr)
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
            sign_in(page, site.lead if picture.visitor is Visitor.LEAD else site.coordinator)
        open_begun(page, picture.path(site))
        picture.then(page)
        page.screenshot(path=FOLDER / f"{picture.name}.png", animations="disabled")


def _take_every_answering_page(browser: Browser, site: ServedSite) -> None:
    """Take every kind of page for answering, in Easy Read on a phone, and write the page that shows them all."""
    folder = FOLDER / "answering"
    folder.mkdir(exist_ok=True)
    rows = []
    for kind in ANSWERING:
        name = file_of(kind).with_suffix(".png").name
        with browser.new_context(base_url=site.address, viewport=PHONE) as context:
            page = context.new_page()
            kind.open(page, site.read_in(Edition.EASY_READ, "en"))
            page.wait_for_load_state()
            shot = Image.open(BytesIO(page.screenshot(full_page=True, animations="disabled")))
        shot.convert("RGB").quantize(COLOURS).save(folder / name, optimize=True)
        rows.append(f"| {kind.name} | ![{kind.name}]({name}) |")
    (folder / "README.md").write_text("\n".join([EVERY_PAGE, "| page | on a phone |", "|---|---|", *rows, ""]))


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
