"""The responses file: what is in it, or every fault with its place."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from app.errors import Invalid
from app.library import responses_file, responses_table
from app.library.responses_file import ResponseRow, read_responses, write_template
from app.responses import (
    AnsweredHow,
    Consent,
    ConsentGiven,
    Help,
    Support,
    Supporter,
    ViewsKnown,
    WhyOnBehalf,
)
from app.standards import Audience
from app.surveys import Edition, Length, Survey

FIRST = ["response_id", "audience", "edition", "language", "answered_how"]
STARRED = [f"S{number:02d}.a" for number in range(1, 11)]
HEADER = [*FIRST, *STARRED]
ROW = ["r1", "person", "easy-read", "en", "helped", "yes", "no", "sometimes", "dont_know", "prefer_not", *[""] * 5]

Rows = Sequence[Sequence[object]]
Write = Callable[[Rows], Path]


def as_csv(tmp_path: Path) -> Write:
    def write(rows: Rows) -> Path:
        path = tmp_path / "answers.csv"
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows(rows)
        return path

    return write


def as_workbook(tmp_path: Path) -> Write:
    def write(rows: Rows) -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append([cell or None for cell in row])
        book.worksheets[0].title = "Answers"
        book.create_sheet("Notes").append(["not read"])
        path = tmp_path / "answers.xlsx"
        book.save(path)
        return path

    return write


@pytest.fixture(params=[as_csv, as_workbook], ids=["csv", "xlsx"])
def write(request, tmp_path) -> Write:
    return request.param(tmp_path)


def changed(**cells: str) -> list[str]:
    """Change cells of the sample row, named by column; S01.a is written S01_a."""
    named = dict(zip(HEADER, ROW, strict=True))
    return list(
        (named | {name.replace("_a", ".a") if name[0] == "S" else name: c for name, c in cells.items()}).values()
    )


def faults_of(path: Path, survey: Survey, length: Length = Length.SHORT) -> list[str]:
    with pytest.raises(Invalid) as error:
        read_responses(path, survey, length)
    return [str(fault).removeprefix(str(path)) for fault in error.value.faults]


def test_a_row_is_a_response(write, survey):
    path = write([HEADER, ROW])

    (row,) = read_responses(path, survey, Length.SHORT)

    assert row == ResponseRow(
        response_id="r1",
        audience=Audience.PERSON,
        edition=Edition.EASY_READ,
        language="en",
        answered_how=AnsweredHow.HELPED,
        answers={"S01.a": "yes", "S02.a": "no", "S03.a": "sometimes", "S04.a": "dont_know", "S05.a": "prefer_not"},
        place=f"{path}:2:1" if path.suffix == ".csv" else f"{path}: Answers!A2",
    )


def test_columns_come_in_any_order_and_blank_rows_and_spaces_are_passed_over(write, survey):
    path = write([[""] * 15, HEADER[::-1], [""] * 15, [f" {cell} " for cell in ROW[::-1]]])

    (row,) = read_responses(path, survey, Length.SHORT)

    assert (row.response_id, row.audience, row.answers["S02.a"]) == ("r1", Audience.PERSON, "no")
    assert row.place.endswith((":4:15", "Answers!O4"))


def test_a_file_without_rows_holds_no_responses(write, survey):
    assert read_responses(write([HEADER]), survey, Length.SHORT) == ()


def test_the_full_form_has_a_column_for_every_indicator(write, survey):
    header = [*FIRST, *(question.id for question in survey.questions)]
    row = [*ROW[:5], *("not_applicable" if q.may_be_not_applicable else "yes" for q in survey.questions)]

    (response,) = read_responses(write([header, row]), survey, Length.FULL)

    assert len(response.answers) == 30
    assert response.answers["S03.c"] == "not_applicable"


def test_every_fault_is_listed_with_its_place(write, survey):
    path = write(
        [
            HEADER,
            changed(response_id="", audience="Person", edition="audio", language="fr", answered_how=""),
            changed(response_id="r2", S01_a="maybe", S10_a="not_applicable"),
        ]
    )
    choice = "it is one of yes, sometimes, no, dont_know, prefer_not or empty"
    places = [":2:1", ":2:2", ":2:3", ":2:4", ":2:5", ":3:6", ":3:15"]
    if path.suffix == ".xlsx":
        places = [f": Answers!{cell}" for cell in ("A2", "B2", "C2", "D2", "E2", "F3", "O3")]

    assert faults_of(path, survey) == [
        f"{place}: {message}"
        for place, message in zip(
            places,
            [
                "the response_id is empty; any text will do that no other response has",
                "“audience” cannot be “Person”; it is one of person, family, provider",
                "“edition” cannot be “audio”; it is one of standard, easy-read",
                "“language” cannot be “fr”; it is one of en, cy",
                "“answered_how” is empty; it is one of self, helped, on-behalf",
                f"“S01.a” cannot be “maybe”; {choice}",
                f"“S10.a” cannot be “not_applicable”; {choice}",
            ],
            strict=True,
        )
    ]


def test_columns_that_are_unknown_twice_not_asked_nameless_or_missing_are_faults(write, survey):
    header = [*HEADER[:-1], "comment", "S01.b", "S02.a", "", ""]
    path = write([header, [*ROW[:-1], "", "yes", "", "x", ""]])

    messages = [
        fault.partition(": ")[2].rpartition("!")[2].partition(": ")[2] or fault for fault in faults_of(path, survey)
    ]
    if path.suffix == ".csv":
        messages = [fault.split(": ", 1)[1] for fault in faults_of(path, survey)]
    assert messages == [
        "“comment” is no column of this round's responses",
        "“S01.b” is not asked in the short form",
        "the column “S02.a” stands here twice",
        "this column has no name",
        "the column “S10.a” is missing",
    ]


def test_faults_of_rows_are_listed_even_when_a_column_is_missing(write, survey):
    path = write([HEADER[1:], changed(audience="x")[1:]])

    faults = faults_of(path, survey)

    assert len(faults) == 2
    assert "the column “response_id” is missing" in faults[0]
    assert "“audience” cannot be “x”" in faults[1]


def test_the_same_row_twice_comes_twice(write, survey):
    assert len(read_responses(write([HEADER, ROW, ROW]), survey, Length.SHORT)) == 2


def test_the_same_id_with_other_content_is_a_fault(write, survey):
    path = write([HEADER, ROW, ROW, changed(S01_a="no"), changed(language="cy")])
    first = f"{path}:2:1" if path.suffix == ".csv" else f"{path}: Answers!A2"

    faults = faults_of(path, survey)

    assert [fault.split("the ")[0] for fault in faults] in ([":4:1: ", ":5:1: "], [": Answers!A4: ", ": Answers!A5: "])
    assert all(f"the response_id “r1” is already at {first}, with other content" in fault for fault in faults)


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "-x", "@cmd"])
def test_an_id_may_be_any_text_for_it_is_never_shown(tmp_path, survey, text):
    (row,) = read_responses(as_csv(tmp_path)([HEADER, changed(response_id=text)]), survey, Length.SHORT)

    assert row.response_id == text


def test_a_column_that_is_not_asked_may_stand_there_empty(write, survey):
    header, row = [*HEADER, "S01.b", "S10.c"], [*ROW, "", ""]

    assert len(read_responses(write([header, row]), survey, Length.SHORT)) == 1


def test_an_id_may_be_a_number(write, survey):
    (row,) = read_responses(write([HEADER, changed(response_id="-7")]), survey, Length.SHORT)

    assert row.response_id == "-7"


@pytest.mark.parametrize(("text", "shown"), [("r\x00", "r�"), ("r\n2", "r�2"), ("r\x1b[31m", "r�[31m")])
def test_an_id_with_unprintable_characters_is_a_fault(tmp_path, survey, text, shown):
    (fault,) = faults_of(as_csv(tmp_path)([HEADER, changed(response_id=text + "x")]), survey)

    assert fault == f":2:1: the response_id “{shown}x” has characters that cannot be seen"


def test_an_id_of_201_characters_is_a_fault(write, survey):
    assert len(read_responses(write([HEADER, changed(response_id="r" * 200)]), survey, Length.SHORT)) == 1
    assert "longer than 200 characters" in faults_of(write([HEADER, changed(response_id="r" * 201)]), survey)[0]


def test_a_long_wrong_cell_is_shown_cut_short(write, survey):
    (fault,) = faults_of(write([HEADER, changed(language="x" * 5_000)]), survey)

    assert f"cannot be “{'x' * 39}…”" in fault


def test_more_rows_than_the_limit_are_refused(write, survey, monkeypatch):
    monkeypatch.setattr(responses_table, "MOST_ROWS", 2)
    path = write([HEADER, *([changed(response_id=f"r{n}") for n in range(3)])])

    (fault,) = faults_of(path, survey)

    assert fault.endswith("more than 2 responses; import them in parts")
    assert fault.startswith((":4:1:", ": Answers!A4:"))


def test_a_file_larger_than_the_limit_is_refused(write, survey, monkeypatch):
    path = write([HEADER, ROW])
    monkeypatch.setattr(responses_table, "LARGEST_FILE", path.stat().st_size - 1)

    assert faults_of(path, survey)[0].startswith(":1:1: this file is larger than")


def test_a_missing_file_and_a_folder_are_told(tmp_path, survey):
    assert faults_of(tmp_path / "none.csv", survey) == [":1:1: this file is missing"]
    assert faults_of(tmp_path, survey) == [":1:1: this file cannot be read (Is a directory)"]


# --- columns that may be left out -----------------------------------------------------------------------------------

WITH_HELP = [*HEADER[:5], "helped_by", "help", *HEADER[5:]]


def with_help(helped_by: str, help: str, **cells: str) -> list[str]:
    row = changed(**cells)
    return [*row[:5], helped_by, help, *row[5:]]


def test_who_helped_and_how_are_any_of_the_words_with_spaces_between(write, survey):
    path = write([WITH_HELP, with_help("paid-staff  family", "read recorded"), with_help("", "", response_id="r2")])

    first, second = read_responses(path, survey, Length.SHORT)

    assert first.support == Support(
        frozenset({Supporter.PAID_STAFF, Supporter.FAMILY}), frozenset({Help.READ, Help.RECORDED})
    )
    assert second.support is None


def test_a_file_without_the_columns_means_the_same_as_one_where_they_are_empty(write, survey):
    without = read_responses(write([HEADER, ROW]), survey, Length.SHORT)
    with_empty = read_responses(write([[*WITH_HELP, "answered_on"], [*with_help("", ""), ""]]), survey, Length.SHORT)

    assert with_empty == without


def test_what_was_done_may_be_said_without_who_did_it(write, survey):
    header, row = [*HEADER, "help"], [*ROW, "explained"]

    (read,) = read_responses(write([header, row]), survey, Length.SHORT)

    assert read.support == Support(ways=frozenset({Help.EXPLAINED}))


def test_every_unknown_word_of_help_is_a_fault_with_its_place(write, survey):
    path = write([WITH_HELP, with_help("neighbour family Family", "sang")])

    said = faults_of(path, survey)
    assert len(said) == 3
    place = (":2:6", ":2:6", ":2:7") if path.suffix == ".csv" else (": Answers!F2", ": Answers!F2", ": Answers!G2")
    for fault, where, word in zip(said, place, ("neighbour", "Family", "sang"), strict=True):
        assert fault.startswith(f"{where}: “")
        assert f"cannot hold “{word}”; it holds any of " in fault
        assert fault.endswith(", with spaces between")


def test_help_in_a_row_that_says_nobody_helped_is_a_fault(write, survey):
    path = write([WITH_HELP, with_help("family", "", answered_how="self"), with_help("", "read", response_id="r2")])

    (fault,) = faults_of(path, survey)

    assert fault.endswith("“helped_by” is filled in, and “answered_how” says self: nobody helped")


def test_somebody_who_answered_on_behalf_may_be_named(write, survey):
    (row,) = read_responses(
        write([WITH_HELP, with_help("paid-staff", "", answered_how="on-behalf")]), survey, Length.SHORT
    )

    assert row.support == Support(frozenset({Supporter.PAID_STAFF}))


def test_the_same_id_with_other_helpers_is_a_fault(write, survey):
    same = [WITH_HELP, with_help("family friend", "read"), with_help("friend family", "read")]
    assert len(read_responses(write(same), survey, Length.SHORT)) == 2

    (fault,) = faults_of(write([*same, with_help("family", "read")]), survey)
    assert "with other content" in fault


ON_PAPER = [*HEADER, "answered_on"]
NUMBERS = ["1", "3", "2", "4", "5", *[""] * 5]


def test_in_a_row_from_paper_a_number_stands_for_the_answer_printed_beside_it(write, survey):
    words, numbers = [*ROW, "paper"], [*ROW[:5], *NUMBERS, "paper"]
    path = write([ON_PAPER, words, numbers, [*ROW, ""]])

    first, second, third = read_responses(path, survey, Length.SHORT)

    assert first.answers == second.answers == third.answers
    assert second.answers["S02.a"] == "no"


def test_the_number_is_that_of_the_questions_own_answers(write, survey):
    header = [*FIRST, *(question.id for question in survey.questions), "answered_on"]
    row = [*ROW[:5], *("6" if question.may_be_not_applicable else "5" for question in survey.questions), "paper"]

    (response,) = read_responses(write([header, row]), survey, Length.FULL)

    assert response.answers["S03.c"] == "not_applicable"
    assert response.answers["S01.a"] == "prefer_not"


@pytest.mark.parametrize("number", ["0", "6", "01", "-1", "1.5", "x"])
def test_a_number_that_the_booklet_does_not_print_is_a_fault(tmp_path, survey, number):
    path = as_csv(tmp_path)([ON_PAPER, [*ROW[:5], number, *ROW[6:], "paper"]])

    (fault,) = faults_of(path, survey)

    assert fault == (
        f":2:6: “S01.a” cannot be “{number}”; "
        "it is one of yes (1), sometimes (2), no (3), dont_know (4), prefer_not (5) or empty"
    )


def test_without_paper_a_number_is_no_answer(write, survey):
    path = write([ON_PAPER, [*ROW[:5], "1", *ROW[6:], ""]])

    (fault,) = faults_of(path, survey)

    assert fault.endswith("“S01.a” cannot be “1”; it is one of yes, sometimes, no, dont_know, prefer_not or empty")


def test_a_number_is_an_answer_alone_and_nothing_else(write, survey):
    path = write([ON_PAPER, [*ROW[:2], "1", *ROW[3:], "paper"]])

    assert "“edition” cannot be “1”; it is one of standard, easy-read" in faults_of(path, survey)[0]


def test_answered_on_is_paper_or_empty(write, survey):
    assert faults_of(write([ON_PAPER, [*ROW, "screen"]]), survey)[0].endswith(
        "“answered_on” cannot be “screen”; it is one of paper or empty"
    )


SHEET = [*HEADER, "answered_on", "consent", "witness", "helped_by", "help", "why", "known"]


def coded(*, how: str = "on-behalf", on: str = "paper", answers: Sequence[str] = NUMBERS, **cells: str) -> list[str]:
    """Return a row of everything that a booklet asks."""
    further = [cells.get(name, "") for name in SHEET[len(ON_PAPER) :]]
    return [*ROW[:4], how, *answers, on, *further]


def test_a_coded_sheet_is_read_by_the_numbers_of_the_booklet_or_by_the_words(write, survey):
    by_number = coded(how="3", consent="2", witness="6", helped_by="1  4", help="3", why="2", known="5 1")
    by_word = coded(
        answers=ROW[5:], consent="spoken", witness="someone-else", helped_by="paid-staff family", help="interpreted",
        why="cannot-now", known="told not-known",
    )  # fmt: skip

    first, second = read_responses(write([SHEET, by_number, by_word]), survey, Length.SHORT)

    assert first.answered_how is AnsweredHow.ON_BEHALF
    assert first.consent == second.consent == Consent(ConsentGiven.SPOKEN, Supporter.SOMEONE_ELSE)
    assert first.support == Support(
        who=frozenset({Supporter.FAMILY, Supporter.PAID_STAFF}),
        ways=frozenset({Help.INTERPRETED}),
        why=WhyOnBehalf.CANNOT_NOW,
        known=frozenset({ViewsKnown.TOLD, ViewsKnown.NOT_KNOWN}),
    )


def test_on_paper_how_somebody_answered_need_not_be_ticked(write, survey):
    (row,) = read_responses(write([SHEET, coded(how="", consent="1")]), survey, Length.SHORT)

    assert (row.answered_how, row.support) == (None, None)
    (fault,) = faults_of(write([SHEET, coded(how="", on="", answers=ROW[5:])]), survey)
    assert fault.endswith("“answered_how” is empty; it is one of self, helped, on-behalf")


def test_where_consent_is_told_every_row_from_paper_tells_it(write, survey):
    (fault,) = faults_of(write([SHEET, coded(), coded(on="", answers=ROW[5:])]), survey)
    assert fault.endswith("“consent” is empty; it is one of ticked (1), spoken (2), on-behalf (3)")

    (row,) = read_responses(write([ON_PAPER, [*ROW, "paper"]]), survey, Length.SHORT)
    assert row.consent is None


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"consent": "1", "witness": "1"}, "“witness” is filled in, and “consent” does not say spoken"),
        ({"consent": "3", "how": "1"}, "“answered_how” does not say on-behalf, and “consent” does"),
        ({"consent": "3", "how": ""}, "“answered_how” does not say on-behalf, and “consent” does"),
        ({"consent": "1", "how": "2", "why": "1"}, "“why” is filled in, and “answered_how” does not say on-behalf"),
        ({"consent": "1", "how": "", "known": "1"}, "“known” is filled in, and “answered_how” does not say on-behalf"),
        ({"consent": "4"}, "“consent” cannot be “4”; it is one of ticked (1), spoken (2), on-behalf (3)"),
        ({"consent": "1", "helped_by": "7"}, "“helped_by” cannot hold “7”; it holds any of family (1), friend (2)"),
        ({"consent": "ticked", "on": "", "answers": ROW[5:], "known": "1"}, "“known” cannot hold “1”"),
    ],
)  # fmt: skip
def test_what_a_coded_sheet_cannot_say_is_a_fault(write, survey, cells: dict[str, str], said: str):
    (fault,) = faults_of(write([SHEET, coded(**cells)]), survey)

    assert said in fault


def test_the_further_columns_may_stand_there_once(write, survey):
    path = write([[*WITH_HELP, "help"], [*with_help("", ""), ""]])

    assert "the column “help” stands here twice" in faults_of(path, survey)[0]


def test_help_is_checked_even_when_another_column_is_missing(write, survey):
    header = [name for name in WITH_HELP if name != "answered_how"]
    row = [cell for name, cell in zip(WITH_HELP, with_help("nobody", "read"), strict=True) if name != "answered_how"]

    assert len(faults_of(write([header, row]), survey)) == 2


# --- CSV alone ------------------------------------------------------------------------------------------------------


def csv_file(tmp_path: Path, raw: bytes) -> Path:
    path = tmp_path / "answers.csv"
    path.write_bytes(raw)
    return path


def lines(*rows: Sequence[str]) -> bytes:
    return "".join(",".join(row) + "\n" for row in rows).encode()


def test_a_byte_order_mark_and_any_line_ends_are_no_fault(tmp_path, survey):
    for raw in (
        b"\xef\xbb\xbf" + lines(HEADER, ROW),
        lines(HEADER, ROW).replace(b"\n", b"\r\n"),
        lines(HEADER, ROW)[:-1],
    ):
        assert len(read_responses(csv_file(tmp_path, raw), survey, Length.SHORT)) == 1


def test_the_line_is_the_physical_line_where_a_row_begins(tmp_path, survey):
    two_lines = changed(response_id='"a\nb"')
    path = csv_file(tmp_path, lines(HEADER, two_lines, [], changed(response_id="r2", language="fr")))

    assert [fault[:5] for fault in faults_of(path, survey)] == [":2:1:", ":5:4:"]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", ":1:1: this file is empty; the first row names the columns"),
        (b"\n,,\n", ":1:1: this file is empty; the first row names the columns"),
        (lines(HEADER).replace(b",", b";"), ":1:1: the cells are not divided by commas"),
        (lines(HEADER).replace(b",", b"\t"), ":1:1: the cells are not divided by commas"),
        (lines(HEADER, ROW[:7]), ":2:8: the row ends here, after 7 of 15 cells"),
        (lines(HEADER, [*ROW, "x"]), ":2:16: the row has 16 cells and the first row names 15"),
        (lines(HEADER, ROW) + b'"r2,person', ":3:1: a quotation mark opens in this row and never closes"),
        (lines(HEADER) + b'"r1"x,person', ":2:1: after a closing quotation mark comes a comma"),
        (lines(HEADER) + b'"' + b"x" * 200_000, ":2:1: a cell in this row is far too long"),
        (lines(HEADER, ["r1", "person", "caf\xe9"]).replace(b"\xc3", b""), ":2:3: a character is not in UTF-8"),
        (lines(HEADER).decode().encode("utf-16"), ":1:1: this is no CSV in UTF-8; save it as “CSV UTF-8”"),
        (b"\xd0\xcf\x11\xe0 old", ":1:1: this is an old or a locked workbook"),
    ],
)
def test_a_csv_that_cannot_be_taken_is_a_fault_and_never_a_traceback(tmp_path, survey, raw, fault):
    assert any(each.startswith(fault) for each in faults_of(csv_file(tmp_path, raw), survey))


def test_cells_past_the_header_may_be_empty(tmp_path, survey):
    assert len(read_responses(csv_file(tmp_path, lines(HEADER, [*ROW, "", ""])), survey, Length.SHORT)) == 1


# --- workbooks alone ------------------------------------------------------------------------------------------------


def repacked(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Pack the workbook again with each part changed, or left out."""
    with zipfile.ZipFile(path) as old:
        parts = {name: change(name, old.read(name)) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return path


def with_sheet(path: Path, change: Callable[[bytes], bytes]) -> Path:
    return repacked(path, lambda name, content: change(content) if name.endswith("sheet1.xml") else content)


@pytest.mark.parametrize("cell", [b'r="XFD2"', b"r='A1048576'", b' r = "DA2"', b'r="F0201000"'])
def test_a_cell_far_out_is_refused_before_room_is_made_for_it(tmp_path, survey, cell):
    path = with_sheet(as_workbook(tmp_path)([HEADER, ROW]), lambda xml: xml.replace(b'r="F2"', cell))

    assert faults_of(path, survey)[0].startswith(":1:1: a cell lies beyond column CZ or row 200,999")


def test_a_workbook_that_unpacks_to_far_more_is_refused(tmp_path, survey, monkeypatch):
    monkeypatch.setattr(responses_file, "OF_RESPONSES", replace(responses_file.OF_RESPONSES, unpacked=1_000_000))
    path = with_sheet(as_workbook(tmp_path)([HEADER, ROW]), lambda xml: xml + b" " * 2_000_000)

    assert faults_of(path, survey) == [":1:1: this workbook unpacks to more than 1 MB"]


def test_a_workbook_that_lies_about_its_size_is_refused(tmp_path, survey, monkeypatch):
    monkeypatch.setattr(responses_file, "OF_RESPONSES", replace(responses_file.OF_RESPONSES, unpacked=1_000_000))
    path = with_sheet(as_workbook(tmp_path)([HEADER, ROW]), lambda xml: xml + b" " * 2_000_000)
    raw = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        size = packed.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    path.write_bytes(raw.replace(size, (10_000).to_bytes(4, "little")))

    assert faults_of(path, survey) == [":1:1: this workbook unpacks to more than 1 MB"]


def test_a_workbook_with_thousands_of_parts_is_refused(tmp_path, survey):
    path = as_workbook(tmp_path)([HEADER, ROW])
    with zipfile.ZipFile(path, "a") as packed:
        for number in range(2_001):
            packed.writestr(f"xl/{number}", b"")

    assert "too many parts" in faults_of(path, survey)[0]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", "broken or locked"),
        (b"not a zip", "broken or locked"),
        (b"PK\x03\x04" + b"\0" * 50, "broken or locked"),
        (b"\xd0\xcf\x11\xe0 old", "broken or locked"),
    ],
)
def test_a_broken_workbook_is_a_fault_and_never_a_traceback(tmp_path, survey, raw, fault):
    path = tmp_path / "answers.xlsx"
    path.write_bytes(raw)

    assert fault in faults_of(path, survey)[0]


def test_a_workbook_with_any_part_broken_is_a_fault_or_read(tmp_path, survey):
    whole = as_workbook(tmp_path)([HEADER, ROW]).read_bytes()
    path = tmp_path / "broken.xlsx"
    for place in range(0, len(whole), 97):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :])
        try:
            read_responses(path, survey, Length.SHORT)
        except Invalid as error:
            assert error.faults  # noqa: PT017  # either is right; anything but Invalid fails the test


def test_a_number_and_a_truth_value_are_read_as_they_are_written(tmp_path, survey):
    path = as_workbook(tmp_path)([HEADER, [12, *ROW[1:5], True, 0.5, *[None] * 8]])

    assert [fault.partition(";")[0] for fault in faults_of(path, survey)] == [
        ": Answers!F2: “S01.a” cannot be “True”",
        ": Answers!G2: “S02.a” cannot be “0.5”",
    ]
    (row,) = read_responses(as_workbook(tmp_path)([HEADER, [12, *ROW[1:]]]), survey, Length.SHORT)
    assert row.response_id == "12"


def test_a_workbook_without_its_sheet_is_a_fault(tmp_path, survey):
    path = as_workbook(tmp_path)([HEADER, ROW])
    repacked(path, lambda name, content: None if "worksheets" in name else content)

    assert "this workbook is broken" in faults_of(path, survey)[0]


def test_another_kind_of_zip_is_told(tmp_path, survey):
    path = tmp_path / "answers.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("content.xml", "<office/>")

    assert faults_of(path, survey) == [":1:1: this is no .xlsx workbook; save it as .xlsx or as CSV"]


# --- the template ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", Length)
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_template_reads_back_as_no_responses(tmp_path, survey, length, format):
    path = tmp_path / f"template.{format}"

    write_template(path, survey, length, format)

    assert read_responses(path, survey, length) == ()


def test_a_csv_template_is_the_header_alone(tmp_path, survey):
    write_template(tmp_path / "template.csv", survey, Length.SHORT, "csv")

    assert (tmp_path / "template.csv").read_bytes() == lines(HEADER)


def test_a_workbook_template_offers_the_choices_and_explains_itself(tmp_path, survey):
    write_template(tmp_path / "template.xlsx", survey, Length.FULL, "xlsx")

    book = openpyxl.load_workbook(tmp_path / "template.xlsx")
    first, second = book.worksheets
    choices = {str(v.sqref).split(":")[0]: v.formula1 for v in first.data_validations.dataValidation}
    assert [cell.value for cell in first[1]] == [*FIRST, *(question.id for question in survey.questions)]
    assert first.freeze_panes == "B2"
    assert choices["B2"] == '"person,family,provider"'
    assert choices["F2"] == '"yes,sometimes,no,dont_know,prefer_not"'
    assert choices["N2"] == '"yes,sometimes,no,dont_know,prefer_not,not_applicable"'  # S03.c
    assert len(choices) == 34
    assert second.title == "How to fill in"
    explained = {row[0]: row[1:] for row in second.iter_rows(values_only=True) if row[0]}
    assert explained["S05.c"][1:] == (
        "I can say no to new staff.",
        'A "no" is respected.',
        'A person\'s "no" is final.',
    )
    assert [row[1] for row in second.iter_rows(values_only=True) if not row[0]] == [o.id for o in survey.options]


def test_another_kind_of_template_is_refused(tmp_path, survey):
    with pytest.raises(Invalid, match="A template is csv or xlsx, not ods"):
        write_template(tmp_path / "template.ods", survey, Length.FULL, "ods")


def sheet_of(rows: Rows) -> bytes:
    """Write a sheet's XML by hand, which is far quicker than openpyxl."""
    cells = (
        "".join(f'<c r="{get_column_letter(column)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
                for column, text in enumerate(row, start=1))
        for number, row in enumerate(rows, start=1)
    )  # fmt: skip
    body = "".join(f'<row r="{number}">{row}</row>' for number, row in enumerate(cells, start=1))
    start = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return f"{start}{body}</sheetData></worksheet>".encode()


def test_many_responses_are_read_from_either_kind_of_file(tmp_path, survey):
    header = [*FIRST, *(question.id for question in survey.questions)]
    rows = [header, *([f"r{number}", *ROW[1:5], *["yes", "no", "sometimes"] * 10] for number in range(500))]
    workbook = with_sheet(as_workbook(tmp_path)([HEADER]), lambda xml: sheet_of(rows))

    for path in (as_csv(tmp_path)(rows), workbook):
        assert len(read_responses(path, survey, Length.FULL)) == 500
