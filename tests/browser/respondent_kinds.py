"""Every kind of page that somebody meets who answers: once, for every edition and language of the site's reader."""

from collections.abc import Callable

from playwright.sync_api import Page

from app.library.whole_files import put_whole
from app.services.speaking import sound_name
from app.standards import Audience
from app.surveys.spoken import joined, text_sha256
from tests.browser.kinds import PageKind, nothing
from tests.browser.paper_kinds import waiting_link
from tests.browser.served import NOBODY_S_TOKEN, OWN_WORD, ServedSite
from tests.sounds import mp3

Path = Callable[[ServedSite], str]


def submit(page: Page) -> None:
    """Press the first button of the page's form, whatever it is called."""
    with page.expect_navigation():
        page.locator("main button.govuk-button[type=submit]").first.click()


def _known(name: str, path: Path, then: Callable[[Page], None] = nothing) -> PageKind:
    return PageKind(name, path, then, is_answering=True)


def _stranger(name: str, path: Path, then: Callable[[Page], None] = nothing) -> PageKind:
    """A page that somebody meets on a device that does not know them."""
    return PageKind(name, path, then, is_answering=True, is_known_device=False)


def _begun(page: str, answered: int = 0) -> Path:
    return lambda site: site.begun_link(answered=answered) + page


def _fresh(page: str) -> Path:
    return lambda site: f"{site.link()}{page}?edition={site.edition}"


def _question(audience: Audience = Audience.PERSON, answered: int = 0, place: int = 0) -> Path:
    def path(site: ServedSite) -> str:
        link = site.begun_link(site.open_round(), audience, answered=answered)
        return f"{link}/q/{site.questions(link)[place].id}"

    return path


def _read_aloud(site: ServedSite) -> str:
    """The second question to a provider, with a sound for its words, which stays there: no other kind may ask it."""
    path = _question(Audience.PROVIDER, place=1)(site)
    words = site.questions(path)[1].wording[site.edition, Audience.PROVIDER]
    key = text_sha256(site.language, joined((words.stem, *words.help)))
    put_whole(site.settings.audio / site.language / sound_name(key), mp3())
    return path


def _listening(page: Page) -> None:
    page.locator("details[data-listen] summary").first.click()


def _closed(*, begun: bool) -> Path:
    def path(site: ServedSite) -> str:
        of = site.open_round()
        link = site.begun_link(of, answered=1) if begun else site.link(of)
        site.close(of)
        return link

    return path


def _called_off(*, begun: bool) -> Path:
    def path(site: ServedSite) -> str:
        of = site.open_round()
        link = site.begun_link(of, answered=1) if begun else site.link(of)
        site.call_off(of)
        return link

    return path


def _locked(page: str = "", *, sent: bool = False) -> Path:
    return lambda site: site.locked_link(sent=sent) + page


def _own_word(page: Page) -> None:
    page.locator("#word").fill(OWN_WORD)
    submit(page)


def _shared_nothing(page: Page) -> None:
    _own_word(page)
    submit(page)


def _shared(page: Page) -> None:
    _own_word(page)
    page.locator("input[name=shared_with]").nth(1).check()
    page.locator("input[name=how_long]").first.check()
    submit(page)


def _answered_on_a_strange_device(page: Page) -> None:
    """Answer, forget the device, and answer again: what is posted meets the question."""
    submit(page)
    with page.expect_navigation():
        page.locator("main a.govuk-button").first.click()
    page.context.clear_cookies(name="is-this-you")
    page.locator("input[name=answer]").first.check()
    submit(page)


def _told(in_danger: str = "") -> Callable[[Page], None]:
    def tell(page: Page) -> None:
        if in_danger:
            page.locator(f"input[name=in_danger][value={in_danger}]").check()
        page.locator("textarea").first.fill("He shouts at night.")
        submit(page)

    return tell


def _told_in_danger(page: Page) -> None:
    _told("yes")(page)
    submit(page)


def _told_to_another(page: Page) -> None:
    page.locator("input[name=reader]").evaluate("field => { field.value = 'somebody else' }")
    _told()(page)


ANSWERING = (
    _known("welcome", _fresh("")),
    _known("welcome to a family", lambda site: site.link(audience=Audience.FAMILY)),
    _known("welcome, nothing chosen", ServedSite.link, submit),
    _known("consent", _fresh("/consent")),
    _known("consent, nothing chosen", _fresh("/consent"), submit),
    _known("not taking part", _fresh("/not-taking-part")),
    _known("how", _begun("/how")),
    _known("how, nothing chosen", _begun("/how"), submit),
    _known("who helps", _begun("/helped")),
    _known("answering for someone else", _begun("/on-behalf")),
    _known("a question", _question()),
    _known("a question to a family", _question(Audience.FAMILY)),
    _known("a question to the provider", _question(Audience.PROVIDER)),
    _known("an answered question", _question(answered=2)),
    _known("a question, nothing chosen", _question(), submit),
    _known("a question that can be heard", _read_aloud, _listening),
    _known("check with gaps", _begun("/check", answered=3)),
    _known("check, all answered", _begun("/check", answered=10)),
    _known("welcome back", _begun("", answered=3)),
    _known("welcome back before the end", _begun("", answered=10)),
    _stranger("is this you", ServedSite.begun_link),
    _stranger("is this you, after an answer", ServedSite.begun_link, _answered_on_a_strange_device),
    _stranger("is this you, with a word", _locked()),
    _stranger("is this you, with the wrong word", _locked(), submit),
    _known("come back later", _begun("/come-back")),
    _known("come back later, no word given", _begun("/come-back"), submit),
    _known("a short code", _begun("/come-back"), _own_word),
    _known("come back with a code", lambda site: "/come-back"),
    _known("come back with a wrong code", lambda site: "/come-back", submit),
    _known("finished on this device", lambda site: "/finished"),
    _known("sent", lambda site: site.sent_link() + "/done"),
    _known("sent before", ServedSite.sent_link),
    _stranger("answers that the link alone does not open", lambda site: site.sent_link() + "/result"),
    _stranger("my answers", _locked("/result", sent=True), _own_word),
    _stranger("share my answers", _locked("/share", sent=True), _own_word),
    _stranger("share my answers, nothing chosen", _locked("/share", sent=True), _shared_nothing),
    _stranger("a link to share", _locked("/share", sent=True), _shared),
    _known("answers that were shared", ServedSite.shared_link),
    _known("not shared any more", lambda site: "/s/NOTHING"),
    _known("take my answers back", _begun("/withdraw", answered=1)),
    _known("taken back", _begun("/withdraw", answered=1), submit),
    _known("closed before it began", _closed(begun=False)),
    _known("closed before it was sent", _closed(begun=True)),
    _known("called off before it began", _called_off(begun=False)),
    _known("called off before it was sent", _called_off(begun=True)),
    _stranger("a booklet that is typed in", waiting_link),
    _known("an unknown link", lambda site: f"/a/{NOBODY_S_TOKEN}"),
    _known("get help", lambda site: "/help"),
    _known("get help by link", _begun("/help")),
    _known("get help where nobody is named", lambda site: site.link_without_contact() + "/help"),
    _known("get help beside answers that were shared", lambda site: site.shared_link() + "/help"),
    _known("a worry", _begun("/worry")),
    _known("a worry, nothing written", _begun("/worry"), submit),
    _known("a worry in danger", _begun("/worry"), _told("yes")),
    _known("a worry that somebody else reads now", _begun("/worry"), _told_to_another),
    _known("a worry when too many came", lambda site: site.flooded_link() + "/worry", _told()),
    _known("a worry, sent", _begun("/worry"), _told("no")),
    _known("a worry, sent in danger", _begun("/worry"), _told_in_danger),
    _known("why we ask, and your rights", _fresh("/privacy")),
    _known("what we keep about you", _begun("/everything", answered=2)),
    _stranger("what we keep about you, sent", _locked("/everything", sent=True), _own_word),
    _known("privacy", lambda site: "/privacy"),
    _known("accessibility", lambda site: "/accessibility"),
)
