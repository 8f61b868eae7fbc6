"""Reports as JSON, and the schemas of that JSON."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from app.reports.model import NetworkReport, ProviderReport


def to_json(report: ProviderReport | NetworkReport) -> str:
    """Return the report as JSON text, ending in a line break. `own` is in it only where a provider looks."""
    content = report.model_dump(mode="json")
    if isinstance(report, NetworkReport) and report.looking is None:
        for audience in content["audiences"].values():
            for spread in audience["standards"].values():
                del spread["own"]
    return _text(content)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a provider's report."""
    return _schema(ProviderReport, "A provider's report of one closed round")


def network_json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a network's report."""
    return _schema(NetworkReport, "A network's report of one closed campaign")


def write_schemas(folder: Path) -> None:
    """Write report.schema.json and network-report.schema.json into a folder that exists."""
    (folder / "report.schema.json").write_text(_text(json_schema()), encoding="utf-8")
    (folder / "network-report.schema.json").write_text(_text(network_json_schema()), encoding="utf-8")


def _schema(model: type[BaseModel], title: str) -> dict[str, Any]:
    schema = model.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}


def _text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
