"""What the pages of recordings show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.errors import NotFound
from app.services.recordings import ReadingRow, texts_of
from app.standards import LANGUAGES, Audience
from app.surveys import Edition, Survey
from app.surveys.spoken import Place, SpokenText

EDITIONS = {Edition.EASY_READ: "Easy Read", Edition.STANDARD: "Standard"}
AUDIENCES = {
    Audience.PERSON: "People who use support",
    Audience.FAMILY: "Families",
    Audience.PROVIDER: "Providers",
}
SHOWN = {"all": "All of them", "missing": "Those that are not recorded yet"}
_GROUPS = {
    "Before the first question": (Place.WELCOME, Place.WHO_SEES_WHAT, Place.CONSENT),
    "Answers": (Place.OPTION,),
    "Questions": (Place.QUESTION,),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which words are to be read: of which survey, in which language and edition, to whom. shown: all or missing."""

    survey: Survey
    edition: Edition
    audience: Audience
    shown: str

    @property
    def texts(self) -> tuple[SpokenText, ...]:
        reader = (self.edition, self.audience)
        return tuple(text for text in texts_of(self.survey) if (text.edition, text.audience) == reader)

    @property
    def query(self) -> dict[str, str]:
        """Return what stands in the address."""
        return {
            "survey": reference(self.survey),
            "language": self.survey.language,
            "edition": self.edition.value,
            "audience": self.audience.value,
            "show": self.shown,
        }

    @property
    def words(self) -> str:
        """Return the choice in words: "Easy Read, to people who use support, in English"."""
        to = AUDIENCES[self.audience]
        return f"{EDITIONS[self.edition]}, for {to[0].lower()}{to[1:]}, in {LANGUAGES[self.survey.language]}"


def selection(surveys: Sequence[Survey], chosen: Mapping[str, str]) -> Selection:
    """Return what an address chose; for what it leaves open or makes up, the first. Raises NotFound without surveys."""
    if not surveys:
        raise NotFound("No survey has been published yet, so there is nothing to read.")
    same = [each for each in surveys if reference(each) == chosen.get("survey")] or surveys
    in_language = [each for each in same if each.language == chosen.get("language")] or same
    survey = in_language[0]
    edition = next((each for each in survey.editions if each == chosen.get("edition")), survey.editions[-1])
    audience = next((each for each in Audience if each == chosen.get("audience")), Audience.PERSON)
    return Selection(survey, edition, audience, "missing" if chosen.get("show") == "missing" else "all")


def reference(survey: Survey) -> str:
    return f"{survey.id}@{survey.version}"


def groups(rows: Sequence[ReadingRow], shown: str) -> list[tuple[str, list[ReadingRow]]]:
    """Return (heading, rows) in the order of the pages; a group without rows is left out."""
    asked = [row for row in rows if shown == "all" or row.recording is None]
    found = [(heading, [row for row in asked if row.text.place in places]) for heading, places in _GROUPS.items()]
    return [(heading, group) for heading, group in found if group]


def neighbour(rows: Sequence[ReadingRow], text_sha256: str) -> SpokenText | None:
    """Return the text to read after this one: the next without a recording, from here on and then from the start."""
    keys = [row.text.sha256 for row in rows]
    here = keys.index(text_sha256) if text_sha256 in keys else 0
    in_turn = [*rows[here + 1 :], *rows[:here]]
    return next((row.text for row in in_turn if row.recording is None), None)
