"""More fields than a form has: the name of every column of every table, sent along with every form."""

from typing import Any

from sqlalchemy import select

from app.storage.tables import account, membership, metadata
from tests.attacks.forms import filled
from tests.attacks.furnished import Furnished
from tests.attacks.hands import Found, Hand, find_again, post
from tests.attacks.privileges import of_others

KIND = Hand("Kind words")
RIGHTS = {"role": "administrator", "organisation_id": "", "is_admin": "y", "roles": "administrator", "made_up": "y"}

MOST_FIELDS = 80
"""How many more are sent with a file: a form with a file and more parts is refused whole."""


def columns() -> set[str]:
    return {column.name for table in metadata.tables.values() for column in table.columns}


def more_fields(of: Furnished) -> dict[str, str]:
    """Return a value for every column: somebody else's id, a right, or a yes."""
    theirs = of.site.other_provider.id
    return RIGHTS | {
        name: theirs if name.endswith("_id") or name == "id" else "1" for name in sorted(columns() - RIGHTS.keys())
    }


def privileges(of: Furnished) -> set[tuple[Any, ...]]:
    """Return who holds which role, and which accounts can be used."""
    with of.site.database.reading() as connection:
        held = {tuple(row) for row in connection.execute(select(membership))}
        return held | {tuple(row) for row in connection.execute(select(account.c.id, account.c.active))}


def test_every_form_takes_the_fields_that_it_shows_and_no_others(furnished: Furnished, all_forms: list[Found]):
    wrong, sent, more = [], 0, more_fields(furnished)
    for found in all_forms:
        furnished.restore()
        own = privileges_after(furnished, found, {})
        furnished.restore()
        if privileges_after(furnished, found, more) != own:
            wrong.append(found.key)
        sent += 1
    assert wrong == []
    assert sent > 60


def privileges_after(of: Furnished, found: Found, more: dict[str, str]) -> object:
    """Send a form with these fields too; return who may do what then, and what others have."""
    visitor = of.visitor(found.who)
    form = find_again(visitor, found)
    if form is None:
        return None
    own = filled(form, KIND.write, next(iter(form.variants())))
    most = MOST_FIELDS if any(each.kind == "file" for each in form.fields) else len(more)
    page = post(visitor, form.action, {**dict([each for each in more.items() if each[0] not in own][:most]), **own})
    assert page.status != 413, form.action
    return privileges(of), of_others(of)
