"""What stands in a PDF, read by poppler's programs and in the file itself."""

import re
import subprocess
import tempfile
import zlib
from pathlib import Path


def texts_of(pdf: bytes) -> list[str]:
    """Return the text of each page in the order in which it is read, with single spaces."""
    text = _run(pdf, "pdftotext", "-raw", "-enc", "UTF-8").removesuffix("\f")
    return [" ".join(page.split()) for page in text.split("\f")]


def tags_of(pdf: bytes) -> list[str]:
    """Return the tags of the document's structure, in reading order: ["Document", "H1", …]."""
    return re.findall(
        r"^ *([A-Z][A-Za-z0-9]*)(?::| .*)?$", _run(pdf, "pdfinfo", "-struct", to_file=False), re.MULTILINE
    )


def facts_of(pdf: bytes) -> dict[str, str]:
    """Return what the file says of itself: Title, Tagged, Pages …"""
    lines = _run(pdf, "pdfinfo", to_file=False).splitlines()
    return {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}


def fonts_of(pdf: bytes) -> list[tuple[str, bool]]:
    """Return (name, whether it is embedded) of every font."""
    rows = [line.split() for line in _run(pdf, "pdffonts", to_file=False).splitlines()[2:]]
    return [(row[0], row[-5] == "yes") for row in rows]


def source_of(pdf: bytes) -> str:
    """Return the file with its streams unpacked."""
    streams = [unpacked(found) for found in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)]
    return (re.sub(rb"stream\r?\n.*?endstream", b"", pdf, flags=re.DOTALL) + b"\n".join(streams)).decode("latin-1")


def unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def _run(pdf: bytes, program: str, *options: str, to_file: bool = True) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.pdf"
        path.write_bytes(pdf)
        words = [program, *options, str(path), *(["-"] if to_file else [])]
        return subprocess.run(words, check=True, capture_output=True, text=True).stdout
