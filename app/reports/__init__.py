"""Reports: what a release shows, in one shape for pages, charts, workbooks and JSON. Pure."""

from app.reports.model import NetworkReport, ProviderReport
from app.reports.network import network_report
from app.reports.personal import OwnAnswer, OwnStandard, PersonalReport, personal_report
from app.reports.provider import provider_report
from app.reports.writing import json_schema, network_json_schema, to_json, write_schemas

__all__ = [
    "NetworkReport",
    "OwnAnswer",
    "OwnStandard",
    "PersonalReport",
    "ProviderReport",
    "json_schema",
    "network_json_schema",
    "network_report",
    "personal_report",
    "provider_report",
    "to_json",
    "write_schemas",
]
