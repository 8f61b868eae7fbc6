"""What a file holds, by its content: its name and what a browser says of it are nobody's word."""

import re

import puremagic

from app.errors import Invalid
from app.library.office_files import OLD_OFFICE_START, OLD_OR_LOCKED, ZIP_START, document_type_of
from app.library.sound_files import M4A, MP3, holds_film, media_type_of
from app.library.whereabouts import tells_the_place
from app.organisations.evidence import MEDIA_TYPES, TEXT

UNKNOWN = "We cannot tell what kind of file this is. Save it as PDF, then add that."
A_PAGE = "The file is a web page or a drawing that can hold small programs. Save it as PDF, then add that."
A_PLACE = (
    "The file tells the place where it was made. Take a picture of the screen that shows it, or save it without the "
    "place, then add that."
)
EMPTY = "The file is empty. Choose another one."
_KNOWN_BY_START = frozenset({"pdf", "png", "jpg", "webp", "heic", "heif"})
_MAY_TELL_A_PLACE = ("image/", "video/", "audio/")
_MARKUP = re.compile(r"\s*<[!?a-z]", re.IGNORECASE)
_CONTROL = re.compile(r"[^\t\n\f\r\x20-\uffff\U00010000-\U0010ffff]")
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")


def checked_content(content: bytes) -> str:
    """Return the media type of a file that may be kept: one of MEDIA_TYPES. Raises Invalid with what to do instead."""
    if not content:
        raise Invalid(EMPTY)
    found = _media_type(content)
    if found.startswith(_MAY_TELL_A_PLACE) and tells_the_place(content):
        raise Invalid(A_PLACE)
    return found


def _media_type(content: bytes) -> str:
    if content.startswith(ZIP_START):
        return document_type_of(content)
    if content.startswith(OLD_OFFICE_START):
        raise Invalid(OLD_OR_LOCKED)
    found = _by_start(content) or _sound_or_film(content)
    if found:
        return found
    return _text(content)


def _by_start(content: bytes) -> str | None:
    """Return the media type of a PDF or a picture; None for anything else."""
    if content[4:8] == b"ftyp":
        return MEDIA_TYPES["heic"] if content[8:12] in _HEIC_BRANDS else None
    try:
        matches = [each for each in puremagic.magic_string(content) if content.startswith(each.byte_match)]
    except puremagic.PureError:
        return None
    surest = max((each.confidence for each in matches), default=0)
    endings = {each.extension.removeprefix(".") for each in matches if each.confidence == surest}
    return next((MEDIA_TYPES[each] for each in sorted(endings & _KNOWN_BY_START)), None)


def _sound_or_film(content: bytes) -> str | None:
    if holds_film(content):
        return MEDIA_TYPES["mp4"]
    found = media_type_of(content)
    return found if found in (MP3, M4A) else None


def _text(content: bytes) -> str:
    """Return the type of plain text. Raises Invalid for what is none, or is markup."""
    words = _decoded(content)
    if words is None or _CONTROL.search(words):
        raise Invalid(UNKNOWN)
    if _MARKUP.match(words):
        raise Invalid(A_PAGE)
    return TEXT


def _decoded(content: bytes) -> str | None:
    """Return the words of a text in UTF-8, in UTF-16 with its mark, or as older Windows programs write it."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
