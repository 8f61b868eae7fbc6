"""What a question page transfers: the first time, with everything that it links to, and after that."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from tests.benchmarks.figure import Figure
from tests.benchmarks.installation import Answered, call, environ, installed

FIRST_LIMIT = 80_000
NEXT_LIMIT = 12_000
LINKED = re.compile(r"""(?:href|src)="(/static/[^"]+)"|url\(["']?([^"')]+\.woff2)["']?\)""")
UNUSED_SUBSET = "latin-ext"


def page_bytes(folder: Path) -> Iterator[Figure]:
    """Bytes of body and headers. Fonts that the page's own words do not need are not counted."""
    measured = installed(folder)
    token = measured.begun_link()
    page = call(measured.app, environ("GET", f"/a/{token}/q/S01.a", HTTP_COOKIE=measured.cookie(token)))
    found = {address for address in _linked(page.body.decode(), "/") if UNUSED_SUBSET not in address}
    for sheet in [address for address in found if address.endswith(".css")]:
        plain = call(measured.app, environ("GET", sheet, HTTP_ACCEPT_ENCODING=""))
        found |= {address for address in _linked(plain.body.decode(), sheet) if UNUSED_SUBSET not in address}
    linked = sum(_size(call(measured.app, environ("GET", address))) for address in sorted(found))
    yield Figure("question_page_first_bytes", _size(page) + linked, "bytes", FIRST_LIMIT)
    yield Figure("question_page_next_bytes", _size(page), "bytes", NEXT_LIMIT)


def _linked(text: str, base: str) -> set[str]:
    return {urljoin(base, given or font) for given, font in LINKED.findall(text)}


def _size(answered: Answered) -> int:
    if answered.status != 200 or answered.headers is None:
        raise RuntimeError(f"a page or file was not found: {answered.status}")
    headers = sum(len(name) + len(value) + 4 for name, value in answered.headers.items())
    return len(answered.body) + headers
