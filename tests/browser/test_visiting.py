"""A pair of quality checkers on a visit without a network: nothing is lost, counted twice, or left in clear."""

import datetime
import json
import os
import signal
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Page, Route, expect

from app.responses.visit import Observation, Seen, VisitState
from app.services import answering
from app.services.coming_back import is_own_word
from app.standards import Audience
from tests.browser.conftest import StateOf
from tests.browser.kinds import Visitor
from tests.browser.launching import CHROMIUM, PHONE, chromium_arguments
from tests.browser.served import ServedSite
from tests.browser.steps import choice, choose, go, heading, press, sign_in
from tests.browser.visits import (
    NOTE,
    PIN,
    Plan,
    answer_all,
    answer_on,
    begin_person,
    choose_pin,
    expect_home,
    expect_question,
    expect_waiting,
    give_pin,
    link_on,
    make_ready,
    make_ready_without_pin,
    open_tablet,
    plan_visit,
    press_make_ready,
    send,
    stored,
    whole_person,
    without_network,
    write_seen,
)
from tests.days import TODAY

OpenTablet = Callable[[Plan], Page]


@pytest.fixture
def open_tablet_of(new_context: Any, state_of: StateOf) -> OpenTablet:
    """Return a function that makes a tablet ready for a visit, and then cuts the network."""

    def opened(plan: Plan) -> Page:
        context = new_context(viewport=PHONE, storage_state=state_of(Visitor.CHECKER))
        page: Page = context.new_page()
        make_ready(page, plan)
        without_network(context)
        return page

    return opened


@pytest.fixture
def plan(site: ServedSite) -> Plan:
    return plan_visit(site)


@pytest.fixture
def tablet(plan: Plan, open_tablet_of: OpenTablet) -> Page:
    return open_tablet_of(plan)


def test_a_whole_person_answers_without_a_network_and_is_sent_once_when_it_is_back(tablet: Page, plan: Plan):
    path = whole_person(tablet, "Yes", "Sometimes", "No")
    write_seen(tablet)
    expect_waiting(tablet, 1)
    send(tablet)
    expect(tablet.get_by_text("There is no internet just now. Sent: 0.")).to_be_visible()
    expect(tablet.get_by_text("Does the tablet show the right day and time?")).to_be_visible()
    expect_waiting(tablet, 2)
    assert plan.responses() == []

    tablet.context.set_offline(False)
    press(tablet, "Send now")

    expect(tablet.get_by_text("Everything has arrived. Sent: 2.")).to_be_visible()
    expect_waiting(tablet, 0)
    (response,) = plan.responses()
    assert response.audience is Audience.PERSON
    assert list(response.answers.values()) == [("yes", "sometimes", "no")[n % 3] for n in range(10)]
    assert plan.observations() == (Observation("S01", Seen.PARTLY, NOTE),)
    press(tablet, "Send now")
    expect(tablet.get_by_text("Everything has arrived. Sent: 0.")).to_be_visible()
    assert len(plan.responses()) == 1
    found = answering.open_link(plan.site.database, path.removeprefix("/a/"))
    assert found.response == response


def test_the_person_takes_their_answers_back_by_the_link_that_they_were_shown(tablet: Page, plan: Plan):
    path = whole_person(tablet, "Yes")
    tablet.context.set_offline(False)
    send(tablet)
    expect(tablet.get_by_text("Everything has arrived. Sent: 1.")).to_be_visible()

    go(tablet, path)

    expect(heading(tablet)).to_have_text("Your answers have been sent")
    tablet.get_by_role("link", name="Take my answers back").click()
    press(tablet, "Delete my answers")
    assert plan.responses() == []


def test_with_a_word_of_their_own_the_person_sees_their_answers_later(tablet: Page, plan: Plan):
    begin_person(tablet)
    answer_on(tablet, "Yes")
    expect_question(tablet, 2)
    tablet.goto(f"/visits/tablet#/{plan.visit.id}/check")
    press(tablet, "Continue")
    press(tablet, "Finish and lock my answers")
    expect(tablet.get_by_role("alert")).to_contain_text("Use 3 to 40 letters")
    tablet.get_by_label("Your word").fill("Blue Kettle")
    press(tablet, "Finish and lock my answers")
    expect(tablet.get_by_text("this link and your word show them to you")).to_be_visible()
    path = link_on(tablet)
    assert "Kettle" not in json.dumps(stored(tablet))
    press(tablet, "Give the tablet back")
    give_pin(tablet)
    tablet.context.set_offline(False)
    send(tablet)
    expect(tablet.get_by_text("Everything has arrived. Sent: 1.")).to_be_visible()

    go(tablet, f"{path}/result")

    expect(heading(tablet)).to_have_text("Is this you?")
    tablet.get_by_label("Your word").fill("blue kettle")
    press(tablet, "Yes, this is me")
    expect(tablet.get_by_text("Was your support made just for you?").first).to_be_visible()


def test_the_tablet_counts_the_letters_of_a_word_as_the_installation_does(tablet: Page, plan: Plan):
    begin_person(tablet)
    answer_on(tablet, "Yes")
    expect_question(tablet, 2)
    tablet.goto(f"/visits/tablet#/{plan.visit.id}/word")
    for unfit in ("e\u0301a", "ß" * 21, "ẞ" * 21, "a" * 38 + "…", "  a  "):
        tablet.get_by_label("Your word").fill(unfit)
        press(tablet, "Finish and lock my answers")
        expect(tablet.get_by_role("alert")).to_contain_text("Use 3 to 40 letters")
        expect(tablet.get_by_label("Your word")).to_have_value(unfit)
    tablet.get_by_label("Your word").fill("ß" * 20)
    press(tablet, "Finish and lock my answers")

    expect(tablet.get_by_text("To take your answers back you need both: this link and your word.")).to_be_visible()
    token = link_on(tablet).removeprefix("/a/")
    press(tablet, "Give the tablet back")
    give_pin(tablet)
    tablet.context.set_offline(False)
    send(tablet)
    expect(tablet.get_by_text("Everything has arrived. Sent: 1.")).to_be_visible()
    assert is_own_word(plan.site.database, token, "SS" * 20, TODAY)


def test_a_killed_tablet_goes_on_where_it_was_without_a_network(
    browser_type: BrowserType, site: ServedSite, plan: Plan, state_of: StateOf, tmp_path: Path
):
    first = persistent(browser_type, site, tmp_path / "profile")
    first.add_cookies(cookies(state_of))
    page = first.new_page()
    make_ready(page, plan)
    without_network(first)
    whole_person(page, "No")
    write_seen(page)
    begin_person(page)
    answer_on(page, "Yes")
    answer_on(page, "Sometimes")
    expect_question(page, 3)
    choose(page, "No")
    kill(first, tmp_path / "profile")

    second = persistent(browser_type, site, tmp_path / "profile")
    without_network(second)
    page = second.new_page()
    open_tablet(page)

    expect_waiting(page, 1)
    expect(page.get_by_text("Standards you wrote about: 1 of 10.")).to_be_visible()
    press(page, "Go on with these answers")
    expect_question(page, 3)
    expect(choice(page, "No")).not_to_be_checked()
    page.get_by_role("link", name="Back", exact=True).click()
    expect(choice(page, "Sometimes")).to_be_checked()
    second.close()
    on_disk = b"".join(path.read_bytes() for path in (tmp_path / "profile").rglob("*") if path.is_file())
    for words in (NOTE, PIN, '"option":"sometimes"'):
        assert words.encode() not in on_disk
        assert words.encode("utf-16-le") not in on_disk


@pytest.mark.parametrize("year", [1999, 2050])
def test_a_wrong_clock_changes_nothing_in_what_the_app_does(tablet: Page, plan: Plan, year: int):
    """What the browser does by the clock is not shown here: with https it would refuse the certificate."""
    tablet.context.clock.set_fixed_time(datetime.datetime(year, 1, 1, tzinfo=datetime.UTC))
    tablet.reload()
    give_pin(tablet)
    assert tablet.evaluate("new Date().getFullYear()") == year
    whole_person(tablet, "Yes")
    write_seen(tablet)
    tablet.context.set_offline(False)

    send(tablet)

    expect(tablet.get_by_text("Everything has arrived. Sent: 2.")).to_be_visible()
    assert len(plan.responses()) == len(plan.observations()) == 1


def test_no_script_of_the_tablet_asks_for_the_time():
    scripts = (Path(__file__).parents[2] / "assets/js/visit").glob("*.js")
    assert [path.name for path in scripts if "Date" in path.read_text()] == []


def test_when_the_confirmation_is_lost_it_is_sent_again_and_counted_once(tablet: Page, plan: Plan):
    whole_person(tablet, "Yes")
    write_seen(tablet)
    tablet.context.set_offline(False)
    handled: list[int] = []

    def lose_the_reply(route: Route) -> None:
        handled.append(route.fetch().status)
        route.abort()

    tablet.context.route("**/queue", lose_the_reply)
    send(tablet)
    expect(tablet.get_by_text("Not everything has arrived. Sent: 0.")).to_be_visible()
    expect_waiting(tablet, 2)
    assert handled == [201]
    tablet.context.unroute("**/queue")
    press(tablet, "Send now")

    expect(tablet.get_by_text("Everything has arrived. Sent: 2.")).to_be_visible()
    assert len(plan.responses()) == len(plan.observations()) == 1


def test_a_fault_in_the_middle_loses_nothing(tablet: Page, plan: Plan):
    for _ in range(3):
        whole_person(tablet, "Yes")
    tablet.context.set_offline(False)
    times = iter(range(3))

    def fail_once(route: Route) -> None:
        if next(times) == 1:
            route.fulfill(status=503, body="busy")
        else:
            route.continue_()

    tablet.context.route("**/queue", fail_once)
    send(tablet)

    expect(tablet.get_by_text("Not everything has arrived. Sent: 2.")).to_be_visible()
    expect_waiting(tablet, 1)
    tablet.context.unroute("**/queue")
    press(tablet, "Send now")
    expect(tablet.get_by_text("Everything has arrived. Sent: 1.")).to_be_visible()
    assert len(plan.responses()) == 3


def test_a_page_that_is_put_in_between_confirms_nothing(tablet: Page, plan: Plan):
    """A hotel's network answers everything with its own page and says 200."""
    whole_person(tablet, "Yes")
    tablet.context.set_offline(False)
    tablet.context.route("**/queue", lambda route: route.fulfill(status=200, body="Welcome to our hotel"))

    send(tablet)

    expect(tablet.get_by_text("Not everything has arrived.")).to_be_visible()
    expect_waiting(tablet, 1)
    assert plan.responses() == []


def test_sending_in_two_tabs_at_once_gives_each_answer_once(tablet: Page, plan: Plan):
    for _ in range(2):
        whole_person(tablet, "Yes")
    other = tablet.context.new_page()
    open_tablet(other)
    for page in (tablet, other):
        press(page, "Send now")
        expect(heading(page)).to_have_text("Send")
    tablet.context.set_offline(False)

    press_in_all((tablet, other), "Send now")

    for page in (tablet, other):
        expect(page.get_by_text("Everything has arrived.")).to_be_visible()
        expect_waiting(page, 0)
    assert len(plan.responses()) == 2


def test_what_the_pair_saw_in_two_tabs_at_once_comes_whole_and_once(tablet: Page, plan: Plan):
    other = tablet.context.new_page()
    open_tablet(other)
    notes = {tablet: "A plan on the wall.", other: "Quokkas in the garden."}
    for page, standard in ((tablet, "S01"), (other, "S02")):
        page.goto(f"/visits/tablet#/{plan.visit.id}/see/{standard}")
        choose(page, "We saw some of it")
        page.get_by_label("In your own words").fill(notes[page])
    press_in_all((tablet, other), "Save")
    for page in notes:
        press(page, "Back to the visit")
        expect(page.get_by_text("Standards you wrote about: 2 of 10.")).to_be_visible()
        press(page, "Send now")
        expect(heading(page)).to_have_text("Send")
    tablet.context.set_offline(False)

    press_in_all((tablet, other), "Send now")

    for page in notes:
        expect(page.get_by_text("Everything has arrived.")).to_be_visible()
        expect_waiting(page, 0)
    assert [(each.standard_id, each.note) for each in plan.observations()] == [
        ("S01", "A plan on the wall."),
        ("S02", "Quokkas in the garden."),
    ]


def test_when_the_network_drops_nothing_has_begun_and_what_a_tablet_had_stays(
    new_context: Any, state_of: StateOf, plan: Plan
):
    context = new_context(viewport=PHONE, storage_state=state_of(Visitor.CHECKER))
    page = context.new_page()
    context.route("**/*.svg", lambda route: route.abort())
    press_make_ready(page, plan)
    expect(page.get_by_text("That did not work.")).to_be_visible()
    assert (plan.view.visit.state, plan.view.devices) == (VisitState.PLANNED, ())
    context.unroute("**/*.svg")
    make_ready(page, plan)
    (device,) = plan.view.devices

    context.route("**/*.svg", lambda route: route.abort())
    press_make_ready(page, plan)

    expect(page.get_by_text("That did not work.")).to_be_visible()
    context.unroute("**/*.svg")
    without_network(context)
    open_tablet(page)
    assert plan.view.devices == (device,)


def test_a_tablet_without_a_name_is_asked_for_one_before_anything_is_fetched(
    new_context: Any, state_of: StateOf, plan: Plan
):
    page = new_context(viewport=PHONE, storage_state=state_of(Visitor.CHECKER)).new_page()
    go(page, f"{plan.path}/ready")
    press(page, "Make this tablet ready")

    expect(page.get_by_role("status")).to_have_text("Give the tablet a name")
    assert page.evaluate("() => caches.keys()") == []


def test_a_pin_that_is_chosen_while_the_tablet_is_made_ready_again_stays(
    new_context: Any, state_of: StateOf, plan: Plan
):
    context = new_context(viewport=PHONE, storage_state=state_of(Visitor.CHECKER))
    tablet, other = context.new_page(), context.new_page()
    make_ready_without_pin(tablet, plan)
    held: list[Route] = []
    other.route("**/devices", lambda route: held.append(route))
    with other.expect_request("**/devices"):
        press_make_ready(other, plan)
    choose_pin(tablet)
    held[0].continue_()
    expect(other.get_by_text("This tablet is ready.")).to_be_visible()

    press(other, "Open the visit")
    give_pin(other)

    expect_home(other)


def test_a_pin_that_was_chosen_in_another_tab_is_not_replaced(new_context: Any, state_of: StateOf, plan: Plan):
    context = new_context(viewport=PHONE, storage_state=state_of(Visitor.CHECKER))
    tablet, other = context.new_page(), context.new_page()
    make_ready_without_pin(tablet, plan)
    go(other, "/visits/tablet")
    expect(heading(other)).to_have_text("Choose a PIN for this visit")
    choose_pin(tablet)
    write_seen(tablet)

    other.get_by_label("PIN", exact=True).fill("24681012")
    other.get_by_label("The same PIN again").fill("24681012")
    press(other, "Keep this PIN")
    give_pin(other)

    expect(other.get_by_text("Standards you wrote about: 1 of 10.")).to_be_visible()


def test_a_session_that_ended_meanwhile_asks_to_sign_in_again_and_keeps_the_queue(tablet: Page, plan: Plan):
    whole_person(tablet, "Yes")
    tablet.context.set_offline(False)
    tablet.context.clear_cookies()

    send(tablet)
    expect(tablet.get_by_text("You have to sign in again.")).to_be_visible()
    expect_waiting(tablet, 1)
    press(tablet, "Sign in")
    tablet.get_by_label("E-mail address").fill(plan.site.checkers[1].email)
    tablet.get_by_label("Password").fill(plan.site.checkers[1].password)
    press(tablet, "Sign in")
    give_pin(tablet)
    expect_waiting(tablet, 1)
    send(tablet)

    expect(tablet.get_by_text("Everything has arrived. Sent: 1.")).to_be_visible()
    assert len(plan.responses()) == 1


def test_somebody_else_who_signs_in_sends_nothing(tablet: Page, plan: Plan):
    whole_person(tablet, "Yes")
    tablet.goto("about:blank")  # an app that looks around meanwhile begins a session of its own
    tablet.context.set_offline(False)
    tablet.context.clear_cookies()
    sign_in(tablet, plan.site.lead)
    open_tablet(tablet)

    send(tablet)

    expect(tablet.get_by_text("You have to sign in again.")).to_be_visible()
    assert plan.responses() == []


def test_answers_that_come_after_the_round_closed_stay_with_the_reason_until_they_are_deleted(tablet: Page, plan: Plan):
    whole_person(tablet, "Yes")
    plan.site.close(plan.round)
    tablet.context.set_offline(False)

    send(tablet)

    expect(tablet.get_by_text("Sent: 0. Not taken: 1.")).to_be_visible()
    expect(tablet.get_by_text("This round has closed")).to_be_visible()
    expect_waiting(tablet, 1)
    tablet.get_by_text("Delete what was not taken").click()
    press(tablet, "Delete them now")
    expect_waiting(tablet, 0)
    assert stored(tablet)["queue"] == []


def test_a_wrong_pin_is_told_and_after_ten_what_it_opens_is_gone_but_finished_answers_are_sent(
    tablet: Page, plan: Plan
):
    whole_person(tablet, "Yes")
    write_seen(tablet)
    press(tablet, "Lock the tablet")

    for left in range(9, 0, -1):
        give_pin(tablet, "000000")
        expect(tablet.get_by_role("alert")).to_contain_text(f"This PIN is wrong. You can try {left} more times")
    give_pin(tablet, "000000")

    expect(tablet.get_by_role("alert")).to_contain_text("What was not finished is deleted.")
    assert stored(tablet)["kept"] == []
    choose_pin(tablet, "24681012")
    expect_waiting(tablet, 1)
    tablet.context.set_offline(False)
    send(tablet)
    expect(tablet.get_by_text("Everything has arrived. Sent: 1.")).to_be_visible()
    assert len(plan.responses()) == 1
    assert plan.observations() == ()


def test_tries_are_counted_also_when_the_page_is_opened_anew(tablet: Page):
    press(tablet, "Lock the tablet")
    give_pin(tablet, "000000")
    expect(tablet.get_by_role("alert")).to_contain_text("9 more times")
    tablet.reload()
    give_pin(tablet, "111111")
    expect(tablet.get_by_role("alert")).to_contain_text("8 more times")
    give_pin(tablet)
    expect_home(tablet)


@pytest.mark.parametrize(
    ("pin", "again", "message"),
    [
        ("12345", "12345", "at least 6 numbers"),
        ("12345a", "12345a", "at least 6 numbers"),
        (PIN, "135791", "not the same"),
    ],
)
def test_a_pin_that_is_too_short_or_mistyped_is_not_taken(
    new_context: Any, state_of: StateOf, plan: Plan, pin: str, again: str, message: str
):
    tablet = new_context(viewport=PHONE, storage_state=state_of(Visitor.CHECKER)).new_page()
    make_ready_without_pin(tablet, plan)
    tablet.get_by_label("PIN", exact=True).fill(pin)
    tablet.get_by_label("The same PIN again").fill(again)
    press(tablet, "Keep this PIN")
    expect(tablet.get_by_role("alert")).to_contain_text(message)


def test_nothing_that_was_answered_or_written_lies_in_clear_on_the_tablet(tablet: Page):
    whole_person(tablet, "Yes")
    write_seen(tablet)
    begin_person(tablet)
    answer_on(tablet, "I'd rather not say")

    found = stored(tablet)

    assert len(found["queue"]) == 1
    assert len(found["kept"]) == 2
    package = json.dumps([each["package"] for each in found["visits"]])
    rest = {**found, "visits": [{key: each[key] for key in each if key != "package"} for each in found["visits"]]}
    for words in ("prefer_not", '"yes"', "S01", NOTE, "partly", PIN, "ticked", "easy-read"):
        assert words not in json.dumps(rest), words
    assert NOTE not in package
    assert tablet.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])") == "[{},{}]"
    assert [item["refused"] for item in found["queue"]] == [""]
    assert {key for item in found["queue"] for key in item} == {"id", "visit", "envelope", "refused"}


def test_the_pair_cannot_open_a_person_s_answers_again(tablet: Page, plan: Plan):
    begin_person(tablet)
    answer_all(tablet, "Yes")

    tablet.go_back()
    expect(heading(tablet)).to_have_text("Type your PIN")
    give_pin(tablet)
    expect_home(tablet)
    for screen in ("check", "question/1", "done", "word", "resume"):
        tablet.goto(f"/visits/tablet#/{plan.visit.id}/{screen}")
        expect(heading(tablet)).to_have_text("Type your PIN")
        give_pin(tablet)
        expect_home(tablet)


def test_a_person_who_holds_the_tablet_does_not_get_to_the_pair_s_screens(tablet: Page, plan: Plan):
    write_seen(tablet)
    begin_person(tablet)
    answer_on(tablet, "Yes")
    expect_question(tablet, 2)

    for screen in ("home", "see", "see/S01", "send"):
        tablet.goto(f"/visits/tablet#/{plan.visit.id}/{screen}")
        expect(heading(tablet)).to_have_text("Type your PIN")
        expect(tablet.get_by_text(NOTE)).to_have_count(0)
        give_pin(tablet)
        press(tablet, "Go on with these answers")
        expect_question(tablet, 2)


def test_whoever_does_not_agree_leaves_nothing_behind(tablet: Page):
    press(tablet, "Ask a person")
    press(tablet, "Continue")
    choose(tablet, "No, I do not want to take part")
    press(tablet, "Save and continue")

    expect(tablet.get_by_text("Nothing was kept.")).to_be_visible()
    assert stored(tablet)["kept"] == stored(tablet)["queue"] == []
    press(tablet, "Give the tablet back")
    give_pin(tablet)
    expect(tablet.get_by_role("button", name="Ask a person")).to_be_visible()


def test_somebody_who_stops_goes_on_later_or_has_it_deleted(tablet: Page):
    begin_person(tablet)
    answer_on(tablet, "Yes")
    press(tablet, "Stop here")
    press(tablet, "Give the tablet back")
    give_pin(tablet)
    press(tablet, "Go on with these answers")
    expect_question(tablet, 2)
    press(tablet, "Stop here")

    press(tablet, "Delete my answers")

    give_pin(tablet)
    expect(tablet.get_by_role("button", name="Ask a person")).to_be_visible()
    assert stored(tablet)["kept"] == stored(tablet)["queue"] == []


def test_help_and_consent_out_loud_are_kept_with_the_answers(tablet: Page, plan: Plan):
    press(tablet, "Ask a person")
    press(tablet, "Continue")
    choose(tablet, "I said yes out loud, or showed it")
    press(tablet, "Save and continue")
    expect(tablet.get_by_role("alert")).to_contain_text("Choose who heard or saw you say yes")
    expect(choice(tablet, "I said yes out loud, or showed it")).to_be_checked()
    choose(tablet, "Someone else")
    press(tablet, "Save and continue")
    choose(tablet, "Someone helps me")
    press(tablet, "Save and continue")
    tablet.get_by_label("Paid staff").check()
    tablet.get_by_label("They read it to me").check()
    press(tablet, "Save and continue")
    answer_all(tablet, "Yes")
    press(tablet, "Give the tablet back")
    give_pin(tablet)
    tablet.context.set_offline(False)
    send(tablet)
    expect(tablet.get_by_text("Everything has arrived.")).to_be_visible()

    (response,) = plan.responses()
    assert response.paid_staff_helped
    assert response.consent is not None
    assert (response.consent.given.value, response.consent.witness) == ("spoken", "someone-else")


def test_welsh_in_the_middle_of_a_question_keeps_what_was_chosen(tablet: Page, plan: Plan):
    begin_person(tablet)
    answer_on(tablet, "Yes")
    choose(tablet, "No")

    tablet.get_by_role("button", name="Cymraeg").first.click()

    expect(tablet.locator("html")).to_have_attribute("lang", "cy")
    expect(tablet.get_by_role("radio", checked=True)).to_have_value("no")
    expect(tablet.get_by_text("Question", exact=False)).to_have_count(0)
    tablet.locator("main form button").first.click()
    tablet.get_by_role("button", name="English").first.click()
    expect_question(tablet, 3)
    for number in range(3, 11):
        expect_question(tablet, number)
        answer_on(tablet, "Yes")
    press(tablet, "Continue")
    press(tablet, "Finish without a word")
    press(tablet, "Give the tablet back")
    give_pin(tablet)
    tablet.context.set_offline(False)
    send(tablet)
    expect(tablet.get_by_text("Everything has arrived.")).to_be_visible()
    (response,) = plan.responses()
    assert response.translated == {"S02.a": "cy"}


def test_a_lost_tablet_is_emptied_at_its_next_contact_without_signing_in(tablet: Page, plan: Plan):
    whole_person(tablet, "Yes")
    write_seen(tablet)
    plan.wipe()
    tablet.context.clear_cookies()
    tablet.reload()
    expect(heading(tablet)).to_have_text("Type your PIN")

    tablet.context.set_offline(False)

    expect(heading(tablet)).to_have_text("This tablet was emptied", timeout=30_000)
    tablet.wait_for_function("() => indexedDB.databases().then((all) => all.length === 0)")
    assert tablet.evaluate("() => caches.keys()") == []
    assert tablet.evaluate("() => navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    (device,) = plan.view.devices
    assert device.wiped
    assert plan.responses() == []


def test_sending_from_a_tablet_that_is_to_be_emptied_sends_nothing(tablet: Page, plan: Plan):
    whole_person(tablet, "Yes")
    press(tablet, "Send now")
    plan.wipe()
    tablet.context.route("**/device", lambda route: route.abort())
    tablet.context.set_offline(False)
    tablet.context.unroute("**/device")

    press(tablet, "Send now")

    expect(heading(tablet)).to_have_text("This tablet was emptied")
    assert plan.responses() == []


def test_both_declare_and_one_makes_the_tablet_ready(site: ServedSite, new_context: Any):
    plan = plan_visit(site, declared=False)
    page = new_context(viewport=PHONE).new_page()
    for who in site.checkers:
        page.context.clear_cookies()
        sign_in(page, who)
        go(page, plan.path)
        expect(page.get_by_role("link", name="Make this tablet ready")).to_have_count(0)
        choose(page, "No, I have no ties to this provider")
        press(page, "Save what I said")
    make_ready(page, plan)

    assert plan.view.visit.state is VisitState.OPEN
    (device,) = plan.view.devices
    assert device.name == "Blue tablet"


def test_a_tie_to_the_provider_has_words_and_stops_the_visit(site: ServedSite, new_context: Any, state_of: StateOf):
    plan = plan_visit(site, declared=False)
    page = new_context(viewport=PHONE, storage_state=state_of(Visitor.CHECKER)).new_page()
    go(page, plan.path)
    choose(page, "Yes, I have a tie to this provider")
    press(page, "Save what I said")
    expect(page.get_by_role("alert")).to_contain_text("Say in a few words what your tie is")
    page.get_by_label("If you do: what is it?").fill("My sister works there.")
    press(page, "Save what I said")

    expect(page.get_by_text("You cannot check this provider.")).to_be_visible()
    go(page, f"{plan.path}/ready")
    expect(heading(page)).to_contain_text("Visit to")
    assert plan.view.devices == ()


def test_the_app_can_be_installed(
    browser_type: BrowserType, site: ServedSite, plan: Plan, state_of: StateOf, tmp_path: Path
):
    context = persistent(browser_type, site, tmp_path / "profile")
    context.add_cookies(cookies(state_of))
    page = context.new_page()
    make_ready(page, plan)

    session = context.new_cdp_session(page)
    assert session.send("Page.getAppManifest")["errors"] == []
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    context.close()


def press_in_all(pages: Iterable[Page], words: str) -> None:
    """Press a button in several tabs, without waiting for what it does in one of them."""
    for page in pages:
        page.evaluate(
            "(words) => [...document.querySelectorAll('main button')].find((b) => b.textContent === words).click()",
            words,
        )


def persistent(browser_type: BrowserType, site: ServedSite, folder: Path) -> BrowserContext:
    return browser_type.launch_persistent_context(
        folder, executable_path=CHROMIUM, args=chromium_arguments(), base_url=site.address, viewport=PHONE
    )


def cookies(state_of: StateOf) -> Any:
    state = state_of(Visitor.CHECKER)
    assert state is not None
    return state["cookies"]


def kill(context: BrowserContext, folder: Path) -> None:
    """End the browser's process at once, as when a tablet's battery dies."""
    (own,) = [
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/cmdline")
        for words in [path.read_bytes().decode().split("\0")]
        if f"--user-data-dir={folder}" in words and not any(word.startswith("--type=") for word in words)
    ]
    os.kill(own, signal.SIGKILL)
    context.close()
