"""A provider's report as a file."""

from pathlib import Path

from app.cli.writing import write_whole
from app.exports import provider_workbook, report_csv
from app.reports import to_json
from app.services.reporting import provider_report_of
from app.storage import Database


def write_report(database: Database, round_id: str, kind: str, out: Path) -> None:
    """Write the report in one of the formats json, xlsx, html, pdf, csv. Raises Refused."""
    report = provider_report_of(database, round_id)
    if kind == "json":
        write_whole(out, lambda file: file.write(to_json(report).encode()))
    elif kind == "xlsx":
        write_whole(out, lambda file: provider_workbook(report, file))
    elif kind == "csv":
        write_whole(out, lambda file: report_csv(report, file))
    else:
        from app.web.pages import report_page, write_report_pdf

        if kind == "pdf":
            write_whole(out, lambda file: write_report_pdf(report, file))
            return
        page = report_page(report)
        write_whole(out, lambda file: file.write(page.encode()))
