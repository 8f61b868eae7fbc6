"""What the published files say: the parts of it that must hold whatever the words are."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from app.errors import Invalid
from app.library import check_folder, lock, read_ledger, read_library, write_schemas
from app.standards import Audience, check
from app.surveys import AnswerState, Edition, Length, Survey

ROOT = Path(__file__).parents[3]
MAY_BE_NOT_APPLICABLE = ["S03.c", "S04.c", "S05.b", "S06.b", "S06.c", "S07.c", "S09.b", "S09.c"]


def easy_read_texts(survey: Survey) -> list[str]:
    """Everything that a respondent reads in the Easy Read edition."""
    texts = [text for (edition, _), text in survey.texts.items() if edition is Edition.EASY_READ]
    worded = [w for q in survey.questions for (edition, _), w in q.wording.items() if edition is Edition.EASY_READ]
    options = [
        text
        for option in survey.options
        for words in (option.labels, option.explanations)
        for (edition, _), text in words.items()
        if edition is Edition.EASY_READ
    ]
    return [
        *options,
        *(sentence for text in texts for sentence in (text.title, *text.welcome, *text.who_sees_what, text.consent)),
        *(sentence for wording in worded for sentence in (wording.stem, *wording.help)),
    ]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s+", text)


def test_the_set_has_six_domains_ten_standards_and_thirty_matched_triads(standards):
    assert [domain.id for domain in standards.domains] == ["D1", "D2", "D3", "D4", "D5", "D6"]
    assert [len(domain.standards) for domain in standards.domains] == [3, 3, 1, 1, 1, 1]
    assert [standard.id for standard in standards.standards] == [f"S{number:02d}" for number in range(1, 11)]
    assert [i.id for i in standards.indicators] == [f"{s.id}.{letter}" for s in standards.standards for letter in "abc"]


def test_the_set_credits_its_source_and_says_that_it_is_a_draft(standards):
    assert standards.source.author == "Simon Duffy"
    assert standards.source.title == "Personalised Support – Personal Budgets & Flexible Support"
    assert "156 providers" in standards.source.note
    assert standards.co_production == "not yet"
    assert standards.wording_note == "Draft wording, to be co-produced before it is relied on."


@pytest.mark.parametrize(
    ("standard_id", "title", "is_not"),
    [
        ("S01", "Individual design", "slotting people into a placement"),
        ("S05", "People and families recruit staff", '"staffing is our business"'),
        ("S08", "People and families make decisions", "\"it's the organisation's way or the highway\""),
        ("S10", "Quality checking", "professional knows best"),
    ],
)
def test_a_standard_says_what_good_support_is_and_is_not(standards, standard_id, title, is_not):
    standard = standards.standard(standard_id)

    assert (standard.title, standard.is_not) == (title, is_not)


@pytest.mark.parametrize(
    ("indicator_id", "person", "family", "provider"),
    [
        ("S05.c", "I can say no to new staff.", 'A "no" is respected.', 'A person\'s "no" is final.'),
        (
            "S08.b",
            "I get time to decide.",
            "Choices are explained in a way that works.",
            "We support each decision before questioning capacity.",
        ),
    ],
)
def test_an_indicator_says_the_same_thing_to_all_three(standards, indicator_id, person, family, provider):
    statements = standards.indicator(indicator_id).statements

    assert list(statements.values()) == [person, family, provider]


def test_the_standard_edition_asks_with_the_statements_themselves(standards, survey):
    for question in survey.questions:
        for audience in Audience:
            stem = question.wording[Edition.STANDARD, audience].stem
            assert stem == standards.indicator(question.id).statements[audience]


def test_the_short_form_asks_ten_questions_and_the_full_form_thirty(survey):
    assert [question.id for question in survey.questions_in(Length.SHORT)] == [f"S{n:02d}.a" for n in range(1, 11)]
    assert len(survey.questions_in(Length.FULL)) == 30


def test_not_applicable_is_offered_for_eight_questions_alone(survey):
    offered = [
        question.id
        for question in survey.questions
        if AnswerState.NOT_APPLICABLE in [option.state for option in survey.options_of(question)]
    ]

    assert offered == MAY_BE_NOT_APPLICABLE


def test_everybody_answers_on_one_scale(survey):
    scores = {option.id: survey.score_of(survey.questions[0], option.id) for option in survey.options}

    assert scores == {
        "yes": 1,
        "sometimes": 0.5,
        "no": 0,
        "dont_know": None,
        "prefer_not": None,
        "not_applicable": None,
    }


def test_results_are_made_from_five_people_and_spreads_from_ten(survey):
    assert (survey.thresholds.standard, survey.thresholds.indicator) == (5, 10)


def test_no_easy_read_sentence_is_longer_than_fifteen_words(survey):
    long = [s for text in easy_read_texts(survey) for s in sentences(text) if len(s.split()) > 15]

    assert long == []


def test_every_easy_read_question_is_one_question_with_one_to_three_sentences_of_help(survey):
    for question in survey.questions:
        for audience in Audience:
            wording = question.wording[Edition.EASY_READ, audience]
            assert wording.stem.endswith("?"), wording
            assert len(sentences(wording.stem)) == 1, wording
            assert 1 <= len(wording.help) <= 3, wording
            assert all(len(sentences(text)) == 1 and text.endswith(".") for text in wording.help), wording


def test_easy_read_has_words_of_its_own(standards, survey):
    statements = {text for indicator in standards.indicators for text in indicator.statements.values()}

    assert statements.isdisjoint(easy_read_texts(survey))


def test_a_person_is_told_that_nobody_can_agree_for_them_and_what_to_do_instead(survey):
    standard = " ".join(survey.texts[Edition.STANDARD, Audience.PERSON].welcome)
    easy_read = " ".join(survey.texts[Edition.EASY_READ, Audience.PERSON].welcome)

    for text in (standard, easy_read):
        assert "an adult, nobody can" in text
        assert "advocate" in text
        assert "please stop here" in text


def test_everybody_is_told_from_how_many_people_on_a_result_is_shown(survey):
    for texts in survey.texts.values():
        assert "fewer than five people" in " ".join(texts.promises(survey.thresholds))


def test_every_published_version_still_means_what_the_ledger_says(library):
    standards_ledger = read_ledger(ROOT / "standards/LOCK.json")
    surveys_ledger = read_ledger(ROOT / "surveys/LOCK.json")

    assert check(standards_ledger, library.standards) == []
    assert check(surveys_ledger, library.surveys) == []
    assert "personalised-support@1.0.0" in [entry.name for entry in standards_ledger]
    assert "personalised-support@1.0.0" in [entry.name for entry in surveys_ledger]


@pytest.fixture
def copied(tmp_path):
    for name in ("standards", "surveys"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "old", "new", "ledgers"),
    [
        (
            "standards/personalised-support/1.0.0/standards.yaml",
            "person: I can try new things.",
            "person: I try new things.",
            ["standards/LOCK.json", "surveys/LOCK.json"],  # the survey asks with the statement itself
        ),
        (
            "surveys/personalised-support/1.0.0/survey.yaml",
            "stem: Can you try new things?",
            "stem: Do you try new things?",
            ["surveys/LOCK.json"],
        ),
    ],
)
def test_a_changed_copy_of_a_published_version_is_noticed(copied, file, old, new, ledgers):
    path = copied / file
    path.write_text(path.read_text().replace(old, new, 1))

    for read in (read_library, check_folder, lambda root: lock(root, date(2026, 12, 1))):
        with pytest.raises(Invalid) as error:
            read(copied)
        said = [str(fault).removeprefix(f"{copied}/") for fault in error.value.faults]
        assert [each for each in said if "in “cy”" not in each] == [
            f"{ledger}:3:5: personalised-support@1.0.0 was published on 2026-11-21 and now means something else; "
            "make a new version instead."
            for ledger in ledgers
        ]
        assert any("in “cy” was published on 2026-11-22 and is not complete any more" in each for each in said)


def test_credits_of_a_published_version_can_be_mended(copied):
    path = copied / "standards/personalised-support/1.0.0/standards.yaml"
    path.write_text(path.read_text().replace("author: Simon Duffy", "author: Dr Simon Duffy"))

    assert read_library(copied).standards[0].source.author == "Dr Simon Duffy"


def test_each_file_names_its_schema_and_the_schemas_are_up_to_date(tmp_path):
    write_schemas(tmp_path)

    for written in tmp_path.iterdir():
        assert (ROOT / "docs/schemas" / written.name).read_text() == written.read_text()
    for name, files in (
        ("standards.schema.json", "standards/*/*/standards.yaml"),
        ("survey.schema.json", "surveys/*/*/survey.yaml"),
        ("translation.schema.json", "s*s/*/*/i18n/*.yaml"),
    ):
        for path in ROOT.glob(files):
            up = "../" * (len(path.relative_to(ROOT).parts) - 1)
            assert path.read_text().startswith(f"# yaml-language-server: $schema={up}docs/schemas/{name}\n"), path


def test_everything_is_there_in_welsh(library):
    for words in library.words:
        assert words.locales.keys() == {"cy"}, words.name
