"""A translation file (`i18n/<language>.yaml`) ⇄ a translation."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import StringConstraints

from app.library.checking import LINE, SOURCE_MARK, FilePart, Language, Text, shape_problems
from app.library.reading import part_of, text_of
from app.library.yaml_file import Problem
from app.standards import Strings, StringState, TranslatedString, Translation

LONGEST_EASY_READ_SENTENCE: Final = 15

_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")
_SENTENCE_END: Final = re.compile(r"(?<=[.?!])\s+")


class StringPart(FilePart):
    """One string. source: of the English, as `translations update` writes it. by: who reviewed it."""

    source: Annotated[str, StringConstraints(pattern=SOURCE_MARK)]
    state: Literal["reviewed", "unreviewed", "missing"]
    text: Annotated[str, StringConstraints(pattern=LINE)]
    by: Text | None = None


class TranslationFile(FilePart):
    """The words of one version in one language. A string without words has the state missing."""

    language: Language
    strings: dict[str, StringPart]


def translation_problems(document: object, language: str, english: Strings, english_language: str) -> list[Problem]:
    """Return everything that is wrong with a translation. language: as the file is called. english: text by key.

    What is stale or missing is work to do and no fault: `driving-seat translations status` tells it.
    """
    problems = shape_problems(TranslationFile, document)
    said = text_of(document, "language")
    if said and said != language:
        problems.append(Problem(("language",), f"the language is “{said}” and the file is called “{language}.yaml”"))
    elif said == english_language:
        problems.append(Problem(("language",), f"“{said}” is the language of the source itself"))
    wrong = {problem.path[:2] for problem in problems}
    strings = part_of(document, "strings")
    for key, part in strings.items() if isinstance(strings, dict) else ():
        path = ("strings", key)
        if key not in english:
            problems.append(Problem(path, f"“{key}” is no string of the source", at_key=True))
        elif path not in wrong:
            problems += (Problem((*path, place), message) for place, message in _complaints(key, part, english[key]))
    return problems


def translation_of(document: Mapping[str, Any]) -> Translation:
    """Return the translation of a document without problems."""
    strings = {
        key: TranslatedString(
            text=part["text"].strip(),
            source=part["source"],
            is_reviewed=part["state"] == StringState.REVIEWED,
            by=part.get("by") or "",
        )
        for key, part in document["strings"].items()
    }
    return Translation(document["language"], strings)


def translation_document(translation: Translation) -> dict[str, Any]:
    """Return the translation as a JSON-able document: `translation_of` makes the same translation of it."""
    return {
        "language": translation.language,
        "strings": {key: _string_document(string) for key, string in translation.strings.items()},
    }


def _string_document(string: TranslatedString) -> dict[str, str]:
    state = StringState.REVIEWED if string.is_reviewed else StringState.UNREVIEWED
    by = {"by": string.by} if string.by else {}
    return {"source": string.source, "state": state if string.text else StringState.MISSING, "text": string.text, **by}


def _complaints(key: str, part: Mapping[str, str], english: str) -> Iterator[tuple[str, str]]:
    text = part["text"].strip()
    is_missing = part["state"] == StringState.MISSING
    if not text and not is_missing:
        yield "text", f"“{key}” is {part['state']} and has no words; its state is missing"
        return
    if is_missing:
        if text:
            yield "state", f"“{key}” has words, so it is unreviewed or reviewed and not missing"
        return
    wanted, found = sorted(_PLACEHOLDER.findall(english)), sorted(_PLACEHOLDER.findall(text))
    if wanted != found:
        yield "text", f"“{key}” holds {_listed(found)}; the English holds {_listed(wanted)}"
    if "easy-read" in key.split("."):
        for sentence in _SENTENCE_END.split(text):
            if len(sentence.split()) > LONGEST_EASY_READ_SENTENCE:
                yield "text", f"an Easy Read sentence of {len(sentence.split())} words; at most 15: “{sentence}”"


def _listed(placeholders: list[str]) -> str:
    return ", ".join(placeholders) or "no placeholder"
