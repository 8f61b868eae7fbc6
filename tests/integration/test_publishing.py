import re
import shutil
from pathlib import Path

import pytest

from app.errors import Conflict, Invalid, NotFound
from app.responses import Round
from app.services import publishing
from app.services.organising import add_provider
from app.services.rounds import open_round
from app.storage import Database
from tests.counting import count_queries
from tests.databases import LIBRARY
from tests.days import TODAY

SET = "personalised-support"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A copy of the library without its ledgers, to change."""
    for name in ("standards", "surveys"):
        shutil.copytree(LIBRARY / name, tmp_path / name, ignore=shutil.ignore_patterns("LOCK.json"))
    return tmp_path


def test_what_is_loaded_can_be_read_as_it_was_written(database: Database):
    (standards,) = publishing.published_standards(database)

    assert standards.id == SET
    assert len(standards.standards) == 10
    assert len(publishing.newest_survey(database, SET).questions) == 30
    with pytest.raises(NotFound):
        publishing.standards_set(database, SET, "9.9.9")
    with pytest.raises(NotFound):
        publishing.newest_survey(database, "nothing")


def test_loading_the_same_library_again_changes_nothing(database: Database, library: Path):
    before = publishing.published_standards(database)

    publishing.load_library(database, library)

    assert publishing.published_standards(database) == before


def test_a_version_in_use_whose_meaning_changed_is_refused(database: Database, library: Path):
    file = library / "standards" / SET / "1.0.0" / "standards.yaml"
    file.write_text(file.read_text().replace("money is a mystery", "money is no matter"))

    with pytest.raises(Conflict, match="never changes"):
        publishing.load_library(database, library)


def test_a_library_with_a_fault_loads_nothing(database: Database, library: Path):
    file = library / "surveys" / SET / "1.0.0" / "survey.yaml"
    file.write_text(file.read_text().replace("thresholds:", "threshold:"))

    with pytest.raises(Invalid) as refused:
        publishing.load_library(database, library)

    assert "survey.yaml:" in str(refused.value.faults[0])


def test_the_library_is_read_from_the_database_once(database: Database):
    publishing.published_surveys(database)
    publishing.published_standards(database)

    with count_queries(database) as statements:
        publishing.published_surveys(database)
        publishing.published_standards(database)

    assert len(statements) == 2


# --- other languages ------------------------------------------------------------------------------------------------


def in_welsh(library: Path) -> Path:
    return library / "surveys" / SET / "1.0.0" / "i18n" / "cy.yaml"


def open_here(database: Database) -> Round:
    return open_round(database, add_provider(database, "Bramble Way Support").id, SET, on=TODAY)


def test_a_round_is_asked_in_every_language_that_is_whole(database: Database):
    of = open_here(database)
    english, welsh = publishing.survey_of(database, of), publishing.survey_of(database, of, "cy")

    assert publishing.languages_of(database, of) == ("en", "cy")
    assert (english.language, welsh.language) == ("en", "cy")
    assert welsh.fingerprint == english.fingerprint == of.survey_sha256
    assert [question.id for question in welsh.questions] == [question.id for question in english.questions]
    standards = publishing.standards_of(database, of, "cy")
    assert (standards.language, standards.fingerprint) == ("cy", of.standards_sha256)
    assert publishing.wording_state(database, of, "cy") == "unreviewed"
    assert publishing.wording_state(database, of, "en") == "reviewed"


def test_a_language_that_nobody_translated_into_is_answered_in_english(database: Database):
    of = open_here(database)

    assert publishing.survey_of(database, of, "gd").language == "en"
    assert publishing.standards_of(database, of, "gd").language == "en"
    assert publishing.wording_state(database, of, "gd") == "unreviewed"


def test_a_whole_translation_is_not_read_before_its_language_has_a_name(database: Database, monkeypatch):
    of = open_here(database)
    monkeypatch.setattr(publishing, "LANGUAGES", {"en": "English"})

    assert publishing.languages_of(database, of) == ("en",)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r'(consent: \{source: )"?[0-9a-f]{12}"?', r'\g<1>"000000000000"'),
        (r'(consent: \{source: [^,]+, state: )unreviewed, text: "[^"]*"', r'\g<1>missing, text: ""'),
    ],
)
def test_a_translation_that_lacks_a_string_or_has_a_stale_one_is_not_published(
    database: Database, library: Path, old: str, new: str
):
    of = open_here(database)
    text, count = re.subn(old, new, in_welsh(library).read_text(), count=1)
    assert count == 1
    in_welsh(library).write_text(text)

    publishing.load_library(database, library)

    assert publishing.languages_of(database, of) == ("en",)
    assert publishing.survey_of(database, of, "cy").language == "en"
    assert publishing.standards_of(database, of, "cy").language == "en"


def test_a_translation_improves_while_a_round_is_open(database: Database, library: Path):
    of = open_here(database)
    before = publishing.survey_of(database, of, "cy").title
    file = in_welsh(library)
    file.write_text(re.sub(r'(\n  title: .*text: )"[^"]*"', r'\1"Gwell"', file.read_text(), count=1))

    publishing.load_library(database, library)

    found = publishing.survey_of(database, of, "cy")
    assert before != found.title == "Gwell"
    assert found.fingerprint == of.survey_sha256


def test_a_language_is_reviewed_when_all_its_strings_are(database: Database, library: Path):
    of = open_here(database)
    for file in library.glob("*/*/*/i18n/cy.yaml"):
        file.write_text(file.read_text().replace("state: unreviewed", "state: reviewed, by: Elin"))

    publishing.load_library(database, library)

    assert publishing.wording_state(database, of, "cy") == "reviewed"


def test_a_translation_that_is_taken_out_is_gone(database: Database, library: Path):
    of = open_here(database)
    in_welsh(library).unlink()

    publishing.load_library(database, library)

    assert publishing.languages_of(database, of) == ("en",)


def test_a_round_is_read_in_any_language_without_a_query_once_it_was_read(database: Database):
    of = open_here(database)
    publishing.survey_of(database, of, "cy")

    with count_queries(database) as statements:
        for language in publishing.languages_of(database, of):
            publishing.survey_of(database, of, language)
            publishing.standards_of(database, of, language)
            publishing.wording_state(database, of, language)

    assert statements == []
