"""The dot plot as an SVG the server draws: a row a standard, a mark a series, the gap as a line between them."""

from xml.etree.ElementTree import Element

from app.exports.chart import Chart, Outline
from app.exports.legend import BAND_PAINT, legend
from app.exports.svg import (
    LINE_HEIGHT,
    MARKER_SIZE,
    WIDTH,
    element,
    largest_mark_first,
    line,
    marker,
    picture,
    series_group,
    text_block,
    wrapped,
)

_LEFT = 12.0
_RIGHT = WIDTH - 12.0
_TICKS = (0, 25, 50, 75, 100)
_SCALE_HEIGHT = 18.0
_ROW_SPACE = 9.0
_BOLD_ROOM = 0.92
_SCALE_NOTE = "0 is the “is not”; 100 is the “is”."


def dot_plot_svg(chart: Chart, prefix: str = "dots") -> str:
    """Return the dot plot as SVG text that can stand in a page. prefix: unique in the page, starts its ids.

    A withheld value has no mark on the scale; the row says in words which series is not shown.
    """
    key, top = legend(chart, 0, [_SCALE_NOTE], with_lines=False)
    ticks = _tick_labels(top)
    scale_top = top + LINE_HEIGHT
    rows: list[Element] = []
    bottom = scale_top + 4
    for index in range(len(chart.axes)):
        row, bottom = _row(chart, index, bottom)
        rows.append(row)
    grid = _grid(scale_top, bottom)
    return picture(chart, prefix, 0, bottom, "dots", [*key, *ticks, grid, *rows])


def _tick_labels(top: float) -> list[Element]:
    return [text for tick in _TICKS for text in text_block([str(tick)], _place(tick), top, "middle")]


def _grid(top: float, bottom: float) -> Element:
    group = element("g", class_name="chart-grid", stroke_width="0.8")
    group.extend(line(_place(tick), top, _place(tick), bottom, stroke_opacity="0.2") for tick in _TICKS)
    return group


def _row(chart: Chart, index: int, top: float) -> tuple[Element, float]:
    """Return one row and where it ends: the title, the scale with its marks, what is not shown."""
    row = element("g", class_name="chart-row")
    title = wrapped(chart.axes[index], WIDTH * _BOLD_ROOM)
    row.extend(text_block(title, 0, top, "start", font_weight="bold"))
    top += len(title) * LINE_HEIGHT
    row.extend(_marks(chart, index, top + _SCALE_HEIGHT / 2))
    top += _SCALE_HEIGHT
    withheld = [outline for outline in chart.outlines if outline.values[index] is None]
    if withheld:
        words = wrapped(f"Not shown: {', '.join(outline.name for outline in withheld)}", WIDTH - _LEFT)
        row.extend(text_block(words, 0, top, "start"))
        top += len(words) * LINE_HEIGHT
    return row, top + _ROW_SPACE


def _marks(chart: Chart, index: int, middle: float) -> list[Element]:
    parts = [line(_place(0), middle, _place(100), middle, stroke_opacity="0.3", stroke_width="0.8")]
    if chart.band:
        parts.extend(_box(chart.band.lower[index], chart.band.upper[index], middle))
    shown = [value for outline in chart.outlines if (value := outline.values[index]) is not None]
    if shown and not chart.band:
        ends = _place(min(shown)), middle, _place(max(shown)), middle
        parts.append(line(*ends, stroke_opacity="0.45", stroke_width="3"))
    for outline in largest_mark_first(chart.outlines):
        value = outline.values[index]
        if value is not None:
            parts.append(_mark(outline, value, middle))
    return parts


def _mark(outline: Outline, value: int, middle: float) -> Element:
    group = series_group(outline.look)
    group.append(marker(outline.look.shape, _place(value), middle, MARKER_SIZE * 1.2))
    return group


def _box(lower: int | None, upper: int | None, middle: float) -> list[Element]:
    if lower is None or upper is None:
        return []
    width = _place(upper) - _place(lower)
    return [element("rect", x=_place(lower), y=middle - 6, width=width, height=12, **BAND_PAINT)]


def _place(value: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * value / 100
