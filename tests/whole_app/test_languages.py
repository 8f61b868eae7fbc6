"""No page mixes languages: not its words, not its numbers of things, not its dates."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from babel import Locale
from flask import render_template_string, request

from app.errors import Conflict, Invalid, NotFound, Refused
from app.library import catalogue, read_library
from app.library.catalogue import catalogue_path, messages_of, read_catalogue
from app.library.extraction import catalogue_text, extracted, updated
from app.library.translation_writing import update_translation
from app.organisations import Role
from app.services import publishing
from app.standards import LANGUAGES
from app.web import access
from app.web.languages import is_multilingual, multilingual
from tests.databases import LIBRARY, SqliteFiles
from tests.site import Page, Site, make_site
from tests.whole_app.reading import texts_of
from tests.whole_app.test_pages import WORRY, respondent_pages

KEPT = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}|</?[a-z][^>]*>|&\w+;")
WIDE = str.maketrans({letter: chr(ord(letter) + 0xFEE0) for letter in map(chr, [*range(65, 91), *range(97, 123)])})
NAMES = (
    "Bramble Way Support",
    "Wren Support",
    "Driving Seat",
    "Small supports of the north",
    "Jo Bell",
    "Works for the council.",
    "Cymraeg",
    "OpenMoji",
    "CC BY-SA 4.0",
    "blue dog",
    WORRY,
)
CODE = re.compile(r"\b[0-9A-Z]{4}(-[0-9A-Z]{4})+\b|https?://\S+")  # a receipt's letters are all of A to Z
MONTHS = {month for form in ("wide", "abbreviated") for month in Locale("cy").months["format"][form].values()}
PagesIn = dict[str, dict[str, Page]]  # a language → a page's name → the page
PUBLIC = ("/privacy", "/accessibility", "/help", "/nowhere")


def wide(text: str) -> str:
    """Write a text in wide letters: a language that nobody can take for English or Welsh. Placeholders stay."""
    parts, last = [], 0
    for kept in KEPT.finditer(text):
        parts += [text[last : kept.start()].translate(WIDE), kept[0]]
        last = kept.end()
    return "".join([*parts, text[last:].translate(WIDE)])


# --- in a language that is made up, so that every word that comes from elsewhere is seen ----------------------------


@contextmanager
def wide_letters(site: Site, folder: Path) -> Iterator[None]:
    """Make every English word in wide letters the site's Welsh; of a plural, each form with its number before it."""
    made = updated(read_catalogue(catalogue_path("cy")), extracted())
    for message in messages_of(made):
        message.flags.discard("fuzzy")
        plural = isinstance(message.id, tuple)
        message.string = tuple(f"⟦{n}⟧{wide(message.id[1])}" for n in range(6)) if plural else wide(message.id)
    path = folder / "translations" / "cy" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(catalogue_text(made, "cy"), encoding="utf-8")
    publishing.load_library(site.database, _library_in_wide_letters(folder))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "CATALOGUES", folder / "translations")
        _forget()
        yield
    _forget()


@pytest.fixture
def in_wide_letters(site: Site, tmp_path: Path) -> Iterator[Site]:
    with wide_letters(site, tmp_path):
        yield site


@pytest.fixture(scope="module")
def wide_pages(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> PagesIn:
    folder = tmp_path_factory.mktemp("wide")
    site = make_site(folder, sqlite_files.new_url())
    with wide_letters(site, folder):
        pages = pages_in_both(site)
    site.close()
    return pages


def _library_in_wide_letters(folder: Path) -> Path:
    for name in ("standards", "surveys"):
        shutil.copytree(LIBRARY / name, folder / name, ignore=shutil.ignore_patterns("LOCK.json", "i18n"))
    for words in read_library(folder).words:
        update_translation(words, "cy")
        path = words.folder / "i18n" / "cy.yaml"
        text = path.read_text(encoding="utf-8")
        for key, english in words.english.items():
            quoted = wide(english).replace("'", "''")
            entry = re.compile(rf"(\n  {re.escape(key)}: .*)state: missing, text: ''")
            text = entry.sub(lambda found, quoted=quoted: f"{found[1]}state: reviewed, text: '{quoted}'", text, count=1)
        path.write_text(text, encoding="utf-8")
    return folder


def _forget() -> None:
    catalogue.translations_of.cache_clear()
    catalogue.interface_states.cache_clear()


def pages_in_both(site: Site) -> PagesIn:
    """Return every page that a respondent meets, in Welsh and in English."""
    found = {}
    for site.language in LANGUAGES:
        found[site.language] = public_pages(site) | respondent_pages(site)
    return found


def public_pages(site: Site) -> dict[str, Page]:
    visitor = site.visitor()
    pages = {f"home {path}": visitor.get(path) for path in PUBLIC}
    pages["strange host"] = visitor.get("/", headers={"Host": "evil.example"})
    return pages


def leaks(page: Page) -> list[str]:
    """Return the texts that hold a word in plain letters which is neither a name, a code, nor a month."""
    found = []
    for text in texts_of(page):
        left = CODE.sub("", text)
        for name in NAMES:
            left = left.replace(name, "")
        if [word for word in re.findall(r"[A-Za-z]+", left) if word not in MONTHS]:
            found.append(text)
    return found


def test_every_word_of_every_respondents_page_comes_from_the_pages_language(wide_pages: PagesIn):
    pages = wide_pages["cy"]

    found = {name: leaks(page) for name, page in pages.items()}

    assert {name: texts for name, texts in found.items() if texts} == {}
    assert {page.select("html")[0].get("lang") for page in pages.values()} == {"cy"}


def test_the_same_pages_in_english_hold_no_word_of_the_other_language(wide_pages: PagesIn):
    pages = wide_pages["en"]
    strange = re.compile("[\uff21-\uff5a]")
    assert {name: page.title for name, page in pages.items() if any(strange.search(t) for t in texts_of(page))} == {}


def test_a_number_of_things_is_said_in_the_form_that_welsh_has_for_it(in_wide_letters: Site):
    (message, *_) = [each for each in messages_of(extracted()) if isinstance(each.id, tuple)]
    source = "{{ ngettext(one, many, number, **dict.fromkeys(names, number)) }}"
    names = [name for name in re.findall(r"%\((\w+)\)", message.id[1]) if name != "num"]
    for number, form in {0: 0, 1: 1, 2: 2, 3: 3, 4: 5, 5: 5, 6: 4, 7: 5, 11: 5, 100: 5}.items():
        with in_wide_letters.app.test_request_context("/help", headers={"Accept-Language": "cy"}):
            said = render_template_string(source, one=message.id[0], many=message.id[1], number=number, names=names)

        assert said.startswith(f"⟦{form}⟧")
        assert str(number) in said


def test_a_date_and_a_number_are_written_as_the_pages_language_writes_them(site: Site):
    for language, expected in (("en", "1 March 2027, 12,345"), ("cy", "1 Mawrth 2027, 12,345")):
        with site.app.test_request_context("/help", headers={"Accept-Language": language}):
            assert render_template_string("{{ on | day }}, {{ 12345 | number }}", on=date(2027, 3, 1)) == expected


# --- in Welsh as it is ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(shared_site: Site) -> PagesIn:
    return pages_in_both(shared_site)


def english_and_welsh() -> tuple[set[str], set[str]]:
    """Return every text of the pages and of the content, in English and in Welsh, without its tags."""
    english, welsh = set(), set()
    for message in messages_of(read_catalogue(catalogue_path("cy"))):
        english.update(_pieces(message.id))
        welsh.update(_pieces(message.string))
    for words in read_library(LIBRARY).words:
        english.update(words.english.values())
        welsh.update(string.text for translation in words.translations for string in translation.strings.values())
    return english, welsh


def _pieces(strings: str | tuple[str, ...]) -> Iterator[str]:
    for string in (strings,) if isinstance(strings, str) else strings:
        yield from (" ".join(piece.split()) for piece in re.split(r"</?[a-z][^>]*>", string) if piece.strip())


def mixed(page: Page, own: set[str], other: set[str]) -> list[str]:
    """Return the texts that are one of the other language's, or hold one of it of three words or more."""
    foreign = other - own
    long = [text for text in foreign if len(text.split()) >= 3 and "%(" not in text and "{" not in text]
    return [text for text in texts_of(page) if text in foreign or any(each in text for each in long)]


def test_no_welsh_page_holds_english_and_no_english_page_holds_welsh(pages: PagesIn):
    english, welsh = english_and_welsh()

    found = {f"{name} in Welsh": mixed(page, welsh, english) for name, page in pages["cy"].items()}
    found |= {f"{name} in English": mixed(page, english, welsh) for name, page in pages["en"].items()}

    assert {name: texts for name, texts in found.items() if texts} == {}


def test_every_page_with_words_that_nobody_checked_says_so(site: Site, pages: PagesIn):
    with site.app.test_request_context("/help", headers={"Accept-Language": "cy"}):
        notice = render_template_string('{% include "components/wording_state.html" %}')
    said = " ".join(re.sub(r"<[^>]*>", "", notice).split())
    assert said

    assert [name for name, page in pages["cy"].items() if said not in " ".join(page.words("body"))] == []
    assert [name for name, page in public_pages(site).items() if page.select(".wording-state")] == []


# --- which language -------------------------------------------------------------------------------------------


def test_a_page_is_in_the_language_that_the_browser_asks_for(site: Site):
    for accepted, language in {
        "cy": "cy",
        "cy-GB,en;q=0.5": "cy",
        "en-GB,en;q=0.9,cy;q=0.5": "en",
        "fr,cy;q=0.1": "cy",
        "cy;q=0": "en",
        "fr": "en",
        "*": "en",
        "": "en",
    }.items():
        page = site.visitor().get("/help", headers={"Accept-Language": accepted})

        assert page.select("html")[0].get("lang") == language, accepted


def test_what_somebody_chose_counts_more_than_what_the_browser_asks_for(site: Site):
    visitor = site.visitor()
    visitor.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "cy"

    answered = visitor.post("/look", {"switch": "language:en", "back": "/help"})

    assert (answered.status, answered.response.location) == (303, "/help")
    assert visitor.get("/help").select("html[lang=en]")
    visitor.post("/look", {"switch": "language:cy", "back": "/help"})
    assert visitor.get("/help").select("html[lang=cy]")
    visitor.post("/look", {"switch": "theme:dark", "back": "/help"})
    assert visitor.get("/help").select("html[lang=cy].theme-dark")


def test_changing_the_look_never_leads_to_another_site(site: Site):
    visitor = site.visitor()
    elsewhere = ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "/ /x", "\\\\evil"]
    for back in ("", "help", *elsewhere):
        answered = visitor.post("/look", {"switch": "size:large", "back": back})

        assert (answered.status, answered.response.location) == (303, "/"), back
        assert "look=large." in answered.response.headers["Set-Cookie"]


def test_a_switch_that_is_not_known_changes_nothing(site: Site):
    answered = site.visitor().post("/look", {"switch": "language:xx", "back": "/help?from=1#top"})

    assert answered.response.location == "/help?from=1#top"
    assert "look=normal.auto.on.none" in answered.response.headers["Set-Cookie"]


def test_pages_that_have_no_welsh_are_english_whatever_is_asked_for(site: Site):
    site.language = "cy"
    stranger, lead = site.visitor(), site.visitor("lead")

    for visitor, path in ((stranger, "/"), (stranger, "/method"), (lead, "/rounds")):
        page = visitor.get(path)
        assert page.status == 200
        assert page.select("html[lang=en]"), path


def test_pages_about_ones_own_account_are_in_welsh(site: Site):
    site.language = "cy"
    for visitor, path in ((site.visitor(), "/sign-in"), (site.visitor("lead"), "/account")):
        assert visitor.get(path).select("html[lang=cy]"), path


OWN_ACCOUNT = {"accounts", "by_letter", "joining", "security", "sign_on"}


def test_staff_pages_are_never_multilingual(site: Site):
    """Deny by default: what a lead, a coordinator or a checker opens is English until all of it is translated."""
    wrong = []
    for rule in site.app.url_map.iter_rules():
        with site.app.test_request_context():
            request.url_rule = rule
            roles = access.declared_roles(site.app, rule.endpoint)
            is_about_oneself = rule.endpoint.split(".")[0] in OWN_ACCOUNT
            if is_multilingual() and not is_about_oneself and not roles <= {Role.PUBLIC, Role.RESPONDENT}:
                wrong.append(rule.endpoint)
    assert wrong == []


def test_an_error_on_a_welsh_page_says_nothing_in_english(site: Site, monkeypatch: pytest.MonkeyPatch):
    english = "Something only English says."
    for error, status in ((NotFound, 404), (Conflict, 409), (Refused, 403), (Invalid, 422)):

        def fail(*_, error=error):
            raise error(english)

        monkeypatch.setitem(site.app.view_functions, "home.get_help", _declared(fail))
        for language, is_said in (("en", True), ("cy", False)):
            page = site.visitor().get("/help", headers={"Accept-Language": language})
            assert page.status == status
            assert page.select(f"html[lang={language}]")
            assert (english in page.said) is is_said


def _declared(view):
    return multilingual(access.open_to(Role.PUBLIC)(view))
