from app.exports import dot_plot_svg, spread_chart, standards_chart

from .factories import network_report, provider_report, spread, standard_result, with_spread, with_standard
from .svg_reading import SVG, groups, parsed, words


def test_every_standard_has_a_row_with_three_marks():
    rows = groups(parsed(dot_plot_svg(standards_chart(provider_report()))), "chart-row")

    assert len(rows) == 10
    for row in rows:
        assert [len(groups(row, f"series-{key}")) for key in ("person", "family", "provider")] == [1, 1, 1]


def test_a_withheld_value_has_no_mark_and_is_named():
    report = with_standard(provider_report(), "family", "S05", standard_result(None, "unanimous"))
    row = groups(parsed(dot_plot_svg(standards_chart(report))), "chart-row")[4]

    assert groups(row, "series-family") == []
    assert words(row)[-1] == "Not shown: Families"


def test_a_mark_lies_where_its_score_is_between_the_ends_of_the_scale():
    report = with_standard(provider_report(), "person", "S01", standard_result(50))
    row = groups(parsed(dot_plot_svg(standards_chart(report))), "chart-row")[0]

    (mark,) = groups(row, "series-person")[0].iter(f"{SVG}circle")
    scale = next(row.iter(f"{SVG}line"))
    ends = float(scale.get("x1", "")), float(scale.get("x2", ""))
    assert float(mark.get("cx", "")) == sum(ends) / 2


def test_the_gap_is_a_line_from_the_lowest_to_the_highest_mark():
    row = groups(parsed(dot_plot_svg(standards_chart(provider_report()))), "chart-row")[0]

    _, gap = row.iter(f"{SVG}line")
    (lowest,) = groups(row, "series-family")[0].iter(f"{SVG}rect")
    middle = float(lowest.get("x", "")) + float(lowest.get("width", "")) / 2
    assert abs(float(gap.get("x1", "")) - middle) < 0.2


def test_a_row_without_any_value_has_a_scale_and_words_alone():
    report = provider_report()
    for audience in ("person", "family", "provider"):
        report = with_standard(report, audience, "S01", standard_result(None, "too_few"))
    row = groups(parsed(dot_plot_svg(standards_chart(report))), "chart-row")[0]

    assert len(list(row.iter(f"{SVG}line"))) == 1
    assert words(row)[-1] == "Not shown: People, Families, Provider (self-rated)"


def test_equal_values_are_drawn_from_the_largest_mark_to_the_smallest():
    report = provider_report()
    for audience in ("person", "family", "provider"):
        report = with_standard(report, audience, "S01", standard_result(60))
    row = groups(parsed(dot_plot_svg(standards_chart(report))), "chart-row")[0]

    assert [group.get("class") for group in groups(row, "series")] == [
        "series series-provider",
        "series series-family",
        "series series-person",
    ]


def test_a_network_row_shows_the_middle_half_as_a_box_unless_withheld():
    changed = with_spread(network_report(), "person", "S04", spread(withheld="too_few"))

    rows = groups(parsed(dot_plot_svg(spread_chart(changed, "person"))), "chart-row")

    boxes = [len(list(row.iter(f"{SVG}rect"))) for row in rows]
    assert boxes == [1, 1, 1, 0, 1, 1, 1, 1, 1, 1]
    assert words(rows[3])[-1] == "Not shown: Median, Oak House Support"
