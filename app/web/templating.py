"""The application's templates, made quick where pages are shown for every answer."""

from collections.abc import Callable, Hashable, MutableMapping
from typing import Any

from flask import Flask, current_app, g
from flask.templating import Environment
from jinja2.runtime import Macro
from markupsafe import Markup

from app.web.languages import catalogue, page_language
from app.web.look import look


class Templates(Environment):
    """Templates whose global names are one plain dictionary.

    The library lays a dictionary of the page's own over them, which is empty here; every import of a macro then looks
    through both, name by name.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return self.globals if not d else super().make_globals(d)


class Application(Flask):
    jinja_environment = Templates

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return it as it is: nothing here is asynchronous, and Flask would look two dozen times a request."""
        return func


MOST_KEPT = 4000


def prepare(app: Flask) -> None:
    app.extensions["driving_seat_kept"] = {}
    app.jinja_env.globals["kept"] = kept


def kept(macro: Macro, *arguments: Hashable) -> Markup:
    """Return what a macro writes for these arguments, written once for each catalogue of words and look.

    For macros that nothing else decides about: they stand on every page, and every answer shows a page.
    """
    written: dict[tuple[object, ...], Markup] = current_app.extensions["driving_seat_kept"]
    key = (macro.name, arguments, page_language(), catalogue(), look(), bool(g.get("shows_pictures")))
    found = written.get(key)
    if found is None:
        if len(written) >= MOST_KEPT:
            written.clear()
        found = written[key] = Markup(macro(*arguments))  # nosec B704  # noqa: S704  # a macro escapes what it writes
    return found
