"""Translation files: read strictly, filled by translators, recorded in the ledger."""

from datetime import date

import pytest

from app.errors import Invalid
from app.library import lock, read_ledger, read_library, translation_document, translation_of
from app.library.folders import check_folder
from app.library.progress import progress
from app.library.translation_file import translation_problems
from app.library.translation_writing import update_translation
from app.standards import StringState, source_mark
from tests.factories import make_translation
from tests.unit.library.samples import Content

TODAY, LATER = date(2026, 11, 22), date(2027, 1, 1)
STANDARDS_CY = "standards/tiny/1.0.0/i18n/cy.yaml"
SURVEY_CY = "surveys/tiny-survey/1.0.0/i18n/cy.yaml"


@pytest.fixture
def translated(content: Content) -> Content:
    """A library that is whole in Welsh: every word has "cy:" before it."""
    for words in read_library(content.root).words:
        write(words, make_translation(words.english))
    return content


def write(words, translation) -> None:
    lines = [
        f"  {key}: {{source: \"{each.source}\", state: unreviewed, text: '{each.text.replace(chr(39), chr(39) * 2)}'}}"
        for key, each in translation.strings.items()
    ]
    path = words.folder / "i18n" / f"{translation.language}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"language: {translation.language}\nstrings:\n" + "\n".join(lines) + "\n", encoding="utf-8")


def edit(content: Content, file: str, old: str, new: str) -> None:
    content.replace(content.root / file, old, new)


def test_a_library_holds_what_it_says_in_every_language(translated):
    standards, survey = read_library(translated.root).words

    assert (standards.name, standards.is_survey) == ("tiny@1.0.0", False)
    assert (survey.name, survey.is_survey) == ("tiny-survey@1.0.0", True)
    assert survey.translations[0].strings["title"].text == "cy:Tiny"
    assert set(standards.locales) == set(survey.locales) == {"cy"}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("language: cy", "language: gd", "1:11: the language is “gd” and the file is called “cy.yaml”"),
        ("language: cy", "tongue: cy", "1:1: “language” is missing"),
        ("  title:", "  titel:", "3:3: “titel” is no string of the source"),
        ("state: unreviewed", "state: done", "3:42: “state” is “done”; it should be reviewed, unreviewed or missing"),
        ("text: 'cy:Tiny'", "text: ''", "3:60: “title” is unreviewed and has no words; its state is missing"),
        (
            "state: unreviewed, text: 'cy:Tiny'",
            "state: missing, text: 'cy:Tiny'",
            "3:42: “title” has words, so it is unreviewed or reviewed and not missing",
        ),
        ("'cy:Tiny'", "'cy:Tiny {name}'", "3:60: “title” holds {name}; the English holds no placeholder"),
        ("'cy:Tiny'", '"cy:\\nTiny"', "3:60: “text” holds a line break or a control character"),
        ("source: ", "sauce: ", "3:11: “sauce” is not known here"),
    ],
)
def test_a_fault_of_a_translation_has_its_place(translated, old, new, fault):
    edit(translated, SURVEY_CY, old, new)

    assert f"{SURVEY_CY}:{fault}" in translated.faults()


def test_a_placeholder_that_is_lost_is_a_fault(translated):
    edit(translated, SURVEY_CY, "from {standard_threshold} people", "from five people")

    (fault,) = translated.faults()
    assert fault.endswith("who_sees_what.0” holds no placeholder; the English holds {standard_threshold}")


def test_a_long_easy_read_sentence_is_a_fault_and_two_short_ones_are_none():
    english = {"texts.easy-read.person.consent": "I agree.", "texts.standard.person.consent": "I agree."}
    short, long = "gair " * 9 + "gair. " + "gair " * 9 + "gair.", "gair " * 15 + "gair."

    def problems(key, text):
        part = {"source": source_mark("I agree."), "state": "unreviewed", "text": text}
        return translation_problems({"language": "cy", "strings": {key: part}}, "cy", english, "en")

    (problem,) = problems("texts.easy-read.person.consent", long)
    assert problem.message.startswith("an Easy Read sentence of 16 words; at most 15")
    assert problems("texts.easy-read.person.consent", short) == []
    assert problems("texts.standard.person.consent", long) == []


def test_english_is_no_translation_of_english(content):
    folder = content.standards.parent / "i18n"
    folder.mkdir()
    (folder / "en.yaml").write_text("language: en\nstrings: {}\n")
    (folder / "cymraeg.yml").write_text("language: cy\nstrings: {}\n")

    assert content.faults() == [
        "standards/tiny/1.0.0/i18n/cymraeg.yml:1:1: a translation is called after its language: cy.yaml",
        "standards/tiny/1.0.0/i18n/en.yaml:1:11: “en” is the language of the source itself",
    ]


@pytest.mark.parametrize("folder", ["", "surveys", "surveys/tiny-survey/1.0.0", SURVEY_CY])
def test_a_check_reads_the_translations_of_any_folder(translated, folder):
    path = translated.root / folder
    check_folder(path)
    edit(translated, SURVEY_CY, "  title:", "  titel:")

    assert any("“titel”" in fault for fault in translated.faults(path))


def test_what_is_missing_or_stale_is_work_to_do_and_no_fault(translated):
    edit(translated, SURVEY_CY, f'source: "{source_mark("Tiny")}"', 'source: "000000000000"')
    edit(translated, SURVEY_CY, "state: unreviewed, text: 'cy:For tests.'", "state: missing, text: ''")
    edit(translated, STANDARDS_CY, "state: unreviewed", "state: reviewed, by: Elin")
    check_folder(translated.root)

    standards, survey = [each for each in progress(translated.root) if each.of != "interface"]

    assert (standards.of, survey.of) == ("standards tiny@1.0.0", "survey tiny-survey@1.0.0")
    assert (standards.counts[StringState.REVIEWED], standards.is_complete) == (1, True)
    assert (survey.counts[StringState.MISSING], survey.counts[StringState.STALE]) == (1, 1)
    assert not survey.is_complete
    assert [(each.key, each.source, each.english) for each in survey.stale] == [("title", source_mark("Tiny"), "Tiny")]
    assert read_library(translated.root).words[1].locales == {}


def test_a_translation_is_the_same_after_it_was_stored(translated):
    edit(translated, SURVEY_CY, "state: unreviewed, text: 'cy:For tests.'", "state: missing, text: ''")
    edit(translated, SURVEY_CY, "state: unreviewed", "state: reviewed, by: Elin")
    (translation,) = read_library(translated.root).words[1].translations

    again = translation_of(translation_document(translation))

    assert again == translation
    assert (again.strings["title"].by, again.strings["title"].is_reviewed) == ("Elin", True)


def test_translators_get_a_file_with_the_english_above_every_string(content):
    standards, _ = read_library(content.root).words

    added = update_translation(standards, "cy")

    text = (content.root / STANDARDS_CY).read_text()
    assert added == list(standards.english)
    assert f"  # A home\n  standards.S01.is: {{source: {source_mark('A home')}, state: missing, text: ''}}\n" in text
    assert text.startswith("# yaml-language-server: $schema=")
    check_folder(content.root)
    assert update_translation(read_library(content.root).words[0], "cy") == []
    assert (content.root / STANDARDS_CY).read_text() == text


def test_what_a_translator_wrote_stays_and_what_is_new_comes_in_its_place(translated):
    path = translated.root / STANDARDS_CY
    lines = path.read_text().splitlines(keepends=True)
    gone = next(number for number, line in enumerate(lines) if line.startswith("  standards.S01.is_not"))
    path.write_text("".join([lines[0], "# A note.\n", *lines[1:gone], "  # Why I chose it.\n", *lines[gone + 1 :]]))
    before = path.read_text()

    assert update_translation(read_library(translated.root).words[0], "cy") == ["standards.S01.is_not"]

    after = path.read_text().splitlines()
    assert [line for line in after if line.lstrip() in {"# A note.", "# Why I chose it."}]
    assert [line.split(":")[0] for line in after if line.startswith("  standards")] == [
        "  standards.S01.is",
        "  standards.S01.is_not",
    ]
    assert [line for line in before.splitlines() if line not in after] == []


def test_locking_records_every_state_of_a_complete_translations_words(translated):
    assert lock(translated.root, TODAY) == [
        "tiny@1.0.0",
        "tiny@1.0.0 in cy",
        "survey tiny-survey@1.0.0",
        "survey tiny-survey@1.0.0 in cy",
    ]
    assert lock(translated.root, LATER) == []
    assert check_folder(translated.root) == []

    edit(translated, STANDARDS_CY, "cy:A home", "cy:One home")

    (remark,) = check_folder(translated.root / "standards")
    assert str(remark).endswith(
        "tiny@1.0.0 in “cy” reads otherwise than on 2026-11-22; `driving-seat standards lock` records it."
    )
    assert [each.message for each in check_folder(translated.root)] == [remark.message]
    assert lock(translated.root, LATER) == ["tiny@1.0.0 in cy"]
    (entry,) = read_ledger(translated.root / "standards/LOCK.json")
    assert [locked.on for locked in entry.locales["cy"]] == ["2026-11-22", "2027-01-01"]
    assert check_folder(translated.root) == []


def test_an_incomplete_translation_is_not_locked(translated):
    edit(translated, STANDARDS_CY, "state: unreviewed, text: 'cy:A home'", "state: missing, text: ''")

    assert "tiny@1.0.0 in cy" not in lock(translated.root, TODAY)


def test_a_locked_translation_that_is_not_complete_any_more_is_a_fault(translated):
    lock(translated.root, TODAY)
    edit(translated, STANDARDS_CY, "state: unreviewed, text: 'cy:A home'", "state: missing, text: ''")

    (fault,) = translated.faults()
    assert "LOCK.json:" in fault
    assert "tiny@1.0.0 in “cy” was published on 2026-11-22 and is not complete any more" in fault


def test_a_locked_translation_with_a_fault_is_not_called_incomplete_as_well(translated):
    lock(translated.root, TODAY)
    edit(translated, STANDARDS_CY, "  title:", "  titel:")

    assert [fault for fault in translated.faults() if "LOCK.json" in fault] == []


def test_a_ledger_whose_locales_have_a_fault_is_refused(translated):
    lock(translated.root, TODAY)
    path = translated.root / "standards/LOCK.json"
    path.write_text(path.read_text().replace('"cy": [', '"cymraeg": ['))

    with pytest.raises(Invalid):
        read_ledger(path)
