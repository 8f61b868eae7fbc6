"""Measures of a page, taken inside the browser."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
MEASURES = Path(__file__).parent / "measures"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
GUIDELINES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
MOST_STOPS = 300


@cache
def _source(path: Path) -> str:
    return path.read_text("utf-8")


def _measured(page: Page, name: str, argument: object = None) -> Any:
    return page.evaluate(_source(MEASURES / f"{name}.js"), argument)


def axe_violations(page: Page, *rules: str) -> list[str]:
    """Return what axe-core finds: by the guidelines' rules, or by those that are named."""
    page.evaluate(_source(AXE))
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": GUIDELINES}
    found = page.evaluate(f"axe.run({json.dumps({'runOnly': only, 'resultTypes': ['violations']})})")
    return [
        f"{violation['id']}: {violation['help']}: {node['target']} {node['html'][:120]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def faint_texts(page: Page, least: float) -> list[str]:
    found: list[str] = _measured(page, "contrast", least)
    return found


def small_targets(page: Page, least: float) -> list[str]:
    found: list[str] = _measured(page, "small_targets", least)
    return found


def too_wide(page: Page) -> list[str]:
    found: list[str] = _measured(page, "too_wide")
    return found


def focus(page: Page) -> dict[str, Any] | None:
    """Return what has focus: name, role, shows, isInView, top and left in pixels; None when nothing has it."""
    found: dict[str, Any] | None = _measured(page, "focus")
    return found


def focus_stops(page: Page) -> list[dict[str, Any]]:
    """Press Tab from the top to the end of the page and return each stop."""
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0) }")
    stops: list[dict[str, Any]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = focus(page)
        if stop is None or (stops and stop == stops[0]):
            return stops
        stops.append(stop)
    raise AssertionError(f"more than {MOST_STOPS} stops, or the keyboard is caught at {stops[-1]}")
