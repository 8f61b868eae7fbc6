"""How a lead plans the last day of a round, closes it, calls it off and brings it back."""

from datetime import date, timedelta

import pytest

from app.organisations.log import Deed
from app.services import log
from app.services.calling_off import bring_back, cancel_round
from app.services.closing import close_round
from app.services.networking import view_of_campaign
from app.services.rounds import all_rounds, change_last_day, view_of
from app.standards import Audience
from tests.site import Site

TODAY = date.today()  # as the pages have it
NEXT_WEEK = TODAY + timedelta(days=7)


def typed(day: date) -> str:
    return f"{day.day} {day.month} {day.year}"


@pytest.mark.parametrize("words", ["close", " CLOSE ", "bramble way support", "BrambleWay  Support"])
def test_a_round_is_closed_by_typing_the_word_or_the_name_in_any_case_and_spacing(site: Site, words: str):
    of, lead = site.open_round(), site.visitor("lead")

    page = lead.fill_in(f"/rounds/{of.id}/close", {"typed": words})

    assert page.response.location == f"/rounds/{of.id}/result"
    assert view_of(site.database, of.id).round.is_closed


@pytest.mark.parametrize("words", ["", "   ", "yes", "closed", "Rowan Lane Support", "…"])
def test_anything_else_closes_nothing_and_says_what_to_type(site: Site, words: str):
    of, lead = site.open_round(), site.visitor("lead")

    page = lead.fill_in(f"/rounds/{of.id}/close", {"typed": words})

    assert page.status == 422
    assert "Type close, or Bramble Way Support" in page.said
    assert page.select(f"input[name=typed][value='{words}']")
    assert view_of(site.database, of.id).is_open


def test_a_campaign_is_closed_by_typing_the_word_or_the_network_s_name(site: Site):
    coordinator = site.visitor("coordinator")
    for words in ("Close", "small supports of the north"):
        opened = site.campaign(closed=False)
        path = f"/campaigns/{opened.id}/close"
        assert coordinator.fill_in(path, {"typed": "no"}).status == 422

        assert coordinator.fill_in(path, {"typed": words}).status == 303
        assert not view_of_campaign(site.database, opened.id).is_open


def test_a_campaign_whose_rounds_were_all_called_off_says_why_it_cannot_close(site: Site):
    opened = site.campaign(closed=False)
    for of, _ in all_rounds(site.database, campaign_id=opened.id):
        cancel_round(site.database, of.id, TODAY)

    page = site.visitor("coordinator").fill_in(f"/campaigns/{opened.id}/close", {"typed": "close"})

    assert page.status == 409
    assert "Every round of this campaign was called off" in page.said


def test_before_calling_off_a_lead_reads_what_will_be_lost_in_bands(site: Site):
    of = site.round_in(site.campaign(closed=False))
    site.add_responses(of, Audience.PERSON, ["yes"] * 7)
    site.visit(of, begun=True)

    said = site.visitor("lead").get(f"/rounds/{of.id}/cancel").said

    assert "People who use support 0 5 to 9" in said
    assert "Your self-assessment 0 sent" in said
    assert "There is never a result of this round" in said
    assert "not finished: 1. What lies on their tablets can no longer be sent" in said
    assert "its result leaves your organisation out" in said
    assert "Worries that people wrote stay with the contact who takes them" in said
    assert f"Until {(TODAY + timedelta(days=29)).day} " in said


def test_a_round_is_called_off_and_brought_back_with_all_its_answers(site: Site):
    of, lead = site.open_round(), site.visitor("lead")
    site.add_responses(of, Audience.PERSON, ["yes"] * 7)
    assert lead.fill_in(f"/rounds/{of.id}/cancel", {"typed": "close"}).status == 422
    assert view_of(site.database, of.id).is_open

    lead.fill_in(f"/rounds/{of.id}/cancel", {"typed": "Call  OFF"})

    shown = lead.get(f"/rounds/{of.id}")
    assert "This round was called off on" in shown.said
    assert not shown.select(".tasks")
    assert lead.get(f"/rounds/{of.id}/result").status == 409
    assert "no result is made of it" in lead.get(f"/rounds/{of.id}/result").said
    assert lead.get(f"/rounds/{of.id}/report.json").status == 409

    for _ in range(2):
        assert lead.fill_in(f"/rounds/{of.id}", {}, f"/rounds/{of.id}/bring-back").status == 303
    assert view_of(site.database, of.id).is_open
    assert "5 to 9" in lead.get(f"/rounds/{of.id}").said
    deeds = [line.deed for line, _ in log.all_lines(site.database)]
    assert [deeds.count(each) for each in (Deed.ROUND_CANCELLED, Deed.ROUND_BROUGHT_BACK)] == [1, 1]


def test_a_form_that_was_left_open_while_somebody_else_ended_the_round_tells_how_it_ended(site: Site):
    lead = site.visitor("lead")
    off, closed = site.open_round(), site.open_round()
    cancel_round(site.database, off.id, TODAY)
    close_round(site.database, closed.id, TODAY)

    closing = lead.fill_in("/account", {"typed": "close"}, f"/rounds/{off.id}/close")
    calling_off = lead.fill_in("/account", {"typed": "call off"}, f"/rounds/{closed.id}/cancel")

    assert closing.response.location == f"/rounds/{off.id}/result"
    assert "called off" in lead.get(f"/rounds/{off.id}/result").said
    assert calling_off.response.location == f"/rounds/{closed.id}"
    assert "This round closed on" in lead.get(f"/rounds/{closed.id}").said


def test_thirty_days_later_the_button_is_gone_and_the_form_says_that_it_is_too_late(site: Site):
    of, lead = site.open_round(), site.visitor("lead")
    cancel_round(site.database, of.id, TODAY - timedelta(days=30))

    assert not lead.get(f"/rounds/{of.id}").select("form[action$=bring-back]")
    page = lead.fill_in("/account", {}, f"/rounds/{of.id}/bring-back")

    assert page.status == 409
    assert "too late to bring this round back" in page.said


def test_the_last_day_is_planned_moved_and_taken_away(site: Site):
    of, lead = site.open_round(), site.visitor("lead")
    path = f"/rounds/{of.id}/last-day"

    lead.fill_in(path, {"last_on": typed(NEXT_WEEK), "before": ""})
    assert view_of(site.database, of.id).round.last_on == NEXT_WEEK
    lead.fill_in(path, {"last_on": TODAY.isoformat(), "before": NEXT_WEEK.isoformat()})
    assert view_of(site.database, of.id).round.last_on == TODAY
    lead.fill_in(path, {"last_on": "", "before": TODAY.isoformat()})
    assert view_of(site.database, of.id).round.last_on is None


@pytest.mark.parametrize(
    ("last_on", "said"),
    [
        ("1 1 2020", "today or later"),
        ("soon", "such as 1 12 2026"),
        ("31 2 2027", "such as"),
        ("1 1 2999", "two years"),
    ],
)
def test_a_last_day_that_cannot_be_is_told_in_words_and_kept_in_the_field(site: Site, last_on: str, said: str):
    of, lead = site.open_round(), site.visitor("lead")

    page = lead.fill_in(f"/rounds/{of.id}/last-day", {"last_on": last_on})

    assert page.status == 422
    assert said in page.said
    assert page.select(f"input[name=last_on][value='{last_on}']")


def test_two_leads_who_plan_another_last_day_see_each_other_s_and_the_second_can_go_on(site: Site):
    of, lead = site.open_round(), site.visitor("lead")
    change_last_day(site.database, of.id, NEXT_WEEK, before=None, on=TODAY)
    path, wanted = f"/rounds/{of.id}/last-day", TODAY + timedelta(days=20)

    page = lead.fill_in(path, {"last_on": typed(wanted), "before": ""})

    assert page.status == 409
    assert "Somebody else planned another last day" in page.said
    assert page.select(f"input[name=last_on][value='{typed(wanted)}']")
    (shown,) = page.select("input[name=before]")
    lead.fill_in(path, {"last_on": typed(wanted), "before": shown.get("value")})
    assert view_of(site.database, of.id).round.last_on == wanted


def test_after_the_last_day_the_lead_is_told_and_people_can_still_answer(site: Site):
    of = site.open_round()
    change_last_day(site.database, of.id, date(2026, 11, 21), before=None, on=date(2026, 11, 21))
    lead, link = site.visitor("lead"), site.link(of)

    for path in ("/rounds", f"/rounds/{of.id}"):
        assert "The last day has passed: close it or give more time" in lead.get(path).said
    page = site.visitor().get(link)
    assert "Please answer by 21 November 2026. You are not too late: you can still answer." in page.said
    assert site.visitor().post(f"{link}/consent", {"edition": "standard", "consent": "ticked"}).status == 303


def test_a_contributor_and_a_member_see_what_became_of_a_round_and_have_no_buttons(site: Site):
    of = site.open_round()
    cancel_round(site.database, of.id, TODAY)
    for who in ("contributor", "member"):
        visitor = site.visitor(who)
        assert "was called off" in visitor.get(f"/rounds/{of.id}").said
        assert not visitor.get(f"/rounds/{of.id}").select("form[action$=bring-back]")
        assert visitor.get(f"/rounds/{of.id}/cancel").status == 404
    bring_back(site.database, of.id, TODAY)
