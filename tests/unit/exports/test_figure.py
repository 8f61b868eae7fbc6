import json
import re
from pathlib import Path

from plotly.graph_objects import Figure

import app.exports
from app.exports import radar_figure, spread_figure
from app.reports.model import StandardText

from .factories import network_report, provider_report, standard_result, with_standard


def test_plotly_accepts_every_property():
    for figure in (
        radar_figure(provider_report()),
        radar_figure(provider_report(), "domains"),
        spread_figure(network_report(), "family"),
    ):
        assert Figure(json.loads(json.dumps(figure))).to_dict()["data"]


def test_a_full_outline_returns_to_its_first_point():
    person, *_ = radar_figure(provider_report())["data"]

    assert len(person["r"]) == 11
    assert (person["r"][0], person["theta"][0]) == (person["r"][-1], person["theta"][-1])


def test_a_withheld_value_is_none_in_figure_and_hover_and_never_bridged():
    report = with_standard(provider_report(), "person", "S05", standard_result(None, "too_few"))

    person, *_ = radar_figure(report)["data"]

    assert person["r"][4] is None
    assert person["hovertext"][4] is None
    assert person["connectgaps"] is False
    assert "hovertemplate" not in person


def test_a_withheld_first_value_leaves_the_outline_open_at_both_its_ends():
    report = with_standard(provider_report(), "person", "S01", standard_result(None, "too_few"))

    person, *_ = radar_figure(report)["data"]

    assert (person["r"][0], person["r"][-1]) == (None, None)


def test_hovering_says_the_shown_figure():
    person, *_ = radar_figure(provider_report())["data"]

    assert person["hovertext"][0] == "Individual design: People 73"


def test_a_title_with_markup_is_only_text():
    report = provider_report()
    standard = report.domains[2].standards[0]
    named = StandardText(**{**standard.model_dump(), "title": '<a href="https://x.example">x</a>'})
    domain = report.domains[2].model_copy(update={"standards": (named,)})
    changed = report.model_copy(update={"domains": (*report.domains[:2], domain, *report.domains[3:])})

    text = json.dumps(radar_figure(changed))

    assert "<a" not in text
    assert "&lt;a" in text


def test_the_scale_and_the_order_of_axes_are_fixed():
    polar = radar_figure(provider_report())["layout"]["polar"]

    assert polar["radialaxis"]["range"] == [0, 100]
    assert polar["angularaxis"]["direction"] == "clockwise"
    assert len(polar["angularaxis"]["categoryarray"]) == 10


def test_no_export_loads_plotly_which_takes_half_a_second():
    sources = list(Path(app.exports.__file__).parent.glob("*.py"))

    assert len(sources) > 10
    assert not [
        source.name for source in sources if re.search(r"^\s*(import|from) plotly", source.read_text(), re.MULTILINE)
    ]
