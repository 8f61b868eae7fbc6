"""A site in whose every field somebody typed a program, a formula and a template at once; and where to read it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse
from wtforms import FileField, StringField
from wtforms.fields.core import UnboundField

from app.organisations import Membership, Role
from tests.attacks.crawling import addresses
from tests.attacks.furnished import WHO, Furnished
from tests.attacks.hands import Found, Hand, Try, type_everywhere
from tests.letters import letters, link_in
from tests.site import Page

MARKUP = "=1+1\"'><img src=x onerror=owned()>{{7*7}}"
MARKUP_EMAIL = "=1+1'{{7*7}}owned@example.org"
MARKUP_FILE = "=1+1'><img src=x onerror=owned()>{{7*7}}"


@dataclass
class Owned:
    """tries: every form that was sent, and what came back."""

    of: Furnished
    tries: list[Try]

    @cached_property
    def shown(self) -> list[tuple[str, Page]]:
        """Return (path, page) of every page of everybody that shows something that was typed."""
        return list(self._shown())

    def _shown(self) -> Iterator[tuple[str, Page]]:
        for who in (None, *WHO):
            visitor = self.of.visitor(who)
            more = [path for whose, path in self.of.more if whose == who]
            for path in [*addresses(self.of, who), *more]:
                self.of.forget_tries()
                page = visitor.get(path)
                if page.response.mimetype == "text/html" and "owned" in page.text:
                    yield path, page

    def endpoint(self, path: str) -> str:
        adapter = self.of.site.app.url_map.bind("localhost")
        try:
            return str(adapter.match(path.partition("?")[0])[0])
        except HTTPException:
            return path

    @cached_property
    def _round(self) -> str:
        return f"/rounds/{self.of.known['closed_round_id']}"

    def file(self, name: str) -> TestResponse:
        return self.of.visitor("lead").get(f"{self._round}/{name}").response

    @cached_property
    def result(self) -> Page:
        return self.of.visitor("lead").get(f"{self._round}/result")

    @cached_property
    def saved_evidence(self) -> list[TestResponse]:
        lead = self.of.visitor("lead")
        path = f"/providers/{self.of.known['provider_id']}/evidence"
        files = [each.get("href") for each in lead.get(path).select(f"a[href^='{path}/']")]
        return [lead.get(f"{each}/file").response for each in files if "/new" not in each]

    @property
    def fields_of_words(self) -> set[str]:
        """Return the names of all fields for words, passwords and files in all forms of the code."""
        forms, found = [FlaskForm], set()
        while forms:
            form = forms.pop()
            forms += form.__subclasses__()
            if form.__module__.startswith("app."):
                found |= {name for name in dir(form) if _takes_words(getattr(form, name))}
        return found


def _takes_words(found: Any) -> bool:
    if not isinstance(found, UnboundField) or not issubclass(found.field_class, StringField | FileField):
        return False
    return found.field_class.__name__ != "HiddenField"


def own(of: Furnished, forms: list[Found]) -> Owned:
    """Type it everywhere, and close a round of what has these names now."""
    tries = type_everywhere(of, Hand(MARKUP, MARKUP_EMAIL, MARKUP_FILE), forms)
    of.site.invite_colleague(Membership(Role.MEMBER, of.site.provider.id), "newer@example.org")
    links = [link_in(of.site, each) for each in letters(of.site) if each.to == "newer@example.org"]
    known = {**of.known, "closed_round_id": of.site.closed_round().id}
    return Owned(replace(of, known=known, more=[*of.more, (None, links[0])]), tries)
