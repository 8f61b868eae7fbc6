"""Words that are a program: typed into every field of every form and into every file's name, then read everywhere."""

import json
import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.attacks.owned import MARKUP, MARKUP_EMAIL, MARKUP_FILE, Owned
from tests.letters import letters
from tests.pdf_reading import source_of, texts_of
from tests.site import Page

RUNS = re.compile(r"^\s*(javascript|vbscript|data):", re.IGNORECASE)


def what_runs(page: Page) -> list[str]:
    """Return what of a page would run, or is markup, though somebody typed it."""
    found = []
    for each in page.tree.iter():
        if not isinstance(each.tag, str):
            continue
        found += [f"{each.tag} {name}" for name in each.attrib if name.lower().startswith("on")]
        found += [f"{name}={value}" for name, value in each.attrib.items() if RUNS.match(value) and name != "src"]
        if (each.tag == "script" and "owned" in (each.text or "")) and each.get("type") != "application/json":
            found.append(f"script {each.text}")
        if each.tag == "img" and each.get("src") == "x":
            found.append("img")
    return found


def test_words_typed_anywhere_are_words_on_every_page_of_everybody(owned: Owned):
    assert {path: what_runs(page) for path, page in owned.shown if what_runs(page)} == {}


def test_what_answers_a_form_shows_what_was_typed_as_words(owned: Owned):
    answered = {each.endpoint: each.page for each in owned.tries if b"owned" in each.page.response.get_data()}
    assert len(answered) > 10
    html = {endpoint: what_runs(page) for endpoint, page in answered.items() if page.response.mimetype == "text/html"}
    assert {endpoint: found for endpoint, found in html.items() if found} == {}


def test_a_sum_in_braces_is_never_worked_out(owned: Owned):
    """A template that takes somebody's words for a template would show 49."""
    for _, page in owned.shown:
        assert page.text.count("{{7*7}}") >= page.text.count("owned()")


def test_every_page_that_shows_it_was_reached(owned: Owned):
    """What was typed is seen in many places, or the tests before this one would prove little."""
    shown = {owned.endpoint(path) for path, _ in owned.shown}
    assert shown >= {
        "provider.show", "rounds.all_rounds", "rounds.show", "rounds.result", "answer.welcome", "answer.get_help",
        "networks.show", "members.show", "contacts.all_contacts", "contacts.show", "concerns.all_concerns",
        "concerns.show", "evidence.all_files", "evidence.show", "recordings.all_recordings", "administration.show",
        "network_team.show", "provider_team.show", "installation_team.show", "visits.visit", "visit_plans.show",
        "provider.invited", "joining.show", "shared.get_help", "answer.privacy",
    }  # fmt: skip


def test_a_letter_is_plain_text_and_says_nothing_of_it_in_its_subject(owned: Owned):
    found = letters(owned.of.site)
    assert any(MARKUP in each.text for each in found)
    for each in found:
        message = each.as_message("Driving Seat <seat@example.org>", owned.of.at)
        assert message.get_content_type() == "text/plain"
        assert "owned" not in str(message["Subject"])


def test_a_file_that_a_browser_could_show_holds_it_as_text(owned: Owned):
    report = owned.file("report.json")
    assert MARKUP in json.dumps(json.loads(report.get_data()), ensure_ascii=False).replace('\\"', '"')
    assert report.mimetype == "application/json"
    assert report.headers["X-Content-Type-Options"] == "nosniff"


def test_a_chart_holds_its_titles_as_text(owned: Owned):
    page = owned.result
    charts = [json.loads(each.text) for each in page.select("script[type='application/json']")]
    assert charts
    for chart in charts:
        texts = [each for each in strings_in(chart) if "owned" in each]
        assert [each for each in texts if "<img" in each] == []  # the chart's own library reads some tags


def strings_in(found: object) -> list[str]:
    if isinstance(found, dict):
        return [each for value in found.values() for each in strings_in(value)]
    if isinstance(found, list):
        return [each for value in found for each in strings_in(value)]
    return [found] if isinstance(found, str) else []


def test_a_pdf_prints_it_and_runs_nothing(owned: Owned):
    pdf = owned.file("report.pdf").get_data()
    assert "onerror=owned()" in " ".join(texts_of(pdf))
    source = source_of(pdf)
    assert [word for word in ("/JavaScript", "/JS ", "/Launch", "/OpenAction", "/SubmitForm") if word in source] == []


def test_a_workbook_holds_it_as_text(owned: Owned):
    book = load_workbook(BytesIO(owned.file("report.xlsx").get_data()))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if "owned" in str(cell.value)]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.coordinate for cell in cells if cell.hyperlink] == []


def test_a_file_s_name_is_words_in_the_header_that_names_it(owned: Owned):
    headers = [each.headers["Content-Disposition"] for each in owned.saved_evidence]
    assert any("owned" in each for each in headers)
    for each in headers:
        assert re.fullmatch(r"attachment; filename=[^;\r\n]+(; filename\*=UTF-8''[A-Za-z0-9%._~!#$&+^`|-]+)?", each)


@pytest.mark.parametrize("typed", [MARKUP, MARKUP_EMAIL, MARKUP_FILE])
def test_what_is_typed_would_run_were_it_not_held_as_words(typed: str):
    """The three are taken by the forms, and each breaks out of where it would stand."""
    assert "'" in typed or '"' in typed


def test_every_field_of_words_in_the_code_was_typed_into(owned: Owned):
    """A new form has its fields tried here too, or says here why not."""
    tried = {name for each in owned.tries for name in each.fields}
    assert sorted(owned.fields_of_words - tried - NOT_A_WORD.keys()) == []
    assert sorted(NOT_A_WORD.keys() & tried) == []


NOT_A_WORD = {
    "setup": "a button of the sign-in library’s form",
    "usage": "a button of the sign-in library’s form",
    "which": "a button of the sign-in library’s form",
}
"""Fields that take words in the code's eyes, and why nobody types any there."""
