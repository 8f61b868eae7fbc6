"""Whether a picture or a film tells the place where it was made, as phones write it into them."""

import re
from typing import Literal

from app.library.sound_files import says_where

_TIFF = re.compile(rb"II\*\0|MM\0\*")
_PLACE_DIRECTORY = 0x8825
_PLACE_WORDS = (b"GPSLatitude", b"GPSCoordinates", b"location.ISO6709")
_TAG_LENGTH = 12
_MOST_TAGS = 500


def tells_the_place(content: bytes) -> bool:
    """Return whether there is a place in the content: in Exif, in XMP, or among what describes a film's tracks."""
    if says_where(content) or any(word in content for word in _PLACE_WORDS):
        return True
    return any(_has_place(content, found.start()) for found in _TIFF.finditer(content))


def _has_place(content: bytes, start: int) -> bool:
    """Look through the first directory of Exif data for a directory of places."""
    order: Literal["little", "big"] = "little" if content[start : start + 2] == b"II" else "big"

    def number(at: int, length: int) -> int:
        return int.from_bytes(content[at : at + length], order)

    directory = start + number(start + 4, 4)
    tag_count = number(directory, 2)
    if not 0 < tag_count <= _MOST_TAGS:
        return False
    tags = range(directory + 2, directory + 2 + tag_count * _TAG_LENGTH, _TAG_LENGTH)
    return any(number(tag, 2) == _PLACE_DIRECTORY and number(tag + 2, 2) in (4, 13) for tag in tags)
