"""A figure that may be shown, or the reason why it may not."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Final, Generic, TypeVar

from app.scoring.display import rounded

T = TypeVar("T")

DECIMAL_PLACES: Final = 12
_SCALE: Final = 10**DECIMAL_PLACES
_LARGEST_DENOMINATOR: Final = 10**6


class Reason(StrEnum):
    """Why a figure is withheld. Source: docs/method.md, "Why a figure is withheld"."""

    TOO_FEW = "too_few"
    UNANIMOUS = "unanimous"
    COMPLEMENTARY = "complementary"
    REMAINDER = "remainder"
    NO_ANSWERS = "no_answers"


@dataclass(frozen=True, slots=True)
class Figure(Generic[T]):
    """Either a value that may be shown or the reason why it is withheld, never both and never neither."""

    value: T | None
    withheld: Reason | None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.withheld is None):
            raise ValueError("a figure has either a value or the reason why it is withheld")


def decimal_text(value: Fraction) -> str:
    """Return the value with twelve decimals: how a release keeps a score."""
    scaled = rounded(value * _SCALE)
    whole, rest = divmod(abs(scaled), _SCALE)
    return f"{'-' if scaled < 0 else ''}{whole}.{rest:0{DECIMAL_PLACES}d}"


@lru_cache(maxsize=16_384)
def exact(text: str) -> Fraction:
    """Return the value that twelve decimals stand for: "0.333333333333" is one third.

    Exact for every fraction whose denominator is at most a million (two of those never share twelve decimals), so
    that rounding for display still happens once. Any other text stands for itself.
    """
    decimal = Fraction(text)
    simplest = decimal.limit_denominator(_LARGEST_DENOMINATOR)
    return simplest if decimal_text(simplest) == text else decimal


def kept(value: Fraction) -> Fraction:
    """Return the value as it comes back from its twelve decimals."""
    return exact(decimal_text(value))
