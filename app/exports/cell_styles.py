"""How a workbook's cells look: named styles, so that people find and change them in Excel's own list."""

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import Any

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from app.exports.series import AUDIENCE_LOOKS

_FONT = "Calibri"
_INK = "1F3338"
_HEADER = "E4EEEF"
_SIZES = {"title": 18, "heading": 14, "lead": 13, "banner": 12}
_USUAL_SIZE = 11
_ON_ONE_LINE = frozenset({"banner", "title", "heading", "plain"})
_CHARACTERS_A_WIDTH_UNIT = 1.04
_POINTS_A_LINE = 1.37
_HIGHEST_ROW = 409.0
_RULE = Side(style="thin", color="D5DEDF")
_ACROSS = "center"
_LEFT: dict[str, Any] = {"vertical": _ACROSS, "wrap_text": True}
_RIGHT: dict[str, Any] = {"vertical": _ACROSS, "horizontal": "right"}
_MIDDLE: dict[str, Any] = {"vertical": _ACROSS, "horizontal": "center", "wrap_text": True}
_RULED = Border(bottom=_RULE)


def named_styles() -> Iterator[NamedStyle]:
    """Yield every style, new: openpyxl binds a style to one workbook."""
    yield _style("banner", _font("banner", "6B4A00", bold=True), Alignment(vertical="center"), fill=_fill("FFF1CF"))
    yield _style("title", _font("title", _INK, bold=True), Alignment(vertical="center"))
    yield _style("heading", _font("heading", _INK, bold=True), Alignment(vertical="center"))
    yield _style("lead", _font("lead", _INK), Alignment(**_LEFT))
    yield _style("plain", _font("text", _INK), Alignment(vertical=_ACROSS))
    yield _style("text", _font("text", _INK), Alignment(**_LEFT), _RULED)
    yield _style("strong", _font("text", _INK, bold=True), Alignment(**_LEFT), _RULED)
    yield _style("figure text", _font("text", _INK), Alignment(**_RIGHT), _RULED)
    yield _style("note", _font("text", _INK), Alignment(**_MIDDLE), _RULED)
    yield _style("talk", _font("text", "8A2E00", bold=True), Alignment(**_MIDDLE), _RULED, _fill("FCEBDD"))
    for name, number_format in _NUMBER_FORMATS.items():
        yield _style(name, _font("text", _INK), Alignment(**_RIGHT), _RULED, number_format=number_format)
    yield _header("header", _INK, Alignment(vertical="bottom", wrap_text=True))
    yield _header("note header", _INK, Alignment(vertical="bottom", horizontal="center", wrap_text=True))
    yield _header("figure header", _INK, Alignment(vertical="bottom", horizontal="right", wrap_text=True))
    for audience, look in AUDIENCE_LOOKS.items():
        alignment = Alignment(vertical="bottom", horizontal="right", wrap_text=True)
        yield _header(f"{audience} header", look.colour.removeprefix("#").upper(), alignment)


_NUMBER_FORMATS = {"score": "0", "margin": "±0", "gap": "+0;−0;0", "share": "0%", "count": "#,##0"}
STYLE_NAMES = {
    name: f"Driving Seat {name}"
    for name in (
        *(
            "banner",
            "title",
            "heading",
            "lead",
            "plain",
            "text",
            "strong",
            "figure text",
            "note",
            "talk",
            *_NUMBER_FORMATS,
        ),
        *("header", "note header", "figure header", *(f"{audience} header" for audience in AUDIENCE_LOOKS)),
    )
}


def _header(name: str, colour: str, alignment: Alignment) -> NamedStyle:
    border = Border(bottom=Side(style="medium", color=colour))
    return _style(name, _font("text", colour, bold=True), alignment, border, _fill(_HEADER))


def _style(
    name: str,
    font: Font,
    alignment: Alignment,
    border: Border | None = None,
    fill: PatternFill | None = None,
    number_format: str = "General",
) -> NamedStyle:
    return NamedStyle(
        STYLE_NAMES[name],
        font=font,
        alignment=alignment,
        border=border or Border(),
        fill=fill or PatternFill(),
        number_format=number_format,
    )


def row_height(texts: Iterable[tuple[str, str, float]]) -> float:
    """Return the height, in points, of a row with these texts, each with its style and its column's width.

    Not every program fits rows to wrapped text when it opens a file, so the height is written with the row.
    """
    return min(max((_height(*text) for text in texts), default=_USUAL_SIZE * _POINTS_A_LINE), _HIGHEST_ROW)


def _height(text: str, style: str, width: float) -> float:
    size = _SIZES.get(style, _USUAL_SIZE)
    line_height = size * _POINTS_A_LINE
    if style in _ON_ONE_LINE:
        return line_height + 4
    room = max(1, int(width * _CHARACTERS_A_WIDTH_UNIT * _USUAL_SIZE / size))
    return line_height * sum(len(wrap(paragraph, room)) or 1 for paragraph in text.split("\n")) + 2


def _font(style: str, colour: str, *, bold: bool = False) -> Font:
    return Font(name=_FONT, size=_SIZES.get(style, _USUAL_SIZE), bold=bold, color=colour)


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)
