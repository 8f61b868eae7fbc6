"""The parts every server-drawn SVG is made of: elements, markers, wrapped text, the legend.

Only presentation attributes are written, never `style`, so that a strict content security policy lets them pass and
a page's style sheet can recolour everything: `.series-KEY { color: … }` for a series, `color` for text and grid.
"""

from collections.abc import Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from app.exports.chart import Chart, Outline
from app.exports.series import Look, Shape
from app.exports.wording import printable

WIDTH = 330
"""User units across: as many as CSS pixels remain for content on a phone that is 360 px wide."""
TEXT_SIZE = 12.5
LINE_HEIGHT = 15.0
MARKER_SIZE = 4.0
SHAPES_BY_SIZE: tuple[Shape, ...] = ("triangle", "diamond", "square", "circle")
_FONT = "Atkinson Hyperlegible Next, Arial, Liberation Sans, sans-serif"
_NARROW = frozenset("fijlrtI!|.,;:'’‘()[]-/ ")
_WIDE = frozenset("mwMWŴ@%—…")


def element(tag: str, /, **attributes: str | float) -> Element:
    """Return an SVG element; `stroke_width=2.0` is written `stroke-width="2"`, `class_name` is written `class`."""
    made = Element(tag)
    for name, value in attributes.items():
        key = name.removesuffix("_name").replace("_", "-")
        made.set(key, value if isinstance(value, str) else number(value))
    return made


def text_element(tag: str, text: str, /, **attributes: str | float) -> Element:
    """Return an SVG element that holds text."""
    made = element(tag, **attributes)
    made.text = printable(text)
    return made


def number(value: float) -> str:
    """Return a coordinate with at most one decimal: 12.0 is "12", -0.01 is "0"."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def picture(chart: Chart, prefix: str, top: float, bottom: float, kind: str, parts: Iterable[Element]) -> str:
    """Return the SVG text with its title and description. prefix: makes its ids unique within a page."""
    title_id, words_id = f"{prefix}-title", f"{prefix}-desc"
    root = element(
        "svg",
        class_name=f"chart chart-{kind}",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 {number(top)} {WIDTH} {number(bottom - top)}",
        width=WIDTH,
        height=bottom - top,
        role="img",
        overflow="visible",
        aria_labelledby=title_id,
        aria_describedby=words_id,
        font_family=_FONT,
        font_size=TEXT_SIZE,
        fill="currentColor",
    )
    root.append(text_element("title", chart.title, id=title_id))
    root.append(text_element("desc", " ".join(chart.sentences()), id=words_id))
    root.extend(parts)
    return ElementTree.tostring(root, encoding="unicode")


def series_group(look: Look) -> Element:
    """Return the group a series is drawn in; all in it takes the group's colour."""
    return element("g", class_name=f"series series-{look.key}", color=look.colour, fill="currentColor")


def line(x1: float, y1: float, x2: float, y2: float, **attributes: str | float) -> Element:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke="currentColor", **attributes)


def marker(shape: Shape, x: float, y: float, size: float = MARKER_SIZE, *, is_open: bool = False) -> Element:
    """Return a series' mark centred at x, y; open marks stand for "not shown".

    The shapes differ in size, so that equal values drawn from the largest to the smallest can all be seen.
    """
    paint: dict[str, str | float] = {"fill": "currentColor"}
    if is_open:
        paint = {"fill": "none", "stroke": "currentColor", "stroke_width": 1.3}
    match shape:
        case "circle":
            return element("circle", cx=x, cy=y, r=0.95 * size, **paint)
        case "square":
            return element("rect", x=x - size, y=y - size, width=2 * size, height=2 * size, **paint)
        case "triangle":
            corners = [(x, y - 1.6 * size), (x + 1.5 * size, y + 1.1 * size), (x - 1.5 * size, y + 1.1 * size)]
        case _:
            corners = [(x, y - 1.4 * size), (x + 1.4 * size, y), (x, y + 1.4 * size), (x - 1.4 * size, y)]
    return element("polygon", points=points(corners), **paint)


def largest_mark_first(outlines: Iterable[Outline]) -> list[Outline]:
    """Return the outlines in the order in which their marks are drawn: smaller ones last, on top."""
    return sorted(outlines, key=lambda outline: SHAPES_BY_SIZE.index(outline.look.shape))


def points(corners: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in corners)


def text_width(text: str) -> float:
    """Return about how wide text is drawn, in user units; a little too wide rather than too narrow."""
    return TEXT_SIZE * sum(_character_width(character) for character in text)


def wrapped(text: str, width: float) -> list[str]:
    """Return text in lines of at most width user units, broken at spaces and behind hyphens; a longer word stays."""
    lines = [""]
    for word in printable(text).replace("-", "-\0").replace(" ", " \0").split("\0"):
        if lines[-1] and text_width((lines[-1] + word).rstrip()) > width:
            lines.append("")
        lines[-1] += word
    return [wrapped_line.rstrip() for wrapped_line in lines]


def text_block(lines: list[str], x: float, top: float, anchor: str, **attributes: str | float) -> list[Element]:
    """Return one text element a line, the first line's top edge at `top`. anchor: start, middle or end."""
    return [
        text_element("text", words, x=x, y=top + (index + 0.78) * LINE_HEIGHT, text_anchor=anchor, **attributes)
        for index, words in enumerate(lines)
    ]


def _character_width(character: str) -> float:
    if character in _NARROW:
        return 0.31
    if character in _WIDE:
        return 0.9
    return 0.7 if character.isupper() else 0.57
