"""A site with something of everything, made once; and one in whose every field somebody typed what they should not."""

from collections.abc import Iterator

import pytest

from tests.attacks.furnished import Furnished, furnish
from tests.attacks.hands import Found, forms_found
from tests.attacks.owned import Owned, own
from tests.databases import SqliteFiles


@pytest.fixture(scope="session")
def _furnished(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Furnished]:
    made = furnish(tmp_path_factory.mktemp("furnished"), sqlite_files)
    yield made
    made.site.close()


@pytest.fixture
def furnished(_furnished: Furnished) -> Furnished:
    """The site as it was made: whatever the test before did to its database is undone."""
    _furnished.restore()
    return _furnished


@pytest.fixture(scope="session")
def all_forms(_furnished: Furnished) -> list[Found]:
    """Every form of every page of everybody."""
    _furnished.restore()
    return forms_found(_furnished)


@pytest.fixture(scope="module")
def owned(_furnished: Furnished, all_forms: list[Found]) -> Owned:
    """The site after somebody typed a program into every field of every form."""
    _furnished.restore()
    return own(_furnished, all_forms)
