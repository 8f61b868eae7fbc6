from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import Conflict, Invalid
from app.responses import Help, Round, Support, Supporter
from app.services.closing import close_round
from app.services.importing import import_responses, write_template_for
from app.standards import Audience
from app.storage import Database, responses
from app.surveys import Edition
from tests.days import TODAY
from tests.responses_files import SHORT_INDICATORS, row, write_csv

KEY = b"k" * 32


def count(database: Database, of: Round) -> int:
    with database.reading() as connection:
        return sum(responses.submitted_counts(connection, of).values())


def test_every_row_becomes_a_sent_response(database: Database, round_: Round, tmp_path: Path):
    path = write_csv(tmp_path / "r.csv", [row("1"), row("2", "family", "no"), row("3", "provider", "sometimes")])

    imported = import_responses(database, KEY, round_.id, path, TODAY)

    assert (imported.new_count, imported.known_count) == (3, 0)
    with database.reading() as connection:
        kept = {each.audience: each for each in responses.submitted(connection, round_)}
    assert kept[Audience.FAMILY].answers["S10.c"] == "no"
    assert kept[Audience.PERSON].edition is Edition.STANDARD


def test_the_same_file_again_adds_nothing(database: Database, round_: Round, tmp_path: Path):
    path = write_csv(tmp_path / "r.csv", [row("1"), row("2")])
    import_responses(database, KEY, round_.id, path, TODAY)

    again = import_responses(database, KEY, round_.id, path, TODAY)

    assert (again.new_count, again.known_count) == (0, 2)
    assert count(database, round_) == 2


HELP_COLUMNS = ("helped_by", "help", "answered_on")


def with_help(id_: str, helped_by: str, help: str = "") -> dict[str, str]:
    return {**row(id_), "answered_how": "helped", "helped_by": helped_by, "help": help}


def test_who_helped_is_kept_and_the_same_file_again_adds_nothing(database: Database, round_: Round, tmp_path: Path):
    rows = [with_help("1", "paid-staff family", "read"), with_help("2", ""), row("3")]
    path = write_csv(tmp_path / "r.csv", rows, also=HELP_COLUMNS)
    import_responses(database, KEY, round_.id, path, TODAY)

    again = import_responses(database, KEY, round_.id, path, TODAY)

    assert (again.new_count, again.known_count) == (0, 3)
    with database.reading() as connection:
        kept = [each.support for each in responses.submitted(connection, round_)]
    assert kept.count(None) == 2
    assert Support(frozenset({Supporter.PAID_STAFF, Supporter.FAMILY}), frozenset({Help.READ})) in kept


@pytest.mark.parametrize("helped_by", ["", "family", "paid-staff family"])
def test_a_known_id_with_other_helpers_is_a_fault(database: Database, round_: Round, tmp_path: Path, helped_by: str):
    path = write_csv(tmp_path / "a.csv", [with_help("1", "paid-staff")], also=HELP_COLUMNS)
    import_responses(database, KEY, round_.id, path, TODAY)

    changed = write_csv(tmp_path / "b.csv", [with_help("1", helped_by)], also=HELP_COLUMNS)
    with pytest.raises(Invalid) as refusal:
        import_responses(database, KEY, round_.id, changed, TODAY)

    assert "already there with other content" in str(refusal.value.faults[0])


def test_the_same_answers_as_words_and_as_numbers_from_paper_are_one_response(
    database: Database, round_: Round, tmp_path: Path
):
    words = write_csv(tmp_path / "words.csv", [row("1", answer="no")])
    numbers = write_csv(tmp_path / "n.csv", [{**row("1", answer="3"), "answered_on": "paper"}], also=HELP_COLUMNS)
    import_responses(database, KEY, round_.id, numbers, TODAY)

    again = import_responses(database, KEY, round_.id, words, TODAY)

    assert (again.new_count, again.known_count) == (0, 1)


def test_answers_read_in_welsh_are_kept_as_such(database: Database, round_: Round, tmp_path: Path):
    path = write_csv(tmp_path / "r.csv", [{**row("1"), "language": "cy"}])

    import_responses(database, KEY, round_.id, path, TODAY)

    assert import_responses(database, KEY, round_.id, path, TODAY).known_count == 1
    with database.reading() as connection:
        (kept,) = responses.submitted(connection, round_)
    assert set(kept.translated.values()) == {"cy"}
    assert set(kept.translated) == set(kept.answers)


def test_a_known_id_with_other_content_is_a_fault_and_nothing_is_imported(
    database: Database, round_: Round, tmp_path: Path
):
    import_responses(database, KEY, round_.id, write_csv(tmp_path / "a.csv", [row("1")]), TODAY)
    changed = write_csv(tmp_path / "b.csv", [row("2"), row("1", answer="no")])

    with pytest.raises(Invalid) as refusal:
        import_responses(database, KEY, round_.id, changed, TODAY)

    (fault,) = refusal.value.faults
    assert "b.csv:3:" in str(fault)
    assert count(database, round_) == 1


def test_every_fault_is_listed_with_its_place_and_nothing_is_imported(
    database: Database, round_: Round, tmp_path: Path
):
    faulty = [row("1"), row("2", audience="neighbour"), row("3", answer="maybe"), row("")]

    with pytest.raises(Invalid) as refusal:
        import_responses(database, KEY, round_.id, write_csv(tmp_path / "r.csv", faulty), TODAY)

    places = {str(fault).split(": ")[0].rsplit("/", 1)[-1] for fault in refusal.value.faults}
    assert "r.csv:3:2" in places
    assert "r.csv:4:6" in places
    assert "r.csv:5:1" in places
    assert len([place for place in places if place.startswith("r.csv:4:")]) == 30
    assert count(database, round_) == 0


def test_faults_of_a_row_hide_no_fault_that_only_the_round_can_tell(database: Database, round_: Round, tmp_path: Path):
    import_responses(database, KEY, round_.id, write_csv(tmp_path / "a.csv", [row("1")]), TODAY)
    faulty = [row("2", "neighbour"), row("1", answer="no"), row("3", "provider"), row("4", "provider")]

    with pytest.raises(Invalid) as refusal:
        import_responses(database, KEY, round_.id, write_csv(tmp_path / "b.csv", faulty), TODAY)

    assert [str(fault).split("b.csv:")[1].split(":")[0] for fault in refusal.value.faults] == ["2", "3", "5"]


def test_a_second_agreed_response_of_the_provider_is_a_fault(database: Database, round_: Round, tmp_path: Path):
    two = [row("1", "provider"), row("2", "provider")]

    with pytest.raises(Invalid) as refusal:
        import_responses(database, KEY, round_.id, write_csv(tmp_path / "two.csv", two), TODAY)
    assert "two.csv:3" in str(refusal.value.faults[0])

    import_responses(database, KEY, round_.id, write_csv(tmp_path / "one.csv", two[:1]), TODAY)
    with pytest.raises(Invalid):
        import_responses(database, KEY, round_.id, write_csv(tmp_path / "late.csv", two[1:]), TODAY)
    assert count(database, round_) == 1


def test_a_staff_round_takes_many_responses_of_the_provider(database: Database, staff_round: Round, tmp_path: Path):
    staff = [row(str(number), "provider") for number in range(6)]

    imported = import_responses(database, KEY, staff_round.id, write_csv(tmp_path / "s.csv", staff), TODAY)

    assert imported.new_count == 6


def test_an_agreed_response_given_by_link_leaves_no_room_for_one_in_a_file(
    database: Database, round_: Round, answer_all, tmp_path: Path
):
    answer_all(round_, Audience.PROVIDER, ["yes"])

    with pytest.raises(Invalid):
        import_responses(database, KEY, round_.id, write_csv(tmp_path / "p.csv", [row("1", "provider")]), TODAY)


def test_a_file_s_response_id_is_not_stored(database: Database, round_: Round, tmp_path: Path):
    path = write_csv(tmp_path / "r.csv", [row("mary-smith-1961")])

    import_responses(database, KEY, round_.id, path, TODAY)

    with database.reading() as connection:
        kept = str(connection.execute(text("SELECT * FROM response")).all())
    assert "mary" not in kept


def test_a_closed_round_takes_no_file(database: Database, round_: Round, tmp_path: Path):
    close_round(database, round_.id, TODAY)

    with pytest.raises(Conflict):
        import_responses(database, KEY, round_.id, write_csv(tmp_path / "r.csv", [row("1")]), TODAY)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_template_that_is_filled_in_can_be_imported(
    database: Database, short_round: Round, tmp_path: Path, kind: str
):
    path = tmp_path / f"template.{kind}"
    write_template_for(database, short_round.id, path, kind)
    filled = row("1", indicators=SHORT_INDICATORS)
    if kind == "csv":
        header = path.read_text("utf-8-sig").splitlines()[0]
        path.write_text(header + "\n" + ",".join(filled[name] for name in header.split(",")) + "\n", "utf-8")
    else:
        import openpyxl

        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        sheet.append([filled[str(cell.value)] for cell in sheet[1]])
        book.save(path)

    imported = import_responses(database, KEY, short_round.id, path, TODAY)

    assert imported.new_count == 1
