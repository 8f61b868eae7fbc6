"""The browser that everything here is shown in."""

import os

from playwright.sync_api import ViewportSize

CHROMIUM = "/usr/bin/chromium"
PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 740}
_QUIET = ("--disable-gpu", "--disable-background-networking", "--disable-component-update")


def chromium_arguments() -> list[str]:
    """Return what Chromium is started with; root's has no sandbox."""
    return [*_QUIET, "--no-sandbox"] if os.geteuid() == 0 else list(_QUIET)
