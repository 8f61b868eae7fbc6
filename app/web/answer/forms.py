"""What the answering pages post."""

from collections.abc import Iterable
from typing import TypeVar

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.responses import (
    AnsweredHow,
    Consent,
    ConsentGiven,
    Help,
    HowLong,
    Support,
    Supporter,
    ViewsKnown,
    WhyOnBehalf,
)
from app.services.sharing import SharedWith
from app.surveys import Edition
from app.web.answer.choices import NO_CONSENT, Choice

CHOOSE_OR_SKIP = _("Choose an answer, or press Skip this question")
NOT_OFFERED = _("That is not one of the answers here. Choose an answer, or press Skip this question")
Value = TypeVar("Value", Help, Supporter, ViewsKnown)


class AnsweringForm(FlaskForm):
    class Meta:
        # The link is the capability: what its pages do can be done with the link alone, so another site has nothing
        # to borrow a visitor's rights from.
        csrf = False


class _OneOf:
    """The field holds one of its own choices; says apart when none was chosen and when something else was sent."""

    def __init__(self, none_chosen: str, not_offered: str) -> None:
        self.none_chosen, self.not_offered = none_chosen, not_offered

    def __call__(self, _form: object, field: RadioField) -> None:
        if not field.data:
            raise ValidationError(self.none_chosen)
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(self.not_offered)


def _choices(values: Iterable[str]) -> list[SelectChoice]:
    return [SelectChoice(str(value), str(value)) for value in values]


def _radio(values: Iterable[str], none_chosen: str, not_offered: str = NOT_OFFERED) -> RadioField:
    return RadioField(choices=_choices(values), validate_choice=False, validators=[_OneOf(none_chosen, not_offered)])


def _optional(values: Iterable[str]) -> RadioField:
    return RadioField(choices=_choices(values), validate_choice=False)


def _several(values: Iterable[str]) -> SelectMultipleField:
    return SelectMultipleField(choices=_choices(values), validate_choice=False)


class EditionForm(AnsweringForm):
    """Which edition somebody reads."""

    edition = _radio(Edition, _("Choose how you want to read"), _("Choose Standard or Easy Read"))


class ConsentForm(AnsweringForm):
    """Whether somebody agrees to take part, and who heard it when they said so."""

    edition = HiddenField()
    consent = _radio((*ConsentGiven, NO_CONSENT.id), _("Choose yes or no"))
    witness = _optional(Supporter)

    def offer(self, offered: Iterable[Choice]) -> None:
        """Take these answers and no others."""
        self.consent.choices = _choices(each.id for each in offered)

    def validate_witness(self, field: RadioField) -> None:
        if self.consent.data == ConsentGiven.SPOKEN and field.data not in set(Supporter):
            raise ValidationError(_("Choose who heard or saw you say yes"))

    @property
    def given(self) -> Consent:
        how = ConsentGiven(self.consent.data)
        return Consent(how, Supporter(self.witness.data) if how is ConsentGiven.SPOKEN else None)


class HowForm(AnsweringForm):
    how = _radio(AnsweredHow, CHOOSE_OR_SKIP)


class HelpedForm(AnsweringForm):
    """Who helped, and how. Nothing has to be ticked."""

    who = _several(Supporter)
    ways = _several(Help)

    @property
    def support(self) -> Support:
        return Support(who=_read(Supporter, self.who.data), ways=_read(Help, self.ways.data))


class OnBehalfForm(AnsweringForm):
    """Who answers for somebody else, why, and how they know what the person thinks. Nothing has to be ticked."""

    who = _optional(Supporter)
    why = _optional(WhyOnBehalf)
    known = _several(ViewsKnown)

    @property
    def support(self) -> Support:
        return Support(
            who=_read(Supporter, [self.who.data]),
            why=WhyOnBehalf(self.why.data) if self.why.data in set(WhyOnBehalf) else None,
            known=_read(ViewsKnown, self.known.data),
        )


class WordForm(AnsweringForm):
    word = StringField()


class ShareForm(AnsweringForm):
    shared_with = _radio(SharedWith, _("Choose who may see your answers"))
    how_long = _radio(HowLong, _("Choose for how long"))


def _read(kind: type[Value], ticked: Iterable[str | None]) -> frozenset[Value]:
    return frozenset(kind(each) for each in ticked or () if each in set(kind))
