"""Files that unpack to far more than they are, wherever a file is taken: by a page or by a command."""

import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from werkzeug.datastructures import FileStorage

from app.errors import DrivingSeatError, Invalid
from app.library.address_file import read_address_file
from app.library.yaml_file import read_yaml
from tests.attacks.forms import filled
from tests.attacks.furnished import Furnished
from tests.attacks.hands import Found, Hand, find_again, post
from tests.evidence_files import bomb, lying_bomb, many_parts

MEGABYTE = 1024 * 1024
MOST = 64 * MEGABYTE
"""How much memory reading such a file may take at its highest."""


def workbook_bomb(size: int = 200 * MEGABYTE) -> bytes:
    """Return a workbook of a few hundred kilobytes with a sheet that becomes this many bytes."""
    book, made = BytesIO(), BytesIO()
    Workbook().save(book)
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name.endswith("sheet1.xml"):
                with new.open(name, "w") as part:
                    for _ in range(size // MEGABYTE):
                        part.write(b" " * MEGABYTE)
            else:
                new.writestr(name, old.read(name))
    return made.getvalue()


def nested(depth: int = 5) -> bytes:
    """Return a zip of a zip of a zip …, each with many copies of the next."""
    inner = b"0" * MEGABYTE
    for _ in range(depth):
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
            for number in range(10):
                file.writestr(f"{number}.zip", inner)
        inner = made.getvalue()
    return inner


def billion_laughs() -> str:
    lines = ["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    return "\n".join(lines)


BOMBS = {
    "word": ("plan.docx", bomb),
    "a lying directory": ("plan.docx", lying_bomb),
    "a workbook": ("list.xlsx", workbook_bomb),
    "zips in zips": ("plan.zip", nested),
    "many parts": ("plan.docx", many_parts),
}


@contextmanager
def little_memory() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < MOST
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("name", "made"), BOMBS.values(), ids=BOMBS.keys())
def test_no_form_unpacks_a_bomb(furnished: Furnished, all_forms: list[Found], name: str, made):
    """Every form that takes a file, with a file that would fill the memory: refused, and little memory taken."""
    content, tried = made(), 0
    for found in all_forms:
        if not any(each.kind == "file" for each in found.form.fields):
            continue
        visitor = furnished.visitor(found.who)
        form = find_again(visitor, found)
        assert form is not None
        sent = filled(form, Hand("Kind words").write, next(iter(form.variants())))
        sent |= {each.name: FileStorage(BytesIO(content), name) for each in form.fields if each.kind == "file"}
        with little_memory():
            page = post(visitor, form.action, sent)
        assert page.status in (413, 415, 422), form.action
        tried += 1
    assert tried >= 3


def test_a_list_of_addresses_that_is_a_bomb_is_refused():
    content = workbook_bomb()
    with little_memory(), pytest.raises(Invalid):
        read_address_file("list.xlsx", content)


def test_standards_that_name_themselves_again_and_again_are_refused(tmp_path: Path):
    path = tmp_path / "standards.yaml"
    path.write_text(billion_laughs())
    with little_memory():
        try:
            found = read_yaml(path)
        except DrivingSeatError:
            return
    assert len(found.faults) >= 9


def test_a_picture_that_claims_to_be_huge_is_not_painted(furnished: Furnished):
    """A picture kept as evidence is never opened here: its claimed size costs nothing."""
    import struct
    import zlib

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    huge = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">2I5B", 60_000, 60_000, 8, 6, 0, 0, 0))
    huge += chunk(b"IDAT", zlib.compress(b"\0" * 1_000)) + chunk(b"IEND", b"")
    lead = furnished.visitor("lead")
    path = f"/providers/{furnished.site.provider.id}/evidence/new"
    hidden = {each.get("name"): each.get("value") for each in lead.get(path).select("main input[type=hidden]")}
    with little_memory():
        page = post(lead, path, {**hidden, "title": "A board", "file": FileStorage(io.BytesIO(huge), "board.png")})
    assert page.status < 500
