"""The language of a page: English, unless the page says that it is there in others too.

A view that knows the reader's language calls `use_language` (or sets `g.language`); every `_` after it obeys.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Literal, Protocol, TypeVar

from babel.dates import format_date
from babel.numbers import format_decimal
from babel.support import NullTranslations
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, Domain, refresh
from jinja2 import Environment

from app.library.catalogue import interface_states, translations_of
from app.services.asking_letters import PLACE
from app.standards import LANGUAGES, StringState
from app.web.look import look

ENGLISH = "en"
MULTILINGUAL_BLUEPRINTS = frozenset({"answer", "stop", "security", "accounts", "joining", "by_letter"})
View = TypeVar("View", bound=Callable[..., Any])
_DECLARED = "_multilingual"


def multilingual(view: View) -> View:
    """Declare that all of a view's page is there in every language of LANGUAGES. What declares nothing is English."""
    setattr(view, _DECLARED, True)
    return view


def page_language() -> str:
    """Return the language of the page that is being answered; English outside a request."""
    if not has_request_context():
        return ENGLISH
    if "language" in g:
        return str(g.language)
    if "asked_language" not in g:  # every word of a page asks for it
        g.asked_language = wished_language() if is_multilingual() else ENGLISH
    return str(g.asked_language)


def wished_language() -> str:
    """Return the language that the reader chose, or else the first one of ours that the browser asks for."""
    asked = (name.partition("-")[0].lower() for name, quality in request.accept_languages if quality)
    return look().language or next((each for each in asked if each in LANGUAGES), ENGLISH)


def use_language(language: str) -> None:
    """Show the rest of this request in a language; in English when the pages are not there in it."""
    g.language = language if language in LANGUAGES else ENGLISH
    refresh()


def prepare(app: Flask) -> None:
    babel = Babel(app, default_locale=ENGLISH, locale_selector=page_language)
    babel.domain_instance = _Catalogues()
    app.jinja_env.filters.update(day=day, number=number, asked_about=asked_about)
    app.context_processor(lambda: {"language": page_language(), "is_multilingual": is_multilingual()})
    app.jinja_env.globals.update(languages=LANGUAGES, all_languages=tuple(LANGUAGES), interface_state=interface_state)
    app.jinja_env.install_gettext_callables(_said, _counted, newstyle=True)  # type: ignore[attr-defined]


def _said(words: str) -> str:
    """Return words of a page in its language, as flask-babel would, without asking for it again at every word."""
    return catalogue().gettext(words)


def _counted(one: str, several: str, count: int) -> str:
    return catalogue().ngettext(one, several, count)


def catalogue() -> NullTranslations:
    """Return the words of the page's language."""
    language = page_language()
    known: tuple[str, NullTranslations] | None = g.get("catalogue")
    if known is None or known[0] != language:
        known = g.catalogue = (language, translations_of(language))
    return known[1]


def prepare_environment(environment: Environment, language: str = ENGLISH) -> None:
    """Give `_`, `ngettext` and the filters to templates that are rendered for paper or a file, without a request."""
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_translations(translations_of(language), newstyle=True)  # type: ignore[attr-defined]
    environment.filters["day"] = lambda value: day(value, language)
    environment.filters["asked_about"] = lambda found: asked_about(found, translations_of(language).gettext)
    environment.filters["number"] = lambda value: number(value, language)
    environment.globals["language"] = language


class Asked(Protocol):
    """Something about a round, as those see it who answer."""

    @property
    def provider_name(self) -> str: ...
    @property
    def site_name(self) -> str | None: ...


def asked_about(found: Asked, say: Callable[[str], str] = _said) -> str:
    """Return whom a round is about, in the page's language: "Maple House, of Alder Support", or the provider alone."""
    if not found.site_name:
        return found.provider_name
    return say(PLACE) % {"site": found.site_name, "provider": found.provider_name}


def day(value: date, language: str | None = None) -> str:
    """Return a date as people write it: 21 November 2026, 21 Tachwedd 2026."""
    return format_date(value, "d MMMM y", locale=language or page_language())


def month(value: date) -> str:
    """Return the month of a date: November 2026, Tachwedd 2026."""
    return format_date(value, "MMMM y", locale=page_language())


def number(value: float, language: str | None = None) -> str:
    """Return a number as people write it: 1,234."""
    return format_decimal(value, locale=language or page_language())


def interface_state(language: str) -> Literal["reviewed", "unreviewed"]:
    """Return whether every word of the pages themselves has been reviewed in a language."""
    if language == ENGLISH:
        return "reviewed"
    counts = interface_states(language)
    return "reviewed" if counts[StringState.REVIEWED] == sum(counts.values()) else "unreviewed"


def is_multilingual() -> bool:
    """Return whether the page is there in every language. One that is nowhere (an unknown address) is everybody's."""
    if request.endpoint is None or request.blueprint in MULTILINGUAL_BLUEPRINTS:
        return True
    return bool(getattr(current_app.view_functions.get(request.endpoint), _DECLARED, False))


class _Catalogues(Domain):
    """Gives the catalogue of the page's language at each word: a view may choose the language at any moment."""

    def get_translations(self) -> NullTranslations:
        return translations_of(page_language())
