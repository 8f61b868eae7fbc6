"""Pages as PDF: what a screen reader needs is in it, every letter is, and nothing from elsewhere."""

import logging
import re
from io import BytesIO
from pathlib import Path

import pytest

from app.errors import Refused
from app.exports import pdf
from app.exports.pdf import write_copies, write_pdf
from tests.pdf_reading import facts_of, fonts_of, source_of, tags_of, texts_of

WELSH = "ŵŷâêîôû’– Ŵ Ŷ dŵr tŷ"
STYLE = "app/web/static/built"


def page(body: str, head: str = "", language: str = "cy") -> str:
    (site_css,) = (Path(__file__).parents[3] / STYLE).glob("site.*.css")
    link = f'<link rel="stylesheet" href="/static/{site_css.name}">'
    head = f"<head><title>Y teitl</title>{link}{head}</head>"
    return f'<!doctype html><html lang="{language}">{head}<body>{body}</body></html>'


def made(html: str) -> bytes:
    out = BytesIO()
    write_pdf(html, out)
    return out.getvalue()


def test_welsh_letters_are_right_as_text_and_drawn_from_the_one_embedded_font():
    written = made(page(f'<p class="govuk-body">{WELSH}</p><p class="govuk-body"><strong>{WELSH}</strong></p>'))

    assert texts_of(written) == [f"{WELSH} {WELSH}"]
    assert [(name.split("+")[1], embedded) for name, embedded in fonts_of(written)] == [
        ("Atkinson-Hyperlegible-Next", True),
        ("Atkinson-Hyperlegible-Next-Bold", True),
    ]


def test_a_pdf_says_its_language_and_title_and_that_it_is_tagged_for_everybody():
    hand = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3C/svg%3E"
    written = made(page(f'<h1>One</h1><ul><li>Two</li></ul><p><img src="{hand}" alt="A hand"></p>'))

    facts, source = facts_of(written), source_of(written)
    assert (facts["Title"], facts["Tagged"]) == ("Y teitl", "yes")
    for part in (r"/StructTreeRoot", r"/Lang \(cy\)", r"/MarkInfo\s*<<\s*/Marked true", r"/DisplayDocTitle true"):
        assert re.search(part, source), part
    assert re.search(r"pdfuaid:part(?:>|=\")1", source)
    assert [tag for tag in tags_of(written) if tag in {"H1", "L", "LI", "Figure"}] == ["H1", "L", "LI", "Figure"]
    assert "/Alt (A hand)" in source


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/x.svg",
        "https://example.org/x.svg",
        "file:///etc/hostname",
        "/static/../../__init__.py",
        "/x",
    ],
)
def test_a_page_gets_nothing_but_what_was_built_and_what_it_holds(address: str):
    with pytest.raises(RuntimeError, match="is not there"):
        made(page(f'<img src="{address}" alt="x">'))


def test_nothing_of_a_page_goes_into_the_log():
    told: list[str] = []
    listener = logging.Handler()
    listener.emit = lambda record: told.append(record.getMessage())
    logging.getLogger().addHandler(listener)
    try:
        made(page('<img src="data:image/svg+xml,K7QX2MPA" alt="x">', "<style>p { unknown: K7QX2MPA }</style>"))
    finally:
        logging.getLogger().removeHandler(listener)

    assert [message for message in told if "K7QX2MPA" in message] == []


def test_a_file_that_is_named_can_be_taken(tmp_path: Path):
    picture = tmp_path / "own.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>')
    out = BytesIO()

    write_pdf(page('<img src="/static/pictures/own/x.svg" alt="Own">'), out, {"/static/pictures/own/x.svg": picture})

    assert "/Alt (Own)" in source_of(out.getvalue())


def test_copies_differ_outside_and_are_the_same_inside():
    def page_of(name: str, page_count: int) -> str:
        new_page = 'style="break-before: page"'
        inside = f'<h2 {new_page} id="inside">Inside</h2><p {new_page}>More of it</p>' if not page_count else ""
        after = f"After {name}" + (f", page {page_count}" if page_count else "")
        return page(f'<h1>{name}</h1>{inside}<p {new_page} id="after-inside">{after}</p>')

    out = BytesIO()
    write_copies(["First", "Second", "Third"], page_of, out)

    written = out.getvalue()
    inside = ["Inside", "More of it"]
    assert texts_of(written) == [
        *("First", *inside, "After First"),
        *("Second", *inside, "After Second, page 4"),
        *("Third", *inside, "After Third, page 4"),
    ]
    assert tags_of(written).count("H1") == 3
    assert tags_of(written).count("H2") == 3


def test_where_pango_is_missing_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    import builtins
    import sys

    import app.exports

    real_import = builtins.__import__

    def without_pango(name: str, *more, **named):
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real_import(name, *more, **named)

    monkeypatch.delitem(sys.modules, "app.exports.typesetting", raising=False)
    monkeypatch.delattr(app.exports, "typesetting", raising=False)
    monkeypatch.setattr(builtins, "__import__", without_pango)

    with pytest.raises(Refused, match="apt-get install libpango") as refused:
        made(page("<p>x</p>"))
    assert refused.value.message == pdf.NEEDS_PANGO
