"""Reports as JSON, and their schemas."""

from pathlib import Path

import pytest

from app.reports import json_schema, network_json_schema, write_schemas

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize("name", ["report.schema.json", "network-report.schema.json"])
def test_the_published_schemas_are_up_to_date(name, tmp_path):
    write_schemas(tmp_path)

    assert (DOCS / name).read_text(encoding="utf-8") == (tmp_path / name).read_text(encoding="utf-8")


def test_the_schemas_name_what_they_describe():
    assert json_schema()["title"] == "A provider's report of one closed round"
    assert network_json_schema()["title"] == "A network's report of one closed campaign"


def test_own_may_lack_in_a_networks_report():
    assert "own" not in network_json_schema()["$defs"]["SpreadResult"]["required"]
