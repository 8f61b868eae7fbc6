"""Numbers of respondents and of providers, in bands that do not tell when one joins or leaves."""

from typing import Final

EXACT_FROM: Final = 20
_FEW: Final = 5
_PROVIDER_STEP: Final = 50


def count_band(n: int) -> str:
    """Return a number of respondents in words for readers: "fewer than 5" (also for none), "10 to 14", "23".

    Reason: two releases that differ by one respondent would tell what that respondent said.
    Source: docs/method.md, "Numbers of respondents".
    """
    if n < _FEW:
        return f"fewer than {_FEW}"
    if n >= EXACT_FROM:
        return str(n)
    lowest = band_floor(n)
    return f"{lowest} to {lowest + _FEW - 1}"


def band_floor(n: int) -> int:
    """Return the smallest number in the band that shows n; 1 for "fewer than 5"."""
    if n < _FEW:
        return 1
    return n if n >= EXACT_FROM else n - n % _FEW


def provider_band(n: int) -> str:
    """Return a number of providers in words: as count_band below 20, then "20 to 49", "50 to 99", "100 to 149" …

    Reason: docs/decisions/0005-bands-for-counts-of-providers.md.
    """
    if n < EXACT_FROM:
        return count_band(n)
    lowest = n - n % _PROVIDER_STEP
    return f"{lowest or EXACT_FROM} to {lowest + _PROVIDER_STEP - 1}"
