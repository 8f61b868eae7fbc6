"""A lead's rounds at a glance."""

from datetime import date, timedelta

from app.responses import UNSAID
from app.services.calling_off import cancel_round
from app.services.contacts import remove_contact
from app.services.entering import enter
from app.services.inviting import invite
from app.services.rounds import change_last_day, open_round
from app.standards import Audience
from app.surveys import Length
from tests.counting import count_queries
from tests.days import TODAY
from tests.site import SURVEY, Page, Site


def buttons(page: Page) -> list[str]:
    return page.words(".glance a.govuk-button")


def test_the_one_button_of_a_round_is_the_next_thing_to_do(site: Site):
    lead = site.visitor("lead")
    of = open_round(site.database, site.provider.id, SURVEY, length=Length.SHORT, on=TODAY, paper_is_checked=True)

    def step() -> str:
        (found,) = buttons(lead.get("/rounds"))
        return found.partition(":")[0]

    assert step() == "Invite people"
    (link,) = invite(site.database, of.id, Audience.PERSON, 1)
    assert step() == "Answer for our organisation"
    site.add_responses(of, Audience.PROVIDER, ["yes"])
    assert step() == "See how it goes"
    enter(site.database, of, link.token, {"edition": "standard", "consent": "ticked"}, 7, TODAY)
    assert step() == "Type in a booklet"
    change_last_day(site.database, of.id, date(2026, 11, 21), before=None, on=date(2026, 11, 21))
    assert step() == "Close it or give more time"


def test_every_address_of_the_page_can_be_opened(site: Site):
    of = open_round(site.database, site.provider.id, SURVEY, length=Length.SHORT, on=TODAY, paper_is_checked=True)
    site.link(of)
    site.visit(of)
    lead = site.visitor("lead")

    addresses = {each.get("href").partition("#")[0] for each in lead.get("/rounds").select(".glance a")}

    assert len(addresses) >= 2
    assert {address: lead.get(address).status for address in addresses} == dict.fromkeys(addresses, 200)


def test_what_waits_is_said_to_whoever_runs_the_round_and_to_nobody_else(site: Site):
    of = site.open_round(purpose=UNSAID)
    site.visit(of)

    lead = site.visitor("lead").get("/rounds")
    assert "not finished: 1." in lead.said
    assert "on which lawful basis" in lead.said
    assert "Nobody takes concerns" not in lead.said
    for who in ("contributor", "member"):
        page = site.visitor(who).get("/rounds")
        assert "People who use support" in page.said
        assert not page.select("main .govuk-button")
        assert "not finished" not in page.said


def test_a_round_that_nobody_takes_concerns_in_says_so(site: Site):
    remove_contact(site.database, site.network.id, site.contact.id)
    site.open_round()

    assert "Nobody takes concerns" in site.visitor("lead").get("/rounds").said


def test_a_round_that_was_called_off_is_brought_back_from_the_page(site: Site):
    of, lead = site.open_round(), site.visitor("lead")
    cancel_round(site.database, of.id, date.today())
    page = lead.get("/rounds")
    (form,) = page.select("form[action$=bring-back]")

    lead.fill_in("/rounds", {}, form.get("action"))

    assert not lead.get("/rounds").select("form[action$=bring-back]")
    assert buttons(lead.get("/rounds"))


def test_closed_rounds_lead_to_their_results_and_older_ones_are_folded_away(site: Site):
    rounds = [site.closed_round() for _ in range(5)]

    page = site.visitor("lead").get("/rounds")

    results = {each.get("href") for each in page.select(".round-row a") if each.get("href").endswith("/result")}
    assert results == {f"/rounds/{of.id}/result" for of in rounds}
    assert len(page.select("details .round-row")) == 2


def test_the_page_asks_the_database_as_often_for_one_round_as_for_many(site: Site):
    site.open_round()
    lead = site.visitor("lead")
    lead.get("/rounds")
    database = site.app.extensions["driving_seat_database"]
    with count_queries(database) as one:
        lead.get("/rounds")
    for days in range(8):
        of = open_round(site.database, site.provider.id, SURVEY, length=Length.SHORT, on=TODAY - timedelta(days=days))
        site.add_responses(of, Audience.PERSON, ["yes"] * 9)
    site.closed_round()

    with count_queries(database) as many:
        page = lead.get("/rounds")

    assert len(page.select(".glance")) == 9
    assert len(many) == len(one)
