"""The radar as an SVG the server draws: what everyone sees first, also without JavaScript, in print and in e-mail."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import cos, pi, sin
from xml.etree.ElementTree import Element

from app.exports.chart import Band, Chart, Outline
from app.exports.legend import BAND_PAINT, legend
from app.exports.svg import (
    LINE_HEIGHT,
    MARKER_SIZE,
    WIDTH,
    element,
    largest_mark_first,
    line,
    marker,
    number,
    picture,
    points,
    series_group,
    text_block,
    text_width,
    wrapped,
)

_LEAST_LABEL_WIDTH = 76.0
_LONGEST_RADIUS = 110.0
_AT_SIDE = 0.1
_LABEL_SPACE = 7.0
_LABEL_GAP = 5.0
_MARK_WIDTH = 12.0
_CENTRE = WIDTH / 2
_RINGS = (25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class _Spokes:
    """Where the axes lie: the first points up, the others follow clockwise. The centre's height is 0."""

    count: int
    radius: float

    def direction(self, index: int) -> tuple[float, float]:
        angle = 2 * pi * index / self.count - pi / 2
        return cos(angle), sin(angle)

    def at(self, index: int, value: float) -> tuple[float, float]:
        """Return where a value (0-100) lies on an axis."""
        x, y = self.direction(index)
        return _CENTRE + x * self.radius * value / 100, y * self.radius * value / 100


@dataclass(frozen=True, slots=True)
class _Label:
    """An axis' title in lines, and the series that are not shown on it, with the words for that.

    room: how wide it may be.
    """

    lines: list[str]
    withheld: tuple[Outline, ...]
    x: float
    top: float
    anchor: str
    room: float
    not_shown: str

    @property
    def height(self) -> float:
        return LINE_HEIGHT * (len(self.lines) + bool(self.withheld))

    @property
    def bottom(self) -> float:
        return self.top + self.height


def radar_svg(chart: Chart, prefix: str = "radar") -> str:
    """Return the radar as SVG text that can stand in a page. prefix: unique in the page, starts its ids.

    A withheld value breaks its outline and leaves an open mark under the axis' title; it is never drawn as a zero.
    """
    spokes = _spokes(chart.axes)
    labels = _labels(chart, spokes)
    top = min(label.top for label in labels) - 2
    notes = [chart.words.radar_scale, *([chart.words.open_mark] if chart.has_withheld() else [])]
    key, bottom = legend(chart, max(label.bottom for label in labels) + 12, notes, with_lines=True)
    parts = [_grid(spokes)]
    if chart.band:
        parts.append(_band(chart.band, spokes))
    parts.extend(_outline(outline, spokes) for outline in chart.outlines)
    parts.extend(_marks(outline, spokes) for outline in largest_mark_first(chart.outlines))
    parts.extend(part for label in labels for part in _label(label))
    return picture(chart, prefix, top, bottom, "radar", [*parts, *key])


def _spokes(titles: tuple[str, ...]) -> _Spokes:
    """Return axes as long as the labels at their sides leave room for, whose longest words stay whole."""
    unit = _Spokes(len(titles), 1)
    sides = [(abs(unit.direction(index)[0]), title) for index, title in enumerate(titles)]
    rooms = [
        (_CENTRE - max(_LEAST_LABEL_WIDTH, *map(text_width, wrapped(title, 0)))) / side - _LABEL_SPACE
        for side, title in sides
        if side > _AT_SIDE
    ]
    return _Spokes(len(titles), min([*rooms, _LONGEST_RADIUS]))


def _grid(spokes: _Spokes) -> Element:
    group = element("g", class_name="chart-grid", stroke_width="0.8")
    for ring in _RINGS:
        corners = [spokes.at(index, ring) for index in range(spokes.count)]
        opacity = "0.6" if ring == _RINGS[-1] else "0.25"
        group.append(
            element("polygon", points=points(corners), fill="none", stroke="currentColor", stroke_opacity=opacity)
        )
    for index in range(spokes.count):
        group.append(line(_CENTRE, 0, *spokes.at(index, 100), stroke_opacity="0.25"))
    return group


def _band(band: Band, spokes: _Spokes) -> Element:
    """Return the middle half: a faint piece between each two neighbouring axes that both show it."""
    group = element("g", class_name="series-band")
    edges = list(zip(band.lower, band.upper, strict=True))
    for index, (here, there) in enumerate(zip(edges, edges[1:] + edges[:1], strict=True)):
        if None not in here and None not in there:
            corners = [(index, here[0]), (index, here[1]), (index + 1, there[1]), (index + 1, there[0])]
            piece = points(spokes.at(axis, value) for axis, value in corners if value is not None)
            group.append(element("polygon", points=piece, fill="currentColor", fill_opacity=BAND_PAINT["fill_opacity"]))
    return group


def _outline(outline: Outline, spokes: _Spokes) -> Element:
    group = series_group(outline.look)
    path = _path(outline.values, spokes)
    if path:
        dash = {"stroke_dasharray": outline.look.svg_dash} if outline.look.svg_dash else {}
        group.append(element("path", d=path, fill="none", stroke="currentColor", stroke_width=2, **dash))
    return group


def _marks(outline: Outline, spokes: _Spokes) -> Element:
    group = series_group(outline.look)
    for index, value in enumerate(outline.values):
        if value is not None:
            group.append(marker(outline.look.shape, *spokes.at(index, value)))
    return group


def _path(values: tuple[int | None, ...], spokes: _Spokes) -> str:
    """Return an outline's path: closed when every value is shown, else only its stretches between withheld ones."""
    if None not in values:
        return f"M{_corners(range(len(values)), values, spokes)} Z"
    first_gap = values.index(None)
    stretches: list[list[int]] = [[]]
    for index in (*range(first_gap, len(values)), *range(first_gap)):
        if values[index] is None:
            stretches.append([])
        else:
            stretches[-1].append(index)
    return " ".join(f"M{_corners(stretch, values, spokes)}" for stretch in stretches if len(stretch) > 1)


def _corners(indexes: Iterable[int], values: tuple[int | None, ...], spokes: _Spokes) -> str:
    places = (spokes.at(index, value) for index in indexes if (value := values[index]) is not None)
    return " L".join(f"{number(x)} {number(y)}" for x, y in places)


def _labels(chart: Chart, spokes: _Spokes) -> list[_Label]:
    labels = [_placed_label(chart, spokes, index) for index in range(len(chart.axes))]
    for anchor in ("start", "end"):
        beside = [index for index, label in enumerate(labels) if label.anchor == anchor]
        upper = [index for index in beside if spokes.direction(index)[1] < 0]
        _spread_upwards(labels, upper)
        limit = max((labels[index].bottom + _LABEL_GAP for index in upper), default=float("-inf"))
        _spread_downwards(labels, [index for index in beside if index not in upper], limit)
    return labels


def _placed_label(chart: Chart, spokes: _Spokes, index: int) -> _Label:
    x, y = spokes.direction(index)
    reach = spokes.radius + _LABEL_SPACE
    anchor = "middle" if abs(x) < _AT_SIDE else "start" if x > 0 else "end"
    place = _CENTRE + x * reach
    between = 2 * abs(spokes.direction(index + 1)[0]) * reach - 2 * _LABEL_SPACE
    room = {"start": WIDTH - place, "end": place, "middle": max(between, _LEAST_LABEL_WIDTH)}[anchor]
    withheld = tuple(outline for outline in chart.outlines if outline.values[index] is None)
    label = _Label(wrapped(chart.axes[index], room), withheld, place, 0, anchor, room, chart.words.not_shown)
    return replace(label, top=y * reach - label.height * (1 - y) / 2)


def _spread_upwards(labels: list[_Label], indexes: list[int]) -> None:
    """Move labels up that would lie over the one nearer to the middle."""
    limit = float("inf")
    for index in sorted(indexes, key=lambda index: -labels[index].top):
        labels[index] = replace(labels[index], top=min(labels[index].top, limit - labels[index].height))
        limit = labels[index].top - _LABEL_GAP


def _spread_downwards(labels: list[_Label], indexes: list[int], limit: float) -> None:
    """Move labels down that would lie over the one above them, the first below `limit`."""
    for index in sorted(indexes, key=lambda index: labels[index].top):
        labels[index] = replace(labels[index], top=max(labels[index].top, limit))
        limit = labels[index].bottom + _LABEL_GAP


def _label(label: _Label) -> list[Element]:
    parts = text_block(label.lines, label.x, label.top, label.anchor)
    if label.withheld:
        parts.extend(_not_shown(label))
    return parts


def _not_shown(label: _Label) -> list[Element]:
    """Return the open marks of the withheld series, and the words where there is room for them."""
    top = label.top + len(label.lines) * LINE_HEIGHT
    marks_width = len(label.withheld) * _MARK_WIDTH
    words = label.not_shown if marks_width + text_width(label.not_shown) <= label.room else ""
    width = marks_width + text_width(words)
    left = label.x - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    parts = []
    for place, outline in enumerate(label.withheld):
        group = series_group(outline.look)
        x = left + (place + 0.4) * _MARK_WIDTH
        group.append(marker(outline.look.shape, x, top + LINE_HEIGHT * 0.52, MARKER_SIZE * 0.85, is_open=True))
        parts.append(group)
    return parts + text_block([words] if words else [], left + marks_width, top, "start")
