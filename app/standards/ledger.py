"""The ledger of published versions: a version never changes once it is in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
class LedgerEntry:
    """One published version. meaning: its SHA-256; locales: the SHA-256 of each translation; on: `YYYY-MM-DD`."""

    id: str
    version: str
    meaning: str
    locales: Mapping[str, str] = field(hash=False)
    on: str

    def __post_init__(self) -> None:
        date.fromisoformat(self.on)
        object.__setattr__(self, "locales", MappingProxyType(dict(self.locales)))

    @property
    def name(self) -> str:
        return f"{self.id}@{self.version}"


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
