"""What holds for every server-drawn SVG."""

from collections.abc import Callable

import html5lib
import pytest

from app.exports import Chart, Outline, domains_chart, dot_plot_svg, radar_svg, spread_chart, standards_chart
from app.exports.series import AUDIENCE_LOOKS
from app.exports.svg import TEXT_SIZE, WIDTH, number, text_width, wrapped

from .factories import network_report, provider_report, spread, standard_result, with_spread, with_standard
from .svg_reading import SVG, parsed, words

Draw = Callable[..., str]
_REPORT = with_standard(provider_report(), "family", "S05", standard_result(None, "too_few"))
_CHARTS = {
    "standards": standards_chart(_REPORT),
    "domains": domains_chart(_REPORT),
    "network": spread_chart(with_spread(network_report(), "person", "S04", spread(withheld="too_few")), "person"),
    "network without an own provider": spread_chart(network_report(looking=None), "family"),
}


@pytest.fixture(params=[radar_svg, dot_plot_svg], ids=["radar", "dots"])
def draw(request: pytest.FixtureRequest) -> Draw:
    return request.param


@pytest.fixture(params=_CHARTS.values(), ids=_CHARTS.keys())
def chart(request: pytest.FixtureRequest) -> Chart:
    return request.param


def test_a_strict_content_policy_lets_the_picture_pass(draw: Draw, chart: Chart):
    root = parsed(draw(chart))

    assert not [part.tag for part in root.iter() if part.tag.removeprefix(SVG) in {"style", "script", "a", "image"}]
    attributes = {name for part in root.iter() for name in part.attrib}
    assert not {name for name in attributes if name == "style" or name.startswith("on") or "href" in name}


def test_no_programmers_words_reach_the_picture(draw: Draw, chart: Chart):
    svg = draw(chart).lower()

    assert "nan" not in svg
    assert "none" not in svg.replace('fill="none"', "")
    assert "inf" not in svg
    assert "-0 " not in svg


def test_the_picture_says_in_words_what_it_shows(draw: Draw):
    root = parsed(draw(_CHARTS["standards"], prefix="p1"))

    assert root.get("role") == "img"
    title, words_said = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert words_said is not None
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (title.get("id"), words_said.get("id"))
    assert title.text == "How far each standard is met, as seen by People, Families and Provider (self-rated)"
    assert words_said.text is not None
    assert words_said.text.startswith("Individual design: People 73, Families 61, Provider (self-rated) 95.")
    assert "People and families recruit staff: People 47, Families not shown, Provider (self-rated) 67." in (
        words_said.text
    )


def test_ids_start_with_the_prefix_so_that_two_pictures_share_a_page(draw: Draw, chart: Chart):
    ids = [part.get("id") for part in parsed(draw(chart, prefix="left")).iter() if part.get("id")]

    assert ids == ["left-title", "left-desc"]


def test_the_picture_can_stand_in_a_page(draw: Draw, chart: Chart):
    page = f"<!DOCTYPE html><html lang='en'><head><title>x</title></head><body>{draw(chart)}<p>after</p></body></html>"

    tree = html5lib.HTMLParser(strict=True).parse(page)

    assert [part.tag.split("}")[1] for part in tree.find("{http://www.w3.org/1999/xhtml}body")] == ["svg", "p"]


def test_text_is_twelve_pixels_or_more_on_a_phone(draw: Draw, chart: Chart):
    root = parsed(draw(chart))

    content_width = 360 - 2 * 15
    assert float(root.get("font-size", "0")) * content_width / WIDTH >= 12
    assert not [part for part in root.iter(f"{SVG}text") if part.get("font-size")]


def test_every_text_lies_within_the_picture(draw: Draw, chart: Chart):
    root = parsed(draw(chart))
    _, top, width, height = map(float, root.get("viewBox", "").split())

    for text in root.iter(f"{SVG}text"):
        x, y, length = float(text.get("x", "")), float(text.get("y", "")), text_width(text.text or "")
        left = x - {"start": 0.0, "middle": length / 2, "end": length}[text.get("text-anchor", "")]
        assert left >= -1
        assert left + length <= width + 1, text.text
        assert top + TEXT_SIZE / 2 <= y <= top + height


def test_text_that_means_something_to_a_browser_is_only_text(draw: Draw):
    title = '<script>alert("1")</script> & \x0b\x00Tŷ Ŵylan 🏡'
    values = AUDIENCE_LOOKS["person"], title, (10, None, 30)
    chart = Chart(title, (title, "B", "C"), (Outline(*values),))

    root = parsed(draw(chart))

    kept = '<script>alert("1")</script> & Tŷ Ŵylan 🏡'
    title_part = root.find(f"{SVG}title")
    assert title_part is not None
    assert title_part.text == kept
    assert kept.split()[0] in " ".join(words(root))


def test_the_network_picture_says_median_middle_half_and_own(draw: Draw):
    words_said = parsed(draw(_CHARTS["network"])).find(f"{SVG}desc")

    assert words_said is not None
    assert words_said.text is not None
    assert words_said.text.startswith(
        "Individual design: Median 50, Oak House Support 73, Middle half of providers 39 to 59."
    )
    assert "Matching staff to people: Median not shown, Oak House Support not shown." in words_said.text


def test_coordinates_have_one_decimal_and_no_negative_zero():
    assert [number(value) for value in (12.0, -0.04, 3.14159, 10, -2.5)] == ["12", "0", "3.1", "10", "-2.5"]


def test_lines_break_at_spaces_and_behind_hyphens_and_words_stay_whole():
    assert wrapped("Supported decision-making", 60) == ["Supported", "decision-", "making"]
    assert wrapped("Individual design", 500) == ["Individual design"]
    assert wrapped("Individualised", 10) == ["Individualised"]
