"""Publishing: adding versions to the ledger, after which they never change."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from app.library.folders import STANDARDS, SURVEYS, read_library
from app.library.ledger_file import LEDGER_NAME, read_ledger, write_ledger
from app.standards import LedgerEntry, Versioned


def lock(root: Path, on: date) -> list[str]:
    """Add every version that is not in its ledger yet; return their names ("set@version", "survey set@version").

    Raises Invalid, and changes nothing, when the library has a fault or a published version has changed.
    """
    library = read_library(root)
    standards = _append(root / STANDARDS, library.standards, on)
    surveys = _append(root / SURVEYS, library.surveys, on)
    return [*standards, *(f"survey {name}" for name in surveys)]


def _append(collection: Path, loaded: Iterable[Versioned], on: date) -> list[str]:
    path = collection / LEDGER_NAME
    entries = read_ledger(path)
    known = {entry.name for entry in entries}
    drafts = [LedgerEntry(one.id, one.version, one.fingerprint, {}, on.isoformat()) for one in loaded]
    new = [entry for entry in drafts if entry.name not in known]
    if new:
        write_ledger(path, [*entries, *new])
    return [entry.name for entry in new]
