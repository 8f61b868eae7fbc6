"""What of a survey is said aloud: one text for everything that has a Listen button of its own.

A text is known by its words alone. Whoever changes a word has it spoken anew, and nobody hears the old one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from app.standards import Audience
from app.surveys.model import Edition, Reader, Thresholds
from app.surveys.survey import Survey


class Place(StrEnum):
    """Where a text stands."""

    WELCOME = "welcome"
    WHO_SEES_WHAT = "who-sees-what"
    CONSENT = "consent"
    OPTION = "option"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class SpokenText:
    """One text to say. id: of its question or option, else empty. parts: as the page shows them, a pause between."""

    language: str
    edition: Edition
    audience: Audience
    place: Place
    id: str
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        return joined(self.parts)

    @property
    def sha256(self) -> str:
        return text_sha256(self.language, self.text)


def joined(parts: Iterable[str]) -> str:
    """Return what is said of the parts of a page, a line each; an empty part is nothing to say."""
    return "\n".join(part for part in parts if part)


def text_sha256(language: str, text: str) -> str:
    """Return the key of a spoken text: SHA-256 of its language and its words, in hexadecimal."""
    return sha256(f"{language}\0{text}".encode()).hexdigest()


def spoken_texts(survey: Survey, thresholds: Thresholds) -> tuple[SpokenText, ...]:
    """Return every text that the pages of a round with these thresholds say, by edition and audience, in the order
    of the pages. The pages give the same parts to the macro `listen`.
    """
    readers = [(edition, audience) for edition in survey.editions for audience in Audience]
    return tuple(
        SpokenText(survey.language, *reader, place, id_, parts)
        for reader in readers
        for place, id_, parts in _parts(survey, thresholds, reader)
    )


def _parts(survey: Survey, thresholds: Thresholds, reader: Reader) -> Iterator[tuple[Place, str, tuple[str, ...]]]:
    texts = survey.texts[reader]
    yield Place.WELCOME, "", (texts.title, *texts.welcome)
    yield Place.WHO_SEES_WHAT, "", texts.promises(thresholds)
    yield Place.CONSENT, "", (texts.consent,)
    for option in survey.options:
        yield Place.OPTION, option.id, (option.labels[reader], option.explanations.get(reader, ""))
    for question in survey.questions:
        wording = question.wording[reader]
        yield Place.QUESTION, question.id, (wording.stem, *wording.help)
