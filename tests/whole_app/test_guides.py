"""Everything that a person can do is in a user guide, in the words of the page; and every picture is there and used."""

import re
from pathlib import Path

import pytest

from tests.site import Site
from tests.whole_app.in_the_guides import FOR_PROGRAMS, IN_THE_GUIDES

ROOT = Path(__file__).parents[2]
GUIDES = ROOT / "docs" / "guides"
PICTURES = ROOT / "docs" / "screenshots"
MOST_BYTES = 6_000_000
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def plain(words: str) -> str:
    return " ".join(words.replace("*", "").replace("`", "").replace("’", "'").split()).lower()


def section(guide: str, heading: str) -> str:
    """Return what stands under a heading, to the next one of its level or a higher one."""
    found: list[str] = []
    level = 0
    for line in (GUIDES / guide).read_text().splitlines():
        hashes = len(line) - len(line.lstrip("#"))
        if hashes and level and hashes <= level:
            break
        if hashes and line.lstrip("# ") == heading:
            level = hashes
        if level:
            found.append(line)
    return plain("\n".join(found))


def words_of_pages() -> str:
    """Return the words of all pages as their templates and code have them."""
    web = ROOT / "app" / "web"
    sources = [*web.rglob("*.html"), *web.rglob("*.py"), *(ROOT / "assets" / "js").rglob("*.js")]
    return plain(" ".join(each.read_text() for each in sources))


def served(site: Site) -> set[str]:
    from app.web.access import UNUSED_ENDPOINTS

    return set(site.app.view_functions) - UNUSED_ENDPOINTS


def test_every_page_and_every_deed_is_in_a_guide(shared_site: Site):
    assert served(shared_site) - FOR_PROGRAMS - set(IN_THE_GUIDES) == set()
    assert (FOR_PROGRAMS | set(IN_THE_GUIDES)) - served(shared_site) == set()
    assert FOR_PROGRAMS & set(IN_THE_GUIDES) == set()


def test_each_guide_speaks_of_it_in_the_words_of_the_page():
    on_pages = words_of_pages()
    wrong = []
    for endpoint, (guide, heading, words) in IN_THE_GUIDES.items():
        said = section(guide, heading)
        if not said:
            wrong.append(f"{endpoint}: {guide} has no section “{heading}”")
        elif plain(words) not in said:
            wrong.append(f"{endpoint}: “{words}” is not in {guide}, “{heading}”")
        elif plain(words) not in on_pages:
            wrong.append(f"{endpoint}: no page says “{words}”")
    assert wrong == []


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", LINK.sub(r"", each).lower()).strip().replace(" ", "-") for each in headings}


def pages_with_links() -> list[Path]:
    return [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *GUIDES.glob("*.md")]


def test_every_place_in_a_page_that_is_linked_to_is_there():
    broken = []
    for page in pages_with_links():
        for target in LINK.findall(page.read_text()):
            path, _, anchor = target.partition("#")
            to = (page.parent / path).resolve() if path else page
            if anchor and "://" not in target and to.suffix == ".md" and anchor not in anchors(to):
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_every_guide_is_in_the_list_of_guides_and_leads_to_it_that_signs_in():
    listed = (GUIDES / "README.md").read_text()
    assert [each.name for each in GUIDES.glob("*.md") if each.name != "README.md" and each.name not in listed] == []
    signing_in = ("provider-lead", "checker", "coordinator", "safeguarding", "editor", "administrator", "family")
    assert [each for each in signing_in if "your-account.md" not in (GUIDES / f"{each}.md").read_text()] == []


def pictures_shown() -> set[Path]:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    return {
        (page.parent / target).resolve()
        for page in pages
        for target in LINK.findall(page.read_text())
        if target.endswith(".png")
    }


def test_every_picture_that_is_made_is_shown_somewhere_and_every_one_that_is_shown_is_there():
    made = {each.resolve() for each in PICTURES.rglob("*.png")}
    assert sorted(str(each.relative_to(ROOT)) for each in made ^ pictures_shown()) == []


def test_the_pictures_together_stay_small():
    assert sum(each.stat().st_size for each in PICTURES.rglob("*.png")) <= MOST_BYTES


@pytest.mark.parametrize("guide", sorted(each.name for each in GUIDES.glob("*.md")))
def test_each_picture_in_a_guide_says_what_it_shows(guide: str):
    silent = [each for each in re.findall(r"!\[([^\]]*)\]", (GUIDES / guide).read_text()) if not each.strip()]
    assert silent == []
