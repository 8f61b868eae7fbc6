"""The responses file: one row a response, as CSV or as a workbook's first sheet.

Source: docs/content.md, "The responses file".
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app.errors import Fault, Invalid
from app.library.responses_columns import (
    ANSWERED_HOW,
    AUDIENCE,
    EDITION,
    LANGUAGE,
    RESPONSE_ID,
    columns,
)
from app.library.responses_csv import read_csv
from app.library.responses_table import Table, contents, has_unprintable, shown, unreadable
from app.library.responses_template import write_template
from app.library.responses_workbook import read_workbook
from app.responses import AnsweredHow
from app.standards import Audience
from app.surveys import Edition, Length, Survey

__all__ = ["ResponseRow", "examine_responses", "faulty", "read_responses", "write_template"]

LONGEST_ID: Final = 200


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One row. answers: option by indicator, of those that were answered. place: of its response_id, for faults."""

    response_id: str
    audience: Audience
    edition: Edition
    language: str
    answered_how: AnsweredHow
    answers: Mapping[str, str]
    place: str


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
    expected = columns(survey, length)
    reading = _Reading(table, expected)
    rows = [row for number, cells in table.rows if (row := reading.row(number, cells))]
    faults = [*_header_faults(table, survey, length, expected), *reading.faults, *table.faults]
    return tuple(rows), tuple(faults)


def _read_table(path: Path) -> Table:
    raw = contents(path)
    if raw.startswith(b"PK") or path.suffix.lower() == ".xlsx":
        return read_workbook(path, raw)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise unreadable(path, "this is an old or a locked workbook; save it as .xlsx without a password, or as CSV")
    return read_csv(path, raw)


def _header_faults(table: Table, survey: Survey, length: Length, expected: Collection[str]) -> list[Fault]:
    row, names = table.header_row, table.header
    if len(names) == 1 and re.search("[;\t]", names[0]):
        place = table.place(row, 0)
        return [Fault(place, "the cells are not divided by commas; save it as “CSV UTF-8”, with commas")]
    known = {question.id for question in survey.questions}
    faults = []
    for column, name in enumerate(names):
        if name in names[:column] and name:
            faults.append(Fault(table.place(row, column), f"the column “{shown(name)}” stands here twice"))
        elif name in expected or ((name in known or not name) and not table.has_text_in(column)):
            continue
        else:
            message = f"“{name}” is not asked in the {length} form" if name in known else _unknown(name)
            faults.append(Fault(table.place(row, column), message))
    missing = [name for name in expected if name not in names]
    return [*faults, *(Fault(table.place(row, 0), f"the column “{name}” is missing") for name in missing)]


def _unknown(name: str) -> str:
    return f"“{shown(name)}” is no column of this round's responses" if name else "this column has no name"


class _Reading:
    """One pass over the rows of a table, which collects what is wrong instead of stopping at it."""

    def __init__(self, table: Table, expected: Mapping[str, tuple[str, ...]]) -> None:
        self.faults: list[Fault] = []
        self._table = table
        self._is_complete = set(expected) <= set(table.header)
        self._column = {name: table.header.index(name) for name in expected if name in table.header}
        self._choices = [
            (name, self._column[name], (*words, "") if "." in name else words)
            for name, words in expected.items()
            if words and name in self._column
        ]
        self._questions = [(name, column) for name, column, _ in self._choices if "." in name]
        self._seen: dict[str, ResponseRow] = {}

    def row(self, number: int, cells: Sequence[str]) -> ResponseRow | None:
        """Return the row, or None after noting what is wrong with it."""
        before = len(self.faults)
        if self._has_width(number, cells):
            self._check_id(number, cells)
            for name, column, words in self._choices:
                if cells[column] not in words:
                    self._note(number, column, _refusal(name, cells[column], words))
        if len(self.faults) > before or not self._is_complete:
            return None
        row = self._made(number, cells)
        self._compare(row)
        return row

    def _has_width(self, number: int, cells: Sequence[str]) -> bool:
        width = len(self._table.header)
        if len(cells) < width:
            self._note(number, len(cells), f"the row ends here, after {len(cells)} of {width} cells")
            return False
        if any(cells[width:]):
            self._note(number, width, f"the row has {len(cells)} cells and the first row names {width}")
        return True

    def _check_id(self, number: int, cells: Sequence[str]) -> None:
        column = self._column.get(RESPONSE_ID)
        if column is None:
            return
        text = cells[column]
        if not text:
            self._note(number, column, "the response_id is empty; any text will do that no other response has")
        elif len(text) > LONGEST_ID:
            self._note(number, column, f"the response_id is longer than {LONGEST_ID} characters")
        elif has_unprintable(text):
            self._note(number, column, f"the response_id “{shown(text)}” has characters that cannot be seen")

    def _made(self, number: int, cells: Sequence[str]) -> ResponseRow:
        column = self._column
        return ResponseRow(
            response_id=cells[column[RESPONSE_ID]],
            audience=Audience(cells[column[AUDIENCE]]),
            edition=Edition(cells[column[EDITION]]),
            language=cells[column[LANGUAGE]],
            answered_how=AnsweredHow(cells[column[ANSWERED_HOW]]),
            answers={name: cells[place] for name, place in self._questions if cells[place]},
            place=self._table.place(number, column[RESPONSE_ID]),
        )

    def _compare(self, row: ResponseRow) -> None:
        earlier = self._seen.setdefault(row.response_id, row)
        if earlier is not row and replace(row, place=earlier.place) != earlier:
            message = f"the response_id “{shown(row.response_id)}” is already at {earlier.place}, with other content"
            self.faults.append(Fault(row.place, message))

    def _note(self, row: int, column: int, message: str) -> None:
        self.faults.append(Fault(self._table.place(row, column), message))


def _refusal(name: str, text: str, words: Sequence[str]) -> str:
    said = f"cannot be “{shown(text)}”" if text else "is empty"
    choice = ", ".join(word for word in words if word)
    return f"“{name}” {said}; it is one of {choice}{' or empty' if '' in words else ''}"
