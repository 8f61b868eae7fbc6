"""Every page, as the one who may see it: it renders, it is sound HTML, and it says what it is."""

import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from app.services.closing import close_round
from app.standards import Audience
from app.surveys import Edition, Length
from tests.days import TODAY
from tests.site import Page, Site

ROOT = Path(__file__).parents[2]
CHECKER = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
REACHED_BY_FLASK_SECURITY_ALONE = {"security/base.html", "security/_macros.html", "security/_messages.html"}


def every_page(site: Site) -> dict[str, Page]:
    stranger, lead, coordinator = site.visitor(), site.visitor("lead"), site.visitor("coordinator")
    pages = {
        f"home {path}": stranger.get(path) for path in ("/", "/standards", "/standards/personalised-support/1.0.0")
    }
    pages |= {f"home {path}": stranger.get(path) for path in ("/method", "/privacy", "/accessibility", "/help")}
    pages |= answer_pages(site)
    pages |= {"sign in": stranger.get("/sign-in"), "not found": stranger.get("/nowhere")}
    pages["strange host"] = stranger.get("/", headers={"Host": "evil.example"})
    pages["sign in, wrong"] = stranger.fill_in("/sign-in", {"email": "x@example.org", "password": "wrong"})
    pages["stale form"] = lead.post("/rounds/new")
    pages["verify"] = lead.get("/verify")
    pages["sign out, stale form"] = site.visitor("lead").post("/sign-out")
    pages |= round_pages(site, lead)
    pages |= network_pages(site, lead, coordinator)
    return pages


def answer_pages(site: Site) -> dict[str, Page]:
    visitor, pages = site.visitor(), {}
    for edition in Edition:
        of = site.open_round(Length.FULL)
        link = site.begun_link(of, edition)
        pages |= {
            f"answer {edition} welcome": visitor.get(f"{site.link(of)}?edition={edition}"),
            f"answer {edition} welcome, not agreed": visitor.post(f"{site.link(of)}/start", {"edition": edition.value}),
            f"answer {edition} how": visitor.get(f"{link}/how"),
            f"answer {edition} how, nothing chosen": visitor.post(f"{link}/how"),
            f"answer {edition} question": visitor.get(f"{link}/q/S03.c"),
            f"answer {edition} question, nothing chosen": visitor.post(f"{link}/q/S03.c"),
            f"answer {edition} welcome back": visitor.get(link),
            f"answer {edition} check": visitor.get(f"{link}/check"),
            f"answer {edition} done": visitor.post(f"{link}/submit", follow_redirects=True),
            f"answer {edition} already sent": visitor.get(link),
        }
        late = site.begun_link(of, edition)
        close_round(site.database, of.id, TODAY)
        pages[f"answer {edition} closed"] = visitor.get(late)
    pages["answer unknown link"] = visitor.get("/a/nothing")
    for audience in (Audience.FAMILY, Audience.PROVIDER):
        pages[f"answer as {audience}"] = visitor.get(site.link(site.open_round(), audience))
    return pages


def round_pages(site: Site, lead) -> dict[str, Page]:
    of, empty = site.open_round(), site.open_round()
    pages = {
        "rounds": lead.get("/rounds"),
        "new round": lead.get("/rounds/new"),
        "new round, nothing chosen": lead.fill_in("/rounds/new"),
        "open round": lead.get(f"/rounds/{of.id}"),
        "invite, too many": lead.fill_in(
            f"/rounds/{of.id}", {"audience": "person", "count": "99999"}, f"/rounds/{of.id}/invite"
        ),
        "links": lead.fill_in(f"/rounds/{of.id}", {"audience": "person", "count": "6"}, f"/rounds/{of.id}/invite"),
        "links are gone": lead.get(f"/rounds/{of.id}/invite", follow_redirects=True),
        "fresh links": lead.fill_in(f"/rounds/{of.id}", {"audience": "person"}, f"/rounds/{of.id}/remind"),
        "fresh links, none": lead.fill_in(f"/rounds/{of.id}", {"audience": "family"}, f"/rounds/{of.id}/remind"),
        "own link": lead.fill_in(f"/rounds/{of.id}", {}, f"/rounds/{of.id}/self-assessment"),
        "close": lead.get(f"/rounds/{of.id}/close"),
        "close, not confirmed": lead.fill_in(f"/rounds/{of.id}/close"),
        "result of an open round": lead.get(f"/rounds/{of.id}/result"),
    }
    closed = site.closed_round()
    close_round(site.database, empty.id, TODAY)
    pages |= {
        "closed round": lead.get(f"/rounds/{closed.id}"),
        "close twice": lead.get(f"/rounds/{closed.id}/close", follow_redirects=True),
        "result": lead.get(f"/rounds/{closed.id}/result"),
        "result of nobody": lead.get(f"/rounds/{empty.id}/result"),
    }
    return pages


def network_pages(site: Site, lead, coordinator) -> dict[str, Page]:
    before, closed = site.campaign(closed=False), site.campaign(closed=True)
    return {
        "networks": coordinator.get("/networks"),
        "network": coordinator.get(f"/networks/{site.network.id}"),
        "new campaign": coordinator.get(f"/networks/{site.network.id}/campaigns/new"),
        "new campaign, nothing chosen": coordinator.fill_in(f"/networks/{site.network.id}/campaigns/new"),
        "open campaign": coordinator.get(f"/campaigns/{before.id}"),
        "close campaign": coordinator.get(f"/campaigns/{before.id}/close"),
        "result of an open campaign": coordinator.get(f"/campaigns/{before.id}/result"),
        "closed campaign": coordinator.get(f"/campaigns/{closed.id}"),
        "network's result": coordinator.get(f"/campaigns/{closed.id}/result"),
        "comparison": lead.get(f"/rounds/{site.round_in(closed).id}/comparison"),
        "comparison, still open": lead.get(f"/rounds/{site.round_in(before).id}/comparison"),
        "round in a campaign": lead.get(f"/rounds/{site.round_in(closed).id}"),
    }


@pytest.fixture
def pages(site: Site) -> dict[str, Page]:
    return every_page(site)


def test_every_page_is_complete_sound_html_and_every_template_is_among_them(
    site: Site, pages: dict[str, Page], tmp_path: Path
):
    for name, page in pages.items():
        assert page.status < 500, name
        assert page.response.mimetype == "text/html", name
        assert page.select("html[lang='en']"), name
        assert len(page.select("h1")) == 1, name
        assert page.select("main"), name
        assert page.title.endswith(" – Driving Seat"), name
        twice = [id_ for id_, n in Counter(each.get("id") for each in page.select("[id]")).items() if n > 1]
        assert twice == [], name
        assert not page.select("[style]"), name
        assert "None" not in page.said.split(), name
    assert sorted(unused_templates(site)) == []
    assert complaints(pages, tmp_path / "html") == []


def test_every_page_carries_a_strict_policy(pages: dict[str, Page]):
    for name, page in pages.items():
        policy = page.response.headers["Content-Security-Policy"]
        assert "unsafe" not in policy, name
        assert "default-src 'none'" in policy, name
        assert "frame-ancestors 'none'" in policy, name
        assert page.response.headers["X-Content-Type-Options"] == "nosniff", name


def unused_templates(site: Site) -> set[str]:
    """Return the project's templates that nothing above has rendered."""
    environment = site.app.jinja_env
    loaded = {name for _, name in environment.cache or {}}
    folder = ROOT / "app/web/templates"
    own = {str(path.relative_to(folder)) for path in folder.rglob("*.html")}
    return own - loaded - REACHED_BY_FLASK_SECURITY_ALONE - {"results/standalone.html"}


def complaints(pages: dict[str, Page], folder: Path) -> list[str]:
    """Return what the HTML checker says of the pages."""
    folder.mkdir()
    for name, page in pages.items():
        (folder / f"{name.replace('/', '_').replace(' ', '-')}.html").write_text(page.text)
    java = shutil.which("java")
    assert java, "the HTML checker needs Java"
    done = subprocess.run(
        [java, "-Xss1m", "-jar", CHECKER, "--format", "json", "--exit-zero-always", "--skip-non-html", folder],
        capture_output=True,
        text=True,
    )
    messages = json.loads(done.stderr)["messages"]
    return sorted({f"{Path(each['url']).name}: {each['message']} {each.get('extract', '')}" for each in messages})
