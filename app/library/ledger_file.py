"""The ledgers `standards/LOCK.json` and `surveys/LOCK.json`: which versions are published and what they mean."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints

from app.errors import Fault, Invalid
from app.library.checking import FilePart, Language, Name, Text, shape_problems
from app.library.i18n_folder import Words
from app.library.writing import write_text
from app.library.yaml_file import Problem, YamlFile, read_yaml, shown_path
from app.standards import LedgerEntry, LockedLocale, changed_locales, check, lost_locales

LEDGER_NAME: Final = "LOCK.json"

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


class LocalePart(FilePart):
    sha256: Sha256
    on: Day


class EntryPart(FilePart):
    id: Name
    version: Text
    meaning: Sha256
    locales: dict[Language, Annotated[list[LocalePart], Field(min_length=1)]]
    on: Day


class LedgerFile(FilePart):
    """An append-only list: nothing in it is ever changed or taken out; an entry's locales grow."""

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


def ledger_faults(collection: Path, loaded: Sequence[Words], *, complete: bool = False) -> list[Fault]:
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
    by_name = {words.name: words for words in loaded}
    found = []
    for place, entry in enumerate(_entries(file.document)):
        words = by_name.get(entry.name)
        is_gone = complete and not (collection / entry.id / entry.version).exists()
        if words or is_gone:
            found += [Problem(("published", place), each) for each in check([entry], [one.of for one in loaded])]
        if words:
            found += [Problem(("published", place, "locales"), each) for each in _lost(entry, words)]
    return [file.fault(problem) for problem in found]


def ledger_remarks(collection: Path, loaded: Sequence[Words]) -> list[Fault]:
    """Return what is no fault and yet to be seen: every locked translation whose words have changed since."""
    path = collection / LEDGER_NAME
    by_name = {words.name: words for words in loaded}
    return [
        Fault(
            shown_path(path),
            f"{entry.name} in “{language}” reads otherwise than on {entry.locales[language][-1].on}; "
            "`driving-seat standards lock` records it.",
        )
        for entry in read_ledger(path)
        if entry.name in by_name
        for language in changed_locales(entry, by_name[entry.name].locales)
        if language in entry.locales
    ]


def _lost(entry: LedgerEntry, words: Words) -> list[str]:
    return [
        f"{entry.name} in “{language}” was published on {entry.locales[language][0].on} and is not complete any more; "
        "`driving-seat translations status` tells what is missing."
        for language in lost_locales(entry, words.locales)
        if language not in words.faulty
    ]


def write_ledger(path: Path, entries: Iterable[LedgerEntry]) -> None:
    """Write the whole ledger at once: it is the old one or the new one at any moment."""
    published = [_entry_document(each) for each in entries]
    write_text(path, json.dumps({"published": published}, indent=2, ensure_ascii=False) + "\n")


def _entry_document(entry: LedgerEntry) -> dict[str, Any]:
    locales = {
        language: [{"sha256": each.sha256, "on": each.on} for each in locked]
        for language, locked in entry.locales.items()
    }
    return {
        "id": entry.id,
        "version": entry.version,
        "meaning": entry.meaning,
        "locales": locales,
        "on": entry.on,
    }


def _read(path: Path) -> tuple[YamlFile, list[Problem]]:
    """Return the ledger and what is wrong with it. JSON is YAML too, so its places come from the same reader."""
    file = read_yaml(path)
    problems = [] if file.document is None else shape_problems(LedgerFile, file.document)
    return file, problems


def _entries(document: dict[str, Any]) -> tuple[LedgerEntry, ...]:
    return tuple(
        LedgerEntry(part["id"], part["version"], part["meaning"], _locales(part["locales"]), part["on"])
        for part in document["published"]
    )


def _locales(document: dict[str, list[dict[str, str]]]) -> dict[str, tuple[LockedLocale, ...]]:
    return {
        language: tuple(LockedLocale(each["sha256"], each["on"]) for each in locked)
        for language, locked in document.items()
    }
