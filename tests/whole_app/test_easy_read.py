"""Easy Read: every sentence that is shown to whoever answers is short."""

import re
from collections.abc import Iterator

from tests.site import Page, Site
from tests.whole_app.test_pages import respondent_pages

MOST_WORDS = 15
BLOCKS = "p, li, h1, h2, h3, legend, label, summary, button, td, th, dt, dd, .govuk-hint, .card__more"


def sentences(page: Page) -> Iterator[str]:
    """Yield the sentences of the page's innermost blocks."""
    blocks = page.select(", ".join(f"main {each}" for each in BLOCKS.split(", ")))
    holders = {ancestor for block in blocks for ancestor in block.iterancestors()}
    for block in blocks:
        if block not in holders:
            words = " ".join("".join(block.itertext()).split())
            yield from re.split(r"(?<=[.?!:])\s+", words)


def test_no_sentence_of_an_easy_read_page_is_longer_than_fifteen_words(site: Site):
    easy = {name: page for name, page in respondent_pages(site).items() if page.select("html.easy-read")}
    easy |= {path: site.visitor().get(path) for path in ("/privacy", "/help")}

    assert len(easy) > 30
    long = {text: name for name, page in easy.items() for text in sentences(page) if len(text.split()) > MOST_WORDS}
    assert long == {}
