"""A list of e-mail addresses: pasted, one a line, or a file (.csv, or a workbook's first sheet) with a column of them.

What a cell holds is taken as text: a formula is never worked out, and what it gave when the file was saved is read.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from openpyxl import Workbook

from app.errors import Fault, Invalid
from app.library.responses_table import Table
from app.library.responses_workbook import Bounds, read_workbook

LARGEST_FILE: Final = 1_000_000
ADDRESS_HEADINGS: Final = ("e-mail", "email", "e-mail address", "email address", "ebost", "e-bost", "cyfeiriad e-bost")
LANGUAGE_HEADINGS: Final = ("language", "iaith")
TEMPLATE: Final = (ADDRESS_HEADINGS[0], LANGUAGE_HEADINGS[0])
UNREADABLE: Final = "The list cannot be read."
_SMALL: Final = Bounds(
    20_000_000, re.compile(rb"\sr\s*=\s*[\"'](?![A-Z]?[1-9][0-9]{0,3}[\"'])"), "column Z or row 9,999"
)
_SEPARATOR: Final = re.compile("[;\t]")
_ZIP_START, _OLD_WORKBOOK_START = b"PK\3\4", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class AddressRow:
    """What one line gives, as it was written. place: where it stands; language: empty where none is named."""

    place: str
    address: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class AddressFile:
    """is_windows: whether the letters were read as Windows writes them, because they are no UTF-8."""

    rows: tuple[AddressRow, ...] = field(repr=False)
    is_windows: bool = False


def pasted_addresses(text: str) -> AddressFile:
    """Return what was typed or pasted: one address a line, with its language behind a comma where it has one."""
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        address, _, language = (part.strip() for part in _SEPARATOR.sub(",", line.strip()).partition(","))
        if address or language:
            rows.append(AddressRow(f"line {number}", address, language))
    if rows and rows[0].address.casefold() in ADDRESS_HEADINGS:
        del rows[0]
    return AddressFile(tuple(rows))


def read_address_file(name: str, content: bytes) -> AddressFile:
    """Return the rows of a file. Raises Invalid, with every place that keeps it from being read.

    name: as places in it are told. What is in the file says what kind it is.
    """
    if len(content) > LARGEST_FILE:
        raise _unreadable(name, f"this file is larger than {LARGEST_FILE // 1_000_000} MB")
    if content.startswith(_OLD_WORKBOOK_START):
        raise _unreadable(name, "this is an old or a locked workbook; save it as .xlsx without a password")
    if content.startswith(_ZIP_START):
        return AddressFile(_rows(name, _workbook(Path(name), content)))
    text, is_windows = _text(name, content)
    return AddressFile(_rows(name, _table(name, text)), is_windows)


def write_address_template(stream: BinaryIO, kind: str) -> None:
    """Write an empty list with its headings. kind: csv or xlsx."""
    if kind == "csv":
        stream.write(f"{','.join(TEMPLATE)}\r\n".encode("utf-8-sig"))
        return
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Addresses"
    sheet.append(TEMPLATE)
    for letter, width in (("A", 44), ("B", 12)):
        sheet.column_dimensions[letter].width = width
        sheet.column_dimensions[letter].number_format = "@"
    sheet.freeze_panes = "A2"
    book.save(stream)


def _workbook(path: Path, content: bytes) -> Table:
    try:
        return read_workbook(path, content, _SMALL)
    except Invalid as error:
        raise Invalid(UNREADABLE, error.faults) from None


def _text(name: str, content: bytes) -> tuple[str, bool]:
    """Return the text, and whether it is as Windows writes it. Raises Invalid for what is no text."""
    if b"\0" in content:
        raise _unreadable(name, "this is neither a workbook nor a CSV in UTF-8; save it as .xlsx or as “CSV UTF-8”")
    try:
        return content.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        try:
            return content.decode("cp1252"), True
        except UnicodeDecodeError:
            raise _unreadable(name, "this is no text that we can read; save it as .xlsx or as “CSV UTF-8”") from None


def _table(name: str, text: str) -> Table:
    table = Table(place=lambda row, column: f"{name}:{row}:{column + 1}")
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 1
    try:
        for cells in reader:
            table.add(number, cells)
            number = reader.line_num + 1
    except csv.Error:
        table.note(number, 0, "this row cannot be read; is there a quotation mark too many?")
        raise Invalid(UNREADABLE, table.faults) from None
    return table


def _rows(name: str, table: Table) -> tuple[AddressRow, ...]:
    if not table.header:
        raise _unreadable(name, "this file is empty")
    headings = [heading.casefold() for heading in table.header]
    column = _only(table, headings, ADDRESS_HEADINGS)
    language = _only(table, headings, LANGUAGE_HEADINGS)
    lines = table.rows
    if column is None:
        column = _lone_column(table)
        lines = [(table.header_row, table.header), *table.rows] if "@" in table.header[column] else table.rows
    return tuple(
        AddressRow(table.place(number, column), _cell(cells, column), _cell(cells, language)) for number, cells in lines
    )


def _only(table: Table, headings: Sequence[str], known: Sequence[str]) -> int | None:
    """Return the column with one of these headings. Raises Invalid when there are two."""
    found = [place for place, heading in enumerate(headings) if heading in known]
    if len(found) > 1:
        fault = Fault(table.place(table.header_row, found[1]), "this heading stands twice; keep one of the columns")
        raise Invalid(UNREADABLE, [fault])
    return found[0] if found else None


def _lone_column(table: Table) -> int:
    """Return the one column that holds anything. Raises Invalid when there are several."""
    every = [table.header, *(cells for _, cells in table.rows)]
    used = sorted({place for cells in every for place, cell in enumerate(cells) if cell})
    if len(used) > 1:
        wanted = f"no column is called “{ADDRESS_HEADINGS[0]}”; give the column of addresses that heading"
        raise Invalid(UNREADABLE, [Fault(table.place(table.header_row, used[0]), wanted)])
    return used[0]


def _cell(cells: Sequence[str], column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""


def _unreadable(name: str, message: str) -> Invalid:
    return Invalid(UNREADABLE, [Fault(f"{name}:1:1", message)])
