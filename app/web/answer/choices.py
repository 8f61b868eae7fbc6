"""What can be ticked beside the questions themselves: who answers, who helped, how, and why. Words by audience."""

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import lazy_gettext as _

from app.responses import AnsweredHow, ConsentGiven, Help, Supporter, ViewsKnown, WhyOnBehalf
from app.standards import Audience


@dataclass(frozen=True, slots=True)
class Choice:
    """One card to press. more: a sentence under the label, may be empty. picture: its id in a picture pack."""

    id: str
    label: str
    more: str = ""
    picture: str = ""


def _cards(kind: str, *cards: tuple[StrEnum, str] | tuple[StrEnum, str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(str(value), label, more[0] if more else "", f"{kind}.{value}") for value, label, *more in cards)


_BY_MYSELF = (AnsweredHow.SELF, _("I answer by myself"))
_HELPED = (AnsweredHow.HELPED, _("Someone helps me"), _("For example, they read the questions to me."))

HOW: dict[Audience, tuple[Choice, ...]] = {
    Audience.PERSON: _cards(
        "how",
        _BY_MYSELF,
        _HELPED,
        (AnsweredHow.ON_BEHALF, _("I answer for someone"), _("The answers are what that person would say.")),
    ),
    Audience.FAMILY: _cards(
        "how",
        _BY_MYSELF,
        _HELPED,
        (AnsweredHow.ON_BEHALF, _("I answer for someone else in the family"), _("They told me what to answer.")),
    ),
    Audience.PROVIDER: _cards(
        "how",
        _BY_MYSELF,
        (AnsweredHow.HELPED, _("We answer together"), _("For example, as a team.")),
        (AnsweredHow.ON_BEHALF, _("I answer for someone else"), _("They told me what to answer.")),
    ),
}

CONSENT = _cards(
    "consent",
    (ConsentGiven.TICKED, _("Yes, I want to take part")),
    (ConsentGiven.SPOKEN, _("I said yes out loud, or showed it"), _("Someone heard or saw me say yes.")),
)
_CONSENT_ON_BEHALF = _cards(
    "consent",
    (ConsentGiven.ON_BEHALF, _("I answer for someone who cannot say yes or no"), _("I agree for myself alone.")),
)


def consents(audience: Audience) -> tuple[Choice, ...]:
    """Return the ways to say yes: beside their own, in the questions to a person, that of whoever answers for them."""
    return (*CONSENT, *(_CONSENT_ON_BEHALF if audience is Audience.PERSON else ()))


NO_CONSENT = Choice("no", _("No, I do not want to take part"), "", "button.no")

SUPPORTERS = _cards(
    "supporter",
    (Supporter.FAMILY, _("Someone in my family")),
    (Supporter.FRIEND, _("A friend")),
    (Supporter.ADVOCATE, _("An advocate"), _("An advocate helps you to speak up.")),
    (Supporter.PAID_STAFF, _("Paid staff"), _("Someone who is paid to support me.")),
    (Supporter.INTERPRETER, _("An interpreter"), _("They put words into another language, or into signs.")),
    (Supporter.SOMEONE_ELSE, _("Someone else")),
)
WITNESSES = SUPPORTERS
ON_BEHALF_WHO = _cards(
    "supporter",
    (Supporter.FAMILY, _("I am in their family")),
    (Supporter.FRIEND, _("I am their friend")),
    (Supporter.ADVOCATE, _("I am their advocate")),
    (Supporter.PAID_STAFF, _("I am paid to support them")),
    (Supporter.SOMEONE_ELSE, _("I am someone else")),
)
WAYS = _cards(
    "help",
    (Help.READ, _("They read it to me")),
    (Help.EXPLAINED, _("They explained it")),
    (Help.INTERPRETED, _("They put it into my language or signs")),
    (Help.RECORDED, _("They wrote down my answers")),
)
WHY = _cards(
    "why",
    (WhyOnBehalf.ASKED, _("They asked me to")),
    (WhyOnBehalf.CANNOT_NOW, _("They cannot answer just now")),
    (WhyOnBehalf.CANNOT_ANSWER, _("They cannot answer these questions, even with help")),
    (WhyOnBehalf.ANOTHER_REASON, _("Another reason")),
)
KNOWN = _cards(
    "known",
    (ViewsKnown.TOLD, _("They told me")),
    (ViewsKnown.SHOWED, _("They showed me, by what they do or how they feel")),
    (ViewsKnown.WRITTEN, _("It is written down, for example in a plan made with them")),
    (ViewsKnown.KNOW_WELL, _("I know them well")),
    (ViewsKnown.NOT_KNOWN, _("I do not know what they think")),
)
