"""What a form carries hidden, or offers to choose from, exchanged for the ids of another provider or network."""

from collections.abc import Iterator

from tests.attacks.forms import Form, filled
from tests.attacks.furnished import Furnished
from tests.attacks.hands import Found, Hand, find_again, post
from tests.attacks.privileges import is_id, of_others

KIND = Hand("Kind words")
CARRIED = frozenset({"hidden", "radio", "select", "checkbox"})


NOT_AN_ID = frozenset({"csrf_token", "switch", "back", "new_id"})
"""A new id is the sender's to draw: test_replay.py has what becomes of one that is there already."""


def theirs(of: Furnished) -> tuple[str, ...]:
    """Return ids of what belongs to others: a provider, an account, a contact that is nobody's here."""
    return of.site.other_provider.id, str(of.site.account_id("other lead")), "0" * 16


def tampered(form: Form, ids: tuple[str, ...]) -> Iterator[tuple[str, dict]]:
    """Yield the form's content with one of its carried values exchanged."""
    own = filled(form, KIND.write, next(iter(form.variants())))
    for each in form.fields:
        if each.kind in CARRIED and each.name not in NOT_AN_ID and not each.name.endswith("-new_id"):
            for id_ in ids if each.kind != "hidden" or is_id(each.now) else ("x' --", "-1"):
                yield each.name, {**own, each.name: [id_]}


def test_no_form_takes_an_id_of_somebody_else_in_place_of_its_own(furnished: Furnished, all_forms: list[Found]):
    before, failed, tried = of_others(furnished), [], 0
    for found in all_forms:
        visitor = furnished.visitor(found.who)
        form = find_again(visitor, found)
        for name, sent in tampered(form, theirs(furnished)) if form else ():
            tried += 1
            page = post(visitor, found.form.action, sent)
            if page.status >= 500 or of_others(furnished) != before:
                failed.append((found.form.action, name, page.status))
            furnished.restore()
    assert failed == []
    assert tried > 100
