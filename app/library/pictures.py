"""A pack of pictures for Easy Read: a folder with `manifest.yaml`, which says which picture stands for what."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final

from pydantic import StringConstraints

from app.errors import Invalid
from app.library.checking import PICTURE_FILE, WEB_ADDRESS, FilePart, Name, Text, shape_problems
from app.library.reading import part_of, text_of
from app.library.yaml_file import Problem, read_yaml, shown_path
from app.responses import AnsweredHow, ConsentGiven, Help, HowLong, Supporter, ViewsKnown, WhyOnBehalf
from app.surveys import Survey

MANIFEST: Final = "manifest.yaml"
LARGEST_PICTURE: Final = 100_000

_BUTTONS = "start save skip back send yes no help leave finish share stop language look"
_STEPS = (
    "welcome who-sees-what consent how helped on-behalf word check done withdraw worry result share is-this-you closed "
    "help come-back finished"
)
_WORDS: Mapping[str, Iterable[str]] = {
    "button": _BUTTONS.split(),
    "step": _STEPS.split(),
    "how": AnsweredHow,
    "supporter": Supporter,
    "help": Help,
    "why": WhyOnBehalf,
    "known": ViewsKnown,
    "consent": ConsentGiven,
    "how-long": HowLong,
}
_FIXED = frozenset(f"{kind}.{word}" for kind, words in _WORDS.items() for word in words)
_OF_A_SURVEY = re.compile(r"option\.[a-z][a-z0-9_]*|[A-Z]{1,4}[0-9]{1,3}\.[a-z]")

PathOf = Callable[[str], Path]
PictureFile = Annotated[str, StringConstraints(pattern=PICTURE_FILE)]
WebAddress = Annotated[str, StringConstraints(pattern=WEB_ADDRESS)]


class AltPart(FilePart):
    """What can be seen in the picture, in a few words, for paper and for those who cannot see it."""

    en: Text
    cy: Text


class PicturePart(FilePart):
    """One picture. credit, licence: where they are not the pack's."""

    file: PictureFile
    alt: AltPart
    credit: Text | None = None
    licence: Text | None = None


class PicturesFile(FilePart):
    """A pack of pictures. Files stand beside the manifest or in folders below it."""

    id: Name
    title: Text
    credit: Text
    address: WebAddress | None = None
    licence: Text
    licence_address: WebAddress | None = None
    pictures: dict[str, PicturePart]


@dataclass(frozen=True, slots=True)
class Credit:
    """Whom to thank for a picture, and its licence. address, licence_address: empty where there is none."""

    credit: str
    licence: str
    address: str = ""
    licence_address: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """id: what it stands for. path: of its file. alt: {language: what can be seen}."""

    id: str
    path: Path
    alt: Mapping[str, str]
    credit: Credit


@dataclass(frozen=True, slots=True)
class PicturePack:
    """pictures: {what it stands for: the picture}."""

    id: str
    title: str
    pictures: Mapping[str, Picture]


def required_ids(surveys: Iterable[Survey]) -> frozenset[str]:
    """Return everything that a complete pack has a picture for: questions, options, and what all pages share."""
    found = set(_FIXED)
    for survey in surveys:
        found |= {question.id for question in survey.questions}
        found |= {f"option.{option.id}" for option in survey.options}
    return frozenset(found)


def missing_ids(pack: PicturePack, surveys: Iterable[Survey]) -> list[str]:
    """Return what the pack has no picture for, sorted."""
    return sorted(required_ids(surveys) - pack.pictures.keys())


def read_pack(folder: Path, path_of: PathOf | None = None) -> PicturePack:
    """Read a pack's manifest strictly; the pack may lack pictures. Raises Invalid with every fault.

    path_of: where the file of a name in the manifest is; below the folder when left out.
    """
    return _read(folder, path_of or folder.joinpath, frozenset())


def check_pack(folder: Path, surveys: Iterable[Survey], path_of: PathOf | None = None) -> PicturePack:
    """Read a pack that has to be complete. Raises Invalid with every fault, the missing pictures among them."""
    return _read(folder, path_of or folder.joinpath, required_ids(surveys))


def _read(folder: Path, path_of: PathOf, required: frozenset[str]) -> PicturePack:
    file = read_yaml(folder / MANIFEST)
    problems = [] if file.document is None else list(_problems(file.document, path_of, required))
    faults = file.faults_with(problems)
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise Invalid(f"The pictures in {shown_path(folder)} cannot be used as they are: {count}.", faults)
    return _pack(PicturesFile.model_validate(file.document), path_of)


def _problems(document: object, path_of: PathOf, required: frozenset[str]) -> Iterator[Problem]:
    yield from shape_problems(PicturesFile, document)
    pictures = part_of(document, "pictures")
    if not isinstance(pictures, dict):
        return
    for picture_id, part in pictures.items():
        path = ("pictures", picture_id)
        if picture_id not in _FIXED and not _OF_A_SURVEY.fullmatch(picture_id):
            yield Problem(path, f"nothing asks for a picture of “{picture_id}”", at_key=True)
        name = text_of(part, "file")
        complaint = _complaint(path_of(name)) if re.fullmatch(PICTURE_FILE, name) else ""
        if complaint:
            yield Problem((*path, "file"), f"the file “{name}” {complaint}")
    for picture_id in sorted(required - pictures.keys()):
        yield Problem(("pictures",), f"there is no picture for “{picture_id}”", at_key=True)


def _complaint(path: Path) -> str:
    """Return what is wrong with a picture's file, "" for nothing."""
    if not path.is_file():
        return "is missing"
    if path.stat().st_size > LARGEST_PICTURE:
        return f"is larger than {LARGEST_PICTURE // 1000} kB; make it smaller, so that slow phones need not wait"
    return ""


def _pack(file: PicturesFile, path_of: PathOf) -> PicturePack:
    def picture(picture_id: str, part: PicturePart) -> Picture:
        has_own_credit = part.credit or part.licence
        credit = Credit(part.credit or file.credit, part.licence or file.licence) if has_own_credit else shared
        return Picture(picture_id, path_of(part.file), {"en": part.alt.en, "cy": part.alt.cy}, credit)

    shared = Credit(file.credit, file.licence, file.address or "", file.licence_address or "")
    pictures = {picture_id: picture(picture_id, part) for picture_id, part in file.pictures.items()}
    return PicturePack(file.id, file.title, MappingProxyType(pictures))
