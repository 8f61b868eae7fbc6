"""What somebody reads or hears of a page, text by text, with what is in another language left out."""

from collections.abc import Iterator
from typing import Any

from tests.site import Page

READ_ALOUD = ("alt", "aria-label", "aria-description", "placeholder", "title")
NOT_READ = {"script", "style", "template"}


def texts_of(page: Page) -> Iterator[str]:
    """Yield every text and every spoken attribute in the page's own language, with single spaces.

    Left out: what is marked with another language (`lang`), and names (`translate="no"`).
    """
    root = page.tree.getroot()
    yield from (" ".join(text.split()) for text in _texts(root, root.get("lang")) if text.strip())


def _texts(element: Any, language: str) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in NOT_READ:
        return
    if element.get("lang", language) != language or element.get("translate") == "no":
        return
    yield from (element.get(name) for name in READ_ALOUD if element.get(name))
    yield from (value for name, value in element.items() if name.startswith("data-") and " " in value.strip())
    if element.tag == "input" and element.get("type") in {"submit", "button"}:
        yield element.get("value", "")
    yield element.text or ""
    for child in element:
        yield from _texts(child, language)
        yield child.tail or ""
