import pytest

from app.services.log import LINES_A_PAGE, verify
from app.services.organising import add_provider
from tests.integration.test_log import without_the_guard
from tests.site import Site


def test_an_auditor_begins_at_the_log_and_reads_who_did_what(site: Site):
    of = site.open_round()
    site.visitor("lead").fill_in(
        f"/rounds/{of.id}", {"audience": "family", "count": "3", "made_before": "0"}, to=f"/rounds/{of.id}/invite"
    )

    auditor = site.visitor("auditor")
    assert auditor.get("/rounds").response.headers["Location"] == "/log"
    (first,) = [each for each in auditor.get("/log").words("tbody tr") if "Links made" in each]
    assert "lead@example.org" in first
    assert "Bramble Way Support" in first
    assert "count: 3" in first


def test_earlier_lines_are_on_earlier_pages(site: Site):
    for number in range(LINES_A_PAGE + 1):
        add_provider(site.database, f"Provider {number}")
    auditor = site.visitor("auditor")

    page = auditor.get("/log")
    assert len(page.select("tbody tr")) == LINES_A_PAGE
    (earlier,) = [each.get("href") for each in page.select("main a") if each.text == "Earlier lines"]
    assert auditor.get(earlier).words("tbody th") == [str(n) for n in range(page_end(page) - 1, 0, -1)][:LINES_A_PAGE]


def test_an_auditor_reads_work_without_signing_in_or_signing_in_alone(site: Site):
    site.open_round()
    site.visitor("lead")
    auditor = site.visitor("auditor")

    links = {each.text: each.get("href") for each in auditor.get("/log").select("nav[aria-label='Which lines'] a")}
    work, signing_in = (auditor.get(links[each]) for each in ("Without signing in", "Signing in alone"))

    assert "Round opened" in work.said
    assert "Signed in" not in work.said
    assert "Signed in" in signing_in.said
    assert "Round opened" not in signing_in.said
    assert auditor.get("/log?part=rubbish").said.count("Signed in") == signing_in.said.count("Signed in")


def page_end(page) -> int:
    return int(page.words("tbody th")[-1])


def test_an_auditor_sees_that_somebody_changed_the_log_behind_our_back(site: Site):
    site.open_round()
    auditor = site.visitor("auditor")
    assert "fit together" in auditor.get("/log/check").said
    without_the_guard(site.database, "UPDATE log_line SET about = 'another' WHERE number = 3")

    said = auditor.get("/log/check").said
    assert "Line 3 has been changed." in said
    assert verify(site.database).head in said


def test_the_file_holds_every_line_and_its_mark(site: Site):
    answer = site.visitor("auditor").get("/log/lines.csv")

    rows = answer.text.splitlines()
    assert rows[0] == "number,at,account_id,deed,organisation_id,about,facts,previous,sha256"
    assert len(rows) == 1 + verify(site.database).line_count
    assert rows[-1].endswith(verify(site.database).head)


@pytest.mark.parametrize("before", ["0", "-5", "x", "99999999999999999999"])
def test_an_address_that_makes_no_sense_shows_lines_or_none_and_never_fails(site: Site, before: str):
    assert site.visitor("auditor").get(f"/log?before={before}").status == 200
