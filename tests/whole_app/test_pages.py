"""Every page, as the one who may see it: it renders, it is sound HTML, and it says what it is."""

import json
import shutil
import subprocess
from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.responses import UNSAID, HealthCondition, LawfulBasis, Purpose, Round
from app.services import answering
from app.services.calling_off import cancel_round
from app.services.closing import close_round
from app.services.entering import enter
from app.services.organising import add_provider
from app.services.publishing import published_surveys
from app.services.recordings import texts_of
from app.services.rounds import open_round
from app.standards import Audience
from app.surveys import Edition, Length
from app.web import create_app
from config import Settings
from tests.databases import SqliteFiles
from tests.days import TODAY
from tests.site import SURVEY, Page, Site, Visitor
from tests.whole_app.pages_of_teams import pages_of_teams

FIRST_PERSON = 99_999
LATER = date(2028, 6, 1)
WHICH_EDITION = "[for^=edition]"  # the cards before which there is no Easy Read yet
PICTURED = f"h1, main .govuk-button, main .govuk-radios__label:not({WHICH_EDITION}), main .govuk-checkboxes__label"
WORRY = "He shouts."
ROOT = Path(__file__).parents[2]
CHECKER = ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"
WITHOUT_REQUEST = {"results/standalone.html", "paper/booklet.html", "paper/ticks.html"}  # files and paper
MET_ELSEWHERE = {
    "accounts/address_changed.html", "accounts/address_confirmed.html", "accounts/closed.html",
    "accounts/confirm_address.html", "accounts/join.html", "accounts/sign_in_by_letter.html", "addresses/look.html",
    "addresses/show.html", "security/mf_recovery.html", "security/reset_password.html",
    "security/two_factor_select.html", "security/two_factor_verify_code.html", "security/wan_signin.html",
    "security/wan_verify.html", "sign_on/back.html",
}  # fmt: skip
"""They need a letter, a passkey or an identity provider first: tests/web and tests/browser open and check them."""
BEFORE_IT_IS_SET_UP = "home/not_set_up.html"
REACHED_BY_FLASK_SECURITY_ALONE = {"security/base.html", "security/_macros.html", "security/_messages.html"}


def every_page(site: Site) -> dict[str, Page]:
    stranger, lead, coordinator = site.visitor(), site.visitor("lead"), site.visitor("coordinator")
    pages = {
        f"home {path}": stranger.get(path) for path in ("/", "/standards", "/standards/personalised-support/1.0.0")
    }
    pages |= {f"home {path}": stranger.get(path) for path in ("/method", "/privacy", "/accessibility", "/help")}
    pages |= respondent_pages(site)
    pages |= {"sign in": stranger.get("/sign-in"), "not found": stranger.get("/nowhere")}
    pages["strange host"] = stranger.get("/", headers={"Host": "evil.example"})
    pages["sign in, wrong"] = stranger.fill_in("/sign-in", {"email": "x@example.org", "password": "wrong"})
    pages["stale form"] = lead.post("/rounds/new")
    pages["verify"] = lead.get("/verify")
    pages["sign out, stale form"] = site.visitor("lead").post("/sign-out")
    pages |= round_pages(site, lead)
    pages |= network_pages(site, lead, coordinator)
    pages |= concern_pages(site) | contact_pages(site, lead, coordinator)
    pages |= paper_pages(site, lead)
    pages |= visit_pages(site, lead, coordinator)
    return pages | pages_of_teams(site)


def visit_pages(site: Site, lead, coordinator) -> dict[str, Page]:
    checker, plans = site.visitor("checker"), f"/networks/{site.network.id}/visits"
    planned, begun = site.visit(declared=False), site.visit(begun=True)
    pages = {
        "visits planned": coordinator.get(plans),
        "plan a visit": coordinator.get(f"{plans}/new"),
        "plan a visit, nothing chosen": coordinator.fill_in(f"{plans}/new"),
        "a planned visit": coordinator.get(f"{plans}/{planned.id}"),
        "a begun visit": coordinator.get(f"{plans}/{begun.id}"),
        "own visits": checker.get("/visits"),
        "own visit, nothing said": checker.fill_in(f"/visits/{planned.id}", {}, f"/visits/{planned.id}/declare"),
        "own visit, begun": checker.get(f"/visits/{begun.id}"),
        "make ready": checker.get(f"/visits/{begun.id}/ready"),
        "the tablet’s page": site.visitor().get("/visits/tablet"),
        "finish a visit, not ticked": checker.fill_in(f"/visits/{begun.id}/finish"),
        "a finished visit": finished(checker, begun.id),
        "what checkers saw, not yet": lead.get(f"/rounds/{begun.round_id}/visits"),
    }
    close_round(site.database, begun.round_id, TODAY)
    return pages | {"what checkers saw": lead.get(f"/rounds/{begun.round_id}/visits")}


def finished(checker, visit_id: str) -> Page:
    checker.fill_in(f"/visits/{visit_id}/finish", {"understood": "y"})
    return checker.get(f"/visits/{visit_id}")


def respondent_pages(site: Site) -> dict[str, Page]:
    """Return every page by link, in both editions, as the site's language has it."""
    pages = {}
    for edition in Edition:
        found = before_answering_pages(site, edition) | asking_pages(site, edition) | coming_back_pages(site, edition)
        found |= own_result_pages(site, edition) | worry_pages(site, edition) | made_up_pages(site, edition)
        found |= why_pages(site, edition) | called_off_pages(site, edition)
        found["booklet that waits"] = waiting_booklet(site, edition)
        pages |= {f"answer {edition} {name}": page for name, page in found.items()}
    pages["answer unknown link"] = site.visitor().get("/a/nothing")
    for audience in (Audience.FAMILY, Audience.PROVIDER):
        pages[f"answer as {audience}"] = site.visitor().get(site.link(site.open_round(), audience))
    return pages


def before_answering_pages(site: Site, edition: Edition) -> dict[str, Page]:
    link, visitor = site.link(site.open_round()), site.visitor()
    return {
        "welcome": visitor.get(f"{link}?edition={edition}"),
        "welcome, nothing chosen": visitor.post(link),
        "consent": visitor.get(f"{link}/consent?edition={edition}"),
        "consent, no witness": visitor.post(f"{link}/consent", {"edition": edition.value, "consent": "spoken"}),
        "not taking part": visitor.get(f"{link}/not-taking-part?edition={edition}"),
    }


def why_pages(site: Site, edition: Edition) -> dict[str, Page]:
    """Return what is said of why a round asks, for every lawful basis, and before and after its last day."""
    visitor, pages = site.visitor(), {}
    for basis, condition in product((None, *LawfulBasis), HealthCondition):
        purpose = Purpose("We ask to learn." if basis else "", basis, condition)
        path = site.link(site.open_round(purpose=purpose))
        pages[f"privacy, {basis}, {condition}"] = visitor.get(f"{path}/privacy?edition={edition}")
    pages["consent, nothing said"] = visitor.get(
        f"{site.link(site.open_round(purpose=UNSAID))}/consent?edition={edition}"
    )
    for name, last_on in (("planned", LATER), ("late", TODAY)):
        link, begun = site.begun(site.open_round(last_on=last_on), edition)
        with site.database.writing() as connection:
            connection.execute(text("UPDATE round SET last_on = '2026-11-01' WHERE last_on = '2026-11-21'"))
        pages[f"welcome, {name}"] = visitor.get(f"{site.link(answering_in(site, link))}?edition={edition}")
        pages[f"welcome back, {name}"] = begun.get(link)
    pages["everything"] = begun.get(f"{link}/everything")
    begun.post(f"{link}/check")
    return pages | {"privacy, sent": begun.get(f"{link}/privacy"), "everything, sent": begun.get(f"{link}/everything")}


def called_off_pages(site: Site, edition: Edition) -> dict[str, Page]:
    of = site.open_round()
    unused, (begun, visitor), (sent, sender) = site.link(of), site.begun(of, edition), site.begun(of, edition)
    sender.post(f"{sent}/check")
    cancel_round(site.database, of.id, TODAY)
    pages = {
        "called off": site.visitor().get(f"{unused}?edition={edition}"),
        "called off, begun": visitor.get(begun),
        "called off, an answer": visitor.post(f"{begun}/q/S01.a", {"answer": "yes"}),
        "called off, sent": sender.get(f"{sent}/done", follow_redirects=True),
        "called off, own result": sender.get(f"{sent}/result"),
        "called off, share": sender.get(f"{sent}/share"),
        "called off, take back": sender.get(f"{sent}/withdraw"),
    }
    return pages | {"called off, taken back": sender.post(f"{sent}/withdraw", follow_redirects=True)}


def answering_in(site: Site, link: str) -> Round:
    return answering.open_link(site.database, link.removeprefix("/a/")).round


def asking_pages(site: Site, edition: Edition) -> dict[str, Page]:
    of = site.open_round(Length.FULL)
    link, visitor = site.begun(of, edition)
    pages = {
        "how": visitor.get(f"{link}/how"),
        "how, nothing chosen": visitor.post(f"{link}/how"),
        "who helps": visitor.get(f"{link}/helped"),
        "answering for someone else": visitor.get(f"{link}/on-behalf"),
        "question": visitor.get(f"{link}/q/S03.c"),
        "question, nothing chosen": visitor.post(f"{link}/q/S03.c"),
        "question, the last one": visitor.get(f"{link}/q/S10.c"),
        "welcome back": visitor.get(link),
        "check": visitor.get(f"{link}/check"),
        "done": visitor.post(f"{link}/check", follow_redirects=True),
        "already sent": visitor.get(link),
    }
    late = site.begun_link(of, edition)
    answering.record_answer(site.database, late.removeprefix("/a/"), "S01.a", "yes")
    close_round(site.database, of.id, TODAY)
    return pages | {"closed": visitor.get(late), "second self-assessment": second_self_assessment(site, edition)}


def second_self_assessment(site: Site, edition: Edition) -> Page:
    """Return what somebody sees who sends a self-assessment where another one has been sent."""
    of = site.open_round()
    link = site.link(of, Audience.PROVIDER)
    answering.start(site.database, link.removeprefix("/a/"), edition, site.language)
    site.add_responses(of, Audience.PROVIDER, ["yes"])
    return site.visitor().post(f"{link}/check", {"is_me": "yes"})


def coming_back_pages(site: Site, edition: Edition) -> dict[str, Page]:
    link, visitor = site.begun(site.open_round(), edition)
    pages = {
        "is this you": site.visitor().get(link),
        "come back later": visitor.get(f"{link}/come-back"),
        "come back later, no word": visitor.post(f"{link}/come-back"),
        "short code": visitor.post(f"{link}/come-back", {"word": "blue dog"}),
        "is this you, wrong word": site.visitor().post(f"{link}/is-this-you", {"is_me": "yes", "word": "red"}),
        "code": visitor.get("/come-back"),
        "wrong code": visitor.post("/come-back", {"code": "x", "word": "y"}),
        "withdraw": visitor.get(f"{link}/withdraw"),
        "withdrawn": visitor.post(f"{link}/withdraw", follow_redirects=True),
    }
    return pages | {"finished": visitor.post(f"{link}/finish", follow_redirects=True)}


def own_result_pages(site: Site, edition: Edition) -> dict[str, Page]:
    link, visitor = site.begun(site.open_round(), edition)
    for number, option in enumerate(("yes", "sometimes", "no", "dont_know", "prefer_not", "yes"), start=1):
        visitor.post(f"{link}/q/S{number:02}.a", {"answer": option})
    visitor.post(f"{link}/check")
    chosen = {"shared_with": "family", "how_long": "week"}
    pages = {
        "only there": site.visitor().get(f"{link}/result"),
        "my answers": visitor.get(f"{link}/result"),
        "share": visitor.get(f"{link}/share"),
        "share, nothing chosen": visitor.post(f"{link}/share"),
        "link to share": visitor.post(f"{link}/share", chosen),
        "shared already": visitor.get(f"{link}/share"),
        "not shared": visitor.get("/s/nothing"),
        "shared": visitor.get(f"/s/{site.shared_token()}"),
    }
    assert visitor.get(f"{link}/result.pdf").status == 200
    return pages


def made_up_pages(site: Site, edition: Edition) -> dict[str, Page]:
    """Return the pages of a round of a made-up provider, which is in no network, so that nobody takes its worries."""
    provider = add_provider(site.database, "Wren Support", made_up=True)
    of = open_round(site.database, provider.id, SURVEY, length=Length.SHORT, on=TODAY)
    link, visitor = site.begun(of, edition)
    return {
        "made-up welcome": visitor.get(f"{site.link(of)}?edition={edition}"),
        "made-up question": visitor.get(f"{link}/q/S01.a"),
        "made-up help": visitor.get(f"{link}/help"),
        "made-up worry": visitor.get(f"{link}/worry", follow_redirects=True),
        "made-up and sent": visitor.post(f"{link}/check", follow_redirects=True),
        "made-up result": visitor.get(f"{link}/result"),
    }


def waiting_booklet(site: Site, edition: Edition) -> Page:
    """Return what the link of a booklet shows that waits for a second person to type it in."""
    of = open_round(site.database, site.provider.id, SURVEY, length=Length.SHORT, on=TODAY, paper_is_checked=True)
    link = site.link(of)
    ticked = {"edition": edition.value, "language": site.language, "consent": "ticked", "how": "self", "S01.a": "yes"}
    enter(site.database, of, link.removeprefix("/a/"), ticked, FIRST_PERSON, TODAY)
    return site.visitor().get(link)


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
        "last day": lead.get(f"/rounds/{of.id}/last-day"),
        "last day, in the past": lead.fill_in(f"/rounds/{of.id}/last-day", {"last_on": "1 1 2020"}),
        "call off": lead.get(f"/rounds/{of.id}/cancel"),
        "call off, not confirmed": lead.fill_in(f"/rounds/{of.id}/cancel"),
        "result of an open round": lead.get(f"/rounds/{of.id}/result"),
    }
    closed, off, gone = site.closed_round(), site.open_round(), site.open_round()
    close_round(site.database, empty.id, TODAY)
    cancel_round(site.database, off.id, date.today())
    cancel_round(site.database, gone.id, date(2026, 1, 1))
    pages |= {
        "closed round": lead.get(f"/rounds/{closed.id}"),
        "called off": lead.get(f"/rounds/{off.id}"),
        "called off long ago": lead.get(f"/rounds/{gone.id}"),
        "called off, result": lead.get(f"/rounds/{off.id}/result"),
        "called off, taker": lead.get(f"/rounds/{off.id}/safeguarding"),
        "called off, paper": lead.get(f"/rounds/{off.id}/paper"),
        "called off, booklets": lead.get(f"/rounds/{off.id}/booklets"),
        "called off, visits": lead.get(f"/rounds/{off.id}/visits"),
        "called off, last day": lead.get(f"/rounds/{off.id}/last-day"),
        "too late to bring back": lead.fill_in(f"/rounds/{off.id}", {}, f"/rounds/{gone.id}/bring-back"),
        "close twice": lead.get(f"/rounds/{closed.id}/close", follow_redirects=True),
        "result": lead.get(f"/rounds/{closed.id}/result"),
        "result of nobody": lead.get(f"/rounds/{empty.id}/result"),
    }
    return pages


def network_pages(site: Site, lead, coordinator) -> dict[str, Page]:
    before, closed = site.campaign(closed=False), site.campaign(closed=True)
    return {
        **recording_pages(site, coordinator),
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


def worry_pages(site: Site, edition: Edition) -> dict[str, Page]:
    link, visitor = site.begun_link(site.open_round(), edition), site.visitor()
    told = {"words": WORRY, "reader": site.contact.reader_mark}
    return {
        "help": visitor.get(f"{link}/help"),
        "worry": visitor.get(f"{link}/worry"),
        "worry, nothing written": visitor.post(f"{link}/worry"),
        "worry in danger": visitor.post(f"{link}/worry", {**told, "in_danger": "yes"}),
        "worry, other reader": visitor.post(f"{link}/worry", {**told, "reader": "x"}),
        "worry sent": visitor.post(f"{link}/worry", told),
        "worry sent in danger": visitor.post(f"{link}/worry", {**told, "in_danger": "yes", "has_seen_999": "yes"}),
    }


def concern_pages(site: Site) -> dict[str, Page]:
    reader, path = site.visitor("safeguarding"), f"/concerns/{site.tell(site.open_round())}"
    pages = {
        "no concerns": site.visitor("other safeguarding").get("/concerns"),
        "concerns": reader.get("/concerns"),
        "concern, not opened": reader.get(path),
    }
    reader.fill_in(path)
    pages["concern, nothing chosen"] = reader.fill_in(path, {}, f"{path}/step")
    reader.fill_in(path, {"step": "closed", "note": "Done.", "step_count": "1"}, f"{path}/step")
    return pages | {"concern": reader.get(path), "concerns, closed": reader.get("/concerns")}


def contact_pages(site: Site, lead, coordinator) -> dict[str, Page]:
    path = f"/networks/{site.network.id}/contacts"
    return {
        "contacts": coordinator.get(path),
        "new contact": coordinator.get(f"{path}/new"),
        "new contact, nothing given": coordinator.fill_in(f"{path}/new"),
        "contact": coordinator.get(f"{path}/{site.contact.id}"),
        "remove contact": coordinator.get(f"{path}/{site.contact.id}/remove"),
        "remove contact, refused": coordinator.fill_in(f"{path}/{site.contact.id}/remove", {"understood": "y"}),
        "who takes concerns": lead.get(f"/rounds/{site.open_round().id}/safeguarding"),
    }


def recording_pages(site: Site, coordinator) -> dict[str, Page]:
    text = site.record()
    site.speak(next(each.text for each in texts_of(published_surveys(site.database)[0])))
    path = f"/networks/{site.network.id}/recordings"
    here = f"{path}/en/{text.sha256}"
    pages = {
        "recordings": coordinator.get(path),
        "recordings, standard": coordinator.get(f"{path}?edition=standard&show=missing"),
        "words with a recording": coordinator.get(f"{here}?kept=yes"),
        "recording, nothing chosen": coordinator.fill_in(here),
        "recording, too large": coordinator.post(here, {"spoken_by": "x" * 2_500_000}),
    }
    coordinator.fill_in(here, to=f"{here}/delete")
    return pages | {"words without a recording": coordinator.get(here), "recordings, none": coordinator.get(path)}


def paper_pages(site: Site, lead) -> dict[str, Page]:
    of = open_round(site.database, site.provider.id, SURVEY, length=Length.SHORT, on=TODAY, paper_is_checked=True)
    code, path = site.link(of).removeprefix("/a/"), f"/rounds/{of.id}/paper"
    kind = {"code": code, "edition": "easy-read", "language": "en"}
    ticked = {**kind, "consent": "ticked", "S01.a": "yes"}
    other = {**ticked, "S01.a": "no"}
    checker = site.visitor("checker")
    pages = {
        "booklets": lead.get(f"/rounds/{of.id}/booklets"),
        "booklets, nothing chosen": lead.fill_in(f"/rounds/{of.id}/booklets"),
        "rounds with paper": checker.get("/paper"),
        "paper": lead.get(path),
        "paper, no code": lead.fill_in(path),
        "paper without a code": lead.get(f"{path}/no-code"),
        "paper without a code, opened": lead.fill_in(f"{path}/no-code", {**kind, "audience": "family"}),
        "paper to type in": lead.fill_in(path, kind),
        "paper in Welsh to type in": lead.fill_in(path, {**kind, "language": "cy"}),
        "paper without consent": lead.fill_in(path, kind, f"{path}/check"),
        "paper to check": lead.fill_in(path, ticked, f"{path}/check"),
        "paper kept": lead.fill_in(path, ticked, f"{path}/save"),
        "paper kept, behind its link": site.visitor().get(f"/a/{code}"),
        "paper typed in already": lead.fill_in(path, kind),
        "paper to type in again": checker.fill_in(path, kind),
        "paper that differs": checker.fill_in(path, other, f"{path}/save"),
        "paper sent": checker.fill_in(path, {**other, "settled-S01.a": "no"}, f"{path}/save"),
    }
    close_round(site.database, of.id, TODAY)
    return pages | {"paper, closed": lead.get(path), "booklets, closed": lead.get(f"/rounds/{of.id}/booklets")}


@pytest.fixture(scope="module")
def pages(shared_site: Site, sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    empty = Settings(
        home=tmp_path_factory.mktemp("empty"), DATABASE_URL=sqlite_files.new_url(), secret_key="k" * 40,
        log_level="ERROR",
    )  # fmt: skip
    app = create_app(empty)
    not_set_up = Visitor(app).get("/")
    app.extensions["driving_seat_database"].close()
    return every_page(shared_site) | {"not set up": not_set_up}


def test_every_page_is_complete_sound_html_and_every_template_is_among_them(
    shared_site: Site, pages: dict[str, Page], tmp_path: Path
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
    assert sorted(unused_templates(shared_site)) == []
    assert complaints(pages, tmp_path / "html") == []


def test_every_button_card_and_step_of_easy_read_has_a_picture_beside_it(pages: dict[str, Page]):
    easy = {name: page for name, page in pages.items() if page.select("html.easy-read")}
    assert len(easy) > 30
    bare = {
        name: [words_of(each) for each in page.select(PICTURED) if each.find(".//img") is None]
        for name, page in easy.items()
    }
    assert {name: words for name, words in bare.items() if words} == {}


def words_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


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
    return own - loaded - REACHED_BY_FLASK_SECURITY_ALONE - WITHOUT_REQUEST - MET_ELSEWHERE - {BEFORE_IT_IS_SET_UP}


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
