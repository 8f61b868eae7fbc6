from math import hypot

import pytest

from app.exports import Chart, Outline, radar_svg, spread_chart, standards_chart
from app.exports.series import AUDIENCE_LOOKS
from app.exports.svg import LINE_HEIGHT, WIDTH, text_width
from app.reports.model import ProviderReport

from .factories import (
    STANDARD_IDS,
    network_report,
    provider_report,
    spread,
    standard_result,
    with_spread,
    with_standard,
)
from .svg_reading import SVG, corner_count, groups, parsed, strokes, words


def _hidden(*standard_ids: str) -> ProviderReport:
    report = provider_report()
    for standard_id in standard_ids:
        report = with_standard(report, "person", standard_id, standard_result(None, "too_few"))
    return report


def _person_marks(svg: str, *, is_open: bool = False) -> list[tuple[float, float]]:
    circles = [mark for group in groups(parsed(svg), "series-person") for mark in group.iter(f"{SVG}circle")]
    wanted = "none" if is_open else "currentColor"
    return [(float(c.get("cx", "")), float(c.get("cy", ""))) for c in circles if c.get("fill") == wanted]


def _marks_on_axes(svg: str) -> list[tuple[float, float]]:
    """Return the filled marks but the last, which stands in the legend."""
    return _person_marks(svg)[:-1]


def test_a_full_outline_is_closed():
    (stretch,) = strokes(parsed(radar_svg(standards_chart(provider_report()))), "person")

    assert stretch.endswith("Z")
    assert corner_count(stretch) == 10


def test_a_withheld_value_breaks_the_line():
    (stretch,) = strokes(parsed(radar_svg(standards_chart(_hidden("S05")))), "person")

    assert not stretch.endswith("Z")
    assert corner_count(stretch) == 9


def test_two_withheld_values_leave_two_stretches_also_across_the_first_axis():
    stretches = strokes(parsed(radar_svg(standards_chart(_hidden("S03", "S07")))), "person")

    assert [corner_count(stretch.strip()) for stretch in stretches] == [3, 5]


def test_a_value_between_two_withheld_ones_keeps_its_mark_without_a_line():
    svg = radar_svg(standards_chart(_hidden(*STANDARD_IDS[1:])))

    assert strokes(parsed(svg), "person") == []
    assert len(_marks_on_axes(svg)) == 1


def test_a_withheld_value_is_never_drawn_as_a_zero():
    svg = radar_svg(standards_chart(_hidden("S05", "S08")))

    marks = _marks_on_axes(svg)
    assert len(marks) == 8
    assert all(hypot(x - WIDTH / 2, y) > 10 for x, y in marks)


def test_a_score_of_zero_is_drawn_at_the_centre():
    report = with_standard(provider_report(), "person", "S01", standard_result(0))

    assert (WIDTH / 2, 0) in _marks_on_axes(radar_svg(standards_chart(report)))


def test_a_withheld_value_leaves_an_open_mark_and_words_at_its_axis():
    root = parsed(radar_svg(standards_chart(_hidden("S05"))))

    assert words(root).count("not shown") == 1
    assert "Open mark: not shown. It does not mean zero." in words(root)
    assert len(_person_marks(radar_svg(standards_chart(_hidden("S05"))), is_open=True)) == 1


def test_nothing_is_said_of_withheld_values_when_all_are_shown():
    svg = radar_svg(standards_chart(provider_report()))

    assert "not shown" not in svg
    assert _person_marks(svg, is_open=True) == []


def test_a_score_lies_as_far_out_as_it_is_high():
    chart = Chart("x", ("A", "B", "C", "D"), (Outline(AUDIENCE_LOOKS["person"], "People", (100, 50, 25, 10)),))

    marks = _marks_on_axes(radar_svg(chart))

    rim = -marks[0][1]
    distances = [hypot(x - WIDTH / 2, y) / rim for x, y in marks]
    assert distances == pytest.approx([1, 0.5, 0.25, 0.1], abs=0.01)


def test_the_axes_keep_their_order_clockwise_from_the_top():
    (top, right, bottom, left) = _marks_on_axes(
        radar_svg(Chart("x", tuple("ABCD"), (Outline(AUDIENCE_LOOKS["person"], "People", (50, 50, 50, 50)),)))
    )

    assert top[1] < 0 < bottom[1]
    assert left[0] < WIDTH / 2 < right[0]


@pytest.mark.parametrize("count", [5, 6, 10, 12])
def test_labels_do_not_lie_over_each_other(count: int):
    titles = tuple(f"{number} People and their families make decisions" for number in range(count))
    outlines = tuple(Outline(look, look.key, (None,) * count) for look in list(AUDIENCE_LOOKS.values())[:2])
    texts = list(parsed(radar_svg(Chart("x", titles, outlines))).iter(f"{SVG}text"))

    boxes = []
    for text in texts:
        x, y, length = float(text.get("x", "")), float(text.get("y", "")), text_width(text.text or "")
        left = x - {"start": 0.0, "middle": length / 2, "end": length}[text.get("text-anchor", "")]
        boxes.append((left, y, left + length, text.text))
    for place, (left, y, right, text) in enumerate(boxes):
        for other_left, other_y, other_right, other in boxes[place + 1 :]:
            is_apart = right <= other_left or other_right <= left or abs(y - other_y) >= LINE_HEIGHT - 1
            assert is_apart, f"{text!r} lies over {other!r}"


@pytest.mark.parametrize("count", [1, 2, 3, 5, 12])
def test_a_set_with_few_or_many_standards_is_drawn(count: int):
    titles = tuple(f"Standard {number}" for number in range(count))
    chart = Chart("x", titles, (Outline(AUDIENCE_LOOKS["person"], "People", (50,) * count),))

    assert len(_marks_on_axes(radar_svg(chart))) == count


def test_a_networks_band_is_left_out_where_it_is_withheld():
    report = network_report()
    changed = with_spread(report, "person", "S04", spread(withheld="too_few", own=81))

    def pieces(network: object) -> int:
        root = parsed(radar_svg(spread_chart(network, "person")))
        return len(list(groups(root, "series-band")[0].iter(f"{SVG}polygon")))

    assert pieces(report) == 10
    assert pieces(changed) == 8
