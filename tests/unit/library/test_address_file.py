"""Lists of addresses, as people with a spreadsheet give them, and as somebody might who means harm."""

import io
import zipfile

import openpyxl
import pytest

from app.errors import Invalid
from app.library.address_file import pasted_addresses, read_address_file, write_address_template


def workbook(*rows: list[object]) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(stream)
    return stream.getvalue()


def changed(content: bytes, old: bytes, new: bytes) -> bytes:
    """Return a workbook with other words in its first sheet."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for name in packed.namelist():
            part = packed.read(name)
            written.writestr(name, part.replace(old, new) if name.endswith("sheet1.xml") else part)
    return stream.getvalue()


def read(content: bytes, name: str = "list.csv") -> list[tuple[str, str, str]]:
    return [(row.place, row.address, row.language) for row in read_address_file(name, content).rows]


def fault(content: bytes, name: str = "list.csv") -> str:
    with pytest.raises(Invalid) as caught:
        read_address_file(name, content)
    assert caught.value.message == "The list cannot be read."
    (found,) = caught.value.faults
    return str(found)


@pytest.mark.parametrize("heading", ["e-mail", "E-Mail", "Email address", "ebost", "Cyfeiriad e-bost"])
def test_the_column_of_addresses_is_found_by_its_heading(heading: str):
    assert read(f"name,{heading}\nAnn,ann@example.org\n".encode()) == [("list.csv:2:2", "ann@example.org", "")]


def test_a_workbook_says_its_sheet_and_cell_and_may_name_a_language():
    content = workbook(["Name", "E-mail", "Language"], ["Ann", "ann@example.org", "cy"], [], ["Bo", None, None])

    assert read(content, "list.xlsx") == [
        ("list.xlsx: Sheet!B2", "ann@example.org", "cy"),
        ("list.xlsx: Sheet!B4", "", ""),
    ]


@pytest.mark.parametrize(
    "content", [b"ann@example.org\nbo@example.org\n", workbook(["ann@example.org"], ["bo@example.org"])]
)
def test_one_column_needs_no_heading(content: bytes):
    assert [row[1] for row in read(content)] == ["ann@example.org", "bo@example.org"]


def test_one_column_may_have_any_heading():
    assert [row[1] for row in read(b"Who to ask\nann@example.org\n")] == ["ann@example.org"]


def test_semicolons_and_tabs_divide_cells_as_well():
    for separator in ";\t":
        assert read(f"name{separator}email\nAnn{separator}ann@example.org\n".encode())[0][1] == "ann@example.org"


def test_letters_as_windows_writes_them_are_read_and_told():
    found = read_address_file("list.csv", "name,email\nSiân,sian@example.org\n".encode("cp1252"))

    assert (found.is_windows, found.rows[0].address) == (True, "sian@example.org")
    assert not read_address_file("list.csv", "name,email\nSiân,a@example.org\n".encode("utf-8-sig")).is_windows


def test_a_formula_is_never_worked_out():
    assert read(b'email\n"=HYPERLINK(""mailto:a@example.org"")"\n')[0][1].startswith("=HYPERLINK")
    assert read(workbook(["email", "name"], ['=CONCATENATE("a@","example.org")', "Ann"]))[0][1] == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "this file is empty"),
        (b"\n\n", "this file is empty"),
        (b"name,telephone\nAnn,1\n", "no column is called “e-mail”"),
        (b"email,e-mail\na@example.org,b@example.org\n", "this heading stands twice"),
        (b'email\n"a@example.org\n', "quotation mark"),
        ("email\na@example.org\n".encode("utf-16"), "neither a workbook nor a CSV"),
        (b"email\n\x81\xff\x8d\n", "no text that we can read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or a locked workbook"),
        (b"x" * 1_000_001, "larger than 1 MB"),
        (b"PK\3\4 and then nothing", "broken"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(content: bytes, said: str):
    assert said in fault(content)


def test_a_workbook_that_unpacks_to_far_more_is_refused():
    bomb = changed(workbook(["email"]), b"</worksheet>", b" " * 30_000_000 + b"</worksheet>")

    assert len(bomb) < 100_000
    assert "unpacks to more than 20 MB" in fault(bomb, "list.xlsx")


@pytest.mark.parametrize("cell", [b'r="AA1"', b'r="A10000"', b'r="XFD1048576"'])
def test_a_cell_far_out_is_refused_before_room_is_made_for_it(cell: bytes):
    assert "beyond column Z or row 9,999" in fault(changed(workbook(["email"]), b'r="A1"', cell), "list.xlsx")


def test_an_address_file_that_is_another_kind_of_zip_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")

    assert "no .xlsx workbook" in fault(stream.getvalue())


def test_what_is_pasted_is_one_address_a_line_with_its_language_behind_it():
    found = pasted_addresses("E-mail\r\n ann@example.org \r\n\r\nbo@example.org, cy\r\nmair@example.org\tcy")

    assert [(row.place, row.address, row.language) for row in found.rows] == [
        ("line 2", "ann@example.org", ""),
        ("line 4", "bo@example.org", "cy"),
        ("line 5", "mair@example.org", "cy"),
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_template_that_was_filled_in_is_read(kind: str):
    stream = io.BytesIO()
    write_address_template(stream, kind)
    content = stream.getvalue()
    if kind == "csv":
        content += b"ann@example.org,cy\r\n"
    else:
        book = openpyxl.load_workbook(io.BytesIO(content))
        book.worksheets[0].append(["ann@example.org", "cy"])
        stream = io.BytesIO()
        book.save(stream)
        content = stream.getvalue()

    assert [row[1:] for row in read(content)] == [("ann@example.org", "cy")]
