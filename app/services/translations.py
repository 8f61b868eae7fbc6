"""The languages in which a pinned survey can be answered. A language is there whole or not at all."""

from dataclasses import dataclass
from typing import Literal

from app.library import Words, translation_document, translation_of
from app.standards import StandardsSet, Translation, fingerprint, standards_strings, translated_standards
from app.storage import Database
from app.storage.library import STANDARDS, SURVEY
from app.storage.translations import TranslationRow, all_translations
from app.surveys import Survey, survey_strings, translated_survey

WordingState = Literal["reviewed", "unreviewed"]


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A survey and the standards it asks about in one language. is_reviewed: every string of both."""

    standards: StandardsSet
    survey: Survey
    is_reviewed: bool


_Version = tuple[str, str, str]  # kind, id, version
_Marks = tuple[str, str, str, str]  # hashes: of the standards and of the survey, each of its meaning and translation
_stored: dict[str, dict[_Version, dict[str, TranslationRow]]] = {}
_known: dict[_Marks, InLanguage | None] = {}


def rows_of(kind: str, words: Words) -> list[TranslationRow]:
    """Return a version's translations as the database keeps them, complete or not."""
    documents = [(each.language, translation_document(each)) for each in words.translations]
    return [
        TranslationRow(kind, words.of.id, words.of.version, language, fingerprint(document), document)
        for language, document in documents
    ]


def forget() -> None:
    """Read again what is stored, when it is asked for: after the library was loaded."""
    _stored.clear()


def languages_of(database: Database, standards: StandardsSet, survey: Survey) -> tuple[str, ...]:
    """Return the languages in which every string is there and up to date, the source's own first."""
    translated = _of(database, SURVEY, survey)
    complete = [each for each in translated if in_language(database, standards, survey, each)]
    return (survey.language, *complete)


def in_language(database: Database, standards: StandardsSet, survey: Survey, language: str) -> InLanguage | None:
    """Return the survey in a language, None when it is not complete; no query once this process has read it."""
    for_standards = _of(database, STANDARDS, standards).get(language)
    for_survey = _of(database, SURVEY, survey).get(language)
    if for_standards is None or for_survey is None:
        return None
    marks = (standards.fingerprint, for_standards.sha256, survey.fingerprint, for_survey.sha256)
    if marks not in _known:
        _known[marks] = _made(
            standards, translation_of(for_standards.document), survey, translation_of(for_survey.document)
        )
    return _known[marks]


def _made(
    standards: StandardsSet, for_standards: Translation, survey: Survey, for_survey: Translation
) -> InLanguage | None:
    words_of_standards, words_of_survey = standards_strings(standards), survey_strings(survey, standards)
    if not (for_standards.is_complete(words_of_standards) and for_survey.is_complete(words_of_survey)):
        return None
    translated = translated_standards(standards, for_standards)
    return InLanguage(
        translated,
        translated_survey(survey, for_survey, translated),
        for_standards.is_reviewed(words_of_standards) and for_survey.is_reviewed(words_of_survey),
    )


def _of(database: Database, kind: str, of: StandardsSet | Survey) -> dict[str, TranslationRow]:
    """Return a version's translations by language, from what this process has read of this database."""
    url = str(database.engine.url)
    if url not in _stored:
        with database.reading() as connection:
            rows = all_translations(connection)
        stored: dict[_Version, dict[str, TranslationRow]] = {}
        for row in rows:
            stored.setdefault((row.kind, row.id, row.version), {})[row.language] = row
        _stored[url] = stored
    return _stored[url].get((kind, of.id, of.version), {})
