"""A library's folders: `standards/<set>/<version>/standards.yaml` and `surveys/<survey>/<version>/survey.yaml`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.errors import DrivingSeatError, Fault, Invalid, NotFound
from app.library.i18n_folder import I18N, Words, read_words
from app.library.ledger_file import ledger_faults, ledger_remarks
from app.library.reading import text_of
from app.library.standards_file import set_of, standards_problems
from app.library.survey_file import standards_named, survey_of, survey_problems
from app.library.yaml_file import Problem, YamlFile, read_yaml, shown_path
from app.standards import StandardsSet, Strings, is_version, standards_strings
from app.surveys import Survey, survey_strings

STANDARDS: Final = "standards"
SURVEYS: Final = "surveys"
FILE_NAMES: Final = {STANDARDS: "standards.yaml", SURVEYS: "survey.yaml"}
NOT_VERSIONS: Final = frozenset({"crosswalks"})

StandardsSource = Callable[[str, str], StandardsSet]


@dataclass(frozen=True, slots=True)
class Library:
    """Every version of every standards set and survey, by id and then in the order of their folders.

    words: what each of them says in which languages, the standards sets first.
    """

    standards: tuple[StandardsSet, ...]
    surveys: tuple[Survey, ...]
    words: tuple[Words, ...]


def load_standards(folder: Path) -> StandardsSet:
    """Return the set in `standards/<set>/<version>`. Raises Invalid with every fault of its file."""
    reading = _Reading()
    loaded = reading.standards(folder)
    if loaded is None:
        raise reading.invalid()
    return loaded


def load_survey(folder: Path, standards: StandardsSource) -> Survey:
    """Return the survey in `surveys/<survey>/<version>`. Raises Invalid with every fault of its file.

    standards: returns the standards set of an id and version, or raises an error whose sentence is shown.
    """
    reading = _Reading()
    loaded = reading.survey(folder, standards)
    if loaded is None:
        raise reading.invalid()
    return loaded


def read_library(root: Path, *, is_published: bool = True) -> Library:
    """Return everything below root's `standards/` and `surveys/`.

    is_published: whether it has to be what the ledger says; work in progress need not.
    Raises Invalid with all faults of all files, and when a version that the ledger holds has changed.
    """
    reading = _Reading()
    if not (root / STANDARDS).is_dir():
        reading.faults.append(Fault(f"{shown_path(root / STANDARDS)}:1:1", "this folder is missing"))
    for folder in reading.versions_below(root / STANDARDS, STANDARDS):
        reading.standards(folder)
    for folder in reading.versions_below(root / SURVEYS, SURVEYS):
        reading.survey(folder, reading.standards_read)
    for collection in (STANDARDS, SURVEYS) if is_published else ():
        reading.faults += ledger_faults(root / collection, words_in(collection, reading.words), complete=True)
    reading.raise_faults()
    return Library(tuple(reading.loaded_standards), tuple(reading.loaded_surveys), tuple(reading.words))


def check_folder(path: Path) -> list[Fault]:
    """Check a library, its `standards` or `surveys` folder, the folder of one set or of one version, or its file.

    Returns remarks: what is no fault and yet to be seen. Raises Invalid with all faults.
    """
    path = path.parent if path.is_file() else path
    path = path.parent if path.name == I18N else path
    if (path / STANDARDS).is_dir() or (path / SURVEYS).is_dir():
        library = read_library(path)
        found = ((each, words_in(each, library.words)) for each in (STANDARDS, SURVEYS))
        return [remark for collection, words in found for remark in ledger_remarks(path / collection, words)]
    reading = _Reading()
    kind = _kind_of(path)
    folders = [path] if _is_version_folder(path, kind) else _versions_in(path, reading, kind)
    if not folders:
        reading.faults.append(Fault(f"{shown_path(path)}:1:1", "there are no standards and no surveys here"))
    for folder in folders:
        if kind == STANDARDS:
            reading.standards(folder)
        else:
            reading.survey(folder, _standards_beside(folder))
    collection = folders[0].absolute().parents[1] if folders else path
    words = words_in(kind, reading.words)
    reading.faults += ledger_faults(collection, words)
    reading.raise_faults()
    return ledger_remarks(collection, words)


def words_in(collection: str, words: Iterable[Words]) -> list[Words]:
    """Return the words of the standards sets ("standards") or of the surveys ("surveys") alone."""
    return [each for each in words if each.is_survey == (collection == SURVEYS)]


def _kind_of(path: Path) -> str:
    """Return whether the folder holds standards or surveys, at whatever depth."""
    holds_survey = any(next(path.glob(f"{'*/' * depth}{FILE_NAMES[SURVEYS]}"), None) for depth in range(3))
    return SURVEYS if holds_survey or SURVEYS in path.absolute().parts[-3:] else STANDARDS


def _is_version_folder(path: Path, kind: str) -> bool:
    return is_version(path.name) or (path / FILE_NAMES[kind]).exists()


def _versions_in(path: Path, reading: "_Reading", kind: str) -> list[Path]:
    """Return the version folders of a set's folder, or of a folder of sets."""
    if any(_is_version_folder(each, kind) for each in _folders_in(path)):
        return reading.versions_of(path)
    return reading.versions_below(path, kind)


def _standards_beside(folder: Path) -> StandardsSource:
    """Return a source of the standards in the library that this survey's version folder stands in."""
    root = folder.absolute().parents[2]

    def source(standards_id: str, version: str) -> StandardsSet:
        home = root / STANDARDS / standards_id / version
        if not home.is_dir():
            raise NotFound(f"there is no {standards_id} {version} in {shown_path(root / STANDARDS)}")
        try:
            return load_standards(home)
        except Invalid as error:
            raise Invalid(f"{standards_id} {version} has faults of its own") from error

    return source


def _folders_in(path: Path) -> list[Path]:
    if not path.is_dir():
        return []
    return sorted(each for each in path.iterdir() if each.is_dir() and not each.name.startswith("."))


@dataclass(slots=True)
class _Reading:
    """One pass over files, which collects what is wrong instead of stopping at it."""

    faults: list[Fault] = field(default_factory=list)
    loaded_standards: list[StandardsSet] = field(default_factory=list)
    loaded_surveys: list[Survey] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    faulty: set[tuple[str, str]] = field(default_factory=set)

    def versions_below(self, collection: Path, kind: str) -> list[Path]:
        found = []
        for home in _folders_in(collection):
            versions = self.versions_of(home)
            if not versions:
                place = f"{shown_path(home)}:1:1"
                self.faults.append(
                    Fault(place, f"no version here: {FILE_NAMES[kind]} stands in a folder such as 1.0.0")
                )
            found += versions
        return found

    def versions_of(self, home: Path) -> list[Path]:
        return [folder for folder in _folders_in(home) if folder.name not in NOT_VERSIONS]

    def standards(self, folder: Path) -> StandardsSet | None:
        file = read_yaml(folder / FILE_NAMES[STANDARDS])
        problems = [] if file.document is None else [*standards_problems(file.document), *_misplaced(file, folder)]
        faults = file.faults_with(problems)
        if faults:
            self.faults += faults
            self.faulty.add((folder.absolute().parent.name, folder.name))
            return None
        loaded = set_of(file.document)
        self.loaded_standards.append(loaded)
        self._translations(loaded, folder, standards_strings(loaded))
        return loaded

    def survey(self, folder: Path, source: StandardsSource) -> Survey | None:
        file = read_yaml(folder / FILE_NAMES[SURVEYS])
        if file.document is None:
            self.faults += file.faults
            return None
        named, version = standards_named(file.document)
        standards, problems = None, []
        try:
            standards = source(named, version) if version else None
        except DrivingSeatError as error:
            problems.append(Problem(("standards",), error.message))
        problems += [*survey_problems(file.document, standards), *_misplaced(file, folder)]
        faults = file.faults_with(problems)
        self.faults += faults
        if faults or standards is None:
            return None
        loaded = survey_of(file.document, standards)
        self.loaded_surveys.append(loaded)
        self._translations(loaded, folder, survey_strings(loaded, standards))
        return loaded

    def _translations(self, of: StandardsSet | Survey, folder: Path, english: Strings) -> None:
        words, faults = read_words(of, folder, english)
        self.words.append(words)
        self.faults += faults

    def standards_read(self, standards_id: str, version: str) -> StandardsSet:
        for each in self.loaded_standards:
            if (each.id, each.version) == (standards_id, version):
                return each
        if (standards_id, version) in self.faulty:
            raise Invalid(f"{standards_id} {version} has faults of its own")
        raise NotFound(f"there is no {standards_id} {version} in this library")

    def raise_faults(self) -> None:
        if self.faults:
            raise self.invalid()

    def invalid(self) -> Invalid:
        count = len(self.faults)
        return Invalid("There is 1 fault." if count == 1 else f"There are {count} faults.", self.faults)


def _misplaced(file: YamlFile, folder: Path) -> list[Problem]:
    """Return a problem when the folders are not named after the id and version inside."""
    home = folder.absolute()
    problems = []
    for key, name in (("id", home.parent.name), ("version", home.name)):
        said = text_of(file.document, key)
        if said and said != name:
            problems.append(Problem((key,), f"the {key} is “{said}” and the folder is called “{name}”"))
    return problems
