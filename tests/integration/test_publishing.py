import shutil
from pathlib import Path

import pytest

from app.errors import Conflict, Invalid, NotFound
from app.services import publishing
from app.storage import Database
from tests.counting import count_queries
from tests.databases import LIBRARY

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
