"""Pages as tagged PDF (PDF/UA-1): read aloud in order, with headings, lists, a language and words for every picture."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from threading import Lock
from types import MappingProxyType, ModuleType
from typing import BinaryIO, Final, TypeVar

from app.errors import Refused

INSIDE: Final = "inside"
AFTER_INSIDE: Final = "after-inside"
NEEDS_PANGO: Final = (
    "PDF files need Pango on this machine. On Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0. On macOS: brew install pango. docs/paper.md says more."
)
NO_FILES: Final[Mapping[str, Path]] = MappingProxyType({})

_one_at_a_time = Lock()  # Pango's fonts are shared by all threads
Copy = TypeVar("Copy")


def write_pdf(page: str, out: BinaryIO, files: Mapping[str, Path] = NO_FILES) -> None:
    """Write an HTML page as PDF. It takes style, fonts and pictures from /static, as a browser does.

    files: {address: file} of what lies elsewhere. Raises Refused where Pango is missing.
    """
    typesetting = _typesetting()
    with _one_at_a_time:
        out.write(typesetting.as_pdf(typesetting.laid_out(page, files)))


def write_copies(
    copies: Sequence[Copy], page_of: Callable[[Copy, int], str], out: BinaryIO, files: Mapping[str, Path] = NO_FILES
) -> None:
    """Write copies of one document, which differ only before and after its inside, into one PDF.

    page_of: makes the HTML of a copy: whole for 0, otherwise without its inside, of a copy that has so many pages in
    all. The inside begins with the element whose id is INSIDE and ends before AFTER_INSIDE; each of them begins a page.
    It is laid out and drawn once. files: {address: file} of what lies elsewhere. Raises Refused where Pango is missing.
    """
    typesetting = _typesetting()
    with _one_at_a_time:
        first = typesetting.laid_out(page_of(copies[0], 0), files)
        begin, end = typesetting.place_of(first, INSIDE), typesetting.place_of(first, AFTER_INSIDE)
        inside = [typesetting.DrawnOnce(page) for page in first.pages[begin:end]]
        pages = [*first.pages[:begin], *inside, *first.pages[end:]]
        for copy in copies[1:]:
            others = typesetting.laid_out(page_of(copy, len(first.pages)), files, joins=first).pages
            pages += [*others[:begin], *inside, *others[begin:]]
        out.write(typesetting.as_pdf(first.copy(pages)))


def _typesetting() -> ModuleType:
    """Return the module that needs Pango, and half a second when it is imported first."""
    try:
        with redirect_stdout(StringIO()):  # WeasyPrint prints advice of its own
            from app.exports import typesetting
    except OSError:
        raise Refused(NEEDS_PANGO) from None
    return typesetting
