"""The words that stand in templates and code, collected, and catalogues brought up to date with them."""

from collections.abc import Iterable
from difflib import get_close_matches
from io import BytesIO, StringIO
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po
from babel.plural import to_gettext
from jinja2 import TemplateSyntaxError

from app.errors import Fault, Invalid
from app.library.catalogue import REVIEWED, catalogue_path, is_whole, messages_of
from app.library.writing import write_text
from app.library.yaml_file import shown_path

SOURCES: Final = Path(__file__).parents[1]
_METHODS = [("**.py", "python"), ("web/templates/**.html", "jinja2")]
_OPTIONS = {"web/templates/**.html": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}}
_KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "lazy_ngettext": (1, 2)}
_HEAD = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plural}\\n"
"""


def extracted(sources: Path = SOURCES) -> Catalog:
    """Return every message of the code and the templates, in the order of files. Notes begin with `Translators:`.

    Raises Invalid for a template that cannot be read.
    """
    template, reading = Catalog(), [""]
    found = extract_from_dir(
        sources,
        _METHODS,
        _OPTIONS,
        keywords=_KEYWORDS,
        comment_tags=("Translators:",),
        callback=lambda file, _method, _options: reading.append(file),
        strip_comment_tags=True,
    )
    try:
        in_order = sorted(found, key=lambda each: (each[0], each[1]))
    except TemplateSyntaxError as error:
        fault = Fault(f"{shown_path(sources / reading[-1])}:{error.lineno}:1", error.message or "")
        raise Invalid("A template cannot be read.", [fault]) from error
    for _file, _line, message, comments, context in in_order:
        template.add(message, auto_comments=comments, context=context)
    return template


def refuse_unknown_language(language: str) -> None:
    """Raises Invalid for what is not the two letters of a language, and for English, which is the source."""
    try:
        known = len(language) == 2 and language != "en" and Locale.parse(language) is not None
    except (UnknownLocaleError, ValueError):
        known = False
    if not known:
        raise Invalid(f"“{language}” is not the two letters of a language other than English, such as cy.")


def updated(catalogue: Catalog, template: Catalog) -> Catalog:
    """Bring a catalogue up to date: what is new is empty, what is gone is gone, what was reworded is fuzzy (stale)."""
    catalogue.update(template, no_fuzzy_matching=True)
    gone = [message for message in catalogue.obsolete.values() if is_whole(message)]
    catalogue.obsolete.clear()
    for message in messages_of(catalogue):
        before = None if is_whole(message) else _reworded(message, gone)
        if before is not None:
            message.string, message.previous_id = before.string, list(_ids(before))
            message.flags = (message.flags | {"fuzzy"}) - {REVIEWED}
    return catalogue


def _head(language: str) -> str:
    return _HEAD.format(language=language, plural=to_gettext(Locale.parse(language).plural_form))


def _reworded(message: Message, gone: Iterable[Message]) -> Message | None:
    """Return what this message was before its English was reworded, so that its translator need not begin anew."""
    candidates = {_ids(each)[0]: each for each in gone if len(_ids(each)) == len(_ids(message))}
    found = get_close_matches(_ids(message)[0], list(candidates), n=1)
    return candidates[found[0]] if found else None


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def catalogue_text(catalogue: Catalog, language: str) -> str:
    """Return the catalogue as it is written: no dates, no line numbers, so that a change shows words alone."""
    body = BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, include_previous=True)
    return f"{_head(language)}\n{body.getvalue().decode().strip()}".rstrip() + "\n"


def update_catalogue(language: str) -> int:
    """Bring a language's catalogue file up to date; return how many of its messages have no words."""
    path = catalogue_path(language)
    known = path.read_text(encoding="utf-8") if path.exists() else _head(language)
    catalogue = updated(read_po(StringIO(known), locale=language), extracted())
    write_text(path, catalogue_text(catalogue, language))
    return sum(1 for message in messages_of(catalogue) if not is_whole(message))
