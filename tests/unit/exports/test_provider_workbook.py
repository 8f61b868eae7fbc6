import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.exports import provider_workbook, verify_checksum
from app.reports.model import BreakdownResult, DomainResult, GapResult, IndicatorResult, ProviderReport

from .factories import (
    audience_result,
    provider_report,
    series_result,
    standard_result,
    with_standard,
    withheld_series,
)

_SHEETS = ["Summary", "Standards", "Indicators", "How people answered", "Without paid staff", "Method", "Manifest"]
_HOSTILE = {
    "=1+1": "=1+1",
    "+44 20": "+44 20",
    "-1": "-1",
    "@SUM(A1)": "@SUM(A1)",
    "a\x0bb\x00c\ud800d": "abcd",
    "one\r\ntwo": "one\ntwo",
    " Tŷ Ŵylan 🏡 ": " Tŷ Ŵylan 🏡 ",
    "#N/A": "#N/A",
    "<b>&amp;</b>": "<b>&amp;</b>",
    "_x0041_": "_x005F_x0041_",
}
"""What people may type, and what the cell then holds; the last is how Excel writes a text that would read as "A"."""


def _written(report: ProviderReport) -> bytes:
    out = BytesIO()
    provider_workbook(report, out)
    return out.getvalue()


def _opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def _withheld_report() -> ProviderReport:
    report = with_standard(provider_report(), "person", "S05", standard_result(None, "too_few"))
    report = with_standard(report, "provider", "S06", standard_result(None, "no_answers"))
    gaps = {**report.gaps["provider-person"]}
    gaps["S05"] = GapResult(points=None, withheld="too_few", talk_about_this=False)
    none = BreakdownResult(shares=None, withheld="remainder")
    family = audience_result("family", editions=none)
    spread = IndicatorResult(shares=None, withheld="unanimous")
    family = family.model_copy(update={"indicators": {**family.indicators, "S02.a": spread}})
    return report.model_copy(
        update={
            "gaps": {**report.gaps, "provider-person": gaps},
            "audiences": {**report.audiences, "family": family},
        }
    )


@pytest.fixture(scope="module")
def full() -> bytes:
    return _written(provider_report())


@pytest.fixture(scope="module")
def withheld() -> bytes:
    return _written(_withheld_report())


@pytest.fixture(scope="module")
def withheld_book(withheld: bytes) -> Workbook:
    return _opened(withheld)


@pytest.fixture(scope="module")
def book(full: bytes) -> Workbook:
    return _opened(full)


def _rows_starting(sheet: Worksheet, *start: str) -> list[list[object]]:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [row for row in rows if row[: len(start)] == list(start)]


def _parts(content: bytes, folder: str = "") -> dict[str, str]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.startswith(folder)}


def test_the_workbook_has_exactly_seven_visible_sheets(book: Workbook):
    assert book.sheetnames == _SHEETS
    assert {sheet.sheet_state for sheet in book.worksheets} == {"visible"}


def test_scores_stand_beside_their_margin_and_note(book: Workbook):
    scores, *_ = _rows_starting(book["Standards"], "S01")

    assert scores[1] == "Individual design"
    assert scores[3:12] == [73, 19, None, 61, 19, None, 95, None, "± [z]"]


def test_gaps_say_what_to_talk_about(book: Workbook):
    _, gaps, *_ = _rows_starting(book["Standards"], "S01")

    assert gaps[3:12] == [22, 19, "Talk about this", 34, 19, "Talk about this", -12, 19, None]


def test_coverage_and_dont_know_have_their_own_table(book: Workbook):
    _, _, coverage = _rows_starting(book["Standards"], "S01")

    assert coverage[3:6] == [0.98, 0.03, None]


def test_domains_are_listed(book: Workbook):
    (domain,) = _rows_starting(book["Standards"], "D4")

    assert domain[3:12] == [64, None, None, 64, None, None, 64, None, None]


def test_every_indicator_has_each_groups_statement_and_spread(book: Workbook):
    person, family, provider = _rows_starting(book["Indicators"], "S03.b")

    assert person[2:8] == ["People", "My support was made for me.", 0.5, 0.3, 0.2, None]
    assert family[2:4] == ["Families", "Support was designed around our relative."]
    assert provider[2:4] == ["Provider (self-rated)", "We design each person's support from scratch."]


def test_the_options_are_named_in_every_groups_words(book: Workbook):
    (header,) = _rows_starting(book["Indicators"], "No.")

    assert header[4:7] == ["Yes / For everyone", "Sometimes / For some people", "No / For no one yet"]


def test_how_people_answered_says_editions_help_and_answers_that_do_not_score(book: Workbook):
    sheet = book["How people answered"]

    assert _rows_starting(sheet, "People", "10 to 14")[0][:3] == ["People", "10 to 14", 20]
    assert _rows_starting(sheet, "People", "Easy Read")[0][:4] == ["People", "Easy Read", 0.42, None]
    assert _rows_starting(sheet, "People", "With help")[0][:4] == ["People", "With help", 0.33, None]
    assert _rows_starting(sheet, "Provider (self-rated)", "With help")[0][2:4] == [None, "[z]"]
    assert _rows_starting(sheet, "S01 Individual design", "People")[0][2:6] == [0.03, 0.01, 0, None]


def test_how_people_answered_says_who_helped_and_what_they_did(book: Workbook):
    sheet = book["How people answered"]

    assert _rows_starting(sheet, "People", "Paid staff")[0][:4] == ["People", "Paid staff", 0.33, None]
    assert _rows_starting(sheet, "Families", "A friend")[0][:4] == ["Families", "A friend", 0, None]
    assert _rows_starting(sheet, "People", "Read the questions out")[0][2:4] == [0, None]
    assert _rows_starting(sheet, "Provider (self-rated)", "Family")[0][2:4] == [None, "[z]"]


def test_without_paid_staff_stands_beside_the_figures_of_all(book: Workbook):
    sheet = book["Without paid staff"]
    scores, coverage, dont_know = _rows_starting(sheet, "S01")

    assert scores[1:9] == ["Individual design", scores[2], 73, 69, None, 61, None, "[c]"]
    assert coverage[3:9] == [0.98, 0.91, None, 0.98, None, "[c]"]
    assert dont_know[3:9] == [0.03, 0.03, None, 0.03, None, "[c]"]
    assert _rows_starting(sheet, "D4")[0][3:9] == [64, 60, None, 64, None, "[c]"]
    people, families = _rows_starting(sheet, "S03.b")
    assert people[2:7] == ["People", 0.4, 0.4, 0.2, None]
    assert families[2:7] == ["Families", None, None, None, "[c]"]


def test_without_paid_staff_says_what_it_is_and_why_it_may_be_empty(book: Workbook):
    said = " ".join(str(row[0]) for row in book["Without paid staff"].iter_rows(values_only=True, max_row=12))

    assert "without answers where we were told that paid staff helped" in said
    assert "A difference does not show that anybody did anything wrong" in said
    assert "People: some answers are left out here." in said
    assert "Families: not shown." in said


def test_a_series_that_is_the_same_says_so():
    report = provider_report(series={"without_paid_staff": {"person": series_result(less=0, is_all=True)}})
    rows = [row[0] for row in _opened(_written(report))["Without paid staff"].iter_rows(values_only=True)]

    assert "People: nobody told us that paid staff helped, so the figures are the same." in rows


def test_a_release_from_before_there_were_series_has_no_such_sheet_and_no_such_breakdown():
    report = provider_report(series={})
    older = {
        name: result.model_copy(update={"helped_by": None, "help": None}) for name, result in report.audiences.items()
    }
    book = _opened(_written(report.model_copy(update={"audiences": older})))

    assert book.sheetnames == [name for name in _SHEETS if name != "Without paid staff"]
    assert not _rows_starting(book["How people answered"], "People", "Paid staff")
    assert not _rows_starting(book["Summary"], "Without paid staff")


def test_the_summary_begins_with_the_headline_and_says_how_many_answered(book: Workbook):
    summary = [value for row in book["Summary"].iter_rows(values_only=True) for value in row if value]

    headline, second = provider_report().headline
    assert summary[:3] == ["Oak House Support", headline, second]
    assert "3 November 2026" in summary
    assert "10 to 14, of 20 invited" in summary
    assert "one self-assessment, agreed together" in summary
    assert "Draft wording, to be co-produced before it is relied on." in summary


def test_a_self_assessment_without_any_score_is_not_called_one():
    report = provider_report()
    for standard_id in list(report.audiences["provider"].standards):
        report = with_standard(report, "provider", standard_id, standard_result(None, "no_answers"))

    summary = [row[1] for row in _opened(_written(report))["Summary"].iter_rows(values_only=True)]

    assert "no complete self-assessment" in summary


def test_a_survey_of_staff_is_named_so():
    book = _opened(_written(provider_report(provider_view="staff")))

    assert _rows_starting(book["Summary"], "Staff")
    assert "a survey of its staff" in str([row[1].value for row in book["Method"].iter_rows()])


def test_a_withheld_score_is_an_empty_cell_with_its_mark_beside_it(withheld_book: Workbook):
    sheet = withheld_book["Standards"]
    person, *_ = _rows_starting(sheet, "S05")
    provider, *_ = _rows_starting(sheet, "S06")
    _, gap, coverage = _rows_starting(sheet, "S05")

    assert person[3:6] == [None, None, "[c]"]
    assert provider[9:12] == [None, None, "[x]"]
    assert gap[3:6] == [None, None, "[c]"]
    assert coverage[3:6] == [None, None, "[c]"]


def test_a_withheld_spread_or_breakdown_is_empty_with_its_mark(withheld_book: Workbook):
    book = withheld_book

    assert _rows_starting(book["Indicators"], "S02.a")[1][4:8] == [None, None, None, "[c]"]
    assert _rows_starting(book["How people answered"], "Families", "Easy Read")[0][2:4] == [None, "[c]"]
    assert _rows_starting(book["How people answered"], "S05 People and families recruit staff", "People")[0][2:6] == [
        None,
        None,
        None,
        "[c]",
    ]


def test_a_gap_or_indicator_the_report_does_not_have_is_marked_not_available():
    report = provider_report()
    person = report.audiences["person"].model_copy(update={"indicators": {}})
    book = _opened(
        _written(
            report.model_copy(
                update={
                    "gaps": {**report.gaps, "family-person": {}},
                    "audiences": {**report.audiences, "person": person},
                }
            )
        )
    )

    assert _rows_starting(book["Standards"], "S01")[1][9:12] == [None, None, "[x]"]
    assert _rows_starting(book["Indicators"], "S01.a")[0][4:8] == [None, None, None, "[x]"]


def test_a_withheld_value_is_nowhere_in_the_unzipped_file():
    """The person's only 37 and 0.87 are withheld: what the file then holds must not say them anywhere."""
    shown = with_standard(provider_report(), "person", "S05", standard_result(37, coverage=0.87))
    hidden = with_standard(shown, "person", "S05", standard_result(None, "too_few"))
    value = re.compile(r">(37|0\.87)<")

    assert any(value.search(text) for text in _parts(_written(shown)).values())
    assert not [name for name, text in _parts(_written(hidden)).items() if value.search(text)]


def test_a_value_withheld_from_a_series_is_nowhere_in_the_unzipped_file():
    """37, 0.87 and 0.77 stand in the series alone; what the file holds without them must not say them anywhere."""
    part = series_result()
    spread = IndicatorResult(shares={"yes": 0.77, "sometimes": 0.13, "no": 0.1}, withheld=None)
    with_own = part.model_copy(
        update={
            "standards": {**part.standards, "S05": standard_result(37, coverage=0.87, margin=None)},
            "domains": {**part.domains, "D2": DomainResult(score=37, withheld=None)},
            "indicators": {**part.indicators, "S05.a": spread},
        }
    )
    shown = provider_report(series={"without_paid_staff": {"person": with_own, "family": with_own}})
    hidden = provider_report(series={"without_paid_staff": {"person": withheld_series(), "family": withheld_series()}})

    for value in ("37", "0.87", "0.77"):
        held = re.compile(f">{re.escape(value)}<")
        assert [name for name, text in _parts(_written(shown)).items() if held.search(text)]
        assert not [name for name, text in _parts(_written(hidden)).items() if held.search(text)]


def test_the_chart_refers_to_cells_and_holds_no_figures(withheld: bytes):
    (chart,) = _parts(withheld, "xl/charts/chart").values()

    assert re.findall(r"<(?:c:)?f>(.+?)</", chart) == [
        reference
        for column in "DGJ"
        for reference in ("'Standards'!$B$5:$B$14", f"'Standards'!${column}$5:${column}$14")
    ]
    assert not re.search("cache|<(?:c:)?pt ", chart, re.IGNORECASE)
    assert re.findall(r"<(?:c:)?v>(.+?)</", chart) == ["People", "Families", "Provider (self-rated)"]


def test_the_chart_runs_from_0_to_100_and_leaves_gaps(full: bytes):
    (chart,) = _parts(full, "xl/charts/chart").values()

    assert 'dispBlanksAs val="gap"' in chart
    assert 'min val="0"' in chart
    assert 'max val="100"' in chart
    assert chart.count('delete val="0"') == 2


def test_the_cells_the_chart_refers_to_are_the_scores(book: Workbook):
    sheet = book["Standards"]

    assert [sheet[f"B{row}"].value for row in (5, 14)] == ["Individual design", "Quality checking"]
    assert [sheet[f"D{row}"].value for row in (5, 14)] == [73, 60]
    assert [sheet[f"J{row}"].value for row in (5, 14)] == [95, 58]


def test_the_file_has_no_pivot_caches_and_no_names_that_hold_values(full: bytes):
    parts = _parts(full)

    assert not [name for name in parts if "pivot" in name.lower() or "external" in name.lower()]
    names = re.findall(r"<definedName ([^>]*)>([^<]*)<", parts["xl/workbook.xml"])
    assert {("_xlnm.Print_Titles" in attributes, "$" in reference) for attributes, reference in names} == {(True, True)}
    assert "hidden" not in parts["xl/workbook.xml"]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workbook") / "report.xlsx"
    path.write_bytes(_written(provider_report(provider="=1+1", headline=tuple(_HOSTILE))))
    return path


def test_peoples_text_stays_text(hostile: Path):
    rows = load_workbook(hostile)["Summary"].iter_rows(min_row=2, max_row=1 + len(_HOSTILE))

    for (given, kept), row in zip(_HOSTILE.items(), rows, strict=True):
        assert (row[1].value, row[1].data_type) == (kept, "s")
        assert row[1].quotePrefix is given.startswith(tuple("=+-@"))


def test_unusual_text_leaves_the_checksum_right(hostile: Path):
    verify_checksum(hostile)


def test_text_longer_than_a_cell_is_cut_as_excel_counts():
    cells = list(_opened(_written(provider_report(wording_note="🏡" * 30_000)))["Summary"].iter_rows())

    (note,) = [row[1].value for row in cells if row[0].value == "About the wording"]
    assert len(note.encode("utf-16-le")) // 2 == 32_766
    assert set(note) == {"🏡"}


def test_made_up_figures_say_so_on_every_sheet_and_every_printed_page():
    book = _opened(_written(provider_report(made_up=True)))

    for sheet in book.worksheets:
        assert str(sheet["A1"].value).startswith("Made-up data")
        assert sheet.oddHeader.center.text == "Made-up data"
        assert sheet.print_title_rows.startswith("$1:")


def test_real_figures_are_not_called_made_up(full: bytes):
    sheets = {name: text for name, text in _parts(full, "xl/worksheets").items() if "Made-up data" in text}

    assert list(sheets) == ["xl/worksheets/sheet7.xml"], "only the manifest names it, with the value no"


def test_every_sheet_is_set_up_for_print(book: Workbook):
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows
        assert sheet.freeze_panes


def test_the_footer_shows_an_ampersand_as_one():
    book = _opened(_written(provider_report(provider="Oak & Ash")))

    assert book["Summary"].oddFooter.left.text.startswith("Oak && Ash")


def test_the_document_says_what_it_is(book: Workbook):
    assert book.properties.title == "Oak House Support: quality standards report"
    assert book.properties.creator == "Driving Seat"
    assert f"{book.properties.created:%Y-%m-%d}" == "2026-11-03"


def test_the_same_report_gives_the_same_bytes(full: bytes):
    assert _written(provider_report()) == full


def test_the_manifest_names_versions_hashes_and_counts(book: Workbook):
    stated = {row[0]: row[1] for row in book["Manifest"].iter_rows(values_only=True)}

    assert stated["Release, SHA-256"] == "ab" * 32
    assert stated["Standards set"] == "personalised-support 1.0.0"
    assert stated["Survey"] == "personalised-support 1.0.0, full form"
    assert stated["Answered: People"] == "10 to 14"
    assert stated["Fewest answers for a score"] == "5"


def test_rows_are_high_enough_for_their_text(book: Workbook):
    sheet = book["Method"]
    heights = {row[0].value: sheet.row_dimensions[row[0].row].height for row in sheet.iter_rows()}

    assert heights["Scores"] > 3 * heights["Domains"] / 1.2
