"""Letters that were posted."""

import re

from app.services.posting import WAITING as _WAITING
from app.services.posting import Letter
from tests.site import Site


def letters(site: Site) -> list[Letter]:
    """Return the letters that wait to be sent to addresses of this site, the oldest first."""
    return list(_WAITING)


def link_in(site: Site, letter: Letter) -> str:
    """Return the path of the one link in a letter, which begins with the installation's own address."""
    (found,) = re.findall(r"https?://\S+", letter.text)
    assert found.startswith(site.settings.base_url + "/")
    return found.removeprefix(site.settings.base_url)
