"""A booklet as pages and as PDF: the words of the templates in the booklet's own language, without a request."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.errors import Refused
from app.exports import qr_svg
from app.exports.pdf import write_copies
from app.library.catalogue import translations_of
from app.responses import Supporter
from app.services.booklets import Booklet, PrintedOption
from app.services.links import grouped
from app.surveys import Edition
from app.web.answer import choices
from app.web.answer.choices import Choice
from app.web.languages import interface_state, prepare_environment
from app.web.pictures import BUILT, Pictures, ShownPicture, pictures_of
from app.web.whom_to_call import help_sections
from config import Settings

_TEMPLATES: Final = Path(__file__).parents[1] / "templates"
_BETWEEN: Final = "\0"
Row = tuple[int, str, str, str]


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """A copy's own code. site: what stands before it in an address. qr: the address of the picture."""

    code: str
    site: str
    qr: str


def booklet_pdf(settings: Settings, booklet: Booklet, tokens: Sequence[str]) -> bytes:
    """Return one PDF with a copy for each link's secret; without any, one specimen. Raises Refused."""
    out = BytesIO()
    template = _environment(settings, booklet).get_template("paper/booklet.html")

    def page_of(token: str, page_count: int) -> str:
        return template.render(
            booklet=booklet,
            texts=booklet.texts,
            questions=booklet.questions,
            words=_Words(booklet),
            rows_of=_rows_of_options,
            copy=printed_code(settings, booklet, token) if token else None,
            page_count=page_count,
            is_easy_read=booklet.edition is Edition.EASY_READ,
            is_reviewed={booklet.wording_state, interface_state(booklet.language)} == {"reviewed"},
            sections=help_sections(booklet.contacts, booklet.language, shows_uk=settings.uk_help_numbers),
            **_margins(booklet, is_specimen=not token),
        )

    write_copies(tokens or [""], page_of, out, pictures_of(settings).files_elsewhere)
    return out.getvalue()


def _environment(settings: Settings, booklet: Booklet) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    prepare_environment(environment, booklet.language)
    pictures = pictures_of(settings)
    is_easy_read = booklet.edition is Edition.EASY_READ
    environment.filters["css"] = _css_string
    environment.globals["asset"] = _asset
    environment.globals["picture"] = partial(_picture, pictures, booklet.language) if is_easy_read else _no_picture
    environment.globals["credits"] = pictures.credits if is_easy_read else ()
    return environment


class _Words:
    """What can be ticked beside the questions, with the numbers under which it is typed in."""

    def __init__(self, booklet: Booklet) -> None:
        self._gettext = translations_of(booklet.language).gettext
        self.consent = self._rows(choices.consents(booklet.audience))
        self.witnesses = self._rows(choices.WITNESSES)
        self.how = self._rows(choices.HOW[booklet.audience])
        self.supporters = self._rows(choices.SUPPORTERS)
        self.ways = self._rows(choices.WAYS)
        self.why = self._rows(choices.WHY)
        self.known = self._rows(choices.KNOWN)
        number_of = {supporter: number for number, supporter in enumerate(Supporter, start=1)}
        rows = zip(choices.ON_BEHALF_WHO, self._rows(choices.ON_BEHALF_WHO), strict=True)
        self.on_behalf_who = [(number_of[Supporter(choice.id)], *row[1:]) for choice, row in rows]

    def _rows(self, offered: Iterable[Choice]) -> list[Row]:
        """The choices' own words are English here, because nobody's request says otherwise."""
        return [
            (number, self._translated(each.label), self._translated(each.more), each.picture)
            for number, each in enumerate(offered, start=1)
        ]

    def _translated(self, words: str) -> str:
        return self._gettext(str(words)) if words else ""


def _rows_of_options(options: Iterable[PrintedOption]) -> list[Row]:
    return [(each.number, each.label, each.explanation, f"option.{each.id}") for each in options]


def qr_content(settings: Settings, booklet: Booklet, token: str) -> str:
    """Return what a copy's square holds: the link, and after # (which browsers keep to themselves) what was printed."""
    return f"{settings.base_url}/a/{token}#{booklet.pin}"


def printed_code(settings: Settings, booklet: Booklet, token: str) -> PrintedCode:
    """Return what stands on the copy that has this link's secret."""
    printed = qr_content(settings, booklet, token)
    return PrintedCode(grouped(token), f"{settings.base_url}/a/", f"data:image/svg+xml,{quote(qr_svg(printed))}")


def _margins(booklet: Booklet, *, is_specimen: bool) -> dict[str, object]:
    """Return what stands in the margins of every page."""
    _ = translations_of(booklet.language).gettext
    marks = [_("SPECIMEN – not for answers")] if is_specimen else []
    marks += [_("Made-up data.")] if booklet.round.made_up else []
    page_words = _("Page %(page)s of %(pages)s") % {"page": _BETWEEN, "pages": _BETWEEN}
    return {"marks": "  ".join(marks), "pin": booklet.pin, "page_words": page_words.split(_BETWEEN)}


def _picture(pictures: Pictures, language: str, picture_id: str) -> ShownPicture | None:
    found = pictures.by_id.get(picture_id)
    if found is None:
        return None
    return ShownPicture(pictures.url_by_id[picture_id], found.alt.get(language, found.alt["en"]))


def _no_picture(_picture_id: str) -> None:
    return None


def _asset(name: str) -> str:
    try:
        names: dict[str, str] = json.loads((BUILT / "manifest.json").read_text())
    except FileNotFoundError:
        raise Refused("The style sheets and scripts have not been built. Run: make assets") from None
    return f"/static/{names[name]}"


def _css_string(text: str) -> Markup:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ")
    return Markup(f'"{escaped}"')  # nosec B704  # noqa: S704  # a string within our own style sheet
