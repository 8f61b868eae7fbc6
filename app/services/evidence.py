"""Evidence: the files that a provider's team keeps beside its self-assessment, locked, outside of what is served."""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection

from app.errors import Conflict, Invalid, NotFound, Refused
from app.library.evidence_files import checked_content
from app.library.locked_files import new_key, opened, put_locked
from app.library.virus_scanner import Scanner, Verdict
from app.organisations import Act, require
from app.organisations.evidence import (
    DAYS_TO_UNDO,
    Evidence,
    Label,
    StandardKey,
    checked_title,
    cleaned_file_name,
    media_type_as_named,
)
from app.organisations.log import Deed
from app.services.log import note
from app.services.publishing import published_standards
from app.standards import Standard, StandardsSet
from app.storage import Database
from app.storage import evidence as stored
from app.storage import organisations as stored_organisations
from app.storage import rounds as stored_rounds
from app.storage.sealing import seal, unseal

MEGABYTE = 1024 * 1024
NO_EVIDENCE = "There is no such file. Somebody may have deleted it."
INFECTED = "The virus scanner found something dangerous in this file, so it was not kept. Do not open it again."
NOT_SCANNED = "The file could not be checked for viruses now, so it was not kept. Try again in a while."
CHANGED = "Somebody else changed this meanwhile. What you see now is theirs; what you typed was not kept yet."
GONE = "The file is gone for good. It was deleted more than 30 days ago."


@dataclass(frozen=True, slots=True)
class Store:
    """Where files are kept, and what may be. keys: of the installation, the newest first. most_bytes: of a provider."""

    folder: Path
    keys: Sequence[bytes]
    largest_bytes: int
    most_bytes: int
    scanner: Scanner | None = None


@dataclass(frozen=True, slots=True)
class ProviderEvidence:
    """A provider's files, the newest first. deleted: those that can be brought back. used_bytes: of both."""

    kept: tuple[Evidence, ...]
    deleted: tuple[Evidence, ...]
    used_bytes: int


def evidence_of(database: Database, provider_id: str, on: date) -> ProviderEvidence:
    """Return a provider's files as they are on a day. Raises NotFound."""
    require(database.actor, Act.SEE_EVIDENCE, provider_id)
    with database.reading() as connection:
        found = stored.evidence_in(connection, provider_id)
    return ProviderEvidence(
        kept=tuple(each for each in found if each.deleted_on is None),
        deleted=tuple(each for each in found if each.gone_on is not None and on < each.gone_on),
        used_bytes=sum(each.size for each in found),
    )


def one_of(database: Database, provider_id: str, evidence_id: str) -> Evidence:
    """Return a file that is not deleted. Raises NotFound."""
    require(database.actor, Act.SEE_EVIDENCE, provider_id)
    with database.reading() as connection:
        return _kept(connection, provider_id, evidence_id)


def content_of(database: Database, store: Store, of: Evidence) -> bytes:
    """Return what is in a file. Raises NotFound, and Conflict when it cannot be opened."""
    require(database.actor, Act.SEE_EVIDENCE, of.provider_id)
    with database.reading() as connection:
        found = _kept(connection, of.provider_id, of.id)
        sealed = stored.sealed_key_of(connection, found)
    return opened(path_of(store.folder, found), _unsealed(store.keys, found, sealed), found.id)


def newest_standards(database: Database) -> tuple[StandardsSet, ...]:
    """Return the newest version of every standards set."""
    newest: dict[str, StandardsSet] = {}
    for each in published_standards(database):
        newest.setdefault(each.id, each)
    return tuple(newest.values())


def known_standards(database: Database) -> Mapping[StandardKey, Standard]:
    """Return every standard of every version, in the words of the newest version that has it."""
    found: dict[StandardKey, Standard] = {}
    for each in published_standards(database):
        for standard in each.standards:
            found.setdefault(StandardKey(each.id, standard.id), standard)
    return found


def add_evidence(
    database: Database,
    store: Store,
    provider_id: str,
    evidence_id: str,
    label: Label,
    *,
    file_name: str,
    content: bytes,
    on: date,
) -> Evidence:
    """Keep a file. Adding one whose id is there already keeps nothing more, and returns what is there.

    Raises NotFound; Invalid for a title, a name or a content that is not kept; Refused for a virus, and where there is
    no more room; Conflict when the scanner could not look.
    """
    require(database.actor, Act.KEEP_EVIDENCE, provider_id)
    checked = _checked_label(database, label)
    name = cleaned_file_name(file_name)
    media_type = media_type_as_named(name, _checked_content(store, content))
    _scan(store, content)
    sha256, added_by = hashlib.sha256(content).hexdigest(), database.actor.account_id or None
    added = Evidence(evidence_id, provider_id, checked, name, media_type, len(content), sha256, on, added_by)
    with database.writing() as connection:
        _lock(connection, provider_id)
        _refuse_strange_round(connection, provider_id, checked)
        known = stored.evidence_of(connection, provider_id, evidence_id)
        if known is not None:
            return known
        if stored.bytes_in(connection, provider_id) + added.size > store.most_bytes:
            raise Refused(_no_room(store))
        key = new_key()
        stored.add(connection, added, _sealed(store.keys, added, key))
        put_locked(path_of(store.folder, added), content, key, added.id)
        note(database, connection, Deed.EVIDENCE_ADDED, provider_id, added.id)
    return added


def change_label(database: Database, provider_id: str, evidence_id: str, label: Label, *, before: Label) -> Evidence:
    """Say something else about a file. before: what the page showed.

    Raises NotFound, Invalid, and Conflict where it is no longer what the page showed.
    """
    require(database.actor, Act.KEEP_EVIDENCE, provider_id)
    checked = _checked_label(database, label)
    with database.writing() as connection:
        _lock(connection, provider_id)
        found = _kept(connection, provider_id, evidence_id)
        if found.label not in (before, checked):
            raise Conflict(CHANGED)
        _refuse_strange_round(connection, provider_id, checked)
        stored.put_label(connection, found, checked)
        note(database, connection, Deed.EVIDENCE_CHANGED, provider_id, found.id)
        return _kept(connection, provider_id, evidence_id)


def delete_evidence(database: Database, provider_id: str, evidence_id: str, on: date) -> None:
    """Delete a file; it can be brought back for DAYS_TO_UNDO days. Doing it again changes nothing. Raises NotFound."""
    require(database.actor, Act.KEEP_EVIDENCE, provider_id)
    with database.writing() as connection:
        _lock(connection, provider_id)
        found = _known(connection, provider_id, evidence_id)
        if found.deleted_on is None:
            stored.put_deleted_on(connection, found, on)
            note(database, connection, Deed.EVIDENCE_DELETED, provider_id, found.id)


def bring_back(database: Database, provider_id: str, evidence_id: str, on: date) -> Evidence:
    """Undo a deletion. Doing it again changes nothing. Raises NotFound, and Conflict when it is too late."""
    require(database.actor, Act.KEEP_EVIDENCE, provider_id)
    with database.writing() as connection:
        _lock(connection, provider_id)
        found = _known(connection, provider_id, evidence_id)
        if found.gone_on is not None and on >= found.gone_on:
            raise Conflict(GONE)
        if found.deleted_on is not None:
            stored.put_deleted_on(connection, found, None)
            note(database, connection, Deed.EVIDENCE_BROUGHT_BACK, provider_id, found.id)
        return _kept(connection, provider_id, evidence_id)


def purge_deleted(database: Database, folder: Path, on: date) -> int:
    """Remove for good what was deleted DAYS_TO_UNDO days before a day, or earlier; returns how many files that were.

    A file goes before its row, so that what is interrupted is done the next time. Files without a row go too.
    Raises NotFound unless the actor looks after the installation.
    """
    require(database.actor, Act.ADMINISTER)
    with database.reading() as connection:
        overdue = stored.deleted_until(connection, on - timedelta(days=DAYS_TO_UNDO))
    purged = sum(_purge(database, folder, each, on) for each in overdue)
    for path in sorted(folder.glob("*")):
        _remove_strays(database, path)
    return purged


def path_of(folder: Path, of: Evidence) -> Path:
    return folder / of.provider_id / of.id


def _checked_label(database: Database, label: Label) -> Label:
    if label.standard is not None and label.standard not in known_standards(database):
        raise NotFound("There is no such standard.")
    return Label(checked_title(label.title), label.standard, label.round_id)


def too_large(store: Store) -> str:
    """Return what is said of a file that is larger than may be kept."""
    most = f"{store.largest_bytes // MEGABYTE} MB"
    return f"The file is larger than {most}. Save it smaller, or keep it in parts: a shorter film, fewer pages."


def _checked_content(store: Store, content: bytes) -> str:
    if len(content) > store.largest_bytes:
        raise Invalid(too_large(store))
    return checked_content(content)


def _no_room(store: Store) -> str:
    return (
        f"Your organisation has no more room: all its files together may have {store.most_bytes // MEGABYTE} MB. "
        "A deleted file takes room until it is gone for good."
    )


def _scan(store: Store, content: bytes) -> None:
    if store.scanner is None:
        return
    verdict = store.scanner.scan(content)
    if verdict is Verdict.INFECTED:
        raise Refused(INFECTED)
    if verdict is not Verdict.CLEAN:
        raise Conflict(NOT_SCANNED)


def _sealed(keys: Sequence[bytes], of: Evidence, key: bytes) -> str:
    return seal(keys, stored.purpose(of), base64.b64encode(key).decode())


def _unsealed(keys: Sequence[bytes], of: Evidence, sealed: str) -> bytes:
    return base64.b64decode(unseal(keys, stored.purpose(of), sealed))


def _lock(connection: Connection, provider_id: str) -> None:
    """Let nobody else write about the provider's files before this transaction ends."""
    if stored_organisations.provider_of(connection, provider_id, lock=True) is None:
        raise NotFound(f"There is no provider {provider_id}.")


def _refuse_strange_round(connection: Connection, provider_id: str, label: Label) -> None:
    if label.round_id is None:
        return
    found = stored_rounds.round_of(connection, label.round_id)
    if found is None or found.provider_id != provider_id:
        raise NotFound("There is no such round.")


def _known(connection: Connection, provider_id: str, evidence_id: str) -> Evidence:
    found = stored.evidence_of(connection, provider_id, evidence_id)
    if found is None:
        raise NotFound(NO_EVIDENCE)
    return found


def _kept(connection: Connection, provider_id: str, evidence_id: str) -> Evidence:
    found = _known(connection, provider_id, evidence_id)
    if found.deleted_on is not None:
        raise NotFound(NO_EVIDENCE)
    return found


def _purge(database: Database, folder: Path, of: Evidence, on: date) -> bool:
    with database.writing() as connection:
        _lock(connection, of.provider_id)
        found = stored.evidence_of(connection, of.provider_id, of.id)
        if found is None or found.gone_on is None or on < found.gone_on:  # brought back meanwhile
            return False
        path_of(folder, found).unlink(missing_ok=True)
        stored.remove(connection, found)
        note(database, connection, Deed.EVIDENCE_PURGED, found.provider_id, found.id)
    return True


def _remove_strays(database: Database, folder: Path) -> None:
    """Remove a provider's files that no row names: what was interrupted while it was kept."""
    with database.writing() as connection:
        stored_organisations.provider_of(connection, folder.name, lock=True)
        known = {each.id for each in stored.evidence_in(connection, folder.name)}
        _remove(path for path in folder.glob("*") if path.name not in known)
    with suppress(OSError):  # something is still in it
        folder.rmdir()


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
