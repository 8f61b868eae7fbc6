"""The standards: what good support is and is not, and the indicators that show it. Pure."""

from app.standards.ledger import LedgerEntry, Versioned, check
from app.standards.model import Audience, Domain, Indicator, Source, Standard
from app.standards.set import StandardsSet
from app.standards.version import Bump, fingerprint, is_version, meaning, required_bump

__all__ = [
    "Audience",
    "Bump",
    "Domain",
    "Indicator",
    "LedgerEntry",
    "Source",
    "Standard",
    "StandardsSet",
    "Versioned",
    "check",
    "fingerprint",
    "is_version",
    "meaning",
    "required_bump",
]
