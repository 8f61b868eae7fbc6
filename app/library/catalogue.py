"""The words of the pages in another language: `app/web/translations/<language>/LC_MESSAGES/messages.po`.

English stands in the templates and the code itself. A catalogue is read as it lies; nothing is compiled beforehand.
"""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from app.standards import StringState

CATALOGUES: Final = Path(__file__).parents[1] / "web" / "translations"
DOMAIN: Final = "messages"
REVIEWED: Final = "reviewed"


def catalogue_path(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def catalogue_languages() -> tuple[str, ...]:
    """Return the languages that have a catalogue, in the order of their names."""
    return tuple(sorted(path.parents[1].name for path in CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.po")))


def read_catalogue(path: Path) -> Catalog:
    """Return the catalogue with its messages in the order of the file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name)


@cache
def translations_of(language: str) -> NullTranslations:
    """Return what gives the words of the pages in a language; of English, and of one without a catalogue, English."""
    if language not in catalogue_languages():
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(catalogue_path(language)))
    compiled.seek(0)
    return Translations(compiled, DOMAIN)


def messages_of(catalogue: Catalog) -> Iterator[Message]:
    """Yield every message but the head."""
    return (message for message in catalogue if message.id)


def is_whole(message: Message) -> bool:
    """Return whether a message has words; a plural needs all of its forms."""
    return all(message.string) if isinstance(message.string, list | tuple) else bool(message.string)


def state_of_message(message: Message) -> StringState:
    """Return how far a message is translated."""
    if not is_whole(message):
        return StringState.MISSING
    if message.fuzzy:
        return StringState.STALE
    return StringState.REVIEWED if REVIEWED in message.flags else StringState.UNREVIEWED


@cache
def interface_states(language: str) -> dict[StringState, int]:
    """Return how many messages of a language's catalogue are in which state."""
    counts = dict.fromkeys(StringState, 0)
    for message in messages_of(read_catalogue(catalogue_path(language))):
        counts[state_of_message(message)] += 1
    return counts
