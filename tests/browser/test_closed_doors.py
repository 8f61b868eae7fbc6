"""Links that cannot be answered any more, or never could: a clear page, with what to do."""

from playwright.sync_api import expect

from app.services.inviting import remind
from app.standards import Audience
from tests.browser.conftest import OpenPage
from tests.browser.served import ServedSite
from tests.browser.steps import answer, go, heading, open_begun, press


def test_a_link_into_a_closed_round_says_that_it_is_too_late(open_page: OpenPage, site: ServedSite):
    of = site.open_round()
    path = site.link(of)
    site.close(of)
    page = open_page()

    go(page, path)

    expect(heading(page)).to_have_text("These questions have closed")
    expect(page.get_by_text("It is too late to send answers.")).to_be_visible()
    expect(page.locator("main").get_by_role("button")).to_have_count(0)


def test_a_round_that_closes_while_somebody_answers_tells_them_what_became_of_it(open_page: OpenPage, site: ServedSite):
    of = site.open_round()
    path = site.begun_link(of, answered=3)
    page = open_page()
    open_begun(page, path)
    press(page, "Continue")
    site.close(of)

    answer(page, "Yes")

    expect(heading(page)).to_have_text("These questions have closed")
    expect(page.get_by_text("You had not sent them, so they do not count in the results.")).to_be_visible()
    assert len(site.answers(path)) == 3


def test_a_mistyped_link_says_what_to_check_and_not_what_it_opens(open_page: OpenPage, site: ServedSite):
    path = site.link()
    page = open_page()
    for wrong in (path[:-1], path + "0", path + "x" * 100):
        response = go(page, wrong)
        assert response.status == 404
        expect(heading(page)).to_have_text("We cannot open this link")
        expect(page.get_by_text("If you typed the link, check every letter and number.")).to_be_visible()


def test_a_replaced_link_does_not_open_and_the_fresh_one_does(open_page: OpenPage, site: ServedSite):
    of = site.open_round()
    old = [site.link(of) for _ in range(of.thresholds.standard)]
    fresh = remind(site.database, of.id, Audience.PERSON)
    page = open_page()

    assert go(page, old[0]).status == 404
    expect(heading(page)).to_have_text("We cannot open this link")
    assert go(page, f"/a/{fresh[0].token}").status == 200
    expect(page.get_by_role("button", name="Continue")).to_be_visible()
