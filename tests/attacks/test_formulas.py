"""Words that a spreadsheet would work out: = + - @ at the beginning of a cell, in every file that can be saved."""

import csv
from io import BytesIO, StringIO
from itertools import chain

import pytest
from openpyxl import load_workbook

from app.exports.wording import looks_like_formula
from tests.attacks.owned import Owned

BEGINS = ("=", "+", "-", "@", "\t", "\r")


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def files(owned: Owned) -> dict[str, bytes]:
    of, known = owned.of, owned.of.known
    lead, coordinator, auditor = of.visitor("lead"), of.visitor("coordinator"), of.visitor("auditor")
    closed, campaign = f"/rounds/{known['closed_round_id']}", f"/rounds/{known['campaign_round_id']}"
    made = {
        "report.xlsx": lead.get(f"{closed}/report.xlsx"),
        "report.csv": lead.get(f"{closed}/report.csv"),
        "comparison.xlsx": lead.get(f"{campaign}/comparison.xlsx"),
        "campaign.xlsx": coordinator.get(f"/campaigns/{known['campaign_id']}/report.xlsx"),
        "log.csv": auditor.get("/log/lines.csv"),
        "list.xlsx": lead.get(f"/rounds/{known['round_id']}/addresses/template.xlsx"),
        "list.csv": lead.get(f"/rounds/{known['round_id']}/addresses/template.csv"),
    }
    assert {name: page.status for name, page in made.items() if page.status != 200} == {}
    return {name: page.response.get_data() for name, page in made.items()}


def test_no_cell_of_any_workbook_is_a_formula(owned: Owned):
    for name, content in files(owned).items():
        if name.endswith(".xlsx"):
            cells = chain.from_iterable(row for sheet in load_workbook(BytesIO(content)) for row in sheet.iter_rows())
            formulas = [cell.value for cell in cells if cell.data_type == "f" and "owned" in str(cell.value)]
            assert formulas == [], name


def test_no_cell_of_any_csv_file_begins_as_a_formula_does(owned: Owned):
    seen = []
    for name, content in files(owned).items():
        if name.endswith(".csv"):
            cells = list(chain.from_iterable(csv.reader(StringIO(content.decode("utf-8-sig")))))
            assert [each for each in cells if each.startswith(BEGINS) and not is_number(each)] == [], name
            seen += [each for each in cells if "owned" in each]
    assert all(each.startswith("'") for each in seen if "=1+1" in each[:6])


@pytest.mark.parametrize("begins", BEGINS[:5])
def test_a_text_is_known_for_a_formula_whichever_sign_it_begins_with(begins: str):
    assert looks_like_formula(f"{begins}A1")
