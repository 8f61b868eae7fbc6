"""Every booklet: each edition, language, audience and length, as the PDF that a lead gets."""

import re
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise, product
from pathlib import Path
from urllib.parse import unquote

import pytest
import segno

from app.library.catalogue import translations_of
from app.library.extraction import extracted
from app.organisations import OPERATOR
from app.responses import LawfulBasis, Purpose, Round
from app.services.booklets import Booklet, booklet_of, make_booklets
from app.services.links import grouped, new_token
from app.services.organising import add_provider
from app.services.rounds import open_round
from app.services.sites import add_site
from app.standards import Audience
from app.storage import Database
from app.surveys import Edition, Length
from app.web.paper import printing
from app.web.paper.printing import booklet_pdf
from config import Settings
from tests.databases import SqliteFiles
from tests.days import TODAY
from tests.pdf_reading import facts_of, fonts_of, source_of, tags_of, texts_of
from tests.site import SURVEY

KINDS = list(product(Edition, ("en", "cy"), Audience))
PAGES_BEFORE = {Audience.PERSON: 10, Audience.FAMILY: 10, Audience.PROVIDER: 6}
PAGES_AFTER = 3


@pytest.fixture(scope="module")
def database(sqlite_files: SqliteFiles) -> Database:
    return Database.at(sqlite_files.new_url()).acting_for(OPERATOR)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(home=tmp_path_factory.mktemp("home"), secret_key="k" * 40, base_url="https://answers.example.org")


@pytest.fixture(scope="module")
def rounds(database: Database) -> dict[Length, Round]:
    provider = add_provider(database, "Bramble Way Support")
    return {length: open_round(database, provider.id, SURVEY, length=length, on=TODAY) for length in Length}


def booklet(database: Database, of: Round, edition: Edition, language: str, audience: Audience) -> Booklet:
    found = booklet_of(database, of.id, audience, edition, language)
    assert found.language == language
    return found


def plain(words: str) -> str:
    """Return words with single spaces; a line may end after a hyphen."""
    return " ".join(words.split()).replace("- ", "-")


@pytest.mark.parametrize(("edition", "language", "audience"), KINDS)
def test_a_full_booklet_has_a_page_for_each_question_and_all_of_its_words(
    database: Database,
    settings: Settings,
    rounds: dict[Length, Round],
    edition: Edition,
    language: str,
    audience: Audience,
):
    of = booklet(database, rounds[Length.FULL], edition, language, audience)

    written = booklet_pdf(settings, of, [])

    texts = [plain(text) for text in texts_of(written)]
    assert len(texts) == PAGES_BEFORE[audience] + 30 + PAGES_AFTER
    _ = translations_of(language).gettext
    for number, (question, text) in enumerate(
        zip(of.questions, texts[PAGES_BEFORE[audience] :], strict=False), start=1
    ):
        assert _("Question %(number)s of %(count)s") % {"number": number, "count": 30} in text
        assert plain(question.stem) in text
        for option in question.options:
            assert f"{option.number} {plain(option.label)}" in text
    for paragraph in (*of.texts.welcome, *of.texts.promises(of.round.thresholds), of.texts.consent):
        assert any(plain(paragraph) in text for text in texts), paragraph
    assert all(of.pin in text for text in texts)
    assert all(_("SPECIMEN – not for answers") in text for text in texts)
    assert texts[-1].endswith(_("Page %(page)s of %(pages)s") % {"page": len(texts), "pages": len(texts)})
    facts = facts_of(written)
    assert facts["Tagged"] == "yes"
    assert facts["Page size"].startswith("595.276 x 841.89")
    assert facts["Title"] == f"{of.texts.title} – Bramble Way Support"
    assert f"/Lang ({language})" in source_of(written)
    assert all(embedded and "Atkinson" in name for name, embedded in fonts_of(written))


@pytest.mark.parametrize(("edition", "language"), [(Edition.STANDARD, "en"), (Edition.EASY_READ, "cy")])
def test_a_short_booklet_asks_ten_and_its_headings_stand_in_order(
    database: Database, settings: Settings, rounds: dict[Length, Round], edition: Edition, language: str
):
    of = booklet(database, rounds[Length.SHORT], edition, language, Audience.PERSON)

    written = booklet_pdf(settings, of, [])

    assert len(texts_of(written)) == PAGES_BEFORE[Audience.PERSON] + 10 + PAGES_AFTER
    headings = [tag for tag in tags_of(written) if re.fullmatch(r"H\d", tag)]
    assert headings[0] == "H1"
    assert headings.count("H1") == 1
    assert all(int(after[1]) - int(before[1]) <= 1 for before, after in pairwise(headings))
    source = source_of(written)
    assert source.count("/S /Figure") == len(re.findall(r"/Alt [(<]", source))
    assert (source.count("/S /Figure") > 50) == (edition is Edition.EASY_READ)


def test_a_booklet_for_one_site_names_it_on_its_first_page(database: Database, settings: Settings):
    provider = add_provider(database, "Alder Support")
    maple = add_site(database, provider.id, "Maple House")
    of = open_round(database, provider.id, SURVEY, length=Length.SHORT, on=TODAY, site_id=maple.id)

    booklet = booklet_of(database, of.id, Audience.PERSON, Edition.EASY_READ, "en")
    first = texts_of(booklet_pdf(settings, booklet, [new_token()]))[0]

    assert "Maple House, of Alder Support" in first


def test_every_fixed_word_of_a_booklet_is_there_in_welsh():
    found = {message.id for message in extracted() if message.id and of_booklets(message.id)}
    catalogue = translations_of("cy")

    untranslated = [
        words for words in found if isinstance(words, str) and catalogue.gettext(words) == words and words not in SAME
    ]
    assert len(found) > 50
    assert untranslated == []


SAME = {"Samaritans", "NHS 111"}


def of_booklets(words: str | tuple[str, ...]) -> bool:
    """Say whether words stand in what booklets are made of."""
    one = words if isinstance(words, str) else words[0]
    return any(f'"{one}"' in source for source in SOURCES)


APP = Path(printing.__file__).parents[1]
TEMPLATES = ("paper/booklet.html", "paper/ticks.html", "answer/on_behalf_guidance.html")
SOURCES = [Path(printing.__file__).read_text(), *((APP / "templates" / name).read_text() for name in TEMPLATES)]


def test_no_english_is_left_on_a_welsh_page(database: Database, settings: Settings, rounds: dict[Length, Round]):
    of = booklet(database, rounds[Length.SHORT], Edition.EASY_READ, "cy", Audience.PERSON)
    text = " ".join(texts_of(booklet_pdf(settings, of, [])))

    assert not re.search(r"\b(the|you|your|they|with|Question|Page)\b", text.replace(of.pin, ""))


def test_a_square_holds_the_link_and_what_was_printed(
    database: Database, settings: Settings, rounds: dict[Length, Round]
):
    of = booklet(database, rounds[Length.SHORT], Edition.EASY_READ, "cy", Audience.FAMILY)
    token = new_token()

    code = printing.printed_code(settings, of, token)

    address = f"https://answers.example.org/a/{token}#{SURVEY}@1.0.0/easy-read/cy"
    assert unquote(code.qr).endswith(printing.qr_svg(address))
    assert modules(unquote(code.qr)) == [list(row) for row in segno.make_qr(address, error="m").matrix]
    assert code.code == grouped(token)
    assert printing.qr_content(settings, of, token) == address


def modules(svg: str) -> list[list[int]]:
    """Read a code's modules back from the path that draws it: rows of horizontal strokes of height 1."""
    (side,) = re.findall(r'viewBox="0 0 (\d+) ', svg)
    path = re.findall(r'd="(M[^"]*)"', svg)[-1]
    size, grid, x, y = int(side) - 8, [], 0.0, 0.0
    grid = [[0] * size for _ in range(size)]
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        values = [float(each) for each in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            for place in range(int(values[0])):
                grid[int(y - 4)][int(x - 4) + place] = 1
            x += values[0]
    return grid


def test_what_a_network_and_the_notices_say_stands_in_the_booklet(
    database: Database, settings: Settings, rounds: dict[Length, Round]
):
    of = booklet(database, rounds[Length.SHORT], Edition.STANDARD, "cy", Audience.PERSON)

    text = " ".join(texts_of(booklet_pdf(settings, of, [])))

    _ = translations_of("cy").gettext
    assert plain(of.wording_note) in text
    assert _("Nobody has checked these words in this language yet.") in text
    assert "999" in text


@pytest.mark.parametrize("edition", Edition)
def test_a_booklet_says_who_may_read_it(
    database: Database, settings: Settings, rounds: dict[Length, Round], edition: Edition
):
    of = booklet(database, rounds[Length.SHORT], edition, "en", Audience.PERSON)

    def said(of: Booklet) -> str:
        return plain(" ".join(texts_of(booklet_pdf(settings, of, []))))

    once, twice = said(of), said(replace(of, round=replace(of.round, paper_is_checked=True)))

    assert "This can be a quality checker from outside, or somebody who is in charge at Bramble Way Support." in once
    assert "Then a second person does the same." in twice
    assert "Then a second person does the same." not in once


def test_whoever_answers_for_somebody_on_paper_reads_what_stands_on_the_screen(
    database: Database, settings: Settings, rounds: dict[Length, Round]
):
    of = booklet(database, rounds[Length.SHORT], Edition.STANDARD, "en", Audience.FAMILY)

    text = plain(" ".join(texts_of(booklet_pdf(settings, of, []))))

    assert "(Mental Capacity Act 2005, section 1)" in text
    assert "Think of what the person has said or shown" in text


def test_nobody_is_invited_when_the_file_cannot_be_made(database: Database, rounds: dict[Length, Round]):
    of = booklet(database, rounds[Length.SHORT], Edition.STANDARD, "en", Audience.PERSON)

    def broken(_booklet: Booklet, _tokens: object) -> bytes:
        raise RuntimeError("no paper")

    with pytest.raises(RuntimeError):
        make_booklets(database, of, 3, broken)

    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM invitation").scalar() == 0


def test_ten_copies_are_made_from_one_layout(
    database: Database, settings: Settings, rounds: dict[Length, Round], monkeypatch: pytest.MonkeyPatch
):
    from app.exports import typesetting

    of = booklet(database, rounds[Length.SHORT], Edition.STANDARD, "en", Audience.PERSON)
    drawn: list[object] = []
    paint = typesetting.Page.paint
    monkeypatch.setattr(typesetting.Page, "paint", lambda page, *more: drawn.append(page) or paint(page, *more))

    made = make_booklets(database, of, 10, partial(booklet_pdf, settings))

    assert len(texts_of(made)) == 10 * 23
    assert len(drawn) == 21 + 2 * 10


def test_a_booklet_says_in_the_lead_s_words_why_it_asks_and_until_when(database: Database, settings: Settings):
    provider = add_provider(database, "Bramble Way Support")
    why = Purpose("We ask to <learn> from “you”.", LawfulBasis.CONSENT)
    of = open_round(database, provider.id, SURVEY, on=TODAY, purpose=why, last_on=date(2027, 1, 31))
    for language, until in (("en", "31 January 2027"), ("cy", "31 Ionawr 2027")):
        pdf = booklet_pdf(settings, booklet(database, of, Edition.EASY_READ, language, Audience.PERSON), [])

        cover, about, *_ = map(plain, texts_of(pdf))
        assert until in cover
        assert "We ask to <learn> from “you”." in about
