"""One sheet of a workbook, written row by row: styles, print set-up, and the checksum as it goes."""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.chart import RadarChart
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from app.exports.cell_styles import STYLE_NAMES, named_styles, row_height
from app.exports.checksum import SheetSum
from app.exports.wording import MADE_UP, MADE_UP_SENTENCE, cell_text, looks_like_formula

Value = str | int | float | None
_LONGEST_FOOTER = 80
_A4 = 9
_POINTS_A_CM = 72 / 2.54
_CREATOR = "Driving Seat"


class Book:
    """A workbook in the making. subject: said at the foot of every printed page."""

    def __init__(self, title: str, subject: str, *, made_up: bool, closed_on: date) -> None:
        self.made_up = made_up
        self.subject = cell_text(subject)
        self.closed_at = datetime.combine(closed_on, time.min)
        self.sheets: list[Sheet] = []
        self.workbook = Workbook(write_only=True)
        for style in named_styles():
            self.workbook.add_named_style(style)
        properties = self.workbook.properties
        properties.title, properties.creator = cell_text(title), _CREATOR
        properties.subject = MADE_UP if made_up else None
        properties.created = properties.modified = self.closed_at

    def save(self, out: BinaryIO) -> None:
        """Write the workbook: the same report gives the same bytes, since every time in it is the round's close."""
        draft = BytesIO()
        ExcelWriter(self.workbook, ZipFile(draft, "w", ZIP_STORED)).save()
        with ZipFile(draft) as parts, ZipFile(out, "w", ZIP_DEFLATED) as archive:
            for name in parts.namelist():
                part = ZipInfo(name, self.closed_at.timetuple()[:6])
                part.compress_type = ZIP_DEFLATED
                archive.writestr(part, parts.read(name))


class Sheet:
    """A sheet that is written from the top down.

    widths: of its columns, in characters. heading_rows: rows below the title that stay in view and repeat in print;
    frozen_columns likewise stay in view.
    """

    def __init__(
        self,
        book: Book,
        title: str,
        heading: str,
        widths: Sequence[float],
        heading_rows: int = 0,
        frozen_columns: int = 0,
    ) -> None:
        self.title = title
        self.sum = SheetSum()
        self.next_row = 1
        self._widths = tuple(widths)
        self._heights: list[float] = []
        self._sheet = book.workbook.create_sheet(title)
        book.sheets.append(self)
        for column, width in enumerate(widths, 1):
            self._sheet.column_dimensions[get_column_letter(column)].width = width
        top_rows = heading_rows + (2 if book.made_up else 1)
        self._sheet.freeze_panes = f"{get_column_letter(frozen_columns + 1)}{top_rows + 1}"
        self._sheet.print_title_rows = f"1:{top_rows}"
        self._set_up_print(book)
        if book.made_up:
            self.row([MADE_UP_SENTENCE, *[None] * (len(widths) - 1)], "banner")
        self.row([heading], "title")

    def row(self, values: Sequence[Value], style: str | Sequence[str] = "text") -> int:
        """Write one row and return its number. style: one name for all cells, or one a cell; None is an empty cell."""
        styles = [style] * len(values) if isinstance(style, str) else style
        texts = [
            (value, style, width)
            for value, style, width in zip(values, styles, self._widths, strict=False)
            if isinstance(value, str)
        ]
        self._heights.append(row_height(texts))
        self._sheet.row_dimensions[self.next_row].height = self._heights[-1]
        self._sheet.append(
            [self._cell(*pair, column) for column, pair in enumerate(zip(values, styles, strict=True), 1)]
        )
        self.next_row += 1
        return self.next_row - 1

    def space(self) -> None:
        """Leave a row empty."""
        self.row([])

    def add_chart(self, chart: RadarChart, column: int, row: int) -> None:
        """Lay a chart's upper left corner on a cell, and leave rows empty for as far as it reaches down."""
        self._sheet.add_chart(chart, f"{get_column_letter(column)}{row}")
        while sum(self._heights[row - 1 :]) < chart.height * _POINTS_A_CM:
            self.space()

    def break_page(self) -> None:
        """Let the next row start a new printed page."""
        self._sheet.row_breaks.append(Break(id=self.next_row - 1))

    def column(self, column: int, first_row: int, last_row: int) -> str:
        """Return the range of a column that a chart refers to, such as `'Standards'!$D$5:$D$14`."""
        letter = get_column_letter(column)
        return f"'{self.title}'!${letter}${first_row}:${letter}${last_row}"

    def _cell(self, value: Value, style: str, column: int) -> Cell:
        content = cell_text(value) if isinstance(value, str) else value
        cell = WriteOnlyCell(self._sheet, value=content)
        cell.style = STYLE_NAMES[style]
        if isinstance(content, str):
            cell.data_type = "s"
            cell.quotePrefix = looks_like_formula(content)
        if content is not None:
            self.sum.add(self.next_row, column, content)
        return cell

    def _set_up_print(self, book: Book) -> None:
        sheet = self._sheet
        sheet.sheet_view.showGridLines = False
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.page_margins.left = sheet.page_margins.right = 0.5
        if book.made_up:
            sheet.oddHeader.center.text = MADE_UP
        sheet.oddFooter.left.text = book.subject[:_LONGEST_FOOTER].replace("&", "&&")
        sheet.oddFooter.right.text = "&A, page &P of &N"
