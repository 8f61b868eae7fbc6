"""What a screen reader is told of each page stays as it was read over and found good."""

import pytest
from playwright.sync_api import Browser

from tests.browser.kinds import PageKind
from tests.browser.launching import PHONE
from tests.browser.respondent_kinds import ANSWERING
from tests.browser.served import ServedSite
from tests.browser.trees import file_of, tree_of


@pytest.mark.parametrize("kind", ANSWERING, ids=lambda kind: kind.name)
def test_a_screen_reader_is_told_what_was_read_over(browser: Browser, site: ServedSite, kind: PageKind):
    with browser.new_context(base_url=site.address, viewport=PHONE) as context:
        page = context.new_page()
        kind.open(page, site)
        page.wait_for_load_state()

        assert tree_of(page) == file_of(kind).read_text()
