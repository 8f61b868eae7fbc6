"""Publishing: adding versions to the ledger, after which they never change, and the words of their translations."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.library.folders import STANDARDS, SURVEYS, read_library, words_in
from app.library.i18n_folder import Words
from app.library.ledger_file import LEDGER_NAME, read_ledger, write_ledger
from app.standards import LedgerEntry, changed_locales, with_locales


def lock(root: Path, on: date) -> list[str]:
    """Add every version that is not in its ledger yet, and every complete translation whose words are not.

    Returns their names: "set@version", "survey set@version", "set@version in cy". Raises Invalid, and changes nothing,
    when the library has a fault or a published version has changed.
    """
    words = read_library(root).words
    standards = _append(root / STANDARDS, words_in(STANDARDS, words), on)
    surveys = _append(root / SURVEYS, words_in(SURVEYS, words), on)
    return [*standards, *(f"survey {name}" for name in surveys)]


def _append(collection: Path, loaded: Sequence[Words], on: date) -> list[str]:
    path = collection / LEDGER_NAME
    entries = list(read_ledger(path))
    known = {entry.name for entry in entries}
    new = [words for words in loaded if words.name not in known]
    entries += [LedgerEntry(each.of.id, each.of.version, each.of.fingerprint, {}, on.isoformat()) for each in new]
    locales = {words.name: words.locales for words in loaded}
    changed = [
        f"{entry.name} in {language}"
        for entry in entries
        for language in changed_locales(entry, locales.get(entry.name, {}))
    ]
    if new or changed:
        write_ledger(path, [with_locales(entry, locales.get(entry.name, {}), on) for entry in entries])
    return [*(words.name for words in new), *changed]
