"""What an installation knows of itself."""

from sqlalchemy import Connection, delete, insert, select

from app.storage.tables import installation


def mark(connection: Connection, key: str, value: str) -> None:
    connection.execute(delete(installation).where(installation.c.key == key))
    connection.execute(insert(installation).values(key=key, value=value))


def marked(connection: Connection, key: str) -> str | None:
    return connection.execute(select(installation.c.value).where(installation.c.key == key)).scalar()
