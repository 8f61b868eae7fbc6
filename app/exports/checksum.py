"""The checksum over a workbook's cells: written on its manifest sheet, checked when the file comes back.

It is taken over what the cells say, not over the file, so that saving again with another program keeps it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from app.errors import Fault, Invalid

MANIFEST = "Manifest"
ALL_SHEETS = "All other sheets"
Value = str | int | float | bool
_ESCAPED_UNDERSCORE = re.compile("_x005F_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(slots=True)
class SheetSum:
    """What one sheet holds: how many cells that are not empty, and the hash over them, in reading order."""

    _lines: list[str] = field(default_factory=list)

    def add(self, row: int, column: int, value: Value, *, is_formula: bool = False) -> None:
        """Count a cell: row and column start at 1. Text "" counts as empty."""
        if value == "":
            return
        kind = "f" if is_formula else "s" if isinstance(value, str) else "n"
        said = _ESCAPED_UNDERSCORE.sub("_", value) if isinstance(value, str) else repr(float(value))
        self._lines.append(f"{get_column_letter(column)}{row}\t{kind}\t{said}\n")

    @property
    def cell_count(self) -> int:
        return len(self._lines)

    @property
    def hexdigest(self) -> str:
        return sha256("".join(self._lines).encode()).hexdigest()


def sum_of_sums(sums: Iterable[tuple[str, SheetSum]]) -> str:
    """Return the hash over all sheets: over their titles and hashes, in the workbook's order."""
    return sha256("".join(f"{title}\t{sheet.hexdigest}\n" for title, sheet in sums).encode()).hexdigest()


def verify_checksum(path: Path) -> None:
    """Compare every sheet of a workbook with its manifest.

    Raises Invalid with a fault for each sheet that was altered, added or taken away, and for a file that is no
    workbook of ours.
    """
    sums, manifest = _read(path)
    stated = {title: (digest, count) for title, digest, count in manifest}
    faults = [
        Fault(f"{path}: {title}", "the cells are not those this workbook was written with")
        for title, sheet in sums.items()
        if stated.get(title) != (sheet.hexdigest, sheet.cell_count)
    ]
    faults += [
        Fault(f"{path}: {title}", "the sheet is missing") for title in stated if title not in (*sums, ALL_SHEETS)
    ]
    if not faults and stated.get(ALL_SHEETS, ("", 0))[0] != sum_of_sums(sums.items()):
        faults.append(Fault(f"{path}: {MANIFEST}", "the checksum over all sheets does not match"))
    if faults:
        raise Invalid("This workbook was changed after it was written.", faults)


def _read(path: Path) -> tuple[dict[str, SheetSum], list[tuple[str, str, int]]]:
    try:
        book = load_workbook(path, read_only=True)
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise Invalid("This file is not a workbook that can be opened.", [Fault(str(path), str(error))]) from error
    sums: dict[str, SheetSum] = {}
    manifest: list[tuple[str, str, int]] = []
    for sheet in book.worksheets:
        if sheet.title == MANIFEST:
            rows = sheet.iter_rows(min_col=1, max_col=3, values_only=True)
            manifest = [(str(a), str(b), c) for a, b, c in rows if _is_digest(b) and isinstance(c, int)]
            continue
        total = sums[sheet.title] = SheetSum()
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            value = cell.value if isinstance(cell.value, (str, int, float)) else str(cell.value)
            total.add(cell.row, cell.column, value, is_formula=cell.data_type == "f")
    book.close()
    return sums, manifest


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None
