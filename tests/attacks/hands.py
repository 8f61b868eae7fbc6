"""What somebody who means harm types, and typing it into every field of words of every form, as everybody."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from secrets import token_hex
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException
from werkzeug.test import encode_multipart

from tests.attacks.crawling import addresses, is_page
from tests.attacks.forms import Field, Form, filled, forms_of
from tests.attacks.furnished import WHO, Furnished
from tests.site import Page, Visitor

SOON = date.today() + timedelta(days=30)
RIGHT = {
    "phone": "01632 960123", "count": "2", "working_days": "3",
    "last_on": f"{SOON:%d %m %Y}", "planned_on": f"{SOON:%d %m %Y}",
    "email": "kind@example.org", "address": "kind@example.org", "pasted": "kind@example.org",
}  # fmt: skip
"""What is taken in fields that do not take every word."""

MAKES_PDF = re.compile(r"/booklets$")
"""A form whose answer takes seconds; its fields are numbers and choices."""

NEW_IN_EACH = {"new_id": 8, "secret": 32}
"""Hidden fields that are new in each form, and how many bytes they are."""


@dataclass(frozen=True)
class Hand:
    """words: typed into every field. email: where an address is asked for, one that can be. file_name: of a file."""

    words: str
    email: str = "kind@example.org"
    file_name: str = ""

    def write(self, field: Field) -> str:
        """Return what is typed into a field; nothing is pasted where a file is given."""
        if field.name == "pasted":
            return ""
        if field.name in {"email", "address"}:
            return self.email
        return RIGHT.get(field.name, self.words)

    def write_into(self, one: Field) -> Callable[[Field], str]:
        """Return what writes into one field alone, and what is right into every other one."""
        return lambda field: self.words if field.name == one.name else RIGHT.get(field.name, field.now or "Kind words")


@dataclass(frozen=True)
class Try:
    """What was sent, and what came back. fields: those that held what the hand typed."""

    who: str | None
    path: str
    endpoint: str
    fields: tuple[str, ...]
    page: Page

    @property
    def is_taken(self) -> bool:
        return self.page.status in (200, 302, 303) and b"govuk-error-summary" not in self.page.response.get_data()


@dataclass(frozen=True)
class Found:
    """A form, and where it stands."""

    who: str | None
    path: str
    form: Form

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        return self.form.action, tuple(sorted({each.name for each in self.form.fields}))


def forms_found(of: Furnished) -> list[Found]:
    """Return every form that is posted, once, with who finds it first."""
    found: dict[tuple[str, tuple[str, ...]], Found] = {}
    for who in (None, *WHO):
        visitor = of.visitor(who)
        for path in [*addresses(of, who), *(path for whose, path in of.more if whose == who)]:
            page = visitor.get(path)
            for form in forms_of(page) if is_page(page) else []:
                each = Found(who, path, form)
                if form.method == "post" and not MAKES_PDF.search(form.action):
                    found.setdefault(each.key, each)
    return list(found.values())


def type_everywhere(of: Furnished, hand: Hand, found: list[Found]) -> list[Try]:
    """Fill in every form: all at once, and each field that takes not every word by itself."""
    visitors = {who: of.visitor(who) for who in {each.who for each in found}}
    return [tried for each in found if each.form.has_words for tried in _tries(of, visitors[each.who], hand, each)]


def _tries(of: Furnished, visitor: Visitor, hand: Hand, found: Found) -> Iterator[Try]:
    for chosen in found.form.variants():
        yield from _send(of, visitor, found, hand.write, chosen, hand.file_name, found.form.texts)
    for one in found.form.texts:
        yield from _send(of, visitor, found, hand.write_into(one), {}, None if one.name == "pasted" else "", (one,))


def _send(
    of: Furnished,
    visitor: Visitor,
    found: Found,
    write: Callable[[Field], str],
    chosen: dict[str, list[str]],
    file_name: str | None,
    written: tuple[Field, ...],
) -> Iterator[Try]:
    of.forget_tries()
    form = find_again(visitor, found)
    if form is None:
        return
    sent = filled(form, write, chosen, file_name)
    names = tuple(each.name for each in (*written, *(each for each in form.fields if each.kind == "file")))
    yield Try(found.who, found.path, endpoint_of(of, form), names, post(visitor, form.action, sent))


def find_again(visitor: Visitor, found: Found) -> Form | None:
    """Return the form as it stands on its page now, with what is new in each; None when it is gone."""
    forms = forms_of(visitor.get(found.path))
    form = next((each for each in forms if Found(found.who, found.path, each).key == found.key), None)
    return replace(form, fields=tuple(map(_made_anew, form.fields))) if form else None


def _made_anew(field: Field) -> Field:
    size = NEW_IN_EACH.get(field.name) if field.kind == "hidden" else None
    return replace(field, now=token_hex(size)) if size else field


def post(visitor: Visitor, path: str, sent: dict[str, Any]) -> Page:
    """Send a form as a browser does."""
    if not any(isinstance(each, FileStorage) for each in sent.values()):
        return visitor.post(path, sent)
    boundary, body = encode_multipart(sent)
    return Page(visitor.client.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}"))


def endpoint_of(of: Furnished, form: Form) -> str:
    adapter = of.site.app.url_map.bind("localhost")
    try:
        return str(adapter.match(form.action.partition("?")[0], method=form.method.upper())[0])
    except HTTPException:
        return form.action
