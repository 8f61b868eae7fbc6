"""The legend of a server-drawn chart: one row a series, each with its own line and mark."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from app.exports.chart import Chart, Outline
from app.exports.svg import LINE_HEIGHT, TEXT_SIZE, WIDTH, element, line, marker, series_group, text_block, wrapped

_SAMPLE_WIDTH = 34.0
_TEXT_START = _SAMPLE_WIDTH + 10
_ROW_SPACE = 5.0


def legend(chart: Chart, top: float, notes: Sequence[str], *, with_lines: bool) -> tuple[list[Element], float]:
    """Return the legend's elements below `top`, and where they end. notes: said under the series, a paragraph each."""
    parts: list[Element] = []
    for outline in chart.outlines:
        group, top = _row(_sample(outline, top, with_line=with_lines), outline.name, outline.note, top)
        parts.append(group)
    if chart.band:
        group, top = _row(_band_sample(top), chart.band.name, "", top)
        parts.append(group)
    for note in notes:
        lines = wrapped(note, WIDTH)
        parts.extend(text_block(lines, 0, top, "start"))
        top += len(lines) * LINE_HEIGHT + _ROW_SPACE
    return parts, top


def _row(sample: Element, name: str, note: str, top: float) -> tuple[Element, float]:
    row = element("g", class_name="legend-row")
    row.append(sample)
    lines = wrapped(f"{name} ({note})" if note else name, WIDTH - _TEXT_START)
    row.extend(text_block(lines, _TEXT_START, top, "start"))
    return row, top + len(lines) * LINE_HEIGHT + _ROW_SPACE


def _sample(outline: Outline, top: float, *, with_line: bool) -> Element:
    group = series_group(outline.look)
    middle = top + TEXT_SIZE * 0.6
    if with_line:
        group.append(series_line(outline, 0, middle, _SAMPLE_WIDTH, middle))
    group.append(marker(outline.look.shape, _SAMPLE_WIDTH / 2, middle))
    return group


def _band_sample(top: float) -> Element:
    group = element("g", class_name="series-band")
    group.append(element("rect", x=0, y=top + 1, width=_SAMPLE_WIDTH, height=LINE_HEIGHT - 4, **BAND_PAINT))
    return group


BAND_PAINT: dict[str, str | float] = {
    "fill": "currentColor",
    "fill_opacity": "0.14",
    "stroke": "currentColor",
    "stroke_opacity": "0.35",
    "stroke_width": "0.7",
}


def series_line(outline: Outline, x1: float, y1: float, x2: float, y2: float) -> Element:
    """Return one stretch of a series' line, in its own dash."""
    dash = {"stroke_dasharray": outline.look.svg_dash} if outline.look.svg_dash else {}
    return line(x1, y1, x2, y2, stroke_width=2, stroke_linecap="round", **dash)
