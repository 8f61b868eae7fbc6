"""The letters that tell colleagues what happened. They are written in the moment in which they are sent.

They name nobody, no organisation and no number: whoever may see more signs in. A letter lies in a mailbox for years.
"""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date
from babel.support import NullTranslations

from app.library.catalogue import translations_of
from app.organisations.news import ABOUT, ALWAYS, Event
from app.outgoing import Letter
from app.services.notifying import wants
from app.services.posting import MailSettings
from app.standards import LANGUAGES
from app.storage import Database
from app.storage import account_letters as stored


def _(words: str) -> str:
    """Mark words for the catalogue."""
    return words


WORDS: Mapping[Event, tuple[str, str]] = {
    Event.LAST_DAY_NEAR: (
        _("Driving Seat: the last day of a round is near"),
        _(
            "the last day of one of your rounds is near: %(day)s. Answers that come later still count, until you close "
            "the round. You can also choose another last day."
        ),
    ),
    Event.ROUND_CLOSED: (
        _("Driving Seat: a round has closed"),
        _("a round has closed, and its result is there."),
    ),
    Event.CAMPAIGN_CLOSED: (
        _("Driving Seat: a campaign has closed"),
        _("a campaign of your network has closed, and its result is there."),
    ),
    Event.COLLEAGUE_JOINED: (
        _("Driving Seat: somebody joined a team"),
        _("somebody joined a team that you look after. If you did not expect that, look who it is."),
    ),
    Event.COLLEAGUE_LEFT: (
        _("Driving Seat: somebody left a team"),
        _("somebody left a team that you look after, or their role was taken away."),
    ),
    Event.PROVIDER_JOINED: (
        _("Driving Seat: a provider joined your network"),
        _("a provider joined your network."),
    ),
    Event.PROVIDER_LEFT: (
        _("Driving Seat: a provider left your network"),
        _("a provider left your network."),
    ),
    Event.VISIT_PLANNED: (
        _("Driving Seat: a visit is planned for you"),
        _("a visit is planned for you. Please say whether you have ties to the provider: before that it cannot begin."),
    ),
    Event.WORRY_CAME: (
        _("Driving Seat: a worry has come in for you"),
        _("somebody has told about a worry, and it was sent to you. Please sign in and read it as soon as you can."),
    ),
}
"""By what happened: subject and sentence. Subjects name nobody: they stand where others can see them."""
_HELLO = _("Hello,")
_LOOK = _("Look here, after signing in:")
_CHOOSE = _("You choose which letters you get, and can stop these, here:")
_ALWAYS = _("This letter always comes, for somebody may need help. Which other letters you get you choose here:")


def write(database: Database, settings: MailSettings, arguments: Mapping[str, str]) -> Letter | None:
    """Return a letter in the reader's language; None when they are gone, or do not want it any more."""
    event = Event(arguments["event"])
    with database.reading() as connection:
        reader = stored.reader_of(connection, int(arguments["account"]))
    if reader is None or not wants(reader, ABOUT[event]):
        return None
    languages = [each for each in LANGUAGES if reader.language in (None, each)]
    catalogues = {each: translations_of(each) for each in languages}
    subjects = dict.fromkeys(each.gettext(WORDS[event][0]) for each in catalogues.values())
    texts = dict.fromkeys(_text(event, settings, arguments, *each) for each in catalogues.items())
    return Letter(reader.email, " / ".join(subjects), "\n----\n\n".join(texts))


def _text(
    event: Event, settings: MailSettings, arguments: Mapping[str, str], language: str, words: NullTranslations
) -> str:
    day = arguments.get("day")
    named = {"day": format_date(date.fromisoformat(day), "d MMMM y", locale=language) if day else ""}
    paragraphs = (
        words.gettext(_HELLO),
        words.gettext(WORDS[event][1]) % named,
        f"{words.gettext(_LOOK)}\n{settings.base_url}{arguments['path']}",
        f"{words.gettext(_ALWAYS if ABOUT[event] in ALWAYS else _CHOOSE)}\n{settings.base_url}/account/letters",
    )
    return "\n\n".join(paragraphs) + "\n"
