"""Whom to call when help is needed, in sections: every page, the tablet and the booklet only lay them out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.library.catalogue import translations_of
from app.organisations import Contact, ContactKind, Said
from app.web.context import settings
from app.web.languages import page_language


@dataclass(frozen=True, slots=True)
class Call:
    """A number to call. name: whose it is; empty where the number itself is known."""

    phone: str
    name: str
    about: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What to do in one case. advice: sentences before the calls."""

    id: str
    title: str
    advice: tuple[str, ...]
    calls: tuple[Call, ...]


def whom_to_call(contacts: Iterable[Contact]) -> tuple[Section, ...]:
    """Return the sections of the page that is being answered."""
    return help_sections(contacts, page_language(), shows_uk=settings().uk_help_numbers)


def help_sections(contacts: Iterable[Contact], language: str, *, shows_uk: bool) -> tuple[Section, ...]:
    """Return the sections in a language; the first says what to do in danger.

    shows_uk: whether to show what everybody in the United Kingdom can call, besides the network's own contacts.
    """
    _ = translations_of(language).gettext
    own = list(contacts)
    known = _in_the_united_kingdom(_) if shows_uk else Known()

    def of(kind: ContactKind, *more: str) -> tuple[Call, ...]:
        return tuple(_of_contact(each, language, more) for each in own if each.kind is kind)

    in_danger = (*known.in_danger, *of(ContactKind.EMERGENCY))
    anywhere = () if in_danger else (_("Call the emergency number of the country where you are."),)
    hurt = (_("Tell somebody you trust."), *known.hurt)
    advocates = of(ContactKind.ADVOCACY, _("An advocate is on your side. They help you to say what you want."))
    others = (*of(ContactKind.HELP), *advocates, *known.others)
    sections = (
        Section("danger", _("If you are in danger now"), anywhere, in_danger),
        Section("hurt", _("If somebody hurts you, scares you or takes your money"), hurt, of(ContactKind.SAFEGUARDING)),
        Section("others", _("People you can call"), (), others),
    )
    return tuple(each for each in sections if each.advice or each.calls)


@dataclass(frozen=True, slots=True)
class Known:
    """What everybody in a country can call, and what they can do when somebody hurts them."""

    in_danger: tuple[Call, ...] = ()
    hurt: tuple[str, ...] = ()
    others: tuple[Call, ...] = ()


def _in_the_united_kingdom(_: Callable[[str], str]) -> Known:
    cannot_speak = _(
        "If you cannot speak, press 55 on a mobile phone when you are asked. "
        "You can text 999 if you have signed up for it before."
    )
    council = _(
        "You can also call the safeguarding team of your council. Every council has one. "
        "Somebody can look up the number for you."
    )
    upset = _("When you need somebody to talk to. Day or night. The call is free.")
    ill = _("When you are ill, and it is not an emergency. Day or night. The call is free.")
    return Known(
        in_danger=(_known("999", "", _("Ask for the police or an ambulance."), cannot_speak),),
        hurt=(council,),
        others=(_known("116 123", _("Samaritans"), upset), _known("111", _("NHS 111"), ill)),
    )


def _of_contact(contact: Contact, language: str, more: Iterable[str]) -> Call:
    about = contact.about_for(language)
    return Call(contact.phone, contact.name, (*([about] if about.words else []), *map(Said, more)))


def _known(phone: str, name: str, *about: str) -> Call:
    return Call(phone, name, tuple(map(Said, about)))
