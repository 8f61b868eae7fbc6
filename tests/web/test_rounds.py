import io
import json
import re
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import update

from app.exports import qr_svg
from app.services.entering import enter
from app.services.inviting import invite
from app.services.rounds import all_rounds, open_round, view_of
from app.standards import Audience
from app.storage.tables import round_table
from app.surveys import Length
from app.web.rounds.views import MOST_SQUARES
from tests.days import TODAY
from tests.site import SURVEY, Page, Site

LINK = re.compile(r"http://127\.0\.0\.1:8000/a/([0-9A-HJKMNP-TV-Z]{20})")


def test_a_lead_opens_a_round_once_even_when_the_form_is_sent_twice(site: Site):
    lead = site.visitor("lead")
    form = {"new_id": "0123456789abcdef", "length": "short", "provider_view": "agreed"}

    first, second = (lead.fill_in("/rounds/new", form) for _ in range(2))

    assert first.response.headers["Location"] == second.response.headers["Location"] == "/rounds/0123456789abcdef"
    assert len(all_rounds(site.database, provider_id=site.provider.id)) == 1


def test_each_printed_link_has_its_own_square_for_a_phone_while_there_are_not_too_many(site: Site):
    of, lead = site.open_round(), site.visitor("lead")

    def made(count: int) -> Page:
        form = {"audience": "person", "count": str(count), "made_before": ""}
        return lead.fill_in(f"/rounds/{of.id}", form, f"/rounds/{of.id}/invite")

    few, many = made(3), made(MOST_SQUARES + 1)

    addresses = few.words(".link-card code")
    squares = [qr_svg(address) for address in addresses]
    assert len(squares) == 3
    assert all(few.text.count(square) == 1 for square in squares)
    assert "Point the camera of a phone at the square" in few.said
    assert len(many.select(".link-card")) == MOST_SQUARES + 1
    assert not many.select("main svg")
    assert f"for up to {MOST_SQUARES} links at a time" in many.said


def test_a_form_without_a_choice_is_shown_again_with_what_is_missing(site: Site):
    page = site.visitor("lead").fill_in("/rounds/new", {"length": "full", "provider_view": "nonsense"})

    assert page.status == 422
    assert page.title.startswith("Error")
    assert page.select("input[value='full'][checked]")
    assert "Choose how your organisation gives its own view" in page.said


def test_a_form_of_fresh_links_that_was_changed_on_its_way_is_told_in_words(site: Site):
    path = f"/rounds/{site.open_round().id}"
    page = site.visitor("lead").fill_in(path, {"audience": "person", "generation": "soon"}, f"{path}/remind")

    assert page.status == 422


def test_a_lead_cannot_open_a_round_for_somebody_else_s_provider(site: Site):
    form = {"provider": site.other_provider.id, "length": "short", "provider_view": "agreed"}

    site.visitor("lead").fill_in("/rounds/new", form)

    assert all_rounds(site.database, provider_id=site.other_provider.id) == ()


def test_links_are_shown_once_and_each_opens_the_welcome(site: Site):
    of, lead = site.open_round(), site.visitor("lead")

    page = lead.fill_in(f"/rounds/{of.id}", {"audience": "family", "count": "3"}, f"/rounds/{of.id}/invite")

    tokens = set(LINK.findall(page.text))
    assert len(tokens) == 3
    assert page.response.headers["Cache-Control"] == "no-store"
    assert all(site.visitor().get(f"/a/{token}").status == 200 for token in tokens)
    assert not LINK.search(lead.get(f"/rounds/{of.id}").text)


@pytest.mark.parametrize("count", ["0", "-3", "1001", "ten", "", "1e3", "9" * 400])
def test_a_number_of_links_that_cannot_be_is_told_in_words_and_nothing_is_made(site: Site, count: str):
    of, lead = site.open_round(), site.visitor("lead")

    page = lead.fill_in(f"/rounds/{of.id}", {"audience": "person", "count": count}, f"/rounds/{of.id}/invite")

    assert page.status == 422
    assert "whole number from 1 to 1000" in page.said
    assert view_of(site.database, of.id).turnout[Audience.PERSON].invited == 0


def test_an_open_round_shows_bands_and_no_score(site: Site):
    of = site.open_round()
    site.add_responses(of, Audience.PERSON, ["yes"] * 7)

    page = site.visitor("lead").get(f"/rounds/{of.id}")

    assert "5 to 9" in page.said
    assert site.visitor("lead").get(f"/rounds/{of.id}/result").status == 409
    assert site.visitor("lead").get(f"/rounds/{of.id}/report.json").status == 409


def test_a_round_closes_only_when_its_lead_says_that_they_understand(site: Site):
    of, lead = site.open_round(), site.visitor("lead")

    assert lead.fill_in(f"/rounds/{of.id}/close").status == 422
    assert view_of(site.database, of.id).is_open

    closed = lead.fill_in(f"/rounds/{of.id}/close", {"typed": "close"})
    assert closed.response.headers["Location"].endswith(f"/rounds/{of.id}/result")
    assert not view_of(site.database, of.id).is_open


VISITS = "visits of quality checkers that are not finished: 1. If you close now, answers that lie on their tablets"


def test_whoever_closes_a_round_or_a_campaign_reads_first_what_is_unfinished(site: Site):
    campaign = site.campaign(closed=False)
    of = site.round_in(campaign)
    pages = {"lead": f"/rounds/{of.id}/close", "coordinator": f"/campaigns/{campaign.id}/close"}
    for who, path in pages.items():
        assert "not finished" not in site.visitor(who).get(path).said

    site.visit(of, begun=True)

    for who, path in pages.items():
        assert VISITS in site.visitor(who).get(path).said


def test_booklets_that_wait_are_said_in_bands_before_closing(site: Site):
    of = open_round(site.database, site.provider.id, SURVEY, length=Length.SHORT, on=TODAY, paper_is_checked=True)
    reading = {"edition": "standard", "consent": "ticked"}
    (link,) = invite(site.database, of.id, Audience.PERSON, 1)
    enter(site.database, of, link.token, reading, 7, TODAY)
    lead = site.visitor("lead")

    for path in ("", "/close", "/paper"):
        assert "wait for a second person: fewer than 5" in lead.get(f"/rounds/{of.id}{path}").said
    assert (
        "wait for a second person: 1. Not typed in by you: 1."
        in site.visitor("checker").get(f"/rounds/{of.id}/paper").said
    )
    assert "wait for" not in lead.get(f"/rounds/{site.open_round().id}/close").said


def test_the_result_says_one_sentence_first_then_radar_dots_and_table_with_the_same_figures(site: Site):
    of = site.closed_round()

    page = site.visitor("lead").get(f"/rounds/{of.id}/result")

    said = page.said
    assert len(page.words(".headline p")) == 1
    order = ("People say", "The views side by side", "What else stands out", "The figures")
    assert [said.index(words) for words in order] == sorted(said.index(words) for words in order)
    assert len(page.select(".chart-radar")) == 1
    assert len(page.select(".chart-dots")) == 1
    row = next(
        " ".join("".join(each.itertext()).split())
        for each in page.select("tbody tr")
        if "Individual design" in "".join(each.itertext())
    )
    assert "67" in row
    assert "100" in row


def test_what_is_withheld_is_said_in_words_and_stands_nowhere_in_the_page(site: Site):
    of = site.closed_round()

    page = site.visitor("lead").get(f"/rounds/{of.id}/result")

    families = [each for each in page.words("td") if "Families" in each and "Not shown" in each]
    assert families or page.said.count("Not shown") >= 10
    figure = json.loads(page.words("script[type='application/json']")[0])
    families_line = next(trace for trace in figure["data"] if "Families" in trace["name"])
    assert set(families_line["r"]) == {None}
    assert "Who gave the answers Not said: 100%" in page.said


def test_a_self_assessment_is_called_self_rated(site: Site):
    page = site.visitor("lead").get(f"/rounds/{site.closed_round().id}/result")

    assert "self-rated" in page.said


def test_the_workbook_and_the_json_hold_the_figures_of_the_page(site: Site):
    of, lead = site.closed_round(), site.visitor("lead")

    report = json.loads(lead.get(f"/rounds/{of.id}/report.json").text)
    book = openpyxl.load_workbook(io.BytesIO(lead.get(f"/rounds/{of.id}/report.xlsx").response.data))

    assert report["audiences"]["person"]["standards"]["S01"]["score"] == 67
    assert book.sheetnames == [
        "Summary",
        "Standards",
        "Indicators",
        "How people answered",
        "Without paid staff",
        "Method",
        "Manifest",
    ]
    cells = [cell.value for line in book["Standards"].iter_rows() for cell in line]
    assert 67 in cells


def test_a_lead_compares_with_the_network_and_a_coordinator_never_sees_a_provider(site: Site):
    campaign = site.campaign(closed=True)
    own = site.round_in(campaign)

    page = site.visitor("lead").get(f"/rounds/{own.id}/comparison")
    assert "Small supports of the north" in page.said
    for path in (f"/rounds/{own.id}", f"/rounds/{own.id}/result", f"/rounds/{own.id}/report.xlsx"):
        assert site.visitor("coordinator").get(path).status == 404

    result = site.visitor("coordinator").get(f"/campaigns/{campaign.id}/result")
    assert result.status == 200
    assert "Bramble Way" not in result.text
    assert "Member 1" not in result.text


def test_a_round_of_another_provider_and_one_that_does_not_exist_look_the_same(site: Site):
    strange = open_round(site.database, site.other_provider.id, SURVEY, on=TODAY)

    theirs, nobodys = (site.visitor("lead").get(f"/rounds/{id_}") for id_ in (strange.id, "0" * 16))

    assert theirs.status == nobodys.status == 404
    assert theirs.text.replace(strange.id, "0" * 16) == nobodys.text


def test_results_take_as_many_queries_for_many_responses_as_for_few(site: Site):
    from app.services.closing import close_round
    from app.storage import Database
    from tests.counting import count_queries

    counted = []
    for people in (6, 600):
        of = site.open_round()
        site.add_responses(of, Audience.PERSON, ["yes", "no"] * (people // 2))
        close_round(site.database, of.id, TODAY)
        lead = site.visitor("lead")
        lead.get(f"/rounds/{of.id}/result")
        with count_queries(Database(site.app.extensions["driving_seat_database"].engine)) as statements:
            lead.get(f"/rounds/{of.id}/result")
        counted.append(len(statements))
        assert not any("answers" in statement for statement in statements)

    assert counted[0] == counted[1]


def test_closing_on_the_page_clears_what_tells_in_which_order_people_answered(site: Site):
    of, lead = site.open_round(), site.visitor("lead")
    link, visitor = site.begun(of)
    visitor.post(f"{link}/check")
    journal = [
        path for path in Path(str(site.database.engine.url.database)).parent.glob("*.db-wal") if path.stat().st_size
    ]
    assert journal

    lead.fill_in(f"/rounds/{of.id}/close", {"typed": "close"})

    assert [path.stat().st_size for path in journal] == [0]


def test_a_closed_round_shows_no_numbers_once_its_links_are_deleted(site: Site):
    of, lead = site.closed_round(), site.visitor("lead")
    assert "Who has answered" in lead.get(f"/rounds/{of.id}").said

    with site.database.writing() as connection:
        long_ago = date.today() - timedelta(days=30)
        connection.execute(update(round_table).values(closed_on=long_ago))

    page = lead.get(f"/rounds/{of.id}")
    assert page.status == 200
    assert "Who has answered" not in page.said
