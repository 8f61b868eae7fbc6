"""What the documents about data protection must name, and must not claim."""

import re
from pathlib import Path

import pytest

from app.organisations.schedule import SCHEDULE
from app.storage.tables import metadata

FOLDER = Path(__file__).parents[2] / "docs" / "data-protection"
PAGES = sorted(FOLDER.glob("*.md"))


def test_every_table_has_a_line_in_the_schedule():
    page = (FOLDER / "retention.md").read_text()
    lines = [line for line in page.splitlines() if line.startswith("| `")]
    named = {name for line in lines for name in re.findall(r"`(\w+)`", line.split("|")[1])}

    assert {table.name for table in metadata.sorted_tables} - named == set()


def test_the_schedule_on_the_page_is_the_one_that_is_kept():
    lines = [line for line in (FOLDER / "retention.md").read_text().splitlines() if line.startswith("| ")]
    rows = [[each.strip() for each in line.strip("|").split("|")] for line in lines if "| stored |" not in line]

    assert len(rows) == len(SCHEDULE)
    for (stored, _, _, *said), kept in zip(rows, SCHEDULE, strict=True):
        assert [each for each in kept.what if each not in stored.replace("[", "")] == []
        assert said == [kept.how_long, kept.why, kept.deleted_by]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_page_says_that_nobody_has_reviewed_it_and_leaves_gaps_for_the_controller(page: Path):
    text = page.read_text()

    assert re.search(r"[Nn]o lawyer(,| and) no data protection officer", text)
    assert "**[" in text or page.stem == "retention"


def test_every_test_and_file_that_the_assessment_names_is_there():
    root = FOLDER.parents[1]
    named = re.findall(r"`(tests/[\w/]+(?:\.py)?)`", (FOLDER / "dpia.md").read_text())

    assert len(named) > 10
    assert [each for each in named if not (root / each).exists()] == []
