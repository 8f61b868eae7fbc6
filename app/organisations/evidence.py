"""Evidence: files that a provider's team keeps beside its self-assessment, to show how it meets a standard."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePosixPath

from app.errors import Invalid
from app.organisations.model import LONGEST_NAME

DAYS_TO_UNDO = 30
LONGEST_FILE_NAME = 120
TEXT, CSV = "text/plain", "text/csv"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "odt": f"{_OPEN_DOCUMENT}.text",
    "ods": f"{_OPEN_DOCUMENT}.spreadsheet",
    "odp": f"{_OPEN_DOCUMENT}.presentation",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "heic": "image/heic",
    "heif": "image/heic",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "mp4": "video/mp4",
    "txt": TEXT,
    "csv": CSV,
}
"""What a file may be, by the ending of its name."""
_PROGRAMS = re.compile(
    r"\.(app|bat|cmd|com|dll|docm|exe|hta|html?|jar|js|lnk|msi|php|pptm|ps1|py|scr|sh|svg|vbs|wsf|xlsm|xml)\.",
    re.IGNORECASE,
)
_OLD_OFFICE = frozenset({"doc", "xls", "ppt"})
_WITH_MACROS = frozenset({"docm", "dotm", "xlsm", "xltm", "pptm", "potm", "ppsm", "xlsb"})
_UNSEEN = ("C", "Zl", "Zp")  # control characters, those that turn the direction of reading, ends of lines


@dataclass(frozen=True, slots=True)
class StandardKey:
    """A standard of any version of a standards set."""

    set_id: str
    standard_id: str


@dataclass(frozen=True, slots=True)
class Label:
    """What a team says about a file. standard, round_id: what it belongs to, None for nothing in particular."""

    title: str
    standard: StandardKey | None = None
    round_id: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One kept file. size: in bytes. sha256: of its content. added_by: an account's id, None once that is gone."""

    id: str
    provider_id: str
    label: Label
    file_name: str
    media_type: str
    size: int
    sha256: str
    added_on: date
    added_by: int | None
    deleted_on: date | None = None

    @property
    def gone_on(self) -> date | None:
        """Return the day from which a deleted file is gone for good; None for one that is not deleted."""
        return self.deleted_on + timedelta(days=DAYS_TO_UNDO) if self.deleted_on else None


def checked_title(title: str) -> str:
    """Return the title in one line. Raises Invalid when it is empty, too long or holds what cannot be seen."""
    line = " ".join(title.split())
    if not line:
        raise Invalid("Give a title that says what the file shows")
    if len(line) > LONGEST_NAME:
        raise Invalid(f"Use a title of at most {LONGEST_NAME} characters")
    if not line.isprintable():
        raise Invalid("Use a title without characters that cannot be seen")
    return line


def cleaned_file_name(given: str) -> str:
    """Return a name as somebody's device gave it, without folders and without characters that cannot be seen.

    Raises Invalid, with what to do instead, for a name whose ending says a kind that is not kept, or that hides one.
    """
    seen = "".join(
        each for each in unicodedata.normalize("NFC", given) if not unicodedata.category(each).startswith(_UNSEEN)
    )
    name = " ".join(re.split(r"[/\\]", seen)[-1].split()).lstrip(". ")
    path = PurePosixPath(name)
    _refuse_ending(path.suffix.removeprefix(".").lower())
    if _PROGRAMS.search(name):
        raise Invalid("The file’s name has two endings, one of them of a program. Give it another name, then add it.")
    return path.stem[: LONGEST_FILE_NAME - len(path.suffix)].rstrip() + path.suffix


def media_type_as_named(file_name: str, found: str) -> str:
    """Return the media type of a file whose content is `found`. Raises Invalid when its name says something else."""
    ending = ending_of(file_name)
    named = MEDIA_TYPES[ending]
    if named != found and (named, found) != (CSV, TEXT):
        is_really = next(each for each, media_type in MEDIA_TYPES.items() if media_type == found)
        raise Invalid(
            f"The file’s name ends in .{ending}, but its content is that of a .{is_really} file. Open it in the "
            "program that it belongs to, save it again, then add that file."
        )
    return named


def ending_of(file_name: str) -> str:
    return file_name.rpartition(".")[2].lower()


def _refuse_ending(ending: str) -> None:
    if ending in _WITH_MACROS:
        raise Invalid(
            f"A .{ending} file can hold macros, which are small programs. Save it without them, or as PDF, then add it."
        )
    if ending in _OLD_OFFICE:
        raise Invalid(f"A .{ending} file is of an older kind. Save it as .{ending}x or as PDF, then add it.")
    if ending not in MEDIA_TYPES:
        raise Invalid("We do not keep files of this kind. Save it as PDF, or choose one of the kinds named here.")
