"""What an installation knows of itself."""

from sqlalchemy import Connection, delete, exists, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from app.organisations import INSTALLATION, Role
from app.storage.tables import installation, membership, network, provider


def mark(connection: Connection, key: str, value: str) -> None:
    connection.execute(delete(installation).where(installation.c.key == key))
    connection.execute(insert(installation).values(key=key, value=value))


def marked(connection: Connection, key: str) -> str | None:
    return connection.execute(select(installation.c.value).where(installation.c.key == key)).scalar()


def has_somebody(connection: Connection) -> bool:
    """Say whether anybody looks after the installation, or any provider or network is in it."""
    looks_after = (membership.c.role == Role.ADMINISTRATOR.value) & (membership.c.organisation_id == INSTALLATION)
    any_of = (exists().where(looks_after), select(provider.c.id).exists(), select(network.c.id).exists())
    return bool(connection.execute(select(or_(*any_of))).scalar())


def raise_mark(connection: Connection, key: str, value: str) -> bool:
    """Put a greater value in the place of a smaller one, or of none. Returns whether it was we who did."""
    is_smaller = (installation.c.key == key, installation.c.value < value)
    if connection.execute(update(installation).where(*is_smaller).values(value=value)).rowcount:
        return True
    if marked(connection, key) is not None:
        return False
    try:
        with connection.begin_nested():
            connection.execute(insert(installation).values(key=key, value=value))
    except IntegrityError:  # somebody else was first
        return False
    return True
