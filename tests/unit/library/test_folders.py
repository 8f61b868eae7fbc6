from datetime import date

import pytest

from app.errors import Invalid
from app.library import check_folder, lock, read_ledger, read_library

TODAY = date(2026, 11, 21)


def test_a_library_holds_every_version_of_every_set(content):
    second = content.standards.parent.with_name("1.1.0")
    second.mkdir()
    (second / "standards.yaml").write_text(content.standards.read_text().replace('"1.0.0"', '"1.1.0"'))
    (content.root / "standards/tiny/crosswalks").mkdir()
    (content.root / "standards/README.md").write_text("Not content.")

    library = read_library(content.root)

    assert [(each.id, each.version) for each in library.standards] == [("tiny", "1.0.0"), ("tiny", "1.1.0")]
    assert [(each.id, each.standards_version) for each in library.surveys] == [("tiny-survey", "1.0.0")]


@pytest.mark.parametrize(
    "folder",
    [
        "",
        "standards",
        "standards/tiny",
        "standards/tiny/1.0.0",
        "standards/tiny/1.0.0/standards.yaml",
        "surveys",
        "surveys/tiny-survey",
        "surveys/tiny-survey/1.0.0",
        "surveys/tiny-survey/1.0.0/survey.yaml",
    ],
)
def test_a_check_takes_any_folder_of_a_library(content, folder):
    path = content.root / folder
    check_folder(path)

    content.replace(content.standards, "title: Home", "titel: Home")
    content.replace(content.survey, "consent: I agree.", "consents: I agree.")

    faults = content.faults(path)
    assert any("“titel”" in fault for fault in faults) == (not folder.startswith("surveys"))
    assert any("“consents”" in fault for fault in faults) == (not folder.startswith("standards"))


def test_a_survey_whose_standards_are_not_beside_it_says_so(content):
    content.replace(content.survey, "tiny@1.0.0", "huge@1.0.0")

    place = "surveys/tiny-survey/1.0.0/survey.yaml:6:12"
    assert content.faults() == [f"{place}: there is no huge 1.0.0 in this library"]
    assert content.faults(content.survey.parent) == [f"{place}: there is no huge 1.0.0 in standards"]


def test_a_survey_whose_standards_have_faults_says_so(content):
    content.replace(content.standards, "title: Home", "titel: Home")

    place = "surveys/tiny-survey/1.0.0/survey.yaml:6:12"
    assert content.faults(content.survey.parent) == [f"{place}: tiny 1.0.0 has faults of its own"]


def test_a_folder_that_is_no_library_is_a_fault(tmp_path):
    with pytest.raises(Invalid, match="there are no standards and no surveys here"):
        check_folder(tmp_path / "nowhere")
    with pytest.raises(Invalid, match="standards:1:1: this folder is missing"):
        read_library(tmp_path)


def test_a_set_without_a_version_is_a_fault(content):
    (content.root / "standards/empty").mkdir()

    assert content.faults() == ["standards/empty:1:1: no version here: standards.yaml stands in a folder such as 1.0.0"]


def test_a_version_without_its_file_is_a_fault(content):
    (content.root / "surveys/tiny-survey/1.1.0").mkdir()

    assert content.faults() == ["surveys/tiny-survey/1.1.0/survey.yaml:1:1: this file is missing"]
    assert content.faults(content.root / "surveys") == content.faults()


def test_locking_enters_what_is_new_and_nothing_twice(content):
    assert lock(content.root, TODAY) == ["tiny@1.0.0", "survey tiny-survey@1.0.0"]
    before = (content.root / "standards/LOCK.json").read_bytes()

    assert lock(content.root, date(2027, 1, 1)) == []
    assert (content.root / "standards/LOCK.json").read_bytes() == before
    (entry,) = read_ledger(content.root / "standards/LOCK.json")
    assert (entry.name, entry.on, dict(entry.locales)) == ("tiny@1.0.0", "2026-11-21", {})
    assert entry.meaning == read_library(content.root).standards[0].fingerprint


def test_locking_appends_a_new_version_after_the_old_ones(content):
    lock(content.root, TODAY)
    second = content.standards.parent.with_name("1.1.0")
    second.mkdir()
    (second / "standards.yaml").write_text(content.standards.read_text().replace('"1.0.0"', '"1.1.0"'))

    assert lock(content.root, date(2027, 1, 1)) == ["tiny@1.1.0"]
    assert [(entry.name, entry.on) for entry in read_ledger(content.root / "standards/LOCK.json")] == [
        ("tiny@1.0.0", "2026-11-21"),
        ("tiny@1.1.0", "2027-01-01"),
    ]


@pytest.mark.parametrize("folder", ["", "standards", "standards/tiny", "standards/tiny/1.0.0"])
def test_a_published_version_that_changed_is_refused_wherever_it_is_read(content, folder):
    lock(content.root, TODAY)
    content.replace(content.standards, "is_not: a bed", "is_not: a room")

    changed = "standards/LOCK.json:3:5: tiny@1.0.0 was published on 2026-11-21 and now means something else"
    assert content.faults(content.root / folder)[0].startswith(changed)
    with pytest.raises(Invalid):
        lock(content.root, TODAY)


def test_a_published_version_that_is_gone_is_noticed(content):
    lock(content.root, TODAY)
    content.survey.unlink()
    content.survey.parent.rmdir()
    content.survey.parent.parent.rmdir()

    assert content.faults() == [
        "surveys/LOCK.json:3:5: tiny-survey@1.0.0 was published on 2026-11-21 and is gone; a published version stays."
    ]


def test_a_version_with_faults_is_not_called_gone(content):
    lock(content.root, TODAY)
    content.replace(content.standards, "title: Home", "titel: Home")

    assert not any("is gone" in fault for fault in content.faults())


def test_without_a_ledger_nothing_is_published(content):
    assert read_ledger(content.root / "standards/LOCK.json") == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1:1: this file is empty"),
        ('{"published": [}', "1:16: this is not YAML that can be read"),
        ('{"entries": []}', "1:1: “published” is missing"),
        ('{"published": [{"id": "tiny", "version": "1.0.0", "meaning": "abc", "locales": {}, "on": "2026-11-21"}]}',
         "1:62: “meaning” is not written as it should be"),
        ('{"published": [{"id": "tiny", "version": "1.0.0", "meaning": "0", "locales": {}, "on": "tomorrow"}]}',
         "1:88: “on” is not written as it should be"),
    ],
)  # fmt: skip
def test_a_ledger_with_a_fault_is_refused(content, text, fault):
    path = content.root / "standards/LOCK.json"
    path.write_text(text)

    with pytest.raises(Invalid) as error:
        read_ledger(path)
    assert any(str(each).startswith(f"{path}:{fault}") for each in error.value.faults), error.value
    assert any(each.startswith(f"standards/LOCK.json:{fault}") for each in content.faults())
