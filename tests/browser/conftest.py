"""A site for each worker, and browsers that are watched while they visit it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, StorageState, ViewportSize, expect

from tests.browser.html_checker import HtmlChecker, html_checker
from tests.browser.kinds import Visitor, sign_in_of
from tests.browser.launching import CHROMIUM, PHONE, chromium_arguments
from tests.browser.served import ServedSite, served_site
from tests.browser.steps import sign_in
from tests.browser.watching import watch
from tests.databases import SqliteFiles

OpenPage = Callable[..., Page]
StateOf = Callable[[Visitor], StorageState | None]

expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], site: ServedSite) -> dict[str, Any]:
    """The site is older than the browser, so that its server, at the end, waits for no connection of an open one."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": chromium_arguments()}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, sqlite_files: SqliteFiles) -> Iterator[ServedSite]:
    with served_site(tmp_path_factory.mktemp("site") / "home", sqlite_files.new_url()) as served:
        yield served


@pytest.fixture(scope="session")
def base_url(site: ServedSite) -> str:
    return site.address


@pytest.fixture(scope="session")
def checker() -> Iterator[HtmlChecker]:
    with html_checker() as started:
        yield started


@pytest.fixture(scope="session")
def state_of(browser: Browser, site: ServedSite) -> StateOf:
    """Return a function that gives the cookies of somebody who has signed in; each signs in once."""
    known: dict[Visitor, StorageState] = {}

    def state(visitor: Visitor) -> StorageState | None:
        if visitor is Visitor.ANYBODY:
            return None
        if visitor not in known:
            with browser.new_context(base_url=site.address) as context:
                sign_in(context.new_page(), sign_in_of(site, visitor))
                known[visitor] = context.storage_state()
        return known[visitor]

    return state


@pytest.fixture
def open_page(new_context: Any, site: ServedSite, state_of: StateOf) -> Iterator[OpenPage]:
    """Return a function that opens a browser of its own; at the end none of them may have complained."""
    complaints: list[list[str]] = []

    def opened(
        size: ViewportSize = PHONE, *, visitor: Visitor = Visitor.ANYBODY, javascript: bool = True, **more: Any
    ) -> Page:
        context = new_context(viewport=size, java_script_enabled=javascript, storage_state=state_of(visitor), **more)
        complaints.append(watch(context, site.address))
        page: Page = context.new_page()
        return page

    yield opened
    assert [each for found in complaints for each in found] == []
