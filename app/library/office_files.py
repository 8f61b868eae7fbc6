"""What kind of document a zip file holds, looked at without unpacking it to anywhere.

Word, Excel, PowerPoint and OpenDocument files are zip files. A zip file can also be a bomb: a few thousand bytes that
become millions of millions. So what its directory promises is checked first, then every part is unpacked piece by
piece, counted, and thrown away; the first promise that is broken ends it.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from app.errors import Invalid

MOST_PARTS = 5_000
LARGEST_DIRECTORY = 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_TIMES = 100
ALWAYS_FINE = 10 * 1024 * 1024  # a small sheet of empty cells can be packed very tightly
MOST_DEEP = 1  # a chart in a presentation is a workbook within it
LARGEST_TELLING = 2 * 1024 * 1024
PIECE = 256 * 1024

DAMAGED = "The file is damaged: it cannot be opened as what it says it is. Save it again, then add that file."
TOO_TIGHT = "The file holds far more than its size, or too many parts. Save it as PDF, then add that."
LOCKED = "The file is locked with a password. Save it without a password, then add it."
OLD_OR_LOCKED = (
    "The file is of an older kind of Word, Excel or PowerPoint, or locked with a password. Save it as .docx, .xlsx or "
    ".pptx without a password, or as PDF, then add that."
)
MACROS = "The file holds macros or parts of other programs. Save it without them, or as PDF, then add it."
FETCHES = "The file fetches a part from somewhere else when it is opened. Save it as PDF, then add that."
OTHER_ZIP = "A zip file cannot be kept. Add the files in it one by one."

ZIP_START, OLD_OFFICE_START = b"PK\3\4", b"\xd0\xcf\x11\xe0"
_PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"#!")
_END = struct.Struct("<4s4H2LH")
_LARGE_END_LENGTH = 20
_LOCAL_HEAD = struct.Struct("<4s5H3L2H")
_IS_LOCKED = 0x1
_TYPES, _MIMETYPE, _MANIFEST = "[Content_Types].xml", "mimetype", "META-INF/manifest.xml"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OFFICE_KINDS = ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
_OPEN_KINDS = {f"application/vnd.oasis.opendocument.{each}" for each in ("text", "spreadsheet", "presentation")}
_MACRO_WORDS = ("macro", "vba", "activex")
_MACRO_FOLDERS = ("basic/", "scripts/")
_FETCHED = ("/attachedTemplate", "/oleObject", "/subDocument", "/frame")


@dataclass(slots=True)
class _Budget:
    """How much may still be unpacked, in bytes."""

    left: int

    def take(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise Invalid(TOO_TIGHT)


def document_type_of(content: bytes) -> str:
    """Return the media type of a Word, Excel, PowerPoint or OpenDocument file. Raises Invalid for every other zip."""
    return _looked_into(content, _Budget(max(ALWAYS_FINE, min(MOST_UNPACKED, MOST_TIMES * len(content)))), 0)


def _looked_into(content: bytes, budget: _Budget, depth: int) -> str:
    try:
        kept = _checked_parts(content, budget, depth)
        return _kind_of(kept)
    except (BadZipFile, struct.error, zlib.error, etree.XMLSyntaxError, NotImplementedError, ValueError):
        raise Invalid(DAMAGED) from None


def _checked_parts(content: bytes, budget: _Budget, depth: int) -> dict[str, bytes]:
    """Go through every part. Returns those that say what the document is and does, by name."""
    _refuse_odd_directory(content)
    with ZipFile(BytesIO(content)) as document:
        parts = document.infolist()
    _refuse_promises(parts, len(content), budget)
    kept = {}
    for part in parts:
        unpacked = _Unpacked(keeps=_is_telling(part.filename))
        for piece in _pieces(content, part):
            budget.take(len(piece))
            unpacked.add(piece, depth)
        if unpacked.is_zip:
            _looked_into(bytes(unpacked.kept), budget, depth + 1)
        elif unpacked.keeps:
            kept[part.filename] = bytes(unpacked.kept)
    return kept


def _refuse_odd_directory(content: bytes) -> None:
    """Raises Invalid unless the file is a zip from its first to its last byte, with a directory of an ordinary size."""
    if content[-_END.size - _LARGE_END_LENGTH :].startswith(b"PK\6\7"):  # a second directory, for very large files
        raise Invalid(TOO_TIGHT)
    mark, disk, first_disk, here, parts, length, start, comment = _END.unpack(content[-_END.size :])
    is_whole = start + length + _END.size == len(content) and not (disk or first_disk or comment)
    if mark != b"PK\5\6" or not content.startswith(ZIP_START) or here != parts:
        raise Invalid(DAMAGED)
    if parts > MOST_PARTS or length > LARGEST_DIRECTORY:
        raise Invalid(TOO_TIGHT)
    if not is_whole:
        raise Invalid(DAMAGED)


def _refuse_promises(parts: list[ZipInfo], size: int, budget: _Budget) -> None:
    """Raises Invalid for what the directory already gives away."""
    names = [part.filename.lower() for part in parts]
    if any(part.flag_bits & _IS_LOCKED for part in parts):
        raise Invalid(LOCKED)
    if sum(part.file_size for part in parts) > budget.left or sum(part.compress_size for part in parts) > size:
        raise Invalid(TOO_TIGHT)
    is_strange = any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts)
    if is_strange or len(set(names)) < len(names) or _overlap(parts):
        raise Invalid(DAMAGED)
    if any(name.startswith(_MACRO_FOLDERS) or any(word in name for word in _MACRO_WORDS) for name in names):
        raise Invalid(MACROS)


def _overlap(parts: list[ZipInfo]) -> bool:
    """Say whether two parts are unpacked from the same bytes."""
    in_place = sorted(parts, key=lambda part: part.header_offset)
    return any(
        later.header_offset < earlier.header_offset + _LOCAL_HEAD.size + earlier.compress_size
        for earlier, later in pairwise(in_place)
    )


@dataclass(slots=True)
class _Unpacked:
    """What is remembered of one part: its beginning, and the whole where it says what the document is."""

    keeps: bool
    is_zip: bool = False
    start: bytes = b""
    kept: bytearray = field(default_factory=bytearray)

    def add(self, piece: bytes, depth: int) -> None:
        if not self.start:
            self.start = piece[:4]
            if self.start.startswith((OLD_OFFICE_START, *_PROGRAM_STARTS)):
                raise Invalid(MACROS)
            self.is_zip = self.start == ZIP_START
            if self.is_zip and depth >= MOST_DEEP:
                raise Invalid(TOO_TIGHT)
        if self.keeps or self.is_zip:
            self.kept += piece
        if self.keeps and len(self.kept) > LARGEST_TELLING:
            raise Invalid(TOO_TIGHT)


def _pieces(content: bytes, part: ZipInfo) -> Iterator[bytes]:
    """Unpack a part piece by piece. Raises Invalid when it is longer or shorter than the directory says."""
    packed = _packed(content, part)
    if part.compress_type == ZIP_STORED:
        if len(packed) != part.file_size:
            raise Invalid(DAMAGED)
        if packed:
            yield packed
        return
    unpacker, count = zlib.decompressobj(-zlib.MAX_WBITS), 0
    while not unpacker.eof:
        piece = unpacker.decompress(packed, PIECE)
        count += len(piece)
        if count > part.file_size or not (piece or unpacker.eof):
            raise Invalid(DAMAGED)
        packed = unpacker.unconsumed_tail
        if piece:
            yield piece
    if count != part.file_size:
        raise Invalid(DAMAGED)


def _packed(content: bytes, part: ZipInfo) -> bytes:
    head = _LOCAL_HEAD.unpack_from(content, part.header_offset)
    start = part.header_offset + _LOCAL_HEAD.size + head[-2] + head[-1]
    return content[start : start + part.compress_size]


def _is_telling(name: str) -> bool:
    return name in (_TYPES, _MIMETYPE, _MANIFEST) or name.endswith(".rels")


def _kind_of(kept: dict[str, bytes]) -> str:
    if _TYPES in kept:
        for name, written in kept.items():
            if name.endswith(".rels"):
                _refuse_fetching(written)
        return _office_kind(kept[_TYPES])
    if b"encryption-data" in kept.get(_MANIFEST, b""):
        raise Invalid(LOCKED)
    open_kind = kept.get(_MIMETYPE, b"").decode("ascii")
    if open_kind not in _OPEN_KINDS:
        raise Invalid(OTHER_ZIP)
    return open_kind


def _office_kind(written: bytes) -> str:
    types = {each.get("ContentType", "") for each in _xml(written).iter("{*}Override", "{*}Default")}
    if any(word in each.lower() for each in types for word in _MACRO_WORDS):
        raise Invalid(MACROS)
    for kind in _OFFICE_KINDS:
        if f"{_OFFICE}{kind}.main+xml" in types:
            return _OFFICE + kind
    raise Invalid(OTHER_ZIP)


def _refuse_fetching(written: bytes) -> None:
    for relation in _xml(written).iter("{*}Relationship"):
        if relation.get("TargetMode") == "External" and relation.get("Type", "").endswith(_FETCHED):
            raise Invalid(FETCHES)


def _xml(written: bytes) -> etree._Element:
    """Return the root of a part. What declares entities is refused: no office program writes any."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(written, parser)  # no entities, no network
    if root.getroottree().docinfo.doctype:
        raise Invalid(DAMAGED)
    return root
