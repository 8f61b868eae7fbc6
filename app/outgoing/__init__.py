"""What leaves for other servers: letters over SMTP, and calls over https."""

from app.outgoing.http import Answer, Caller, CallFailedError, CallFault, CallRules
from app.outgoing.letter import Letter, checked_mail_address, sender_name_and_address
from app.outgoing.mail import Mailer, MailFault, MailServer, NotSentError

__all__ = [
    "Answer",
    "CallFailedError",
    "CallFault",
    "CallRules",
    "Caller",
    "Letter",
    "MailFault",
    "MailServer",
    "Mailer",
    "NotSentError",
    "checked_mail_address",
    "sender_name_and_address",
]
