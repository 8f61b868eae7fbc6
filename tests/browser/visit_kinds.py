"""The pages of visits: a checker's, the coordinator's who plans them, and what a lead reads of them."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.kinds import PageKind, Visitor, nothing, pressing
from tests.browser.served import ServedSite
from tests.browser.steps import heading
from tests.browser.visits import begun_visit, finished_visit, plan_visit


def _checker(name: str, path: Callable[[ServedSite], str], then: Callable[[Page], None] = nothing) -> PageKind:
    return PageKind(name, path, then, Visitor.CHECKER)


def _plans(name: str, path: Callable[[ServedSite], str], then: Callable[[Page], None] = nothing) -> PageKind:
    return PageKind(
        name, lambda site: f"/networks/{site.campaign.network_id}/visits{path(site)}", then, Visitor.COORDINATOR
    )


def _no_visit_here(page: Page) -> None:
    expect(heading(page)).to_have_text("No visit is ready on this tablet")


VISITING = (
    _checker("your visits", lambda site: "/visits"),
    _checker("a visit, nothing declared", lambda site: plan_visit(site, declared=False).path),
    _checker(
        "a visit, nothing chosen", lambda site: plan_visit(site, declared=False).path, pressing("Save what I said")
    ),
    _checker("a visit to begin", lambda site: plan_visit(site).path),
    _checker("a visit with a tablet", lambda site: begun_visit(site).path),
    _checker("make the tablet ready", lambda site: f"{plan_visit(site).path}/ready"),
    _checker("finish a visit", lambda site: f"{begun_visit(site).path}/finish"),
    _checker(
        "finish a visit, not ticked", lambda site: f"{begun_visit(site).path}/finish", pressing("Finish the visit")
    ),
    PageKind("the tablet's page without a visit", lambda site: "/visits/tablet", _no_visit_here),
    _plans("visits", lambda site: ""),
    _plans("plan a visit", lambda site: "/new"),
    _plans("plan a visit, nothing chosen", lambda site: "/new", pressing("Plan the visit")),
    _plans("a planned visit", lambda site: f"/{plan_visit(site).visit.id}"),
    _plans("a visit that has begun", lambda site: f"/{begun_visit(site).visit.id}"),
    PageKind(
        "what checkers saw, not yet",
        lambda site: f"/rounds/{begun_visit(site).round.id}/visits",
        visitor=Visitor.LEAD,
    ),
    PageKind(
        "what checkers saw",
        lambda site: f"/rounds/{finished_visit(site).round.id}/visits",
        visitor=Visitor.LEAD,
    ),
)
