"""Small files of every kind that may be kept as evidence, and of kinds that may not, made from their definitions."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from tests.sounds import box, m4a, mp3

OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
HEIC = box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", bytes(40))
WEBP = b"RIFF" + struct.pack("<I", 30) + b"WEBPVP8 " + bytes(22)


def zip_of(parts: dict[str, bytes | str]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


def content_types(*types: str) -> str:
    overrides = "".join(f'<Override PartName="/p{n}" ContentType="{each}"/>' for n, each in enumerate(types))
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{overrides}</Types>'


def relations(kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE.replace("application/vnd.", "http://")}/{kind}" Target="{target}" '
        'TargetMode="External"/></Relationships>'
    )


def office(kind: str = "wordprocessingml.document", **more: bytes | str) -> bytes:
    """Return an office document. more: parts by name, with "__" for a dot and "___" for a slash."""
    parts = {name.replace("___", "/").replace("__", "."): content for name, content in more.items()}
    return zip_of({"[Content_Types].xml": content_types(f"{OFFICE}.{kind}.main+xml"), "p0": "<x/>", **parts})


def docx(**more: bytes | str) -> bytes:
    return office("wordprocessingml.document", **more)


def pptx(**more: bytes | str) -> bytes:
    return office("presentationml.presentation", **more)


def xlsx() -> bytes:
    made, book = BytesIO(), Workbook()
    for row in range(200):
        book.active.append([row, "hours"])
    book.save(made)
    return made.getvalue()


def open_document(kind: str = "text", **more: bytes | str) -> bytes:
    parts = {name.replace("___", "/").replace("__", "."): content for name, content in more.items()}
    return zip_of({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<x/>", **parts})


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = chunk(b"IHDR", struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0))
    middle = b"".join(chunk(*each) for each in chunks)
    return b"\x89PNG\r\n\x1a\n" + head + middle + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def jpeg(exif: bytes = b"") -> bytes:
    more = b"\xff\xe1" + struct.pack(">H", len(exif) + 8) + b"Exif\0\0" + exif if exif else b""
    return b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" + more + b"\xff\xdb\0\x43\0" + bytes(64) + b"\xff\xd9"


def exif(*, place: bool, order: str = "<") -> bytes:
    """Return Exif data with an orientation and, if it tells the place, a directory of places."""
    tags = [struct.pack(f"{order}HHIHH", 0x0112, 3, 1, 1, 0)]
    if place:
        tags.append(struct.pack(f"{order}HHII", 0x8825, 4, 1, 50))
    start = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    return start + struct.pack(f"{order}H", len(tags)) + b"".join(tags) + bytes(60)


def mp4(more: bytes = b"") -> bytes:
    return m4a(b"soun", b"vide", more=more)


KEPT = {
    "plan.pdf": PDF,
    "plan.docx": docx(),
    "hours.xlsx": xlsx(),
    "talk.pptx": pptx(ppt___embeddings___sheet1__xlsx=xlsx()),
    "plan.odt": open_document(),
    "hours.ods": open_document("spreadsheet"),
    "talk.odp": open_document("presentation"),
    "board.png": png(),
    "board.jpg": jpeg(exif(place=False)),
    "board.JPEG": jpeg(),
    "board.webp": WEBP,
    "board.heic": HEIC,
    "song.mp3": mp3(),
    "song.m4a": m4a(),
    "film.mp4": mp4(),
    "notes.txt": "Tŷ: we asked, and wrote down what was said.\r\n".encode(),
    "notes in windows.txt": "“Café”".encode("cp1252"),
    "notes in unicode.txt": "Tŷ".encode("utf-16"),
    "hours.csv": b"day,hours\n1,4\n",
}
"""A file of each kind that is kept, by its name."""


def bomb(size: int = 300 * 1024 * 1024) -> bytes:
    """Return a Word file of a few hundred kilobytes with a part that becomes this many bytes."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", content_types(f"{OFFICE}.wordprocessingml.document.main+xml"))
        with file.open("word/document.xml", "w") as part:
            for _ in range(size // 1_000_000):
                part.write(bytes(1_000_000))
    return made.getvalue()


def lying_bomb(size: int = 50 * 1024 * 1024) -> bytes:
    """Return a Word file whose directory promises that the part which becomes this many bytes has ten of them."""
    made = bytearray(bomb(size))
    true = struct.pack("<I", size // 1_000_000 * 1_000_000)
    return bytes(made.replace(true, struct.pack("<I", 10)))


def locked_zip() -> bytes:
    """Return a Word file whose parts say that they are encrypted."""
    made = bytearray(docx())
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = made.find(mark)
        while at >= 0:
            made[at + offset] |= 1
            at = made.find(mark, at + 4)
    return bytes(made)


def many_parts(count: int = 6_000) -> bytes:
    return zip_of({"[Content_Types].xml": content_types(), **{f"p{number}": "" for number in range(count)}})
