"""The library in the database: loading it, and finding what a round pinned."""

from collections.abc import Sequence
from pathlib import Path

from semver import Version

from app.errors import Conflict, NotFound
from app.library import Words, parse_standards, parse_survey, read_library, standards_document, survey_document
from app.responses import Round
from app.services import translations
from app.services.translations import WordingState
from app.standards import LANGUAGES, StandardsSet
from app.storage import Database
from app.storage.library import STANDARDS, SURVEY, Entry, entry_of, marks, put_entry
from app.storage.translations import replace_translations
from app.surveys import Survey

ENGLISH = "en"
_Key = tuple[str, str, str]  # id, version, hash of the meaning
_standards: dict[_Key, StandardsSet] = {}
_surveys: dict[_Key, Survey] = {}


def load_library(database: Database, root: Path) -> None:
    """Load standards/ and surveys/ below root. Raises Invalid with every fault, Conflict when a version changed."""
    library = read_library(root)
    with database.writing() as connection:
        known = marks(connection)
        for words in library.words:
            entry = _entry_for(words)
            if known.get((entry.kind, entry.id, entry.version), entry.sha256) != entry.sha256:
                raise Conflict(
                    f"{entry.kind} {entry.id} {entry.version} is already in use here with another meaning. "
                    "A published version never changes: give the change a version of its own."
                )
            put_entry(connection, entry)
            rows = translations.rows_of(entry.kind, words)
            replace_translations(connection, entry.kind, entry.id, entry.version, rows)
    translations.forget()


def published_standards(database: Database) -> tuple[StandardsSet, ...]:
    """Return every version of every standards set, newest version first: one query once they have been read."""
    return tuple(
        _standards.get((id_, version, sha256)) or standards_set(database, id_, version)
        for id_, version, sha256 in _versions(database, STANDARDS)
    )


def published_surveys(database: Database) -> tuple[Survey, ...]:
    """Return every version of every survey, newest version first: one query once they have been read."""
    return tuple(
        _surveys.get((id_, version, sha256)) or survey(database, id_, version)
        for id_, version, sha256 in _versions(database, SURVEY)
    )


def standards_set(database: Database, id_: str, version: str) -> StandardsSet:
    entry = _entry(database, STANDARDS, id_, version)
    return _parse_standards(entry)


def survey(database: Database, id_: str, version: str) -> Survey:
    entry = _entry(database, SURVEY, id_, version)
    return _parse_survey(database, entry)


def newest_survey(database: Database, id_: str) -> Survey:
    for known_id, version, _ in _versions(database, SURVEY):
        if known_id == id_:
            return survey(database, id_, version)
    raise NotFound(f"There is no survey called {id_}.")


def survey_of(database: Database, of: Round, language: str = ENGLISH) -> Survey:
    """Return the survey exactly as the round pinned it; no query once this process has read it.

    In a language that is not published for the round it is the English one: its own `language` says which it is.
    """
    found = pinned_survey(database, of.survey_id, of.survey_version, of.survey_sha256)
    if language == found.language:
        return found
    translated = translations.in_language(database, standards_of(database, of), found, language)
    return translated.survey if translated else found


def pinned_survey(database: Database, id_: str, version: str, sha256: str) -> Survey:
    known = _surveys.get((id_, version, sha256))
    if known is not None:
        return known
    found = survey(database, id_, version)
    _require(found.fingerprint, sha256, id_)
    return found


def standards_of(database: Database, of: Round, language: str = ENGLISH) -> StandardsSet:
    """Return the standards exactly as the round pinned them; in a language that is not published, the English ones."""
    found = _pinned_standards(database, of)
    if language == found.language:
        return found
    translated = translations.in_language(database, found, survey_of(database, of), language)
    return translated.standards if translated else found


def languages_of(database: Database, of: Round) -> tuple[str, ...]:
    """Return those of LANGUAGES in which a round can be answered, English first: whole and up to date in each."""
    whole = translations.languages_of(database, standards_of(database, of), survey_of(database, of))
    return tuple(each for each in whole if each in LANGUAGES)


def wording_state(database: Database, of: Round, language: str) -> WordingState:
    """Return whether a speaker of the language has reviewed every word that the round asks with."""
    standards, survey = standards_of(database, of), survey_of(database, of)
    if language == survey.language:
        return "reviewed"
    translated = translations.in_language(database, standards, survey, language)
    return "reviewed" if translated and translated.is_reviewed else "unreviewed"


def _pinned_standards(database: Database, of: Round) -> StandardsSet:
    known = _standards.get((of.standards_id, of.standards_version, of.standards_sha256))
    if known is not None:
        return known
    found = standards_set(database, of.standards_id, of.standards_version)
    _require(found.fingerprint, of.standards_sha256, of.standards_id)
    return found


def chosen_standards(sets: Sequence[StandardsSet], reference: str) -> StandardsSet:
    """Return the set that "SET" (its newest version) or "SET@VERSION" names. Raises NotFound."""
    id_, _, version = reference.partition("@")
    named = [each for each in sets if each.id == id_ and version in ("", each.version)]
    if not named:
        raise NotFound(f"There is no standards set {reference}.")
    return max(named, key=lambda each: Version.parse(each.version))


def _entry_for(words: Words) -> Entry:
    of = words.of
    if isinstance(of, StandardsSet):
        return Entry(STANDARDS, of.id, of.version, of.fingerprint, standards_document(of))
    return Entry(SURVEY, of.id, of.version, of.fingerprint, survey_document(of))


def _require(found: str, pinned: str, id_: str) -> None:
    if found != pinned:
        raise Conflict(f"What is stored of {id_} is not what the round pinned. Restore the database from a backup.")


def _versions(database: Database, kind: str) -> list[_Key]:
    with database.reading() as connection:
        known = marks(connection)
    found = [(id_, version, sha256) for (each_kind, id_, version), sha256 in known.items() if each_kind == kind]
    by_version = sorted(found, key=lambda key: Version.parse(key[1]), reverse=True)
    return sorted(by_version, key=lambda key: key[0])


def _entry(database: Database, kind: str, id_: str, version: str) -> Entry:
    with database.reading() as connection:
        entry = entry_of(connection, kind, id_, version)
    if entry is None:
        raise NotFound(f"There is no {kind} called {id_} in version {version}.")
    return entry


def _parse_standards(entry: Entry) -> StandardsSet:
    key = (entry.id, entry.version, entry.sha256)
    if key not in _standards:
        _standards[key] = parse_standards(dict(entry.document))
    return _standards[key]


def _parse_survey(database: Database, entry: Entry) -> Survey:
    key = (entry.id, entry.version, entry.sha256)
    if key not in _surveys:
        document = dict(entry.document)
        standards_id, _, version = str(document["standards"]).partition("@")
        _surveys[key] = parse_survey(document, standards_set(database, standards_id, version))
    return _surveys[key]
