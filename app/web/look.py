"""How a reader likes the pages to look and sound, kept on their own device and nowhere else.

One cookie, "look", holds it; it says nothing about who reads or what they answered. It works without JavaScript.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from flask import Response, g, request

from app.standards import LANGUAGES
from app.web.cookies import host_cookie, is_https

COOKIE = "look"
ONE_YEAR = 365 * 24 * 60 * 60


class Size(StrEnum):
    NORMAL = "normal"
    LARGE = "large"
    LARGEST = "largest"


class Theme(StrEnum):
    """AUTO follows the device."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Look:
    """language: None until it was chosen."""

    size: Size = Size.NORMAL
    theme: Theme = Theme.AUTO
    pictures: bool = True
    language: str | None = None

    @property
    def classes(self) -> str:
        """Return the classes of <html>: every look has its own, so that style sheets need no script."""
        return f"text-{self.size} theme-{self.theme}{'' if self.pictures else ' without-pictures'}"

    def __str__(self) -> str:
        return ".".join((self.size, self.theme, "on" if self.pictures else "off", self.language or "none"))


def look() -> Look:
    """Return how this reader likes it."""
    if "look" not in g:
        g.look = parsed(request.cookies.get(host_cookie(COOKIE), ""))
    found: Look = g.look
    return found


def parsed(cookie: str) -> Look:
    """Return the look of a cookie's value; whatever is not understood is as it is for everybody."""
    found = Look()
    for part in cookie.split(".")[:8]:
        found = changed(found, part)
    return found


def changed(before: Look, choice: str) -> Look:
    """Return the look after one choice: a size, a theme, "on" or "off" (pictures), or a language."""
    if choice in set(Size):
        return replace(before, size=Size(choice))
    if choice in set(Theme):
        return replace(before, theme=Theme(choice))
    if choice in {"on", "off"}:
        return replace(before, pictures=choice == "on")
    if choice in LANGUAGES:
        return replace(before, language=choice)
    return before


def choose(choice: str) -> None:
    """Show the rest of the request after this choice, and keep it on the reader's device."""
    g.look = g.new_look = changed(look(), choice)


def keep(response: Response, chosen: Look) -> None:
    """Write the look into the answer."""
    response.set_cookie(
        host_cookie(COOKIE), str(chosen), max_age=ONE_YEAR, httponly=True, samesite="Lax", secure=is_https()
    )
