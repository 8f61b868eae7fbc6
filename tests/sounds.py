"""Small sound files of every kind, made from their definitions."""

import math
import struct
import wave
from functools import cache
from io import BytesIO

import lameenc


@cache
def tone(seconds: float = 0.6, hertz: int = 440) -> bytes:
    """Return samples of a tone, 22,050 a second."""
    return b"".join(
        struct.pack("<h", int(9000 * math.sin(math.tau * hertz * n / 22050))) for n in range(int(seconds * 22050))
    )


def wav(seconds: float = 0.6) -> bytes:
    made = BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(22050)
        sound.writeframes(tone(seconds))
    return made.getvalue()


@cache
def mp3(seconds: float = 0.6, hertz: int = 440) -> bytes:
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_in_sample_rate(22050)
    encoder.set_channels(1)
    encoder.set_bit_rate(32)
    return bytes(encoder.encode(tone(seconds, hertz)) + encoder.flush())


def tagged_mp3() -> bytes:
    """Return an MP3 file with an ID3 tag of 200 bytes before it."""
    return b"ID3\x03\x00\x00\x00\x00\x01\x48" + bytes(200) + mp3()


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + name + content


def m4a(*tracks: bytes, more: bytes = b"", large: bool = False) -> bytes:
    """Return an M4A file without its samples. tracks: "soun", "vide". large: with a box of a 64-bit length."""
    movie = b"".join(box(b"trak", box(b"hdlr", bytes(8) + track)) for track in tracks or (b"soun",))
    samples = struct.pack(">I4sQ", 1, b"mdat", 24) + bytes(8) if large else box(b"mdat", bytes(8))
    return box(b"ftyp", b"M4A \0\0\0\0") + samples + box(b"moov", movie + more)


def ogg(codec: bytes = b"OpusHead") -> bytes:
    return b"OggS\0\2" + bytes(20) + b"\x01\x13" + codec + bytes(11)


def aac(frames: int = 2) -> bytes:
    """Return frames of ADTS of 32 bytes each."""
    return frames * (b"\xff\xf1\x50\x80" + bytes((32 >> 3, (32 & 7) << 5 | 0x1F, 0xFC)) + bytes(25))
