"""The same form sent twice, and a form whose new id is somebody else's."""

from typing import Any

from tests.attacks.forms import filled
from tests.attacks.furnished import Furnished
from tests.attacks.hands import Found, Hand, find_again, post

KIND = Hand("Kind words")
NEW_EACH_TIME = frozenset({"letter", "invitation", "come_back"})
"""A letter, a link or a short code is made anew when somebody asks anew: it changes nothing that there was."""


def counts(of: Furnished) -> dict[str, int]:
    return {name: len(rows) for name, rows in of.rows().items() if name not in NEW_EACH_TIME}


def sent_of(of: Furnished, found: Found) -> tuple[Any, str, dict[str, Any]] | None:
    visitor = of.visitor(found.who)
    form = find_again(visitor, found)
    return (visitor, form.action, filled(form, KIND.write, next(iter(form.variants())), None)) if form else None


def test_a_form_that_is_sent_twice_does_it_once(furnished: Furnished, all_forms: list[Found]):
    twice, tried = [], 0
    for found in all_forms:
        furnished.restore()
        form = sent_of(furnished, found)
        if form is None:
            continue
        visitor, action, sent = form
        post(visitor, action, sent)
        once = counts(furnished)
        post(visitor, action, sent)
        tried += 1
        if counts(furnished) != once:
            twice.append((action, {name: n for name, n in counts(furnished).items() if once[name] != n}))
    assert twice == []
    assert tried > 60


def test_a_new_id_that_is_somebody_else_s_changes_nothing_of_theirs(furnished: Furnished, all_forms: list[Found]):
    """The sender draws the id of what is new. One that is there already makes nothing and changes nothing."""
    ids = ids_of_every_table(furnished)
    wrong = []
    for found in all_forms:
        names = [each.name for each in found.form.fields if each.name.endswith("new_id")]
        for id_ in ids if names else ():
            furnished.restore()
            before = furnished.rows()
            form = sent_of(furnished, found)
            if form is None:
                continue
            visitor, action, sent = form
            page = post(visitor, action, sent | {names[0]: id_})
            after = furnished.rows()
            lost = {name: [row for row in rows if row not in after[name]] for name, rows in before.items()}
            changed = {name: rows for name, rows in lost.items() if rows and name not in MAY_CHANGE}
            if page.status >= 500 or changed:
                wrong.append((action, id_, page.status, changed))
    assert wrong == []


def ids_of_every_table(of: Furnished) -> list[str]:
    """Return an id that exists, of each kind of thing."""
    ids = {
        name: sorted({value for row in rows for value in row[:2] if isinstance(value, str) and len(value) == 16})
        for name, rows in of.rows().items()
    }
    return sorted({found[0] for found in ids.values() if found})


MAY_CHANGE = frozenset({"account_invitation", "network_invitation"})
"""An invitation of one's own gets a fresh secret when its form is sent again; for others see below."""


def test_an_invitation_of_another_network_gets_no_new_secret(furnished: Furnished):
    (invited, *_) = [row for row in furnished.rows()["network_invitation"] if row[1] == furnished.site.network.id]
    other, before = furnished.visitor("other coordinator"), furnished.rows()
    own = next(each.get("href") for each in other.get("/networks").select("main a[href^='/networks/']"))
    page = other.fill_in_whole(f"{own}/members", {"name": "Mine", "new_id": str(invited[0])})
    assert page.status in (404, 409, 422)
    assert furnished.rows()["network_invitation"] == before["network_invitation"]
