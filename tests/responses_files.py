"""Responses files for tests, written as somebody with a spreadsheet would."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

INDICATORS = [f"S{standard:02}.{letter}" for standard in range(1, 11) for letter in "abc"]
SHORT_INDICATORS = [f"S{standard:02}.a" for standard in range(1, 11)]
FIXED = ["response_id", "audience", "edition", "language", "answered_how"]


def row(
    id_: str, audience: str = "person", answer: str | Mapping[str, str] = "yes", indicators: Iterable[str] = INDICATORS
) -> dict[str, str]:
    """Return one response; answer: the same for every indicator, or one each."""
    answers = dict.fromkeys(indicators, answer) if isinstance(answer, str) else dict(answer)
    return {
        "response_id": id_,
        "audience": audience,
        "edition": "standard",
        "language": "en",
        "answered_how": "self",
        **answers,
    }


def write_csv(
    path: Path,
    rows: Iterable[Mapping[str, str]],
    indicators: Iterable[str] = INDICATORS,
    also: Iterable[str] = (),
) -> Path:
    """Write a file; also: further columns, which a row may leave out."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [*FIXED, *indicators, *also], restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path
