"""Why a round asks, and on which lawful basis: what UK GDPR has an organisation say to the people whom it asks. Pure.

The organisation decides; nothing here judges whether it decided well. See docs/decisions/0024-the-life-of-a-round.md.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.errors import Invalid

LONGEST_PURPOSE: Final = 500
SUGGESTED_PURPOSE: Final = (
    "We want to know how good our support is. We ask the people who use it, their families and our team. "
    "We use the answers to make our support better."
)


class LawfulBasis(StrEnum):
    """Article 6(1) of UK GDPR: why an organisation may use what people tell it."""

    LEGITIMATE_INTERESTS = "legitimate-interests"
    PUBLIC_TASK = "public-task"
    CONSENT = "consent"
    LEGAL_OBLIGATION = "legal-obligation"
    CONTRACT = "contract"


class HealthCondition(StrEnum):
    """Article 9(2) of UK GDPR: why it may use what says something of somebody's health, as answers here do."""

    EXPLICIT_CONSENT = "explicit-consent"
    SOCIAL_CARE = "social-care"
    PUBLIC_INTEREST = "public-interest"


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why a round asks. words: the lead's own, English; empty, like basis None, where nobody has said it.

    condition: explicit consent unless somebody chose another, because everybody is asked for it before they begin.
    """

    words: str = ""
    basis: LawfulBasis | None = None
    condition: HealthCondition = HealthCondition.EXPLICIT_CONSENT


UNSAID: Final = Purpose()


def checked_purpose(purpose: Purpose) -> Purpose:
    """Return the purpose with its words on one line. Raises Invalid for too many."""
    words = " ".join(purpose.words.split())
    if len(words) > LONGEST_PURPOSE:
        raise Invalid(f"Say why you ask in at most {LONGEST_PURPOSE} characters.")
    return Purpose(words, purpose.basis, purpose.condition)
