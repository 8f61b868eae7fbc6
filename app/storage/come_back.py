"""Short codes to come back with. A code and its word open the sealed link; neither is stored."""

from sqlalchemy import Connection, insert, select

from app.responses import Round
from app.storage.tables import come_back


def add(connection: Connection, of: Round, id: str, sealed: str) -> None:
    connection.execute(insert(come_back).values(id=id, provider_id=of.provider_id, round_id=of.id, sealed=sealed))


def sealed_by(connection: Connection, id: str) -> str | None:
    """Return what is sealed under this hash of a code."""
    sealed: str | None = connection.execute(select(come_back.c.sealed).where(come_back.c.id == id)).scalar()
    return sealed
