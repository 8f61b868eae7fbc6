"""Sending letters over SMTP. Nothing about a letter stands in an error: neither whom it is to nor what it says."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from types import TracebackType
from urllib.parse import SplitResult, unquote, urlsplit

from app.errors import Invalid
from app.outgoing.addresses import is_loopback
from app.outgoing.letter import Letter, checked_mail_address, domain_of, sender_name_and_address

SECONDS = 20
_PORTS = {"smtps": 465, "smtp": 587}
NOT_A_SERVER = (
    "must be the address of a mail server, such as smtps://user:password@mail.example.org:465 or "
    "smtp://mail.example.org:587"
)


class MailFault(StrEnum):
    """Why a letter is still here.

    UNREACHABLE: the server does not answer, or stopped. ENCRYPTION: it offers none, or another's certificate. SIGN_IN:
    it does not take our name and password. REFUSED: it does not take this letter. NOT_MADE: the letter could not be
    made or read here.
    """

    UNREACHABLE = "unreachable"
    ENCRYPTION = "encryption"
    SIGN_IN = "sign-in"
    REFUSED = "refused"
    NOT_MADE = "not-made"


class NotSentError(Exception):
    """A letter was not taken, or nobody was there to take it."""

    def __init__(self, fault: MailFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in. is_tls: from the first byte; else STARTTLS is demanded, but not on this machine."""

    host: str
    port: int
    is_tls: bool
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def at(cls, url: str) -> "MailServer":
        """Raises Invalid, which does not repeat the address: it may hold a password."""
        found, port = _split(url)
        if found.scheme not in _PORTS or not found.hostname or found.path not in {"", "/"} or found.query:
            raise Invalid(NOT_A_SERVER)
        user, password = unquote(found.username or ""), unquote(found.password or "")
        return cls(found.hostname, port or _PORTS[found.scheme], found.scheme == "smtps", user, password)

    @property
    def is_on_this_machine(self) -> bool:
        return is_loopback(self.host)


class Mailer:
    """A connection to a mail server for several letters: made with the first, closed at the end of `with`."""

    def __init__(self, server: MailServer, sender: str) -> None:
        self._server = server
        self._sender = sender
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> "Mailer":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._close()

    def greet(self) -> None:
        """Return when the server has answered, encrypted and let us in. Raises NotSentError."""
        _, address = sender_name_and_address(self._sender)
        self._smtp = self._smtp or self._connected(domain_of(address))

    def send(self, letter: Letter) -> None:
        """Return when the server has taken the letter. Raises NotSentError."""
        _, address = sender_name_and_address(self._sender)
        message, to = letter.as_message(self._sender, datetime.now(UTC)), checked_mail_address(letter.to)
        options = () if to.isascii() else ("SMTPUTF8", "BODY=8BITMIME")
        try:
            self._smtp = self._smtp or self._connected(domain_of(address))
            with _told_as(MailFault.REFUSED):
                self._smtp.sendmail(address, [to], message.as_bytes(), options)
        except NotSentError:
            self._close()
            raise

    def _connected(self, own_name: str) -> smtplib.SMTP:
        with _told_as(MailFault.UNREACHABLE):
            smtp = self._opened(own_name)
        try:
            self._introduce(smtp)
        except NotSentError:
            smtp.close()
            raise
        return smtp

    def _opened(self, own_name: str) -> smtplib.SMTP:
        host, port = self._server.host, self._server.port
        if self._server.is_tls:
            return smtplib.SMTP_SSL(host, port, own_name, timeout=SECONDS, context=ssl.create_default_context())
        return smtplib.SMTP(host, port, own_name, timeout=SECONDS)

    def _introduce(self, smtp: smtplib.SMTP) -> None:
        if not self._server.is_tls and not self._server.is_on_this_machine:
            with _told_as(MailFault.ENCRYPTION):
                smtp.starttls(context=ssl.create_default_context())
        if self._server.user:
            with _told_as(MailFault.SIGN_IN):
                smtp.login(self._server.user, self._server.password)

    def _close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()
            smtp.close()


def _split(url: str) -> tuple[SplitResult, int | None]:
    try:
        found = urlsplit(url)
        return found, found.port
    except ValueError:
        raise Invalid(NOT_A_SERVER) from None


@contextmanager
def _told_as(fault: MailFault) -> Iterator[None]:
    """Raises NotSentError: for what the server itself says against us, with this fault."""
    try:
        yield
    except ssl.SSLError:
        raise NotSentError(MailFault.ENCRYPTION) from None
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError):
        raise NotSentError(MailFault.UNREACHABLE) from None
    except (smtplib.SMTPException, ValueError):
        raise NotSentError(fault) from None
    except OSError:
        raise NotSentError(MailFault.UNREACHABLE) from None
