"""The letters that ask people to take part, and remind them. They are written in the moment in which they are sent."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from app.library.catalogue import translations_of
from app.outgoing import Letter
from app.responses import Round
from app.services.asking import can_ask, opened_address
from app.services.links import Link, invitation_hash, new_token
from app.services.posting import MailSettings
from app.services.rounds import provider_or_refuse, site_name_of
from app.services.sealed_addresses import Addressee
from app.standards import Audience
from app.storage import Database, invitations


def _(words: str) -> str:
    """Mark words for the catalogue."""
    return words


SUBJECT = _("Tell us what you think")
"""It names nobody, for it stands where others can see it."""

REMINDER_SUBJECT = _("Tell us what you think: a reminder")
_HELLO = _("Hello,")
_ASKS: Mapping[Audience, str] = {
    Audience.PERSON: _("%(provider)s wants to know what you think about your support."),
    Audience.FAMILY: _("%(provider)s wants to know what families think about the support that it gives."),
    Audience.PROVIDER: _("%(provider)s wants to know what its staff think about the support that it gives."),
}
_WHY = _("What people say shows what goes well and what to change.")
_ABOUT = _("You are asked about %(place)s.")
PLACE = _("%(site)s, of %(provider)s")
_OPEN = _("Open this link to answer:")
_MAY_SAY_NO = _(
    "You do not have to. Nobody at %(provider)s can see whether you answered, or what one person said. You can stop, "
    "and go on later with the same link."
)
_KEEP = _(
    "This link is for you alone. Whoever has it can open your answers until they are sent. There you can choose a word "
    "that only you know: then the link alone opens nothing."
)
_NEWEST = _("If you have two letters like this, the link in the newest one works.")
_REMINDS = _("We wrote to you for %(provider)s, to ask what you think about support. You can still answer.")
_TO_ALL = _(
    "This letter goes to everybody whom we wrote to, because we do not know who has answered. If you have, thank you: "
    "there is nothing to do. You do not have to answer."
)
_FIND = _(
    "Your own link is in our first letter, “%(subject)s”. It still works. If you cannot find that letter, ask "
    "%(provider)s for a new link."
)
_STOP = _("No more letters about this, please:")


def write_asking(database: Database, settings: MailSettings, arguments: Mapping[str, str]) -> Letter | None:
    """Make an invitation's link anew and return the letter that holds it; nothing else ever does.

    None when the address was taken off, the round is over, or the invitation was used: by an earlier letter, then.
    """
    with database.writing() as connection:
        opened = opened_address(connection, settings, arguments["address"])
        if opened is None or not can_ask(database, settings, opened.round):
            return None
        token, number = new_token(), int(arguments["number"])
        if not invitations.give_link(connection, opened.round, opened.audience, number, invitation_hash(token)):
            return None
        provider, site = _whom(connection, opened.round)
    link = Link(number, token).url(settings.base_url)
    return asking_letter(opened.to, opened.audience, provider, link, stop_link(opened.secret, settings), site)


def write_reminder(database: Database, settings: MailSettings, arguments: Mapping[str, str]) -> Letter | None:
    """Return a reminder, which holds no link that opens answers; None when the address was taken off."""
    with database.writing() as connection:
        opened = opened_address(connection, settings, arguments["address"])
        if opened is None or not can_ask(database, settings, opened.round):
            return None
        provider, site = _whom(connection, opened.round)
    return reminding_letter(opened.to, provider, stop_link(opened.secret, settings), site)


def asking_letter(
    to: Addressee, audience: Audience, provider: str, link: str, stop: str, site: str | None = None
) -> Letter:
    """Return the letter that asks. link, stop: addresses of pages. site: the name of the one it is about."""
    said = _words(to.language, provider, site)
    about = f" {said(_ABOUT)}" if site else ""
    why = f"{said(_ASKS[audience])}{about} {said(_WHY)}"
    told = (said(_MAY_SAY_NO), said(_KEEP), said(_NEWEST))
    return _letter(to, said(SUBJECT), said(_HELLO), why, said(_OPEN), link, *told, f"{said(_STOP)}\n{stop}")


def reminding_letter(to: Addressee, provider: str, stop: str, site: str | None = None) -> Letter:
    """Return the letter that reminds. It is the same for everybody, whoever has answered."""
    said = _words(to.language, provider, site)
    about = f" {said(_ABOUT)}" if site else ""
    told = (f"{said(_REMINDS)}{about}", said(_TO_ALL), said(_FIND))
    return _letter(to, said(REMINDER_SUBJECT), said(_HELLO), *told, f"{said(_STOP)}\n{stop}")


def stop_link(secret: str, settings: MailSettings) -> str:
    return f"{settings.base_url}/stop/{secret}"


def _whom(connection: Connection, of: Round) -> tuple[str, str | None]:
    """Return the names of the provider and of the site."""
    return provider_or_refuse(connection, of.provider_id).name, site_name_of(connection, of)


def _words(language: str, provider: str, site: str | None) -> Callable[[str], str]:
    catalogue = translations_of(language)
    place = catalogue.gettext(PLACE) % {"site": site, "provider": provider}
    named = {"provider": provider, "subject": catalogue.gettext(SUBJECT), "place": place}
    return lambda words: catalogue.gettext(words) % named


def _letter(to: Addressee, subject: str, *paragraphs: str) -> Letter:
    return Letter(to.address, subject, "\n\n".join(paragraphs) + "\n")
