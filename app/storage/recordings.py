"""Recorded voices: which file says which text in which network. The files themselves: app/services/recordings.py."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, func, insert, select

from app.responses import Round
from app.storage.organisations import networks_with
from app.storage.tables import campaign, recording


@dataclass(frozen=True, slots=True)
class Recording:
    """One text as somebody speaks it. spoken_by: the name that the speaker chose, may be empty."""

    network_id: str
    language: str
    text_sha256: str
    file_sha256: str
    media_type: str
    spoken_by: str


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who recorded for a network. spoken_by: may be empty. count: of recordings, in all languages."""

    spoken_by: str
    count: int


def recordings_in(connection: Connection, network_id: str, language: str) -> dict[str, Recording]:
    """Return a network's recordings in a language, by the hash of their text."""
    query = select(recording).where(recording.c.network_id == network_id, recording.c.language == language)
    return {row.text_sha256: _recording(row) for row in connection.execute(query)}


def recording_of(connection: Connection, network_id: str, language: str, text_sha256: str) -> Recording | None:
    query = select(recording).where(*_same(network_id, language, text_sha256))
    row = connection.execute(query).one_or_none()
    return _recording(row) if row else None


def recordings_for(connection: Connection, of: Round, language: str) -> dict[str, Recording]:
    """Return what the respondents of a round hear, by the hash of the text: the recordings of the campaign's network,
    or, outside of a campaign, of the networks of its provider; the first of them where several have one.
    """
    query = select(recording).where(recording.c.network_id.in_(_networks(of)), recording.c.language == language)
    rows = connection.execute(query.order_by(recording.c.network_id.desc()))
    return {row.text_sha256: _recording(row) for row in rows}


def put(connection: Connection, added: Recording) -> None:
    """Store a recording, in the place of the one that is there."""
    remove(connection, added.network_id, added.language, added.text_sha256)
    connection.execute(
        insert(recording).values(
            network_id=added.network_id,
            language=added.language,
            text_sha256=added.text_sha256,
            file_sha256=added.file_sha256,
            media_type=added.media_type,
            spoken_by=added.spoken_by,
        )
    )


def remove(connection: Connection, network_id: str, language: str, text_sha256: str) -> bool:
    """Remove a recording. Returns whether there was one."""
    return connection.execute(delete(recording).where(*_same(network_id, language, text_sha256))).rowcount > 0


def remove_voice(connection: Connection, network_id: str, spoken_by: str) -> bool:
    """Remove all that somebody recorded. Returns whether there was anything."""
    of_voice = (recording.c.network_id == network_id, recording.c.spoken_by == spoken_by)
    return connection.execute(delete(recording).where(*of_voice)).rowcount > 0


def voices_in(connection: Connection, network_id: str) -> tuple[Voice, ...]:
    """Return who recorded something for a network, by name."""
    query = select(recording.c.spoken_by, func.count()).where(recording.c.network_id == network_id)
    rows = connection.execute(query.group_by(recording.c.spoken_by).order_by(recording.c.spoken_by))
    return tuple(Voice(spoken_by, count) for spoken_by, count in rows)


def files_in(connection: Connection, network_id: str) -> set[str]:
    """Return the hashes of the files that a network's recordings use."""
    return set(connection.scalars(select(recording.c.file_sha256).where(recording.c.network_id == network_id)))


def _same(network_id: str, language: str, text_sha256: str) -> tuple[ColumnElement[bool], ...]:
    return (
        recording.c.network_id == network_id,
        recording.c.language == language,
        recording.c.text_sha256 == text_sha256,
    )


def _networks(of: Round) -> Select[str]:
    if of.campaign_id is not None:
        return select(campaign.c.network_id).where(campaign.c.id == of.campaign_id)
    return networks_with(of.provider_id)


def _recording(row: Row[tuple[object, ...]]) -> Recording:
    return Recording(row.network_id, row.language, row.text_sha256, row.file_sha256, row.media_type, row.spoken_by)
