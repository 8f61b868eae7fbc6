"""Every fault of a file is told with its line and column, in words for the person who wrote it."""

import pytest

from app.errors import Invalid, NotFound
from app.library import check_folder, load_standards, load_survey
from tests.unit.library.samples import STANDARDS, SURVEY

STANDARDS_FILE = "standards/tiny/1.0.0/standards.yaml"
SURVEY_FILE = "surveys/tiny-survey/1.0.0/survey.yaml"


def test_a_sound_library_has_no_faults(content):
    check_folder(content.root)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("is: A home", "is: yes", '16:13: put it in quotes: "yes" (without them some programs read true or false)'),
        ("is: A home", "is: Off", '16:13: put it in quotes: "Off" (without them some programs read true or false)'),
        ('version: "1.0.0"', "version: 1.0.0", '2:10: a version is written in quotes: "1.0.0"'),
        ("title: Tiny", "title: Tiny\ntitle: Twice", "4:1: “title” stands here twice"),
        ("title: Tiny", "titel: Tiny", "1:1: “title” is missing"),
        ("        is: A home", "        iz: A home", "16:9: “iz” is not known here"),
        ("title: Home", "title: 3", "12:12: “title” should be text"),
        ("title: Home", "title: 2026-11-21", '12:12: put it in quotes if it is text: "2026-11-21"'),
        ("title: Home", "title: 0x10", '12:12: put it in quotes if it is text: "0x10"'),
        ("title: Home", "title:", "12:5: “title” should be text"),
        ("title: Home", 'title: "a\\nb"', "12:12: “title” is empty, or holds a line break or a control character"),
        ("title: Home", 'title: " "', "12:12: “title” is empty, or holds a line break or a control character"),
        ("title: Home", "title: &home Home", "12:12: anchors and aliases (& and *) are not used here; write it out"),
        ("title: Home", "title: !home Home", "12:12: tags (!) are not used here"),
        (
            "title: Home",
            "title: Home: sweet",
            '12:16: a ":" that YAML cannot place; put the text in quotes, or mend the',
        ),
        ("title: Home", "title: *home", "12:12: an alias (*) to nothing; anchors and aliases are not used here"),
        ("title: Home", "title: [Home", "13:14: this is not YAML that can be read: expected ',' or ']'"),
        ("title: Home", "? [a]\n    : Home", "12:7: a key is one word, not a list or a group"),
        ("title: Home", "\ttitle: Home", "12:5: a tab; indent with spaces"),
        ("title: Home", "title: Ho\x07me", "12:14: a character that no text file may hold"),
        ("domains:", "---\ndomains:", "10:1: a second document begins here; a file holds one"),
        ("id: tiny", "id: Tiny", "1:5: “id” is small letters and digits with hyphens between"),
        ("id: tiny", "id: small", "1:5: the id is “small” and the folder is called “tiny”"),
        ('"1.0.0"', '"1.0.1"', "2:10: the version is “1.0.1” and the folder is called “1.0.0”"),
        ('"1.0.0"', '"1.0"', "2:10: “1.0” is no version; write three numbers"),
        ("language: en", "language: english", "5:11: “language” is the two letters of a language, such as en"),
        ("id: S01.b", "id: S01.B", "24:17: “id” is its standard's id, a dot and a small letter, such as S01.a"),
        ("id: S01.b", "id: S01.a", "24:17: “S01.a” is already used; every id is used once"),
        ("id: S01.b", "id: S02.b", "24:17: “S02.b” stands under S01, so its id starts with “S01.”"),
        ("id: S01\n", "id: one\n", "14:13: “id” is capital letters and a number, such as S01"),
        ("short_form: true", "short_form: 1", "20:25: “short_form” should be true or false"),
        ("short_form: true", "short_form: false", "19:11: S01 has 0 indicators in the short form"),
        ("short_form: true", "weight: 1.5", "20:21: “weight” should be a whole number"),
        ("short_form: true", "weight: true", "20:21: “weight” should be a whole number"),
        ("short_form: true", "short_form: true\n            weight: 0", "21:21: the weight of S01.a is 0; it must be"),
        (
            "indicators:\n",
            "indicators: none\n        x:\n",
            "18:21: “indicators” should be a list, each item on a line",
        ),
        ("domains:\n", "domains: []\nx:\n", "10:10: a standards set needs at least one domain"),
        (
            STANDARDS[STANDARDS.index("{title: Sl") : STANDARDS.index("\nco_")],
            "a book",
            "6:9: “source” should be a group",
        ),
    ],
)
def test_a_fault_in_a_standards_file_is_told_with_its_place(content, old, new, fault):
    content.replace(content.standards, old, new)

    found = content.faults(content.standards.parent)

    assert any(each.startswith(f"{STANDARDS_FILE}:{fault}") for each in found), found


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("tiny@1.0.0", "tiny@2.0.0", "6:12: there is no tiny 2.0.0 in"),
        (
            "tiny@1.0.0",
            "tiny",
            "6:12: “standards” names a standards set and its version, such as personalised-support@1",
        ),
        ("{standard: 5, ", "{standard: 4, ", "7:24: 4 is too low; it must be 5 or more"),
        ("indicator: 10", "indicator: 9", "7:38: 9 is too low; it must be 10 or more"),
        (
            "editions: [standard]",
            "editions: [standard, audio]",
            "8:22: “editions” is “audio”; it should be standard or",
        ),
        ("editions: [standard]", "editions: [standard, easy-read]", "13:13: “yes” has no label for the person in the"),
        ('id: "yes"', "id: yes", '10:9: put it in quotes: "yes"'),
        ('id: "no"', "id: no", '14:9: put it in quotes: "no"'),
        ("value: 1\n", "value: one\n", "12:12: “value” should be a number, such as 0.5"),
        ("value: 1\n", "value: .nan\n", '12:12: put it in quotes if it is text: ".nan"'),
        ("value: 1\n", "value: 0\n", "10:3: a scale needs at least two options with different values"),
        ("    value: 1\n", "", "10:5: “yes” is an answer, so it needs a value"),
        (
            "state: answered",
            "state: missing",
            "11:12: “state” is “missing”; it should be answered, dont_know, prefer_not",
        ),
        ("person: {help", "persons: {help", "30:26: “persons” is not known here"),
        ("id: S01.b", "id: S01.c", "29:9: tiny 1.0.0 has no indicator “S01.c”"),
        ("id: S01.b", "id: S01.a", "29:9: “S01.a” is already used; every id is used once"),
        ("id: S01.b", "id: S01.b\n    not_applicable: true", "30:21: no option of this survey says “not_applicable”"),
        ("{standard_threshold}", "some", "23:22: say from how many people on a result is shown"),
        ("consent: I agree.", "consent: [I agree.]", "24:16: “consent” should be text"),
    ],
)
def test_a_fault_in_a_survey_file_is_told_with_its_place(content, old, new, fault):
    content.replace(content.survey, old, new)

    found = content.faults(content.survey.parent)

    assert any(each.startswith(f"{SURVEY_FILE}:{fault}") for each in found), found


def test_all_faults_of_all_files_are_told_at_once_and_in_reading_order(content):
    content.replace(content.standards, "id: S01.b", "id: S01.a")
    content.replace(content.standards, "person: I picked my home.", "people: I picked my home.")
    content.replace(content.standards, "is_not: a bed", "is_not: no")
    content.replace(content.survey, "consent: I agree.", "consents: I agree.")
    content.replace(content.survey, "id: S01.b", "id: S01.a")

    assert content.faults() == [
        f'{STANDARDS_FILE}:17:17: put it in quotes: "no" (without them some programs read true or false)',
        f"{STANDARDS_FILE}:19:13: “person” is missing",
        f"{STANDARDS_FILE}:21:13: “people” is not known here",
        f"{STANDARDS_FILE}:24:17: “S01.a” is already used; every id is used once",
        f"{SURVEY_FILE}:6:12: tiny 1.0.0 has faults of its own",
        f"{SURVEY_FILE}:21:7: “consent” is missing",
        f"{SURVEY_FILE}:24:7: “consents” is not known here",
        f"{SURVEY_FILE}:29:9: “S01.a” is already used; every id is used once",
    ]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", "1:1: this file is empty"),
        (b"# nothing\n\n", "1:1: this file is empty"),
        (b"id: caf\xe9\n", "1:8: a character is not in UTF-8; save the file as UTF-8"),
        (b"id: tiny\ntitle: \xff\n", "2:8: a character is not in UTF-8; save the file as UTF-8"),
        (b"- a\n", "1:1: the file should be a group of keys"),
        (b"text", "1:1: the file should be a group of keys"),
        (b"[" * 700, "1:1: this is not YAML that can be read"),
        (b"#" * 4_000_001, "1:1: this file is larger than 4 MB"),
    ],
)
def test_a_file_that_holds_no_content_is_a_fault_and_never_a_traceback(content, raw, fault):
    content.standards.write_bytes(raw)
    content.survey.write_bytes(raw)

    assert any(each.startswith(f"{STANDARDS_FILE}:{fault}") for each in content.faults())
    assert any(each.startswith(f"{SURVEY_FILE}:{fault}") for each in content.faults())


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(content):
    content.standards.write_bytes(b"\xef\xbb\xbf" + STANDARDS.replace("\n", "\r\n").encode())

    check_folder(content.root)


def test_a_missing_file_is_told(content):
    content.standards.unlink()

    assert content.faults(content.standards.parent) == [f"{STANDARDS_FILE}:1:1: this file is missing"]


def test_a_folder_in_the_place_of_a_file_is_told(content):
    content.standards.unlink()
    content.standards.mkdir()

    assert content.faults(content.standards.parent) == [
        f"{STANDARDS_FILE}:1:1: this file cannot be read (Is a directory)"
    ]


def test_a_file_below_the_current_directory_is_named_from_there(content, monkeypatch):
    content.standards.write_text("")
    monkeypatch.chdir(content.root / "standards")

    with pytest.raises(Invalid) as error:
        load_standards(content.standards.parent)

    assert error.value.faults[0].place == "tiny/1.0.0/standards.yaml:1:1"
    assert str(error.value).splitlines() == ["There is 1 fault.", "tiny/1.0.0/standards.yaml:1:1: this file is empty"]


def test_a_survey_says_when_its_standards_cannot_be_had(content):
    def nowhere(standards_id, version):
        raise NotFound(f"there is no {standards_id} {version}")

    with pytest.raises(Invalid) as error:
        load_survey(content.survey.parent, nowhere)

    assert [fault.message for fault in error.value.faults] == ["there is no tiny 1.0.0"]


def test_a_survey_is_made_of_its_file_and_its_standards(content):
    standards = load_standards(content.standards.parent)

    survey = load_survey(content.survey.parent, lambda standards_id, version: standards)

    assert (survey.standards_id, survey.standards_version) == ("tiny", "1.0.0")
    assert [(q.id, q.domain_id, q.in_short_form) for q in survey.questions] == [
        ("S01.a", "D1", True),
        ("S01.b", "D1", False),
    ]
    assert SURVEY.count("stem") == 0
    assert {wording.stem for wording in survey.question("S01.b").wording.values()} == {
        "I keep my key.",
        "Our relative keeps the key.",
        "People keep their keys.",
    }
