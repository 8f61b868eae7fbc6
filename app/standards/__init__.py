"""The standards: what good support is and is not, and the indicators that show it. Pure."""

from app.standards.ledger import (
    LedgerEntry,
    LockedLocale,
    Versioned,
    changed_locales,
    check,
    lost_locales,
    with_locales,
)
from app.standards.model import Audience, Domain, Indicator, Source, Standard
from app.standards.set import StandardsSet
from app.standards.translation import (
    LANGUAGES,
    Strings,
    StringState,
    TranslatedString,
    Translation,
    source_mark,
    standards_strings,
    translated_standards,
)
from app.standards.version import Bump, fingerprint, is_version, meaning, required_bump

__all__ = [
    "LANGUAGES",
    "Audience",
    "Bump",
    "Domain",
    "Indicator",
    "LedgerEntry",
    "LockedLocale",
    "Source",
    "Standard",
    "StandardsSet",
    "StringState",
    "Strings",
    "TranslatedString",
    "Translation",
    "Versioned",
    "changed_locales",
    "check",
    "fingerprint",
    "is_version",
    "lost_locales",
    "meaning",
    "required_bump",
    "source_mark",
    "standards_strings",
    "translated_standards",
    "with_locales",
]
