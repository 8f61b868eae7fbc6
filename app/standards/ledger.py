"""The ledger of published versions: a version never changes once it is in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Protocol


class Versioned(Protocol):
    """What the ledger can hold: a standards set or a survey, in one version."""

    @property
    def id(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def fingerprint(self) -> str: ...


@dataclass(frozen=True, slots=True)
class LockedLocale:
    """A translation's words as they were on a day. sha256: its fingerprint; on: `YYYY-MM-DD`."""

    sha256: str
    on: str

    def __post_init__(self) -> None:
        date.fromisoformat(self.on)


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One published version. meaning: its SHA-256; on: `YYYY-MM-DD`.

    locales: by language, every state of its words that was ever locked, oldest first. A translation may improve,
    because it never changes what is meant; what people read on which day stays known.
    """

    id: str
    version: str
    meaning: str
    locales: Mapping[str, tuple[LockedLocale, ...]] = field(hash=False)
    on: str

    def __post_init__(self) -> None:
        date.fromisoformat(self.on)
        object.__setattr__(self, "locales", MappingProxyType(dict(self.locales)))

    @property
    def name(self) -> str:
        return f"{self.id}@{self.version}"


def lost_locales(entry: LedgerEntry, found: Mapping[str, str]) -> list[str]:
    """Return the languages that were locked and are no longer complete. found: fingerprint by language, if complete."""
    return [language for language in entry.locales if language not in found]


def changed_locales(entry: LedgerEntry, found: Mapping[str, str]) -> list[str]:
    """Return the languages whose words are not those last locked, new languages among them."""
    last = {language: locked[-1].sha256 for language, locked in entry.locales.items()}
    return [language for language, sha256 in found.items() if last.get(language) != sha256]


def with_locales(entry: LedgerEntry, found: Mapping[str, str], on: date) -> LedgerEntry:
    """Return the entry with the words of today added, in every language where they changed."""
    added = {
        language: (*entry.locales.get(language, ()), LockedLocale(found[language], on.isoformat()))
        for language in changed_locales(entry, found)
    }
    return replace(entry, locales={**entry.locales, **added})


def check(entries: Iterable[LedgerEntry], published: Iterable[Versioned]) -> list[str]:
    """Return a sentence for every published version that is no longer what the ledger says.

    A version that stands in the ledger and is gone is one too; a version that is not in the ledger yet is a draft.
    """
    fingerprints = {f"{one.id}@{one.version}": one.fingerprint for one in published}
    return [sentence for entry in entries if (sentence := _difference(entry, fingerprints.get(entry.name)))]


def _difference(entry: LedgerEntry, found: str | None) -> str:
    if found is None:
        return f"{entry.name} was published on {entry.on} and is gone; a published version stays."
    if found != entry.meaning:
        return f"{entry.name} was published on {entry.on} and now means something else; make a new version instead."
    return ""
