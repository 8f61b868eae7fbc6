"""A responses file as a workbook (.xlsx): its first sheet."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from openpyxl.utils import get_column_letter
from python_calamine import CalamineSheet, CalamineWorkbook

from app.errors import Invalid
from app.library.responses_table import Table, unreadable
from app.library.yaml_file import shown_path

MOST_PARTS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of a workbook is read.

    unpacked: in bytes. far: finds a cell that lies too far out: a reader makes room for every cell up to the furthest
    one, so that one is as dangerous as a file too large. furthest: the same in words.
    """

    unpacked: int
    far: re.Pattern[bytes]
    furthest: str


OF_RESPONSES: Final = Bounds(
    256_000_000,
    re.compile(rb"\sr\s*=\s*[\"'](?!(?:[A-C]?[A-Z])?(?:[1-9][0-9]{0,4}|1[0-9]{5}|200[0-9]{3})[\"'])"),
    "column CZ or row 200,999",
)


def read_workbook(path: Path, raw: bytes, bounds: Bounds) -> Table:
    """Return the table on the first sheet of the workbook in these bytes. Raises Invalid when it is none."""
    _refuse_dangerous(path, raw, bounds)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except Exception:  # noqa: BLE001  # whatever the reader makes of a broken file, a person is told the same
        raise unreadable(path, "this workbook is broken; open it, save it again as .xlsx and try once more") from None
    return _table(path, sheet, rows)


def _table(path: Path, sheet: CalamineSheet, rows: Iterable[Sequence[object]]) -> Table:
    name, title = shown_path(path), sheet.name
    table = Table(place=lambda row, column: f"{name}: {title}!{get_column_letter(column + 1)}{row}")
    for number, cells in enumerate(rows, start=1):
        if table.is_full(number):
            break
        table.add(number, [cell if isinstance(cell, str) else _as_text(cell) for cell in cells])
    return table


def _as_text(cell: object) -> str:
    """Return a number, date or truth value as it would be written: 7.0 is "7"."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def _refuse_dangerous(path: Path, raw: bytes, bounds: Bounds) -> None:
    """Raise Invalid unless it is a sound zip that unpacks to a workbook of bearable size."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            names = set(packed.namelist())
            if "xl/workbook.xml" not in names or "content.xml" in names:
                raise unreadable(path, "this is no .xlsx workbook; save it as .xlsx or as CSV")
            if len(names) > MOST_PARTS:
                raise unreadable(path, "this workbook has too many parts; copy the rows into a new one")
            _unpack(path, packed, bounds)
    except Invalid:
        raise
    except Exception:  # noqa: BLE001  # zipfile, zlib and struct fail in many ways on a damaged zip
        raise unreadable(path, "this workbook is broken or locked with a password") from None


def _unpack(path: Path, packed: zipfile.ZipFile, bounds: Bounds) -> None:
    """Unpack each part once, not trusting the sizes it claims, and look for cells that lie too far out."""
    left = bounds.unpacked
    for part in packed.infolist():
        part.file_size = left + 2  # more than may still come: a claimed size would cut the part short unseen
        with packed.open(part) as stream:
            content = stream.read(left + 1)
        left -= len(content)
        if left < 0:
            raise unreadable(path, f"this workbook unpacks to more than {bounds.unpacked // 1_000_000} MB")
        if part.filename.startswith("xl/worksheets/") and bounds.far.search(content):
            raise unreadable(path, f"a cell lies beyond {bounds.furthest}; copy the rows into a new workbook")
