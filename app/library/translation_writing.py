"""Giving translators a file to fill: every string that is missing, in the order of its source."""

from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from app.library.i18n_folder import I18N, Words
from app.library.writing import write_text
from app.standards import StringState, source_mark

_SCHEMA = "# yaml-language-server: $schema=../../../../docs/schemas/translation.schema.json\n"
_HEAD = "# How this file is built: docs/languages.md. A comment above a string is its English.\n"


def update_translation(words: Words, language: str) -> list[str]:
    """Add the strings that the language's file lacks, without words and with the English above; return their keys.

    What stands in the file, comments included, stays as it is. The file has no faults: `read_words` read it.
    """
    path = words.folder / I18N / f"{language}.yaml"
    yaml = _round_trip()
    document = yaml.load(path.read_text(encoding="utf-8")) if path.exists() else _new_document(language)
    strings = document["strings"]
    missing = [key for key in words.english if key not in strings]
    for key in missing:
        _insert(strings, list(words.english), key, words.english[key])
    if missing:
        written = StringIO()
        yaml.dump(document, written)
        head = "" if path.exists() else _SCHEMA + _HEAD
        write_text(path, head + written.getvalue())
    return missing


def _round_trip() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000  # one string, one line
    return yaml


def _new_document(language: str) -> CommentedMap:
    return CommentedMap(language=language, strings=CommentedMap())


def _insert(strings: CommentedMap, order: list[str], key: str, english: str) -> None:
    """Put a string without words after the one that its source has before it."""
    before = {known for known in order[: order.index(key)] if known in strings}
    place = max((number for number, known in enumerate(strings, start=1) if known in before), default=0)
    part = CommentedMap(source=source_mark(english), state=str(StringState.MISSING), text="")
    part.fa.set_flow_style()
    strings.insert(place, key, part)
    strings.yaml_set_comment_before_after_key(key, before=english, indent=2)
