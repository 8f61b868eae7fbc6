"""An empty responses file, ready to be filled in."""

import csv
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.errors import Invalid
from app.library.responses_columns import ANSWERED_HOW, AUDIENCE, EDITION, LANGUAGE, RESPONSE_ID, columns
from app.library.responses_table import MOST_ROWS
from app.standards import Audience
from app.surveys import Length, Question, Survey

FIRST_SHEET: Final = "Responses"
SECOND_SHEET: Final = "How to fill in"

_HEADING = Font(bold=True)
_SHADE = PatternFill("solid", fgColor="E8EEF4")
_MEANING: Final = {
    RESPONSE_ID: "Any text that no other response has. Not a name. The same row again adds nothing.",
    AUDIENCE: "Who answered: the person who is supported, somebody of the family, or the provider.",
    EDITION: "Which edition was answered.",
    LANGUAGE: "The language it was answered in: en is English, cy is Welsh.",
    ANSWERED_HOW: "self: alone. helped: with somebody's help. on-behalf: somebody else answered.",
}


def write_template(path: Path, survey: Survey, length: Length, format: str) -> None:
    """Write a file with the columns of a round of this survey and length, and no responses.

    format: "csv" or "xlsx"; anything else raises Invalid.
    """
    if format not in ("csv", "xlsx"):
        raise Invalid(f"A template is csv or xlsx, not {format}.")
    if format == "csv":
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerow(columns(survey, length))
        return
    book = Workbook()
    sheet = book.worksheets[0]
    _fill_first_sheet(sheet, columns(survey, length))
    _fill_second_sheet(book.create_sheet(SECOND_SHEET), survey, length)
    book.save(path)


def _fill_first_sheet(sheet: Worksheet, expected: dict[str, tuple[str, ...]]) -> None:
    sheet.title = FIRST_SHEET
    sheet.freeze_panes = "B2"
    for column, (name, words) in enumerate(expected.items(), start=1):
        _heading(sheet.cell(1, column), name)
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = max(14, len(name) + 2)
        sheet.column_dimensions[letter].number_format = "@"
        if words:
            sheet.add_data_validation(_choice(words, f"{letter}2:{letter}{MOST_ROWS + 1}"))


def _choice(words: tuple[str, ...], cells: str) -> DataValidation:
    choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=True)
    choice.errorTitle = "Not one of the answers"
    choice.error = "Choose from the list, or leave it empty."
    choice.add(cells)
    return choice


def _fill_second_sheet(sheet: Worksheet, survey: Survey, length: Length) -> None:
    for column, (title, width) in enumerate(
        (("Column", 16), ("Words it takes", 34), ("Person", 48), ("Family", 48), ("Provider", 48)), start=1
    ):
        _heading(sheet.cell(1, column), title)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "B2"
    for name, words in columns(survey, length).items():
        takes = ", ".join(words) if words else "any text"
        if name in _MEANING:
            _write_row(sheet, name, takes, _MEANING[name])
        else:
            _write_row(sheet, name, f"{takes}, or empty", *_stems(survey, survey.question(name)))
    for option in survey.options:
        labels = (option.labels[survey.editions[0], audience] for audience in Audience)
        _write_row(sheet, "", option.id, *labels)


def _stems(survey: Survey, question: Question) -> list[str]:
    return [question.wording[survey.editions[0], audience].stem for audience in Audience]


def _write_row(sheet: Worksheet, *texts: str) -> None:
    row = sheet.max_row + 1
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column, text)
        cell.data_type = "s"  # a text that begins with "=" stays a text
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _heading(cell: Cell | MergedCell, text: str) -> None:
    cell.value = text
    cell.font = _HEADING
    cell.fill = _SHADE
