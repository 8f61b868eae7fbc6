"""The pictures in docs/screenshots, from a demonstration of their own: python -m tests.browser.screenshots."""

import base64
import re
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
from playwright.sync_api import Browser, Page, Playwright, ViewportSize, sync_playwright

from app.exports import provider_workbook
from app.services.reporting import provider_report_of
from app.standards import Audience
from app.surveys import Edition
from tests.browser.kinds import PageKind, Visitor, sign_in_of
from tests.browser.launching import CHROMIUM, DESKTOP, PHONE, chromium_arguments
from tests.browser.page_kinds import PAGE_KINDS
from tests.browser.served import ServedSite, served_site
from tests.browser.steadying import steady
from tests.browser.steps import open_begun, sign_in
from tests.browser.test_visit_screens import walk
from tests.browser.visits import make_ready_without_pin, plan_visit, without_network
from tests.databases import SqliteFiles

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
LARGEST = 110_000
LARGEST_PAGE = {360: 28_000, 1280: 42_000}
COLOURS = (128, 64)
COLOURS_OF_PAGES = (64, 32, 16)  # as many as a page has room for
LONGEST = {360: 1100, 1280: 850}  # pixels down the page
MADE_BY = (
    "On a phone of 360 pixels, and some on a computer of 1280, of a long page its beginning; "
    "made by `make screenshots` from made-up data."
)
ANSWERING_IN_EASY_READ = "Pages for answering, in Easy Read"
OF = {
    Visitor.ANYBODY: "Other pages for everybody",
    Visitor.LEAD: "Pages for a provider’s lead, and everybody’s own account",
    Visitor.COORDINATOR: "Pages for a coordinator",
    Visitor.CHECKER: "Pages for a quality checker",
    Visitor.SAFEGUARDING: "Pages for a safeguarding contact",
    Visitor.ADMINISTRATOR: "Pages for an administrator",
    Visitor.AUDITOR: "Pages for an auditor",
}
ALSO_ON_A_COMPUTER = {
    "answering": (
        "welcome", "welcome to a family", "a question", "check with gaps", "my answers", "share my answers",
        "take my answers back", "why we ask, and your rights", "what we keep about you", "get help", "a worry",
        "privacy",
    ),
    "anybody": ("start", "sign in", "a standards set", "an invitation"),
    "lead": (
        "your rounds", "an open round", "links", "a list before it is sent", "close a round", "a result",
        "a comparison", "evidence", "paper booklets", "what is ticked", "a provider", "join a network", "a team",
        "a colleague was invited", "your account", "second step", "passkeys",
    ),
    "coordinator": (
        "a network", "an open campaign", "close a campaign", "a network's result", "recordings", "contacts",
        "add a contact", "members", "a network's team", "visits", "plan a visit",
    ),
    "checker": (
        "your visits", "a visit, nothing declared", "make the tablet ready", "a visit with a tablet",
        "rounds with paper",
    ),
    "safeguarding": ("concerns", "a concern"),
    "administrator": ("administration", "the installation's team", "merge a provider"),
    "auditor": ("the log", "the log, checked"),
}  # fmt: skip
"""Kinds of pages by folder: those that a guide shows at both sizes."""
ONLY_ON_A_PHONE = {"recovery codes, shown once", "set up an app, the picture", "what we keep about you, sent"}
SHEET_OF_STANDARDS = "How each group sees the standards"
PROGRAMS = ("soffice", "pdftoppm", "pdftotext")


def _question(edition: Edition, answered: int) -> Callable[[ServedSite], str]:
    def path(site: ServedSite) -> str:
        link = site.begun_link(site.opened, Audience.PERSON, edition, answered)
        return f"{link}/q/{site.questions(link)[answered].id}"

    return path


def _result(site: ServedSite) -> str:
    return f"/rounds/{site.closed.id}/result"


@dataclass(frozen=True)
class Picture:
    name: str
    path: Callable[[ServedSite], str]
    size: ViewportSize
    scale: float
    visitor: Visitor = Visitor.ANYBODY


LONG_PHONE: ViewportSize = {"width": 360, "height": 915}
SHEET: ViewportSize = {"width": 1180, "height": 1480}
PICTURES = (
    Picture("question-phone", _question(Edition.EASY_READ, 1), LONG_PHONE, 2),
    Picture("result-desktop", _result, SHEET, 0.75, Visitor.LEAD),
)


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        with _demonstration(playwright) as (browser, site):
            for picture in PICTURES:
                _take(browser, site, picture)
            made_workbook = _take_workbook(browser, site)
        _take_every_page(playwright)
    too_large = _larger_than(LARGEST, FOLDER.glob("*.png"))
    for width, most in LARGEST_PAGE.items():
        too_large += _larger_than(most, FOLDER.glob(f"*/*-{width}.png"))
    if too_large:
        print(f"Too large: {', '.join(too_large)}", file=sys.stderr)
    if not made_workbook:
        print(f"workbook.png was not made: it needs {', '.join(PROGRAMS)}.", file=sys.stderr)
    return 1 if too_large else 0


@contextmanager
def _demonstration(playwright: Playwright) -> Iterator[tuple[Browser, ServedSite]]:
    """Serve a new demonstration; its browser is closed first, so that the server waits for no connection."""
    with tempfile.TemporaryDirectory(prefix="driving-seat-screenshots-") as folder:
        url = SqliteFiles(Path(folder)).new_url()
        with served_site(Path(folder) / "home", url, provider_count=12) as site:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=chromium_arguments())
            yield browser, site
            browser.close()


def _take(browser: Browser, site: ServedSite, picture: Picture) -> None:
    with browser.new_context(
        base_url=site.address, viewport=picture.size, device_scale_factor=picture.scale
    ) as context:
        page = context.new_page()
        if picture.visitor is not Visitor.ANYBODY:
            sign_in(page, sign_in_of(site, picture.visitor))
        open_begun(page, picture.path(site))
        steady(page)
        taken = Image.open(BytesIO(page.screenshot(animations="disabled")))
        _save(taken, FOLDER / f"{picture.name}.png", LARGEST, COLOURS)


def _take_every_page(playwright: Playwright) -> None:
    """Take the kinds of pages as those who see them, in a folder for each of them, each from a new demonstration."""
    with _demonstration(playwright) as (browser, site):
        kinds = [each for each in PAGE_KINDS if each.is_answering]
        _take_kinds(browser, site.read_in(Edition.EASY_READ, "en"), "answering", ANSWERING_IN_EASY_READ, kinds)
    for visitor, title in OF.items():
        kinds = [each for each in PAGE_KINDS if each.visitor is visitor and not each.is_answering]
        with _demonstration(playwright) as (browser, site):
            _take_kinds(browser, site, visitor.value, title, kinds)
    with _demonstration(playwright) as (browser, site):
        _take_every_screen(browser, site)


def _take_kinds(browser: Browser, site: ServedSite, folder: str, title: str, kinds: list[PageKind]) -> None:
    state = None
    if kinds[0].visitor is not Visitor.ANYBODY:
        with browser.new_context(base_url=site.address) as context:
            sign_in(context.new_page(), sign_in_of(site, kinds[0].visitor))
            state = context.storage_state()
    shutil.rmtree(FOLDER / folder, ignore_errors=True)
    both = ALSO_ON_A_COMPUTER[folder]
    rows = []
    for kind in kinds:
        if ", " in kind.name and kind.name not in {*both, *ONLY_ON_A_PHONE}:
            continue  # the same page after something went wrong
        shots = []
        for size in (PHONE, DESKTOP) if kind.name in both else (PHONE,):
            with browser.new_context(base_url=site.address, viewport=size, storage_state=state) as context:
                page = context.new_page()
                kind.open(page, site)
                shots.append(_take_long(page, kind.name, FOLDER / folder / f"{_slug(kind.name)}-{size['width']}.png"))
        rows.append(f"| {kind.name} | {' | '.join(shots)} |" + " |" * (2 - len(shots)))
    _write_index(folder, title, rows)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _take_every_screen(browser: Browser, site: ServedSite) -> None:
    """Take every screen of the app on a checker's tablet, in the order of a visit."""
    rows = []
    shutil.rmtree(FOLDER / "tablet", ignore_errors=True)
    with browser.new_context(base_url=site.address, viewport=PHONE) as context:
        page = context.new_page()
        sign_in(page, sign_in_of(site, Visitor.CHECKER))
        make_ready_without_pin(page, plan_visit(site))
        without_network(context)
        for number, screen in enumerate(walk(page), start=1):
            name = f"{number:02}-{_slug(screen)}-360.png"
            rows.append(f"| {screen} | {_take_long(page, screen, FOLDER / 'tablet' / name)} | |")
    _write_index("tablet", "Screens on a tablet at a visit", rows)


def _take_long(page: Page, name: str, to: Path) -> str:
    """Take a page from its top down, in as few colours as make it small; return how a page shows it."""
    steady(page)
    whole = Image.open(BytesIO(page.screenshot(full_page=True, animations="disabled")))
    width = int(to.stem.rpartition("-")[2])
    to.parent.mkdir(exist_ok=True)
    shot = whole.crop((0, 0, whole.width, min(whole.height, LONGEST[width])))
    _save(shot, to, LARGEST_PAGE[width], COLOURS_OF_PAGES)
    return f"![{name}]({to.name})"


def _save(shot: Image.Image, to: Path, most: int, colours: tuple[int, ...]) -> None:
    """Save a picture in as many colours as it has room for: rare ones, such as a red button's, are among them."""
    for count in colours:
        few = shot.convert("RGB").quantize(count, Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
        few.save(to, optimize=True)
        if to.stat().st_size <= most:
            return


def _write_index(folder: str, title: str, rows: list[str]) -> None:
    table = ["| page | on a phone | on a computer |", "|---|---|---|", *rows, ""]
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
    """Return the number of the first page of the sheet of standards with this heading, a line of its own."""
    words = subprocess.run(["pdftotext", str(printed), "-"], check=True, capture_output=True, text=True).stdout
    pages = (set(page.splitlines()) for page in words.split("\f"))
    return next(number for number, page in enumerate(pages, start=1) if {SHEET_OF_STANDARDS, heading} <= page)


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
        _save(Image.open(BytesIO(page.screenshot())), FOLDER / "workbook.png", LARGEST, COLOURS)


if __name__ == "__main__":
    sys.exit(main())
