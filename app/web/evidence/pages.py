"""What the pages of evidence show."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.organisations.evidence import Evidence, StandardKey, ending_of
from app.responses import Round
from app.services.evidence import MEGABYTE
from app.standards import Standard, StandardsSet
from app.web.languages import day as day_in_words

NO_STANDARD = "No standard in particular"
EARLIER = "Standards of earlier versions"
KINDS = {
    "Documents": "PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), OpenDocument (.odt, .ods, .odp), text, CSV",
    "Pictures": "JPEG, PNG, WebP, HEIC",
    "Sound and film": "MP3, M4A, MP4",
}
_KIND_WORDS = {
    "docx": "Word", "xlsx": "Excel", "pptx": "PowerPoint", "odt": "OpenDocument text",
    "ods": "OpenDocument spreadsheet", "odp": "OpenDocument presentation", "txt": "Plain text", "webp": "WebP picture",
    "jpg": "JPEG picture", "jpeg": "JPEG picture", "png": "PNG picture", "heic": "HEIC picture", "heif": "HEIC picture",
    "mp3": "MP3 sound", "m4a": "M4A sound", "mp4": "MP4 film",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StandardFiles:
    """A standard and the files about it. reference: as it stands in an address; empty for none in particular."""

    title: str
    reference: str
    files: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    standards: tuple[StandardFiles, ...]


def groups(
    files: Sequence[Evidence], sets: Sequence[StandardsSet], known: Mapping[StandardKey, Standard]
) -> list[Group]:
    """Return every standard in its order, with or without files; then the files that belong to none of these."""
    found = [
        Group(
            f"{number}. {domain.title}" if len(sets) == 1 else f"{of.title}: {domain.title}",
            tuple(_about(files, StandardKey(of.id, each.id), each) for each in domain.standards),
        )
        for of in sets
        for number, domain in enumerate(of.domains, start=1)
    ]
    shown = {StandardKey(of.id, each.id) for of in sets for each in of.standards}
    earlier = {each.label.standard for each in files if each.label.standard} - shown
    if earlier:
        in_order = sorted(earlier, key=lambda key: (key.set_id, key.standard_id))
        found.append(Group(EARLIER, tuple(_about(files, key, known[key]) for key in in_order)))
    rest = tuple(each for each in files if each.label.standard is None)
    return [*found, Group("Everything else", (StandardFiles(NO_STANDARD, "", rest),))]


def _about(files: Collection[Evidence], key: StandardKey, standard: Standard) -> StandardFiles:
    return StandardFiles(standard.title, text_of(key), tuple(each for each in files if each.label.standard == key))


def text_of(key: StandardKey | None) -> str:
    """Return a standard as it stands in a form; empty for none."""
    return f"{key.set_id}:{key.standard_id}" if key else ""


def key_in(text: str) -> StandardKey | None:
    set_id, colon, standard_id = text.partition(":")
    return StandardKey(set_id, standard_id) if colon else None


def opened(of: Round, about: str) -> str:
    """Return how a round is told from others. about: whom it is about; said of one site's alone."""
    return f"Round opened on {day_in_words(of.opened_on)}{f', {about}' if of.site_id else ''}"


def kind_words(of: Evidence) -> str:
    ending = ending_of(of.file_name)
    return _KIND_WORDS.get(ending, ending.upper())


def size_words(size: int) -> str:
    """Return a number of bytes as people say it: "40 KB", "2.5 MB", "1 GB"."""
    if size < MEGABYTE:
        return f"{max(1, round(size / 1024))} KB"
    unit, name = (MEGABYTE, "MB") if size < 1024 * MEGABYTE else (1024 * MEGABYTE, "GB")
    return f"{size / unit:.1f} {name}".replace(".0 ", " ")
