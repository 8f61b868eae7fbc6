"""The ledgers `standards/LOCK.json` and `surveys/LOCK.json`: which versions are published and what they mean."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import StringConstraints

from app.errors import Fault, Invalid
from app.library.checking import FilePart, Name, Text, shape_problems
from app.library.yaml_file import Problem, YamlFile, read_yaml, shown_path
from app.standards import LedgerEntry, Versioned, check

LEDGER_NAME: Final = "LOCK.json"

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


class EntryPart(FilePart):
    id: Name
    version: Text
    meaning: Sha256
    locales: dict[str, Sha256]
    on: Day


class LedgerFile(FilePart):
    """An append-only list: nothing in it is ever changed or taken out."""

    published: list[EntryPart]


def read_ledger(path: Path) -> tuple[LedgerEntry, ...]:
    """Return the entries, oldest first; none when there is no ledger yet. Raises Invalid with every fault."""
    if not path.exists():
        return ()
    file, problems = _read(path)
    faults = file.faults_with(problems)
    if faults:
        raise Invalid(f"The ledger {shown_path(path)} cannot be used.", faults)
    return _entries(file.document)


def ledger_faults(collection: Path, loaded: Sequence[Versioned], *, complete: bool = False) -> list[Fault]:
    """Return a fault for every version that is no longer what the collection's ledger says.

    collection: the folder with the ledger. complete: whether all of it was read, so that what is gone is missed.
    """
    path = collection / LEDGER_NAME
    if not path.exists():
        return []
    file, problems = _read(path)
    faults = file.faults_with(problems)
    if faults:
        return faults
    names = {f"{one.id}@{one.version}" for one in loaded}
    found = []
    for place, entry in enumerate(_entries(file.document)):
        is_gone = complete and not (collection / entry.id / entry.version).exists()
        if entry.name in names or is_gone:
            found += [Problem(("published", place), sentence) for sentence in check([entry], loaded)]
    return [file.fault(problem) for problem in found]


def write_ledger(path: Path, entries: Iterable[LedgerEntry]) -> None:
    """Write the whole ledger at once: it is the old one or the new one at any moment."""
    published = [
        {"id": each.id, "version": each.version, "meaning": each.meaning, "locales": dict(each.locales), "on": each.on}
        for each in entries
    ]
    text = json.dumps({"published": published}, indent=2, ensure_ascii=False) + "\n"
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)


def _read(path: Path) -> tuple[YamlFile, list[Problem]]:
    """Return the ledger and what is wrong with it. JSON is YAML too, so its places come from the same reader."""
    file = read_yaml(path)
    problems = [] if file.document is None else shape_problems(LedgerFile, file.document)
    return file, problems


def _entries(document: dict[str, Any]) -> tuple[LedgerEntry, ...]:
    return tuple(
        LedgerEntry(part["id"], part["version"], part["meaning"], part["locales"], part["on"])
        for part in document["published"]
    )
