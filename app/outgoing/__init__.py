"""What leaves for other servers: letters over SMTP, and calls over https."""

from app.outgoing.letter import Letter, checked_mail_address, sender_name_and_address
from app.outgoing.mail import Mailer, MailFault, MailServer, NotSentError

__all__ = [
    "Letter",
    "MailFault",
    "MailServer",
    "Mailer",
    "NotSentError",
    "checked_mail_address",
    "sender_name_and_address",
]
