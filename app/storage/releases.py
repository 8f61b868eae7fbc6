"""Releases: what may be shown of a closed round or campaign, frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, insert, select

from app.responses import Round
from app.storage.tables import network_release, release, round_table


@dataclass(frozen=True, slots=True)
class StoredRelease:
    """A release as stored. sha256: of the document."""

    id: str
    sha256: str
    document: Mapping[str, Any]


def add_release(connection: Connection, of: Round, added: StoredRelease, spread: tuple[Fraction, int]) -> None:
    """Store a round's release. spread: its sum of squared deviations and degrees of freedom, for the pooled σ alone."""
    squares, degrees_of_freedom = spread
    connection.execute(
        insert(release).values(
            provider_id=of.provider_id,
            round_id=of.id,
            id=added.id,
            sha256=added.sha256,
            document=dict(added.document),
            squares=f"{float(squares):.9f}",
            degrees_of_freedom=degrees_of_freedom,
        )
    )


def release_of(connection: Connection, of: Round) -> StoredRelease | None:
    row = connection.execute(
        select(release).where(release.c.provider_id == of.provider_id, release.c.round_id == of.id)
    ).one_or_none()
    return StoredRelease(row.id, row.sha256, row.document) if row else None


def releases_of_campaign(connection: Connection, campaign_id: str) -> tuple[StoredRelease, ...]:
    rows = connection.execute(
        select(release)
        .join(round_table)
        .where(round_table.c.campaign_id == campaign_id)
        .order_by(release.c.provider_id)
    )
    return tuple(StoredRelease(row.id, row.sha256, row.document) for row in rows)


def spreads_of(connection: Connection, survey_id: str, survey_version: str) -> list[tuple[Fraction, int]]:
    """Return every released round's spread for one survey version, over the whole installation."""
    rows = connection.execute(
        select(release.c.squares, release.c.degrees_of_freedom)
        .join(round_table)
        .where(round_table.c.survey_id == survey_id, round_table.c.survey_version == survey_version)
    )
    return [(Fraction(squares), degrees) for squares, degrees in rows]


def add_network_release(connection: Connection, campaign_id: str, added: StoredRelease) -> None:
    connection.execute(
        insert(network_release).values(
            campaign_id=campaign_id, id=added.id, sha256=added.sha256, document=dict(added.document)
        )
    )


def network_release_of(connection: Connection, campaign_id: str) -> StoredRelease | None:
    row = connection.execute(select(network_release).where(network_release.c.campaign_id == campaign_id)).one_or_none()
    return StoredRelease(row.id, row.sha256, row.document) if row else None
