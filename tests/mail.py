"""A real mail server on loopback, and certificates for one that encrypts."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd import smtp
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

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


def certificate(folder: Path, *names: str) -> tuple[Path, Path]:
    """Write a certificate for these names that signs itself, and return it and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, names[0])])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([_general_name(each) for each in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    own, its_key = folder / f"{names[0]}.pem", folder / f"{names[0]}.key"
    own.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    its_key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return own, its_key


def server_context(own: Path, its_key: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own, its_key)
    return context


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)
