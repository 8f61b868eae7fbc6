import pytest

from app.library.sound_files import media_type_of, says_where
from tests.sounds import aac, box, m4a, mp3, ogg, tagged_mp3, wav


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (mp3(), "audio/mpeg"),
        (tagged_mp3(), "audio/mpeg"),
        (aac(), "audio/aac"),
        (aac(1), "audio/aac"),
        (m4a(), "audio/mp4"),
        (m4a(large=True), "audio/mp4"),
        (ogg(), "audio/ogg"),
        (ogg(b"\x01vorbis"), "audio/ogg"),
        (wav(), "audio/wav"),
    ],
)
def test_a_sound_is_known_by_its_content(content: bytes, media_type: str):
    assert media_type_of(content) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfb",
        b"<!doctype html><script>alert(1)</script>",
        b"ID3\x03\x00\x00\x00\x00\x00\x00<script>alert(1)</script>",
        b"ID3",
        b"RIFF\x24\x00\x00\x00AVI LIST" + bytes(50),
        b"RIFF",
        ogg(b"\x80theora "),
        m4a(b"soun", b"vide"),
        box(b"ftyp", b"M4A \0\0\0\0"),
        box(b"ftyp", b"M4A \0\0\0\0") + bytes(40),
        b"\xff\xd8\xff\xe0" + bytes(60),  # a JPEG picture
        b"\x89PNG\r\n\x1a\n" + bytes(60),
        b"\xff\xeb\x90\x00" + bytes(60),  # a version of MPEG that is reserved
        b"\xff\xfb\xf0\x00" + bytes(60),  # a bit rate that is none
        b"\xff\xfb\x9c\x00" + bytes(60),  # a sample rate that is reserved
        b"\xff\xf1" + bytes(60),  # a frame of AAC without a length
        aac(1) + b"not a frame",
        b"\xfe\xff\x00h\x00e\x00l\x00l\x00o",
    ],
)
def test_what_is_no_sound_that_a_phone_plays_is_none(content: bytes):
    assert media_type_of(content) is None


def test_a_file_that_tells_where_it_was_recorded_is_noticed():
    assert says_where(m4a(more=box(b"udta", box(b"\xa9xyz", b"+52.20-003.10/"))))
    assert not says_where(m4a())
    assert not says_where(mp3() + b"\xa9xyz")
