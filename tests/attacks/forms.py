"""The forms of a page, filled in as a program would."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from typing import Any

import lxml.html
from werkzeug.datastructures import FileStorage

from tests.evidence_files import PDF
from tests.site import Page
from tests.sounds import mp3

TEXT = frozenset({"text", "textarea", "email", "tel", "search", "url", "password"})
FILES = {"audio": ("voice.mp3", mp3()), "csv": ("list.csv", b"address\nann@example.org\n"), "": ("plan.pdf", PDF)}
"""A file that is taken, by what a field says that it takes."""


@dataclass(frozen=True)
class Field:
    """kind: of an input, or "textarea", "select". options: what may be chosen. now: what stands there."""

    name: str
    kind: str
    now: str = ""
    options: tuple[str, ...] = ()
    accept: str = ""

    @property
    def is_text(self) -> bool:
        return self.kind in TEXT


@dataclass(frozen=True)
class Form:
    action: str
    method: str
    fields: tuple[Field, ...]

    @property
    def texts(self) -> tuple[Field, ...]:
        return tuple(each for each in self.fields if each.is_text)

    @property
    def has_words(self) -> bool:
        return any(each.is_text or each.kind == "file" for each in self.fields)

    def variants(self) -> Iterator[dict[str, list[str]]]:
        """Yield every choice once: a field that matters for one choice alone is tried with it."""
        groups = [each for each in self.fields if each.kind in {"radio", "select"} and each.options]
        radios = [each for each in groups if each.kind == "radio"]
        first = {each.name: [each.now or each.options[0]] for each in groups}
        yield first
        for each in radios:
            yield from ({**first, each.name: [other]} for other in each.options if [other] != first[each.name])


def forms_of(page: Page) -> list[Form]:
    """Return the forms of a page; a form with several buttons is several forms."""
    return list(chain.from_iterable(_forms(each, page.response.request.path) for each in quickly(page).iter("form")))


def quickly(page: Page) -> Any:
    """Return a page's tree, made in a tenth of the time that a browser's way of reading takes."""
    return lxml.html.document_fromstring(
        page.response.get_data() or b"<p>", parser=lxml.html.HTMLParser(encoding="utf-8")
    )


def _forms(element: Any, path: str) -> Iterator[Form]:
    action, method = (element.get("action") or path).partition("#")[0], (element.get("method") or "get").lower()
    fields = tuple(_fields(element))
    buttons = element.xpath(".//button[@name]")
    if element.xpath(".//button[not(@name)]") or not buttons:
        yield Form(action, method, fields)
    for each in buttons:
        yield Form(
            each.get("formaction") or action, method, (*fields, Field(each.get("name"), "hidden", each.get("value")))
        )


def _fields(element: Any) -> Iterator[Field]:
    grouped: dict[tuple[str, str], list[Any]] = {}
    for each in element.xpath(".//input[@name]"):
        kind = each.get("type", "text")
        if kind in {"radio", "checkbox"}:
            grouped.setdefault((each.get("name"), kind), []).append(each)
        elif kind not in {"submit", "button"}:
            yield Field(each.get("name"), kind, each.get("value") or "", accept=each.get("accept") or "")
    for (name, kind), inputs in grouped.items():
        chosen = next((each.get("value") for each in inputs if each.get("checked") is not None), "")
        yield Field(name, kind, chosen, tuple(each.get("value", "on") for each in inputs))
    for each in element.xpath(".//textarea[@name]"):
        yield Field(each.get("name"), "textarea", each.text or "")
    for each in element.xpath(".//select[@name]"):
        options = tuple(option.get("value") or "" for option in each.xpath(".//option"))
        yield Field(each.get("name"), "select", "", tuple(filter(None, options)))


def filled(
    form: Form, write: Callable[[Field], str], chosen: Mapping[str, list[str]], file_name: str | None = ""
) -> dict[str, Any]:
    """Return what is sent. write: what stands in a field of words. file_name: of every file; None: no file."""
    sent: dict[str, Any] = {}
    for each in form.fields:
        if each.kind == "file" and file_name is not None:
            sent[each.name] = a_file(each, file_name)
        elif each.is_text or each.kind == "number":
            sent[each.name] = write(each)
        elif each.kind == "checkbox":
            sent[each.name] = list(each.options)[:2]
        elif each.kind in {"radio", "select"}:
            sent[each.name] = chosen.get(each.name, list(each.options)[:1])
        elif each.kind != "file":
            sent[each.name] = each.now
    return sent


def a_file(of: Field, name: str = "") -> FileStorage:
    """Return a file that the field takes. name: what stands before the dot of its name."""
    own, content = next(each for key, each in FILES.items() if key in of.accept)
    return FileStorage(BytesIO(content), f"{name}.{own.rpartition('.')[2]}" if name else own)
