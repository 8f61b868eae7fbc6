"""Letters that were posted and wait in the outbox."""

import re
from collections.abc import Sequence

from sqlalchemy import delete, select

from app.services.posting import Letter, unsealed
from app.storage import Database
from app.storage.tables import letter as letter_table
from tests.site import Site


def letters(site: Site) -> list[Letter]:
    """Return the letters that wait to be sent, in no order."""
    return letters_in(site.database, site.settings.keys())


def letters_in(database: Database, keys: Sequence[bytes]) -> list[Letter]:
    with database.reading() as connection:
        rows = connection.execute(select(letter_table.c.id, letter_table.c.sealed)).all()
    found = [unsealed(keys, row.id, row.sealed) for row in rows]
    return [each for each in found if isinstance(each, Letter)]


def forget_letters(site: Site) -> None:
    with site.database.writing() as connection:
        connection.execute(delete(letter_table))


def link_in(site: Site, letter: Letter) -> str:
    """Return the path of the one link in a letter, which begins with our own address; it may stand there twice."""
    (found,) = set(re.findall(r"https?://\S+", letter.text))
    assert found.startswith(site.settings.base_url + "/")
    return found.removeprefix(site.settings.base_url)
