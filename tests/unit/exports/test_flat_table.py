import csv
from io import BytesIO, StringIO

from app.exports import report_csv
from app.reports.model import GapResult, ProviderReport

from .factories import audience_result, provider_report, standard_result, with_standard


def _rows(report: ProviderReport) -> list[dict[str, str]]:
    out = BytesIO()
    report_csv(report, out)
    return list(csv.DictReader(StringIO(out.getvalue().decode("utf-8"))))


def _find(rows: list[dict[str, str]], **wanted: str) -> dict[str, str]:
    (row,) = [row for row in rows if wanted.items() <= row.items()]
    return row


def test_every_figure_has_a_row():
    rows = _rows(provider_report())

    assert list(rows[0]) == ["level", "id", "title", "audience", "measure", "value", "note"]
    assert _find(rows, level="standard", id="S01", audience="person", measure="score")["value"] == "73"
    assert _find(rows, level="standard", id="S01", audience="person", measure="dont_know_share")["value"] == "0.03"
    assert _find(rows, level="domain", id="D1", audience="family", measure="score")["value"] == "61"
    assert _find(rows, level="indicator", id="S10.c", audience="provider", measure="share:no")["value"] == "0.2"
    assert _find(rows, level="gap", id="S01", audience="provider-person", measure="points")["value"] == "22"
    assert _find(rows, level="gap", id="S01", audience="provider-person", measure="talk_about_this")["value"] == "true"
    assert _find(rows, level="audience", audience="person", measure="respondents")["value"] == "10 to 14"
    assert _find(rows, level="edition", id="easy-read", audience="person", measure="share")["value"] == "0.42"
    assert _find(rows, level="report", measure="release_sha256")["value"] == "ab" * 32


def test_a_series_has_rows_with_its_name_in_front():
    rows = _rows(provider_report())
    level = "without_paid_staff"

    assert _find(rows, level=level, audience="person", measure="is_all")["value"] == "false"
    assert _find(rows, level=f"{level}:standard", id="S01", audience="person", measure="score")["value"] == "69"
    assert _find(rows, level=f"{level}:standard", id="S01", audience="person", measure="coverage")["value"] == "0.91"
    assert _find(rows, level=f"{level}:domain", id="D4", audience="person", measure="score")["value"] == "60"
    assert _find(rows, level=f"{level}:indicator", id="S03.b", audience="person", measure="share:yes")["value"] == "0.4"
    assert not [row for row in rows if row["level"].startswith(level) and row["measure"] == "margin"]


def test_a_withheld_series_is_empty_and_marked():
    rows = [
        row
        for row in _rows(provider_report())
        if row["level"].startswith("without_paid_staff") and row["audience"] == "family"
    ]

    assert len(rows) > 100
    assert {(row["value"], row["note"]) for row in rows} == {("", "[c]")}


def test_who_helped_has_a_row_for_each_choice_and_an_earlier_release_has_none():
    assert _find(_rows(provider_report()), level="helped_by", audience="person", id="paid-staff")["value"] == "0.33"

    report = provider_report()
    older = {name: each.model_copy(update={"helped_by": None, "help": None}) for name, each in report.audiences.items()}
    rows = _rows(report.model_copy(update={"audiences": older, "series": {}}))
    assert not [row for row in rows if row["level"] in {"helped_by", "help", "without_paid_staff"}]


def test_a_withheld_figure_is_empty_and_marked():
    report = with_standard(provider_report(series={}), "person", "S05", standard_result(None, "too_few"))
    gaps = {**report.gaps["provider-person"]}
    gaps["S05"] = GapResult(points=None, withheld="too_few", talk_about_this=False)
    rows = _rows(report.model_copy(update={"gaps": {**report.gaps, "provider-person": gaps}}))

    for row in (row for row in rows if row["id"] == "S05" and row["audience"] in {"person", "provider-person"}):
        assert (row["value"], row["note"]) == ("", "[c]"), row


def test_an_agreed_self_assessment_has_no_margin_and_no_breakdown():
    rows = _rows(provider_report())

    assert _find(rows, level="standard", id="S01", audience="provider", measure="margin")["note"] == "[z]"
    assert _find(rows, level="edition", audience="provider")["note"] == "[z]"


def test_a_provider_that_did_not_answer_is_marked_not_available():
    report = with_standard(provider_report(), "provider", "S01", standard_result(None, "no_answers"))

    rows = _rows(report)

    assert _find(rows, level="standard", id="S01", audience="provider", measure="score")["note"] == "[x]"


def test_text_that_looks_like_a_formula_gets_an_apostrophe_and_a_negative_gap_does_not():
    rows = _rows(provider_report(provider="=1+1\x0b"))

    assert _find(rows, level="report", measure="provider")["value"] == "'=1+1"
    assert _find(rows, level="gap", id="S02", audience="family-person", measure="points")["value"] == "-6"


def test_an_indicator_that_was_not_asked_has_no_row():
    person = audience_result("person")
    asked = {key: value for key, value in person.indicators.items() if key.endswith(".a")}
    short = person.model_copy(update={"indicators": asked})
    report = provider_report(series={})

    rows = _rows(report.model_copy(update={"audiences": {**report.audiences, "person": short}}))

    assert not [row for row in rows if row["id"] == "S01.b" and row["audience"] == "person"]
