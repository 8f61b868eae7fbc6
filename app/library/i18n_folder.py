"""The folder `i18n` of a version: one translation file a language, named after it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.errors import Fault
from app.library.checking import LANGUAGE
from app.library.translation_file import translation_of, translation_problems
from app.library.yaml_file import read_yaml, shown_path
from app.standards import StandardsSet, Strings, Translation
from app.surveys import Survey

I18N: Final = "i18n"


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that one version says: in English by key, and in every language that it is translated into.

    folder: the version's. translations: in the order of their languages, complete or not. faulty: the languages whose
    file could not be read.
    """

    of: StandardsSet | Survey
    folder: Path
    english: Strings
    translations: tuple[Translation, ...]
    faulty: frozenset[str] = frozenset()

    @property
    def is_survey(self) -> bool:
        return isinstance(self.of, Survey)

    @property
    def name(self) -> str:
        return f"{self.of.id}@{self.of.version}"

    @property
    def locales(self) -> dict[str, str]:
        """Return the fingerprint of every complete translation, by language."""
        return {each.language: each.fingerprint for each in self.translations if each.is_complete(self.english)}


def read_words(of: StandardsSet | Survey, folder: Path, english: Strings) -> tuple[Words, list[Fault]]:
    """Return a version's words and every fault of its translation files; a file with a fault is left out."""
    found, faults, faulty = [], [], set()
    for path in _files(folder / I18N):
        if path.suffix != ".yaml" or not re.fullmatch(LANGUAGE, path.stem):
            faults.append(Fault(f"{shown_path(path)}:1:1", "a translation is called after its language: cy.yaml"))
            continue
        file = read_yaml(path)
        is_read = file.document is not None
        problems = translation_problems(file.document, path.stem, english, of.language) if is_read else []
        faults_here = file.faults_with(problems)
        faults += faults_here
        if faults_here:
            faulty.add(path.stem)
        else:
            found.append(translation_of(file.document))
    return Words(of, folder, english, tuple(found), frozenset(faulty)), faults


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(each for each in folder.iterdir() if not each.name.startswith("."))
