"""A letter: plain text to one address."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr

from email_validator import EmailNotValidError, validate_email

from app.errors import Invalid

LONGEST_SUBJECT = 200
LONGEST_TEXT = 20_000
NOT_AN_ADDRESS = "This is not an e-mail address."


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in plain text. subject: one line. Raises Invalid for what could not be sent as it is."""

    to: str
    subject: str
    text: str

    def __post_init__(self) -> None:
        checked_mail_address(self.to)
        if not self.subject.strip() or len(self.subject) > LONGEST_SUBJECT or not self.subject.isprintable():
            raise Invalid(f"The subject of a letter is one line of at most {LONGEST_SUBJECT} characters.")
        if not self.text.strip() or len(self.text) > LONGEST_TEXT or not _is_plain(self.text):
            raise Invalid(f"A letter is plain text of at most {LONGEST_TEXT} characters.")

    def as_message(self, sender: str, at: datetime) -> EmailMessage:
        """Return the letter as it is sent. It names neither this machine nor who asked for it.

        sender: as sender_name_and_address takes it. at: aware.
        """
        name, address = sender_name_and_address(sender)
        to = checked_mail_address(self.to)
        message = EmailMessage(policy=SMTP if to.isascii() else SMTPUTF8)
        message["From"] = _header(name, address)
        message["To"] = _header("", to)
        message["Subject"] = self.subject
        message["Date"] = format_datetime(at.astimezone(UTC))
        message["Message-ID"] = f"<{secrets.token_hex(16)}@{domain_of(address)}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self.text, charset="utf-8", cte="quoted-printable")
        return message


def checked_mail_address(address: str) -> str:
    """Return an address as a mail server wants it: in ASCII wherever that can be said. Raises Invalid."""
    try:
        found = validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        raise Invalid(NOT_AN_ADDRESS) from None
    return found.ascii_email or found.normalized


def sender_name_and_address(sender: str) -> tuple[str, str]:
    """Return the two parts of `Driving Seat <seat@example.org>` or of `seat@example.org`. Raises Invalid."""
    name, address = parseaddr(sender) if sender.isprintable() else ("", "")
    return name, checked_mail_address(address)


def domain_of(address: str) -> str:
    return address.rpartition("@")[2]


def _header(name: str, address: str) -> Address:
    mailbox, _, domain = address.rpartition("@")
    return Address(name, mailbox, domain)


def _is_plain(text: str) -> bool:
    return all(line.replace("\t", " ").isprintable() for line in text.splitlines())
