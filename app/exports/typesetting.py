"""WeasyPrint, as it is used here: it gets nothing from the network and no file but those that are named."""

import mimetypes
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydyf import PDF
from weasyprint import HTML, Document, Page
from weasyprint.logger import LOGGER
from weasyprint.pdf.stream import Stream
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

VARIANT: Final = "pdf/ua-1"
LOGGER.propagate = False  # what it says of a page may hold a link's secret

_BUILT: Final = Path(__file__).parents[1] / "web" / "static" / "built"
_SITE: Final = "https://driving-seat.invalid"
_ALPHABETS: Final = re.compile(rb"unicode-range:[^;}]+;?")  # pages for paper take fonts whole
_WEB_FONT: Final = re.compile(r"latin(?:-ext)?-(\d+)\.\w+\.woff2")


class DrawnOnce:
    """A page that stands in a document many times: it is drawn the first time, and then repeated."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._drawn: tuple[list[object], dict[object, object]] | None = None

    def __getattr__(self, name: str) -> object:
        return getattr(self._page, name)

    def paint(self, stream: Stream, scale: float = 1) -> None:
        if self._drawn is None:
            before = len(stream.stream)
            self._page.paint(stream, scale)
            self._drawn = stream.stream[before:], dict(stream._tags)  # noqa: SLF001  # WeasyPrint has no other name
            return
        drawn, tags = self._drawn
        stream.stream.extend(drawn)
        stream._tags.update(tags)  # noqa: SLF001


class OwnFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Gives what was built, the files that are named ({address: file}), and what a page itself holds; nothing else."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        super().__init__(allowed_protocols=("data",))
        self._files = files

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        address = url.removeprefix(_SITE)
        path = self._files.get(address) or _built_file(address)
        if path is None:
            raise FatalURLFetchingError(f"a page for paper asks for {url}, which is not there")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        content = path.read_bytes()
        return URLFetcherResponse(
            url, _ALPHABETS.sub(b"", content) if kind == "text/css" else content, {"Content-Type": kind}
        )


def laid_out(page: str, files: Mapping[str, Path], joins: Document | None = None) -> Document:
    """Lay out an HTML page. joins: a document that its pages will stand in."""
    html = HTML(string=page, base_url=f"{_SITE}/static/", url_fetcher=OwnFiles(files))
    try:
        return html.render(font_config=joins.font_config if joins else FontConfiguration(), pdf_variant=VARIANT)
    except FatalURLFetchingError as error:  # not an Exception, which would end the whole program
        raise RuntimeError(str(error)) from None


def as_pdf(document: Document) -> bytes:
    written: bytes = document.write_pdf(pdf_variant=VARIANT)
    return written


def _page_references(pdf: PDF) -> tuple[bytes, ...]:
    """Return a file's references to its pages, made again only when a page was added.

    pydyf makes them anew for every tag of every page, which costs two thirds of the time of a file with 2,000 pages.
    """
    kids = pdf.pages["Kids"]
    made: tuple[int, tuple[bytes, ...]] = getattr(pdf, "_page_references_made", (0, ()))
    if made[0] != len(kids):
        made = len(kids), tuple(f"{number} 0 R".encode() for number in kids[::3])
        pdf._page_references_made = made  # noqa: SLF001  # ours
    return made[1]


PDF.page_references = property(_page_references)


def place_of(document: Document, id_: str) -> int:
    """Return on which page, counted from 0, the element with this id stands."""
    return next(place for place, page in enumerate(document.pages) if id_ in page.anchors)


def _built_file(address: str) -> Path | None:
    """Return the built file of an address below /static; of a font, the file that has all of its letters."""
    path = _BUILT / address.removeprefix("/static/")
    if font := _WEB_FONT.fullmatch(path.name):
        return next(_BUILT.glob(f"paper-{font[1]}.*.ttf"), None)
    is_inside = address.startswith("/static/") and path.resolve().is_relative_to(_BUILT)
    return path if is_inside and path.is_file() else None
