"""What may be kept as evidence is told by its content."""

import struct
import time
from io import BytesIO
from zipfile import ZipFile

import pytest

from app.errors import Invalid
from app.library.evidence_files import A_PAGE, A_PLACE, EMPTY, UNKNOWN, checked_content
from app.library.office_files import DAMAGED, FETCHES, LOCKED, MACROS, OLD_OR_LOCKED, OTHER_ZIP, TOO_TIGHT
from app.organisations.evidence import media_type_as_named
from tests.evidence_files import (
    HEIC,
    KEPT,
    OFFICE,
    PDF,
    bomb,
    content_types,
    docx,
    exif,
    jpeg,
    locked_zip,
    lying_bomb,
    many_parts,
    mp4,
    open_document,
    png,
    pptx,
    relations,
    xlsx,
    zip_of,
)
from tests.sounds import box, ogg, wav

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def said_of(content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        checked_content(content)
    return refused.value.message


@pytest.mark.parametrize("name", KEPT)
def test_every_kind_that_is_kept_is_known_by_its_content_and_agrees_with_its_name(name: str):
    assert media_type_as_named(name, checked_content(KEPT[name]))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", EMPTY),
        (b"<!doctype html><script>alert(1)</script>", A_PAGE),
        (b"\n  <svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", A_PAGE),
        (b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", A_PAGE),
        ("<html>".encode("utf-16"), A_PAGE),
        (b"MZ\x90\0" + bytes(300), UNKNOWN),
        (b"\x7fELF" + bytes(300), UNKNOWN),
        (b"GIF89a" + bytes(300), UNKNOWN),
        (wav(), UNKNOWN),
        (ogg(), UNKNOWN),
        (box(b"ftyp", b"avif\0\0\0\0"), UNKNOWN),
        (b"\xff\xfe\xd8", UNKNOWN),
        (b"\x81\x8d", UNKNOWN),
        (OLE, OLD_OR_LOCKED),
        (zip_of({"a.txt": "words"}), OTHER_ZIP),
        (zip_of({"mimetype": "application/epub+zip"}), OTHER_ZIP),
        (zip_of({"[Content_Types].xml": content_types("application/xml")}), OTHER_ZIP),
    ],
)
def test_what_is_of_another_kind_is_refused(content: bytes, said: str):
    assert said_of(content) == said


@pytest.mark.parametrize(
    "content",
    [
        zip_of({"[Content_Types].xml": content_types("application/vnd.ms-word.document.macroEnabled.main+xml")}),
        zip_of({"[Content_Types].xml": content_types("application/vnd.ms-word.document.&#109;acroEnabled.main+xml")}),
        docx(word___vbaProject__bin=b"x"),
        docx(word___harmless__bin=OLE),
        docx(word___activeX___x__xml="<x/>"),
        docx(word___embeddings___x__bin=b"MZ\x90\0"),
        open_document(Basic___Standard___Module1__xml="<x/>"),
        pptx(ppt___embeddings___x__xlsx=docx(word___vbaProject__bin=b"x")),
    ],
)
def test_macros_and_parts_of_programs_are_refused_under_any_name(content: bytes):
    assert said_of(content) == MACROS


def test_what_fetches_a_template_from_elsewhere_is_refused_and_a_link_to_read_is_not():
    name = "word___rels___settings__xml__rels"
    assert said_of(docx(**{name: relations("attachedTemplate", "https://example.org/x.dotm")})) == FETCHES
    assert checked_content(docx(**{name: relations("hyperlink", "https://example.org/")}))


@pytest.mark.parametrize("content", [locked_zip(), open_document(**{"META-INF___manifest__xml": "<encryption-data/>"})])
def test_a_locked_document_is_refused(content: bytes):
    assert said_of(content) == LOCKED


BOMBS = {
    "one large part": bomb,
    "a directory that lies": lying_bomb,
    "a bomb in a presentation": lambda: pptx(ppt___embeddings___x__xlsx=bomb()),
    "many parts": many_parts,
    "a bomb beside what is in a presentation": lambda: pptx(a=docx(b=bytes(6_000_000)), c=bytes(6_000_000)),
    "three deep": lambda: docx(a=docx(b=docx())),
    "a large part about kinds": lambda: zip_of({"[Content_Types].xml": b"<!-- " + bytes(9_000_000)}),
}


@pytest.mark.parametrize("made", BOMBS.values(), ids=BOMBS)
def test_zip_bombs_are_refused_quickly(made):
    content = made()
    before = time.process_time()

    assert said_of(content) in (TOO_TIGHT, DAMAGED)
    assert time.process_time() - before < 2


def overlapping() -> bytes:
    """Two entries of the directory that unpack the same bytes."""
    made = bytearray(docx(aaaa=bytes(5000), bbbb=bytes(5000)))
    first, second = (made.rfind(name) - 46 for name in (b"aaaa", b"bbbb"))
    made[second + 42 : second + 46] = made[first + 42 : first + 46]
    return bytes(made)


def ending_too_soon() -> bytes:
    """A part that is packed well and shorter than the directory says."""
    return docx(a=bytes(70_000)).replace(struct.pack("<I", 70_000), struct.pack("<I", 70_001))


def stored(content: bytes) -> bytes:
    """A document whose parts are not packed at all."""
    made = BytesIO()
    with ZipFile(made, "w") as file:
        file.writestr("[Content_Types].xml", content_types(f"{OFFICE}.wordprocessingml.document.main+xml"))
        file.writestr("empty/", "")
        file.writestr("a", content)
    return made.getvalue()


def with_doctype() -> bytes:
    types = f'<!DOCTYPE x [<!ENTITY a "{"a" * 50}">]>' + content_types(f"{OFFICE}.wordprocessingml.document.main+xml")
    return zip_of({"[Content_Types].xml": types})


def twice_the_same() -> bytes:
    return docx(a="1", b="2").replace(b"b", b"a")


def packed_otherwise() -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", 14) as file:  # LZMA
        file.writestr("[Content_Types].xml", "x" * 300)
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"PK\3\4",
        b"PK\3\4" + bytes(80),
        docx()[:-30],
        docx() + b"<script>alert(1)</script>",
        docx()[:200] + b"x" + docx()[201:],
        b"PK\3\4" + docx(),
        docx()[:-22] + b"PK\6\7" + bytes(16) + docx()[-22:],
        ending_too_soon(),
        stored(b"1234").replace(struct.pack("<II", 4, 4), struct.pack("<II", 4, 5)),
        overlapping(),
        with_doctype(),
        twice_the_same(),
        packed_otherwise(),
        zip_of({"[Content_Types].xml": "<not closed"}),
        zip_of({"mimetype": b"\xff\xff"}),
    ],
)
def test_a_damaged_document_and_one_that_is_something_else_too_are_refused(content: bytes):
    assert said_of(content) in (DAMAGED, TOO_TIGHT)


def test_a_document_need_not_be_packed():
    assert checked_content(stored(b"1234"))


def test_a_pdf_that_is_also_something_else_is_a_pdf():
    assert checked_content(PDF + b"<html><script>alert(1)</script>" + xlsx()) == "application/pdf"


@pytest.mark.parametrize(
    "content",
    [
        jpeg(exif(place=True)),
        jpeg(exif(place=True, order=">")),
        png((b"eXIf", exif(place=True))),
        png((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x exif:GPSLatitude='51,30N'/>")),
        HEIC + exif(place=True),
        mp4(box(b"udta", box(b"\xa9xyz", b"+52.2-3.1/"))),
    ],
)
def test_what_tells_the_place_where_it_was_made_is_refused(content: bytes):
    assert said_of(content) == A_PLACE


def test_numbers_that_look_like_a_picture_s_data_by_chance_tell_no_place():
    assert checked_content(jpeg() + b"II*\0\xff\xff\xff\x7f" + b"MM\0*" + bytes(20))


ENTITIES = {
    "a file of the machine": '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
    "another server": '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><Relationships/>',
    "a billion laughs": '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><r>&b;&b;</r>',
}


@pytest.mark.parametrize("written", ENTITIES.values(), ids=ENTITIES)
def test_a_document_that_declares_entities_is_refused_and_nothing_is_fetched(written: str):
    assert said_of(docx(word___rels___settings__xml__rels=written)) == DAMAGED
