"""What a team may call its files."""

from dataclasses import replace
from datetime import date

import pytest

from app.errors import Invalid
from app.organisations.evidence import (
    LONGEST_FILE_NAME,
    MEDIA_TYPES,
    Evidence,
    Label,
    checked_title,
    cleaned_file_name,
    media_type_as_named,
)


def test_a_title_is_one_line():
    assert checked_title("  How we\n plan ") == "How we plan"


@pytest.mark.parametrize("title", ["", " \n", "x" * 201, "a\x00b", "a\u202eb"])
def test_a_title_that_cannot_be_read_is_refused(title: str):
    with pytest.raises(Invalid):
        checked_title(title)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd/plan.pdf", "plan.pdf"),
        ("C:\\Users\\Jo\\plan.pdf", "plan.pdf"),
        ("..\\x.pdf", "x.pdf"),
        ("plan.pdf\x00", "plan.pdf"),
        ("plan\r\nSet-Cookie: a=b.pdf", "planSet-Cookie: a=b.pdf"),
        ("plan\u202efdp.pdf", "planfdp.pdf"),
        ("a\u2028b\u200fc.pdf", "abc.pdf"),
        ("...plan.v1.2.PDF", "plan.v1.2.PDF"),
        ('"><img onerror=alert(1)>.png', '"><img onerror=alert(1)>.png'),
        ("=cmd|' -C calc'!A0.csv", "=cmd|' -C calc'!A0.csv"),
        ("Cafe\u0301.txt", "Caf\u00e9.txt"),
        ("x" * 300 + ".docx", "x" * (LONGEST_FILE_NAME - 5) + ".docx"),
    ],
)
def test_a_file_name_keeps_what_can_be_seen_and_no_folder(given: str, name: str):
    assert cleaned_file_name(given) == name


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("plan", "files of this kind"),
        ("", "files of this kind"),
        (".pdf", "files of this kind"),
        ("plan.exe", "files of this kind"),
        ("page.html", "files of this kind"),
        ("drawing.svg", "files of this kind"),
        ("all.zip", "files of this kind"),
        ("plan\u202egpj.exe", "files of this kind"),
        ("plan.exe.pdf", "two endings"),
        ("page.HTML.txt", "two endings"),
        ("plan.docm", "macros"),
        ("hours.xlsb", "macros"),
        ("plan.doc", "Save it as .docx"),
        ("<script>alert(1)</script>.pdf.js", "files of this kind"),
    ],
)
def test_a_name_of_another_kind_is_refused_with_what_to_do(given: str, said: str):
    with pytest.raises(Invalid, match=said):
        cleaned_file_name(given)


def test_a_name_must_say_what_the_content_is():
    for ending, media_type in MEDIA_TYPES.items():
        if ending != "csv":
            assert media_type_as_named(f"x.{ending}", media_type) == media_type
    assert media_type_as_named("x.csv", "text/plain") == "text/csv"
    with pytest.raises(Invalid, match=r"ends in \.jpg, but its content is that of a \.pdf file"):
        media_type_as_named("x.jpg", "application/pdf")
    with pytest.raises(Invalid, match=r"\.pdf"):
        media_type_as_named("x.pdf", "text/plain")


def test_a_deleted_file_is_gone_after_thirty_days():
    kept = Evidence("1", "p", Label("x"), "x.pdf", "application/pdf", 1, "0", date(2026, 1, 1), None)

    assert kept.gone_on is None
    assert replace(kept, deleted_on=date(2026, 1, 2)).gone_on == date(2026, 2, 1)
