"""The result page: what it says of help, and of the answers without paid staff."""

from collections.abc import Sequence

from app.responses import AnsweredHow, Response, ResponseState, Support, Supporter
from app.services.closing import close_round
from app.services.publishing import survey_of
from app.standards import Audience
from app.storage import responses
from app.surveys import Edition
from tests.days import TODAY
from tests.site import Page, Site

STAFF = Support(frozenset({Supporter.PAID_STAFF}))


def result_of(site: Site, alone: Sequence[str], helped: Sequence[str]) -> Page:
    """Close a round of people who gave one answer everywhere, and return its result page."""
    of = site.open_round()
    asked = survey_of(site.database, of).questions_in(of.length)
    made = [
        Response(
            Audience.PERSON,
            Edition.STANDARD,
            "en",
            AnsweredHow.HELPED if support else AnsweredHow.SELF,
            ResponseState.SUBMITTED,
            {question.id: option for question in asked},
            support,
        )
        for options, support in ((alone, None), (helped, STAFF))
        for option in options
    ]
    with site.database.writing() as connection:
        responses.add_submitted(connection, of, [(f"{n:064x}", each) for n, each in enumerate(made)], TODAY)
    close_round(site.database, of.id, TODAY)
    return site.visitor("lead").get(f"/rounds/{of.id}/result")


def section(page: Page) -> str:
    (found,) = page.select("section[aria-labelledby='without-paid-staff']")
    return " ".join("".join(found.itertext()).split())


def cells(page: Page) -> list[list[str]]:
    rows = page.select("section[aria-labelledby='without-paid-staff'] tbody tr")
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in rows]


def test_the_scores_without_paid_staff_stand_beside_those_of_all(site: Site):
    page = result_of(site, ["yes"] * 4 + ["no"] * 2, ["no"] * 4 + ["yes"] * 2)

    assert ["Individual design", "50 ± 19", "67"] in cells(page)
    assert "People: some answers are left out here." in section(page)
    assert "A difference does not show that anybody did anything wrong" in section(page)


def test_a_small_rest_is_said_to_be_the_reason_and_no_table_is_shown(site: Site):
    page = result_of(site, ["yes"] * 4 + ["no"] * 4, ["no"])

    assert "so few are left out that they could be worked out" in section(page)
    assert cells(page) == []


def test_where_paid_staff_helped_nobody_the_page_says_that_the_figures_are_the_same(site: Site):
    page = result_of(site, ["yes"] * 4 + ["no"] * 4, [])

    assert "People: nobody told us that paid staff helped, so the figures are the same." in section(page)
    assert "Families: not shown. Too few answered." in section(page)
    assert cells(page) == []


def test_a_unanimous_rest_leaves_the_cell_without_a_figure(site: Site):
    page = result_of(site, ["yes"] * 4 + ["no"] * 2, ["no"] * 6)

    assert ["Individual design", "33 ± 19", "Not shown, to protect single answers"] in cells(page)


def test_who_helped_is_shown_where_enough_were_helped_and_enough_were_not(site: Site):
    page = result_of(site, ["yes"] * 4 + ["no"] * 2, ["no"] * 4 + ["yes"] * 2)

    (how,) = page.select("section[aria-labelledby='how']")
    said = " ".join("".join(how.itertext()).split())
    assert "Who helped, or answered for somebody (can be several) Paid staff: 50%" in said
    assert "What they did (can be several) Nobody told us that anybody helped" in said
