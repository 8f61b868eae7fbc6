"""Reading a YAML file strictly: its content as plain objects, with the line and column of every part."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from app.errors import Fault

Path_ = tuple[str | int, ...]
Position = tuple[int, int]

LARGEST_FILE: Final = 4_000_000
_TAG: Final = "tag:yaml.org,2002:"
_SWITCH: Final = re.compile(r"yes|no|on|off|y|n", re.IGNORECASE)
_VERSION: Final = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")
_WHOLE: Final = re.compile(r"[-+]?[0-9]{1,15}")
_DECIMAL: Final = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a path inside a file: `("domains", 0, "id")`. at_key: the key itself is what is wrong."""

    path: Path_
    message: str
    at_key: bool = False


@dataclass(slots=True)
class YamlFile:
    """A file as it was read. document: dicts, lists, text, numbers, True, False, None; None when it cannot be read.

    faults: of the writing alone, whatever the file is meant to be.
    """

    name: str
    document: Any = None
    faults: list[Fault] = field(default_factory=list)
    values: dict[Path_, Position] = field(default_factory=dict)
    keys: dict[Path_, Position] = field(default_factory=dict)

    def fault(self, problem: Problem) -> Fault:
        """Return the problem with its place; of a part that is missing, the place of what should hold it."""
        path = problem.path
        if problem.at_key and path in self.keys:
            return self.fault_at(self.keys[path], problem.message)
        while path and path not in self.values:
            path = path[:-1]
        return self.fault_at(self.values.get(path, (1, 1)), problem.message)

    def fault_at(self, position: Position, message: str) -> Fault:
        line, column = position
        return Fault(f"{self.name}:{line}:{column}", message)

    def faults_with(self, problems: Iterable[Problem]) -> list[Fault]:
        """Return the file's own faults and the problems, each once, from top to bottom."""
        return sorted({*self.faults, *map(self.fault, problems)}, key=_reading_order)


def shown_path(path: Path) -> str:
    """Return the path as people are told it: relative to the current directory when it lies below, else as given."""
    here = Path.cwd().resolve()
    whole = path.resolve()
    return str(whole.relative_to(here)) if whole.is_relative_to(here) else str(path)


def read_yaml(path: Path) -> YamlFile:
    """Read a YAML file. Never raises for what is in it: `faults` says what is wrong."""
    file = YamlFile(shown_path(path))
    text = _text(path, file)
    if text is None:
        return file
    _find_tabs(text, file)
    if file.faults:
        return file
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        file.faults.append(file.fault_at((mark.line + 1, mark.column + 1) if mark else (1, 1), _in_words(error)))
    except ReaderError as error:
        file.faults.append(file.fault_at(_position(text, error.position), "a character that no text file may hold"))
    except (YAMLError, RecursionError, ValueError, TypeError):
        file.faults.append(file.fault_at((1, 1), "this is not YAML that can be read"))
    else:
        _read_node(node, (), file)
    return file


def _text(path: Path, file: YamlFile) -> str | None:
    """Return the file's text, or None after noting why there is none."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        file.faults.append(file.fault_at((1, 1), "this file is missing"))
        return None
    except OSError as error:
        file.faults.append(file.fault_at((1, 1), f"this file cannot be read ({error.strerror})"))
        return None
    if len(raw) > LARGEST_FILE:
        file.faults.append(file.fault_at((1, 1), f"this file is larger than {LARGEST_FILE // 1_000_000} MB"))
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace").removeprefix("\ufeff")
        message = "a character is not in UTF-8; save the file as UTF-8"
        file.faults.append(file.fault_at(_position(before, len(before)), message))
        return None
    if not any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()):
        file.faults.append(file.fault_at((1, 1), "this file is empty"))
        return None
    return text


def _find_tabs(text: str, file: YamlFile) -> None:
    for number, line in enumerate(text.splitlines(), start=1):
        indentation = line[: len(line) - len(line.lstrip())]
        if "\t" in indentation and line.strip():
            file.faults.append(file.fault_at((number, indentation.index("\t") + 1), "a tab; indent with spaces"))


def _position(text: str, offset: int) -> Position:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def _reading_order(fault: Fault) -> tuple[str, int, int, str]:
    name, line, column = fault.place.rsplit(":", 2)
    return name, int(line), int(column), fault.message


def _in_words(error: MarkedYAMLError) -> str:
    problem = str(error.problem or "")
    if "mapping values are not allowed" in problem:
        return 'a ":" that YAML cannot place; put the text in quotes, or mend the indentation'
    if "another document" in str(error.context or "") + problem:
        return "a second document begins here; a file holds one"
    if "alias" in problem:
        return "an alias (*) to nothing; anchors and aliases are not used here"
    context = f", {error.context}" if error.context else ""
    return f"this is not YAML that can be read: {problem}{context}".rstrip(": ")


# --- the tree -------------------------------------------------------------------------------------------------------


def _read_node(node: Node, path: Path_, file: YamlFile) -> None:
    file.document = _value(node, path, file)


def _value(node: Node, path: Path_, file: YamlFile) -> object:
    file.values[path] = _start(node)
    if node.anchor is not None:
        _note(file, node, "anchors and aliases (& and *) are not used here; write it out")
        return None
    if isinstance(node, MappingNode):
        return _mapping(node, path, file)
    if isinstance(node, SequenceNode):
        return [_value(item, (*path, index), file) for index, item in enumerate(node.value)]
    if isinstance(node, ScalarNode):
        return _scalar(node, path, file)
    raise TypeError(f"YAML has no {type(node).__name__}")


def _mapping(node: MappingNode, path: Path_, file: YamlFile) -> dict[str, object]:
    content: dict[str, object] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, ScalarNode):
            _note(file, key_node, "a key is one word, not a list or a group")
            continue
        key = str(key_node.value)
        _refuse_plain(key_node, (), file)
        if key in content:
            _note(file, key_node, f"“{key}” stands here twice")
            continue
        file.keys[(*path, key)] = _start(key_node)
        content[key] = _value(value_node, (*path, key), file)
        if value_node.start_mark.index == value_node.end_mark.index:
            file.values[*path, key] = _start(key_node)  # of a value that is not there: its key
    return content


def _scalar(node: ScalarNode, path: Path_, file: YamlFile) -> object:
    text = str(node.value)
    tag = str(node.tag).removeprefix(_TAG)
    if _refuse_plain(node, path, file) or tag == "str":
        return text
    if tag == "null":
        return None
    if tag == "bool":
        return text.lower() == "true"
    if tag == "int" and _WHOLE.fullmatch(text):
        return int(text)
    if tag == "float" and _DECIMAL.fullmatch(text):
        return float(text)
    if str(node.tag).startswith("!"):
        _note(file, node, "tags (!) are not used here")
    else:
        _note(file, node, f'put it in quotes if it is text: "{text}"')
    return text


def _refuse_plain(node: ScalarNode, path: Path_, file: YamlFile) -> bool:
    """Note a word or number that YAML readers take for something else unless it is in quotes; return whether."""
    if node.style is not None:
        return False
    text = str(node.value)
    if _SWITCH.fullmatch(text):
        _note(file, node, f'put it in quotes: "{text}" (without them some programs read true or false)')
        return True
    if _VERSION.fullmatch(text) or (path and path[-1] == "version" and text):
        _note(file, node, f'a version is written in quotes: "{text}"')
        return True
    return False


def _start(node: Node) -> Position:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _note(file: YamlFile, node: Node, message: str) -> None:
    file.faults.append(file.fault_at(_start(node), message))
