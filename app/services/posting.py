"""Posting: a letter is put into the outbox in the transaction that decided on it. `sending` takes it from there.

There are two kinds. A Letter is written now. A Draft is written in the moment in which it is sent, by the maker that it
names: so a link that opens answers never stands in the outbox. Both lie here sealed, and nothing beside them says whom
they are to or what they are about. See docs/decisions/0019-letters-leave-by-an-outbox.md.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Protocol

from pydantic import SecretStr
from sqlalchemy import Connection

from app.outgoing import Letter, MailServer
from app.services.installing import is_demonstration
from app.storage import Database
from app.storage import letters as stored
from app.storage.keys import new_id
from app.storage.sealing import seal, unseal

__all__ = [
    "COARSE",
    "Draft",
    "Letter",
    "MailSettings",
    "can_send",
    "mail_server_of",
    "next_coarse_minute",
    "post",
    "unsealed",
]


class MailSettings(Protocol):
    """What an installation's settings say about letters."""

    @property
    def mail_server(self) -> SecretStr: ...
    @property
    def mail_from(self) -> str: ...
    @property
    def base_url(self) -> str: ...
    def keys(self) -> Sequence[bytes]: ...


COARSE = 10  # minutes: no row says more exactly when it was tried, or posted about a respondent


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that is not written yet. maker: its name in `sending.MAKERS`. arguments: what the maker needs."""

    maker: str
    arguments: Mapping[str, str]


def post(connection: Connection, keys: Sequence[bytes], letter: Letter | Draft, *, not_before: int = 0) -> None:
    """Put a letter into the outbox. It is kept if the transaction is, and sent soon after.

    keys: the installation's. not_before: the minute, as time has it in UNIX, before which it does not leave.
    """
    letter_id = new_id()
    kind = "draft" if isinstance(letter, Draft) else "letter"
    content = (
        {"maker": letter.maker, "arguments": dict(letter.arguments)} if isinstance(letter, Draft) else asdict(letter)
    )
    sealed = seal(keys, stored.purpose(letter_id), json.dumps({kind: content}, ensure_ascii=False))
    stored.add(connection, letter_id, sealed, datetime.now(UTC).date(), not_before)


def next_coarse_minute(at: datetime) -> int:
    """Return the minute from which something may leave, so that it does not show when it happened."""
    return (int(at.timestamp() // 60) // COARSE + 1) * COARSE


def unsealed(keys: Sequence[bytes], letter_id: str, sealed: str) -> Letter | Draft:
    """Return what was posted. Raises Conflict when no key fits."""
    content = json.loads(unseal(keys, stored.purpose(letter_id), sealed))
    return Draft(**content["draft"]) if "draft" in content else Letter(**content["letter"])


def can_send(database: Database, settings: MailSettings) -> bool:
    """Say whether letters leave this installation. Where they do not, pages give links to copy instead."""
    return mail_server_of(database, settings) is not None


def mail_server_of(database: Database, settings: MailSettings) -> MailServer | None:
    """Return where letters are handed in; None without a mail server, and for a demonstration with one elsewhere."""
    url = settings.mail_server.get_secret_value()
    if not url:
        return None
    server = MailServer.at(url)
    return server if server.is_on_this_machine or not is_demonstration(database) else None
