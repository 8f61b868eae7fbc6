"""What is wrong with a document, in words for the person who wrote it."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from app.errors import Fault
from app.library.yaml_file import Path_, Problem

TEXT = r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$"
LINE = r"^[^\x00-\x1f\x7f]*$"
NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"
WORD = r"^[a-z][a-z0-9_]*$"
GROUP_ID = r"^[A-Z]{1,4}[0-9]{1,3}$"
INDICATOR_ID = r"^[A-Z]{1,4}[0-9]{1,3}\.[a-z]$"
LANGUAGE = r"^[a-z]{2}$"
SOURCE_MARK = r"^[0-9a-f]{12}$"
FRACTION = r"^[0-9]{1,9}/[1-9][0-9]{0,8}$"
STANDARDS_NAME = r"^[a-z0-9]+(-[a-z0-9]+)*@[0-9]+\.[0-9]+\.[0-9]+$"
PICTURE_FILE = r"^([A-Za-z0-9][A-Za-z0-9._-]*/)*[A-Za-z0-9][A-Za-z0-9._-]*\.(svg|png|jpg|jpeg|webp)$"
WEB_ADDRESS = r"^https?://[!-~]+$"

Text = Annotated[str, StringConstraints(pattern=TEXT)]
Name = Annotated[str, StringConstraints(pattern=NAME)]
Word = Annotated[str, StringConstraints(pattern=WORD)]
GroupId = Annotated[str, StringConstraints(pattern=GROUP_ID)]
IndicatorId = Annotated[str, StringConstraints(pattern=INDICATOR_ID)]
Language = Annotated[str, StringConstraints(pattern=LANGUAGE)]

_PATTERNS = {
    TEXT: "is empty, or holds a line break or a control character",
    LINE: "holds a line break or a control character",
    SOURCE_MARK: "is twelve digits and letters from a to f; `driving-seat translations status` tells them",
    NAME: "is small letters and digits with hyphens between, such as individual-design",
    WORD: "is small letters, digits and underscores, such as dont_know",
    GROUP_ID: "is capital letters and a number, such as S01",
    INDICATOR_ID: "is its standard's id, a dot and a small letter, such as S01.a",
    LANGUAGE: "is the two letters of a language, such as en",
    PICTURE_FILE: "names a picture beside the manifest or in a folder below: .svg, .png, .jpg, .jpeg or .webp",
    WEB_ADDRESS: "is a web address that begins with http:// or https://",
    STANDARDS_NAME: "names a standards set and its version, such as personalised-support@1.0.0",
}
_KINDS = {
    "string_type": "should be text",
    "int_type": "should be a whole number",
    "int_from_float": "should be a whole number",
    "float_type": "should be a number",
    "finite_number": "should be a number",
    "bool_type": "should be true or false",
    "list_type": 'should be a list, each item on a line that begins with "- "',
    "dict_type": 'should be a group of keys, each with ": " and what it holds',
    "model_type": 'should be a group of keys, each with ": " and what it holds',
}


class FilePart(BaseModel):
    """A part of a content file: exactly these keys, of exactly these kinds."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def shape_problems(shape: type[FilePart], document: object) -> list[Problem]:
    """Return everything that keeps the document from having the shape; nothing when it has it."""
    try:
        shape.model_validate(document)
    except ValidationError as error:
        problems = [_problem(dict(each), document) for each in error.errors(include_url=False)]
        return list({problem.path: problem for problem in reversed(problems)}.values())[::-1]
    return []


def path_of(fault: Fault) -> Path_:
    """Return the path of a fault that a domain object found: "domains.0.id" is ("domains", 0, "id")."""
    return tuple(int(part) if part.isdigit() else part for part in fault.place.split("."))


def without_echoes(faults: Iterable[Fault], problems: Iterable[Problem]) -> list[Problem]:
    """Return the faults as problems, less those at, around or inside a place that has a problem already."""
    known = [problem.path for problem in problems]
    found = [Problem(path_of(fault), fault.message) for fault in faults]
    return [each for each in found if not any(_one_holds_the_other(each.path, path) for path in known)]


def _one_holds_the_other(one: Path_, other: Path_) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _problem(error: dict[str, Any], document: object) -> Problem:
    path = _within(tuple(error["loc"]), document)
    kind = error["type"]
    if kind == "missing":
        return Problem(path, f"“{path[-1]}” is missing")
    if kind == "extra_forbidden":
        return Problem(path, f"“{path[-1]}” is not known here", at_key=True)
    return Problem(path, f"{_subject(path)} {_complaint(kind, error)}")


def _complaint(kind: str, error: dict[str, Any]) -> str:
    context = error.get("ctx", {})
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(context["pattern"], "is not written as it should be")
    if kind == "literal_error":
        return f"is “{error['input']}”; it should be {context['expected']}".replace("'", "")
    if error["loc"][-1:] in (("int",), ("float",)):
        return "should be a number, such as 0.5"
    return _KINDS.get(kind, f"cannot be used: {error['msg']}")


def _subject(path: Path_) -> str:
    words = [part for part in path if isinstance(part, str)]
    return f"“{words[-1]}”" if words else "the file"


def _within(location: Path_, document: object) -> Path_:
    """Return the location without the parts that name an alternative of the shape and not a place in the document."""
    path: Path_ = ()
    for step, part in enumerate(location):
        is_last_key = step == len(location) - 1 and isinstance(document, dict)
        if isinstance(document, dict) and isinstance(part, str) and (part in document or is_last_key):
            path, document = (*path, part), document.get(part)
        elif isinstance(document, list) and isinstance(part, int) and part < len(document):
            path, document = (*path, part), document[part]
    return path
