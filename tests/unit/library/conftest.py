from pathlib import Path

import pytest

from app.library import Library, read_library
from app.standards import StandardsSet
from app.surveys import Survey
from tests.unit.library.samples import Content

ROOT = Path(__file__).parents[3]


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return Content(tmp_path / "library").write()


@pytest.fixture(scope="session")
def library() -> Library:
    """The library that is published with the code."""
    return read_library(ROOT)


@pytest.fixture(scope="session")
def standards(library: Library) -> StandardsSet:
    return next(each for each in library.standards if (each.id, each.version) == ("personalised-support", "1.0.0"))


@pytest.fixture(scope="session")
def survey(library: Library) -> Survey:
    return next(each for each in library.surveys if (each.id, each.version) == ("personalised-support", "1.0.0"))
