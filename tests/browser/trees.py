"""What Chromium tells a screen reader of a page, as text: one line a node, in reading order.

python -m tests.browser.trees writes the trees of every page for answering anew; a test compares them.
"""

import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.browser.kinds import PageKind
from tests.browser.launching import CHROMIUM, PHONE, chromium_arguments
from tests.browser.respondent_kinds import ANSWERING
from tests.browser.served import served_site
from tests.databases import SqliteFiles

FOLDER = Path(__file__).parent / "trees"
SILENT = frozenset({"InlineTextBox", "LineBreak", "none", "ListMarker"})
STATES = ("checked", "pressed", "expanded", "invalid", "required", "level")
CHANGING = (
    (re.compile(r"\b[0-9A-Z]{4}(-[0-9A-Z]{4})+\b"), "CODE"),
    (re.compile(r"http://127\.0\.0\.1:\d+/\S*"), "ADDRESS"),
    (re.compile(r"\d{1,2} [A-Z][a-z]+ 20\d\d"), "DAY"),
    (re.compile(r"\b[0-9a-f]{8}\b"), "REFERENCE"),
)


def file_of(kind: PageKind) -> Path:
    return FOLDER / f"{re.sub(r'[^a-z0-9]+', '-', kind.name.lower()).strip('-')}.txt"


def tree_of(page: Page) -> str:
    """Return the page's accessibility tree; what is different at each visit is named instead."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    lines = list(_lines(nodes[0], by_id, 0))
    text = "\n".join(lines) + "\n"
    for pattern, name in CHANGING:
        text = pattern.sub(name, text)
    return text


def _lines(node: dict[str, Any], by_id: dict[str, Any], depth: int) -> Any:
    role = node.get("role", {}).get("value", "")
    name = " ".join(str(node.get("name", {}).get("value", "")).split())
    is_said = not node.get("ignored") and role not in SILENT and (role != "generic" or bool(name))
    if is_said:
        states = {each["name"]: each["value"].get("value") for each in node.get("properties", ())}
        shown = [f"{state}={states[state]}" for state in STATES if states.get(state) not in (None, False, "false")]
        yield " ".join(["  " * depth + role, *([f'"{name}"'] if name else []), *shown])
        if role in {"StaticText", "Audio"}:  # how a browser draws its player is its own
            return
    for child in node.get("childIds", ()):
        if child in by_id:
            yield from _lines(by_id[child], by_id, depth + is_said)


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        (Path(folder) / "data").mkdir()
        url = SqliteFiles(Path(folder) / "data").new_url()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=chromium_arguments())
        with served_site(Path(folder) / "home", url) as site:
            for kind in ANSWERING:
                with browser.new_context(base_url=site.address, viewport=PHONE) as context:
                    page = context.new_page()
                    kind.open(page, site)
                    page.wait_for_load_state()
                    file_of(kind).write_text(tree_of(page))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
