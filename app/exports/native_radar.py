"""Excel's own radar chart: it refers to cells and holds no figures itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.chart import RadarChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties

from app.exports.series import Look

_LINE, _THIN_LINE = 25_400, 9_525
"""In English Metric Units: 2 and 0.75 points."""


@dataclass(frozen=True, slots=True)
class CellSeries:
    """One outline: its look, its name, and the range of cells that holds its values."""

    look: Look
    name: str
    cells: str


def radar_chart(title: str, labels: str, series: Sequence[CellSeries], size_cm: tuple[int, int]) -> RadarChart:
    """Return a radar from "is not" (0, centre) to "is" (100, rim). labels: range of cells; size_cm: width, height.

    An empty cell is a gap, never a zero.
    """
    chart = RadarChart()
    chart.type = "marker"
    chart.title = title
    chart.width, chart.height = size_cm
    chart.display_blanks = "gap"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 100
    chart.y_axis.majorUnit = 25
    chart.y_axis.number_format = "0"
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill="C9D3D4")))
    chart.legend = Legend(legendPos="b")
    chart.series = [_series(place, one, labels) for place, one in enumerate(series)]
    return chart


def _series(place: int, one: CellSeries, labels: str) -> Series:
    colour = one.look.colour.removeprefix("#").upper()
    width = _THIN_LINE if one.look.shape == "none" else _LINE
    made = Series(
        idx=place,
        order=place,
        tx=SeriesLabel(v=one.name),
        cat=AxDataSource(strRef=StrRef(f=labels)),
        val=NumDataSource(numRef=NumRef(f=one.cells)),
    )
    made.spPr = GraphicalProperties(ln=LineProperties(w=width, solidFill=colour, prstDash=one.look.excel_dash))
    fill = GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill=colour))
    made.marker = Marker(symbol=one.look.shape, size=7, spPr=fill)
    return made
