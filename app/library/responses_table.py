"""A responses file as a table of texts, however it was stored."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.errors import Fault, Invalid
from app.library.yaml_file import shown_path

LARGEST_FILE: Final = 64_000_000
MOST_ROWS: Final = 200_000
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(slots=True)
class Table:
    """The rows below a header; every text is stripped.

    place: says where a cell is, from the row's number as people count it and the column's from 0.
    rows: (number, cells); blank rows are left out. faults: what kept parts of the file from being read.
    """

    place: Callable[[int, int], str]
    header_row: int = 1
    header: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def add(self, number: int, cells: list[str]) -> None:
        """Take a row in: the first that is not blank is the header."""
        cells = [cell.strip() for cell in cells]
        if not any(cells):
            return
        if self.header:
            self.rows.append((number, cells))
        else:
            self.header_row, self.header = number, cells

    def note(self, row: int, column: int, message: str) -> None:
        self.faults.append(Fault(self.place(row, column), message))

    def has_text_in(self, column: int) -> bool:
        """Return whether any row has something in the column."""
        return any(len(cells) > column and cells[column] for _, cells in self.rows)

    def is_full(self, number: int) -> bool:
        """Return whether no row fits in any more, after noting it."""
        if len(self.rows) < MOST_ROWS:
            return False
        self.note(number, 0, f"more than {MOST_ROWS:,} responses; import them in parts")
        return True


def unreadable(path: Path, message: str) -> Invalid:
    """Return the error for a file of which nothing can be read."""
    return Invalid("The responses cannot be read.", [Fault(f"{shown_path(path)}:1:1", message)])


def contents(path: Path) -> bytes:
    """Return the file's bytes. Raises Invalid when there is none, or it is larger than LARGEST_FILE."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise unreadable(path, f"this file is larger than {LARGEST_FILE // 1_000_000} MB; import it in parts")
        return path.read_bytes()
    except FileNotFoundError:
        raise unreadable(path, "this file is missing") from None
    except OSError as error:
        raise unreadable(path, f"this file cannot be read ({error.strerror})") from None


def has_unprintable(text: str) -> bool:
    return _UNPRINTABLE.search(text) is not None


def shown(text: str) -> str:
    """Return a cell's text as it can be told: unprintable characters as �, at most 40 characters."""
    safe = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return safe if len(safe) <= 40 else f"{safe[:39]}…"
