"""What kind of sound a file holds, by its content: its name and what a browser says of it are nobody's word."""

MP3, AAC, M4A, OGG, WAV = "audio/mpeg", "audio/aac", "audio/mp4", "audio/ogg", "audio/wav"
_PLACE_TAGS = (b"\xa9xyz", b"loci", b"location.ISO6709")
_LONGEST_OGG_HEAD = 4096


def media_type_of(content: bytes) -> str | None:
    """Return the media type of MP3, AAC, M4A (without a picture track), OGG with Opus or Vorbis, or WAV; else None."""
    if content[:4] == b"RIFF" and content[8:16] == b"WAVEfmt ":
        return WAV
    if content[:4] == b"OggS":
        head = content[:_LONGEST_OGG_HEAD]
        return OGG if b"OpusHead" in head or b"\x01vorbis" in head else None
    if content[4:8] == b"ftyp":
        movie = _movie_box(content)
        return M4A if b"soun" in movie and b"vide" not in movie else None
    return _type_of_frames(content[_length_of_tag(content) :].lstrip(b"\0"))


def holds_film(content: bytes) -> bool:
    """Return whether this is an MP4 file with a picture track."""
    return content[4:8] == b"ftyp" and b"vide" in _movie_box(content)


def says_where(content: bytes) -> bool:
    """Return whether an M4A or MP4 file tells the place where it was recorded, as some phones write it."""
    return content[4:8] == b"ftyp" and any(tag in _movie_box(content) for tag in _PLACE_TAGS)


def _length_of_tag(content: bytes) -> int:
    """Return the length of an ID3 tag at the beginning, 0 without one."""
    if content[:3] != b"ID3" or len(content) < 10:
        return 0
    return 10 + sum(byte << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))


def _type_of_frames(content: bytes) -> str | None:
    """Tell MPEG's layer III from AAC by the head of the first frame; AAC's says where the second one begins."""
    if len(content) < 7 or content[0] != 0xFF:
        return None
    if content[1] & 0xF6 == 0xF0:
        length = (content[3] & 3) << 11 | content[4] << 3 | content[5] >> 5
        return AAC if length > 7 and content[length : length + 1] in (b"\xff", b"") else None
    has_sync, is_layer_3 = content[1] & 0xE0 == 0xE0, content[1] & 0x06 == 0x02
    has_version, has_rate = content[1] & 0x18 != 0x08, content[2] & 0xF0 not in (0x00, 0xF0)
    return MP3 if has_sync and is_layer_3 and has_version and has_rate and content[2] & 0x0C != 0x0C else None


def _movie_box(content: bytes) -> bytes:
    """Return what describes the tracks of an MP4 file: its box "moov"; empty without one."""
    start = 0
    while start + 8 <= len(content):
        length = int.from_bytes(content[start : start + 4])
        if length == 1:  # it did not fit, and stands after the name
            length = int.from_bytes(content[start + 8 : start + 16])
        if content[start + 4 : start + 8] == b"moov":
            return content[start : start + length]
        if length < 8:
            break
        start += length
    return b""
