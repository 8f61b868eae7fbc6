"""The responses file: one row a response, as CSV or as a workbook's first sheet.

Source: docs/content.md, "The responses file".
"""

import re
from collections.abc import Sequence
from pathlib import Path

from app.errors import Fault, Invalid
from app.library.responses_columns import OPTIONAL, columns
from app.library.responses_csv import read_csv
from app.library.responses_rows import ResponseRow, RowReading
from app.library.responses_table import Table, contents, shown, unreadable
from app.library.responses_template import write_template
from app.library.responses_workbook import OF_RESPONSES, read_workbook
from app.surveys import Length, Survey

__all__ = ["ResponseRow", "examine_responses", "faulty", "read_responses", "write_template"]


def read_responses(path: Path, survey: Survey, length: Length) -> tuple[ResponseRow, ...]:
    """Return every row, in order; a row that stands there twice with the same content comes twice.

    Raises Invalid with every fault.
    """
    rows, faults = examine_responses(path, survey, length)
    if faults:
        raise faulty(faults)
    return rows


def faulty(faults: Sequence[Fault]) -> Invalid:
    """Return the error for a file with faults, one or more."""
    count = "is 1 fault" if len(faults) == 1 else f"are {len(faults)} faults"
    return Invalid(f"There {count} in the responses, so none was taken.", faults)


def examine_responses(path: Path, survey: Survey, length: Length) -> tuple[tuple[ResponseRow, ...], tuple[Fault, ...]]:
    """Return the rows that have no fault, and every fault; Raises Invalid when the file cannot be read at all.

    Places in CSV: `FILE:LINE:COLUMN`, the column being the number of the cell; in a workbook: `FILE: SHEET!CELL`.
    """
    table = _read_table(path)
    if not table.header:
        raise unreadable(path, "this file is empty; the first row names the columns")
    reading = RowReading(table, survey, length)
    rows = [row for number, cells in table.rows if (row := reading.row(number, cells))]
    faults = [*_header_faults(table, survey, length), *reading.faults, *table.faults]
    return tuple(rows), tuple(faults)


def _read_table(path: Path) -> Table:
    raw = contents(path)
    if raw.startswith(b"PK") or path.suffix.lower() == ".xlsx":
        return read_workbook(path, raw, OF_RESPONSES)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise unreadable(path, "this is an old or a locked workbook; save it as .xlsx without a password, or as CSV")
    return read_csv(path, raw)


def _header_faults(table: Table, survey: Survey, length: Length) -> list[Fault]:
    expected = columns(survey, length)
    row, names = table.header_row, table.header
    if len(names) == 1 and re.search("[;\t]", names[0]):
        place = table.place(row, 0)
        return [Fault(place, "the cells are not divided by commas; save it as “CSV UTF-8”, with commas")]
    known = {question.id for question in survey.questions}
    faults = []
    for column, name in enumerate(names):
        if name in names[:column] and name:
            faults.append(Fault(table.place(row, column), f"the column “{shown(name)}” stands here twice"))
        elif name in expected or name in OPTIONAL or ((name in known or not name) and not table.has_text_in(column)):
            continue
        else:
            message = f"“{name}” is not asked in the {length} form" if name in known else _unknown(name)
            faults.append(Fault(table.place(row, column), message))
    missing = [name for name in expected if name not in names]
    return [*faults, *(Fault(table.place(row, 0), f"the column “{name}” is missing") for name in missing)]


def _unknown(name: str) -> str:
    return f"“{shown(name)}” is no column of this round's responses" if name else "this column has no name"
