"""The words of a standards set or a survey in another language. A translation changes words and never the meaning."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.errors import Conflict
from app.standards.model import Domain, Indicator, Standard
from app.standards.set import StandardsSet
from app.standards.version import fingerprint

SOURCE_LENGTH: Final = 12
LANGUAGES: Final[Mapping[str, str]] = MappingProxyType({"en": "English", "cy": "Cymraeg"})
"""The languages that people can answer in: ISO 639-1 code → the language's own name for itself."""

Strings = Mapping[str, str]


class StringState(StrEnum):
    """How far one string is translated. STALE: its English has changed since. MISSING: there are no words yet."""

    REVIEWED = "reviewed"
    UNREVIEWED = "unreviewed"
    STALE = "stale"
    MISSING = "missing"


def source_mark(english: str) -> str:
    """Return what a translated string keeps of its English: the beginning of its SHA-256, in hexadecimal."""
    return hashlib.sha256(english.encode("utf-8")).hexdigest()[:SOURCE_LENGTH]


@dataclass(frozen=True, slots=True)
class TranslatedString:
    """text: empty until somebody has written it. source: the mark of the English. by: who reviewed it, may be empty."""

    text: str
    source: str
    is_reviewed: bool = False
    by: str = ""

    def state(self, english: str) -> StringState:
        """Return the state beside what the English says now."""
        if not self.text:
            return StringState.MISSING
        if self.source != source_mark(english):
            return StringState.STALE
        return StringState.REVIEWED if self.is_reviewed else StringState.UNREVIEWED


@dataclass(frozen=True, slots=True)
class Translation:
    """All strings of one version in one language, by their key: a path such as `indicators.S01.a.person`.

    fingerprint: SHA-256 of the words, in hexadecimal; the ledger records it.
    """

    language: str
    strings: Mapping[str, TranslatedString] = field(hash=False)
    fingerprint: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "strings", MappingProxyType(dict(self.strings)))
        words = {key: string.text for key, string in self.strings.items()}
        object.__setattr__(self, "fingerprint", fingerprint({"language": self.language, "strings": words}))

    def states(self, english: Strings) -> dict[str, StringState]:
        """Return the state of every English string, by key, in their order."""
        return {
            key: self.strings[key].state(text) if key in self.strings else StringState.MISSING
            for key, text in english.items()
        }

    def is_complete(self, english: Strings) -> bool:
        """Return whether every string is there and none is stale. Only then may a page be shown in this language."""
        return not {StringState.STALE, StringState.MISSING} & set(self.states(english).values())

    def is_reviewed(self, english: Strings) -> bool:
        """Return whether every string has been reviewed."""
        return set(self.states(english).values()) <= {StringState.REVIEWED}

    def words(self, english: Strings) -> dict[str, str]:
        """Return the words by key. Raises Conflict unless the translation is complete: no page mixes languages."""
        if not self.is_complete(english):
            raise Conflict(f"The translation into “{self.language}” is not complete.")
        return {key: self.strings[key].text for key in english}


def standards_strings(standards: StandardsSet) -> dict[str, str]:
    """Return every word of a standards set that its readers see, by key, in its order."""
    strings = {"title": standards.title, "summary": standards.summary, "wording_note": standards.wording_note}
    strings |= {f"domains.{domain.id}.title": domain.title for domain in standards.domains}
    for standard in standards.standards:
        strings |= {f"standards.{standard.id}.is": standard.title, f"standards.{standard.id}.is_not": standard.is_not}
        for indicator in standard.indicators:
            strings |= {f"indicators.{indicator.id}.{who}": text for who, text in indicator.statements.items()}
    return strings


def translated_standards(standards: StandardsSet, translation: Translation) -> StandardsSet:
    """Return the set in the translation's language: other words, the same ids, order, weights and fingerprint.

    Raises Conflict unless the translation is complete.
    """
    words = translation.words(standards_strings(standards))
    return replace(
        standards,
        title=words["title"],
        summary=words["summary"],
        wording_note=words["wording_note"],
        language=translation.language,
        domains=tuple(_domain(domain, words) for domain in standards.domains),
        original=standards,
    )


def _domain(domain: Domain, words: Strings) -> Domain:
    return replace(
        domain,
        title=words[f"domains.{domain.id}.title"],
        standards=tuple(_standard(standard, words) for standard in domain.standards),
    )


def _standard(standard: Standard, words: Strings) -> Standard:
    return replace(
        standard,
        title=words[f"standards.{standard.id}.is"],
        is_not=words[f"standards.{standard.id}.is_not"],
        indicators=tuple(_indicator(indicator, words) for indicator in standard.indicators),
    )


def _indicator(indicator: Indicator, words: Strings) -> Indicator:
    return replace(
        indicator, statements={who: words[f"indicators.{indicator.id}.{who}"] for who in indicator.statements}
    )
