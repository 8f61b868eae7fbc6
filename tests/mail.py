"""A real mail server on loopback."""

import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from aiosmtpd import smtp
from aiosmtpd.controller import Controller
from pydantic import SecretStr

from tests.databases import KEYS

REFUSED = "nobody@example.org"
USER, PASSWORD = "seat", "p@ss:word/"


class MailRoom:
    """Keeps what it takes. raw: each letter as it came. when_taken: called while the sender waits for an answer."""

    def __init__(self, port: int, **options: Any) -> None:
        self.port = port
        self.raw: list[bytes] = []
        self.recipients: list[list[str]] = []
        self.sessions: list[Any] = []
        self.when_taken: Callable[[], None] = lambda: None
        self._options = options

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:  # noqa: N802
        if address == REFUSED:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, session, envelope) -> str:  # noqa: N802
        self.when_taken()
        self.raw.append(envelope.original_content)
        self.recipients.append(envelope.rcpt_tos)
        self.sessions.append(session)
        return "250 OK"

    @property
    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(each, policy=SMTP) for each in self.raw]  # type: ignore[misc]

    @property
    def texts(self) -> list[str]:
        return [each.get_content().replace("\r\n", "\n").rstrip("\n") for each in self.letters]

    @contextmanager
    def open(self) -> Iterator["MailRoom"]:
        controller = _Loopback(self, hostname="127.0.0.1", port=self.port, **self._options)
        controller.start()
        try:
            yield self
        finally:
            controller.stop()


class _Loopback(Controller):
    def __init__(self, *args: Any, implicit_tls: ssl.SSLContext | None = None, **options: Any) -> None:
        super().__init__(*args, ssl_context=implicit_tls, **options)

    def factory(self) -> smtp.SMTP:
        return smtp.SMTP(self.handler, **self.SMTP_kwargs)


def room(**options: Any) -> MailRoom:
    return MailRoom(free_port(), **options)


def accepts(_server, _session, _envelope, _mechanism, given) -> smtp.AuthResult:
    return smtp.AuthResult(success=(given.login, given.password) == (USER.encode(), PASSWORD.encode()), handled=False)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@dataclass(frozen=True)
class Office:
    """Settings, as far as letters need them."""

    mail_server: SecretStr = field(default_factory=lambda: SecretStr(""))
    mail_from: str = "Driving Seat <seat@example.org>"
    base_url: str = "https://seat.example.org"

    def keys(self) -> Sequence[bytes]:
        return KEYS

    def hash_key(self) -> bytes:
        return KEYS[-1]


def office(of: MailRoom, scheme: str = "smtp", host: str = "127.0.0.1", sign_in: str = "") -> Office:
    return Office(SecretStr(f"{scheme}://{sign_in}{host}:{of.port}"))
