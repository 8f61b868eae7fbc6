"""The figure that Plotly draws for those who explore: the same radar as plain JSON.

Built as a plain dict: importing plotly takes half a second, and the page only needs the JSON. Tests give the dict to
`plotly.graph_objects.Figure`, which checks every property.
"""

from html import escape
from typing import Any

from app.exports.chart import Band, Chart, Level, Outline, domains_chart, spread_chart, standards_chart
from app.exports.series import MEDIAN_LOOK
from app.exports.svg import wrapped
from app.exports.wording import printable
from app.reports.model import AudienceName, NetworkReport, ProviderReport

Figure = dict[str, Any]
_LABEL_WIDTH = 110


def radar_figure(report: ProviderReport, level: Level = "standards") -> Figure:
    """Return the Plotly figure of the three perspectives; withheld values are None and their lines break there."""
    return _figure(standards_chart(report) if level == "standards" else domains_chart(report))


def spread_figure(report: NetworkReport, audience: AudienceName) -> Figure:
    """Return the Plotly figure of one audience in a network: median, quartiles and the provider that looks."""
    return _figure(spread_chart(report, audience))


def _figure(chart: Chart) -> Figure:
    labels = ["<br>".join(_said(line) for line in wrapped(title, _LABEL_WIDTH)) for title in chart.axes]
    traces = [_trace(outline, labels, chart.axes) for outline in chart.outlines]
    if chart.band:
        traces.extend(_quartile_traces(chart.band, labels, chart.axes))
    radial = {"range": [0, 100], "tickvals": [0, 25, 50, 75, 100], "angle": 90, "tickangle": 90}
    angular = {"direction": "clockwise", "rotation": 90, "categoryorder": "array", "categoryarray": labels}
    layout = {
        "polar": {"radialaxis": radial, "angularaxis": angular},
        "showlegend": True,
        "legend": {"orientation": "h"},
        "margin": {"l": 90, "r": 90, "t": 60, "b": 60},
    }
    return {"data": traces, "layout": layout}


def _trace(outline: Outline, labels: list[str], titles: tuple[str, ...]) -> Figure:
    name = _said(outline.name)
    return {
        "type": "scatterpolar",
        "name": name,
        **_line(outline.values, labels, titles, name),
        "mode": "lines+markers",
        "line": {"color": outline.look.colour, "dash": outline.look.plotly_dash, "width": 2},
        "marker": {"color": outline.look.colour, "symbol": outline.look.plotly_symbol, "size": 9},
    }


def _quartile_traces(band: Band, labels: list[str], titles: tuple[str, ...]) -> list[Figure]:
    """Return the two edges of the middle half as thin lines: a filled area would close over withheld values."""
    edges = (("Lower quartile", band.lower), ("Upper quartile", band.upper))
    return [
        {
            "type": "scatterpolar",
            "name": name,
            **_line(values, labels, titles, name),
            "mode": "lines",
            "line": {"color": MEDIAN_LOOK.colour, "dash": "solid", "width": 1},
        }
        for name, values in edges
    ]


def _line(values: tuple[int | None, ...], labels: list[str], titles: tuple[str, ...], name: str) -> Figure:
    """Return the points of a line, back to its first one; a None at either end leaves it open there."""
    hover = [
        None if value is None else f"{_said(title)}: {name} {value}"
        for title, value in zip(titles, values, strict=True)
    ]
    return {
        "r": [*values, values[0]],
        "theta": [*labels, labels[0]],
        "hovertext": [*hover, hover[0]],
        "hoverinfo": "text",
        "connectgaps": False,
    }


def _said(text: str) -> str:
    """Return text that Plotly shows as it is: it reads some HTML in labels."""
    return escape(printable(text), quote=False)
