"""Where a browser goes when an answer says where to go on."""

from urllib.parse import urljoin, urlsplit

from tests.site import Page

HERE = "http://localhost/sign-in"


def leads_elsewhere(page: Page) -> bool:
    """Say whether a browser would leave the site: it takes a backslash for a slash, and passes over line ends."""
    location = page.response.headers.get("Location", "").strip().replace("\\", "/")
    there = urlsplit(urljoin(HERE, "".join(each for each in location if each not in "\t\r\n")))
    return (there.scheme, there.netloc) != ("http", "localhost")
