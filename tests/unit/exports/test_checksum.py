from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from app.errors import Invalid
from app.exports import network_workbook, provider_workbook, verify_checksum
from app.exports.checksum import SheetSum

from .factories import network_report, provider_report

Change = Callable[[Workbook], object]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workbook") / "report.xlsx"
    with path.open("wb") as out:
        network_workbook(network_report(), out)
    return path


def _changed(original: Path, folder: Path, change: Change) -> Path:
    book = load_workbook(original)
    change(book)
    path = folder / "changed.xlsx"
    book.save(path)
    return path


def test_a_workbook_as_written_passes(original: Path):
    verify_checksum(original)


def test_a_providers_workbook_as_written_passes(tmp_path: Path):
    path = tmp_path / "provider.xlsx"
    with path.open("wb") as out:
        provider_workbook(provider_report(made_up=True), out)

    verify_checksum(path)


def test_saving_again_with_another_program_keeps_the_checksum(original: Path, tmp_path: Path):
    verify_checksum(_changed(original, tmp_path, lambda book: None))


def _set(sheet: str, cell: str, value: object) -> Change:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return change


@pytest.mark.parametrize(
    ("sheet", "change"),
    [
        ("Standards", _set("Standards", "D6", 43)),
        ("Standards", _set("Standards", "D6", "42")),
        ("Standards", _set("Standards", "D6", "=40+2")),
        ("Standards", _set("Standards", "D6", None)),
        ("Summary", _set("Summary", "A3", "Another provider")),
        ("Method", _set("Method", "F60", "new")),
        ("Method", lambda book: book.remove(book["Method"])),
        ("Extra", lambda book: book.create_sheet("Extra")),
        ("Manifest", lambda book: book.move_sheet("Method", -2)),
    ],
    ids=["number", "text for a number", "formula", "emptied", "text", "added", "no sheet", "one more", "other order"],
)
def test_an_altered_workbook_is_refused_and_the_sheet_named(original: Path, tmp_path: Path, sheet: str, change: Change):
    path = _changed(original, tmp_path, change)

    with pytest.raises(Invalid) as refused:
        verify_checksum(path)

    assert [fault.place for fault in refused.value.faults] == [f"{path}: {sheet}"]


def _sum(value: str | float, *, is_formula: bool = False) -> str:
    sheet = SheetSum()
    sheet.add(1, 1, value, is_formula=is_formula)
    return sheet.hexdigest


def test_text_a_formula_and_a_number_that_look_alike_have_different_sums():
    assert _sum("=1+1") != _sum("=1+1", is_formula=True)
    assert _sum("42.0") != _sum(42)


def test_a_whole_number_has_the_same_sum_however_a_program_writes_it():
    assert _sum(42) == _sum(42.0)


def test_a_text_has_the_same_sum_with_and_without_excels_way_of_writing_it():
    assert _sum("_x005F_x0041_") == _sum("_x0041_")


def test_an_empty_text_counts_as_no_cell():
    sheet = SheetSum()
    sheet.add(1, 1, "")

    assert (sheet.cell_count, sheet.hexdigest) == (0, SheetSum().hexdigest)


def test_a_file_that_is_no_workbook_is_refused_with_a_sentence(tmp_path: Path):
    path = tmp_path / "report.xlsx"
    path.write_bytes(b"not a workbook")

    with pytest.raises(Invalid, match="not a workbook that can be opened"):
        verify_checksum(path)


def test_a_workbook_of_somebody_else_is_refused(tmp_path: Path):
    path = tmp_path / "other.xlsx"
    Workbook().save(path)

    with pytest.raises(Invalid, match="changed after it was written"):
        verify_checksum(path)
