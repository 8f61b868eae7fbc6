import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from app.exports import network_workbook
from app.reports.model import NetworkReport

from .factories import network_report, spread, with_spread


def _written(report: NetworkReport) -> bytes:
    out = BytesIO()
    network_workbook(report, out)
    return out.getvalue()


def _rows(book: Workbook, start: str) -> list[list[object]]:
    rows = [[cell.value for cell in row] for row in book["Standards"].iter_rows(max_col=8)]
    return [row for row in rows if row[0] == start]


@pytest.fixture(scope="module")
def book() -> Workbook:
    return load_workbook(BytesIO(_written(network_report())))


def test_the_workbook_has_exactly_four_sheets(book: Workbook):
    assert book.sheetnames == ["Summary", "Standards", "Method", "Manifest"]


def test_every_audience_has_quartiles_median_and_own(book: Workbook):
    person, family, provider = _rows(book, "S01")

    assert person[1:] == ["Individual design", person[2], 39, 50, 59, 73, None]
    assert (family[6], provider[6]) == (61, 95)


def test_without_a_provider_that_looks_there_is_no_own_column():
    content = _written(network_report(looking=None))
    header, *_ = _rows(load_workbook(BytesIO(content)), "No.")

    assert header[3:] == ["Lower quartile", "Median", "Upper quartile", "Note", None]
    with ZipFile(BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if b"Oak House" in archive.read(name)]


def test_a_withheld_spread_is_empty_and_marked():
    report = with_spread(network_report(), "person", "S04", spread(withheld="too_few", own=81))
    report = with_spread(report, "person", "S05", spread(40))
    book = load_workbook(BytesIO(_written(report)))

    assert _rows(book, "S04")[0][3:] == [None, None, None, 81, "[c]"]
    assert _rows(book, "S05")[0][3:] == [29, 40, 49, None, "own [x]"]


def test_three_charts_refer_to_their_own_table():
    with ZipFile(BytesIO(_written(network_report()))) as archive:
        charts = [archive.read(f"xl/charts/chart{number}.xml").decode() for number in (1, 2, 3)]

    starts = [int(re.findall(r"\$E\$(\d+):", chart)[0]) for chart in charts]
    assert starts == sorted(set(starts))
    assert not [chart for chart in charts if "cache" in chart.lower()]


def test_a_chart_reaches_no_further_down_than_the_rows_left_for_it(book: Workbook):
    sheet = book["Standards"]
    headers = [row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == "No."]

    first, second = headers[:2]
    points = sum(sheet.row_dimensions[row].height for row in range(first, second - 1))
    assert points >= 12 / 2.54 * 72


def test_the_manifest_names_the_network_and_its_release(book: Workbook):
    stated = {row[0]: row[1] for row in book["Manifest"].iter_rows(values_only=True)}

    assert stated["Network"] == "Small Supports North"
    assert stated["As seen by"] == "Oak House Support"
    assert stated["Providers"] == "150 to 199"
    assert stated["Fewest other providers"] == "5"


def test_made_up_networks_say_so_on_every_sheet():
    book = load_workbook(BytesIO(_written(network_report(made_up=True))))

    assert all(str(sheet["A1"].value).startswith("Made-up data") for sheet in book.worksheets)
