"""How far every translation is: of each standards set and survey, and of the words of the pages themselves."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.library.catalogue import catalogue_languages, interface_states
from app.library.folders import STANDARDS, SURVEYS, read_library, words_in
from app.library.i18n_folder import Words
from app.library.ledger_file import LEDGER_NAME, read_ledger
from app.standards import StringState, Translation, source_mark

INTERFACE: Final = "interface"


@dataclass(frozen=True, slots=True)
class StaleString:
    """A string whose English has changed. source: the mark to write when the words say the same again."""

    key: str
    source: str
    english: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What is translated into one language. of: "standards set@version", "survey set@version" or "interface".

    is_locked: whether the ledger holds this language, so that it has to stay complete.
    """

    of: str
    language: str
    counts: dict[StringState, int]
    is_locked: bool = False
    stale: tuple[StaleString, ...] = ()

    @property
    def is_complete(self) -> bool:
        return not self.counts[StringState.STALE] and not self.counts[StringState.MISSING]


def progress(root: Path) -> list[Progress]:
    """Return how far each translation in the library, and each catalogue of the pages, is. Raises Invalid."""
    words = read_library(root, is_published=False).words
    return [
        *_collection("standards", root / STANDARDS, words_in(STANDARDS, words)),
        *_collection("survey", root / SURVEYS, words_in(SURVEYS, words)),
        *(Progress(INTERFACE, each, interface_states(each)) for each in catalogue_languages()),
    ]


def _collection(kind: str, folder: Path, words: Iterable[Words]) -> list[Progress]:
    locked = {entry.name: set(entry.locales) for entry in read_ledger(folder / LEDGER_NAME)}
    return [
        _progress(f"{kind} {each.name}", each, translation, is_locked=translation.language in locked.get(each.name, ()))
        for each in words
        for translation in each.translations
    ]


def _progress(of: str, words: Words, translation: Translation, *, is_locked: bool) -> Progress:
    states = translation.states(words.english)
    found = Counter(states.values())
    return Progress(
        of,
        translation.language,
        {state: found[state] for state in StringState},
        is_locked,
        tuple(
            StaleString(key, source_mark(words.english[key]), words.english[key])
            for key, state in states.items()
            if state is StringState.STALE
        ),
    )
