"""A responses file in CSV: UTF-8, with or without a byte order mark, commas between cells."""

import csv
import io
from pathlib import Path

from app.library.responses_table import Table, unreadable
from app.library.yaml_file import shown_path


def read_csv(path: Path, raw: bytes) -> Table:
    """Return the table in the file's bytes. Raises Invalid when it is no text at all.

    A row's number is the physical line on which it begins, a column's the number of the cell.
    """
    name = shown_path(path)
    table = Table(place=lambda row, column: f"{name}:{row}:{column + 1}")
    text = _text(path, raw, table)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 1
    try:
        for cells in reader:
            if table.is_full(number):
                break
            table.add(number, cells)
            number = reader.line_num + 1
    except csv.Error as error:
        table.note(number, 0, _in_words(str(error)))
    return table


def _text(path: Path, raw: bytes, table: Table) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        if b"\0" in raw[:200]:
            raise unreadable(path, "this is no CSV in UTF-8; save it as “CSV UTF-8”") from None
        row, line = before.count("\n") + 1, before[before.rfind("\n") + 1 :]
        table.note(row, line.count(","), "a character is not in UTF-8; save the file as “CSV UTF-8”")
        return raw.decode("utf-8-sig", "replace")


def _in_words(problem: str) -> str:
    if "unexpected end of data" in problem:
        return "a quotation mark opens in this row and never closes"
    if "expected after" in problem:
        return "after a closing quotation mark comes a comma; a quotation mark inside a text is written twice"
    if "field larger" in problem:
        return "a cell in this row is far too long; is a quotation mark missing?"
    return f"this row cannot be read ({problem})"
