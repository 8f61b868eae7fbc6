"""What is said and planned when rounds open: why they ask, on which lawful basis, and the last day."""

from datetime import date
from typing import ClassVar

from flask_wtf import FlaskForm
from wtforms import DateField, Field, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import StopValidation, ValidationError

from app.errors import Invalid
from app.responses import (
    LONGEST_PURPOSE,
    SUGGESTED_PURPOSE,
    HealthCondition,
    LawfulBasis,
    Purpose,
    checked_last_day,
    checked_purpose,
)
from app.web.context import today

BASES = {
    LawfulBasis.LEGITIMATE_INTERESTS: (
        "Legitimate interests",
        "You have a good reason to ask, and it harms nobody. Often so for charities and companies.",
    ),
    LawfulBasis.PUBLIC_TASK: (
        "Public task",
        "Asking is part of a task that the law gives you. Often so for councils and the NHS.",
    ),
    LawfulBasis.CONSENT: (
        "Consent",
        "You use the answers only because people said yes, and stop when they take it back.",
    ),
    LawfulBasis.LEGAL_OBLIGATION: ("Legal obligation", "A law says that you have to ask."),
    LawfulBasis.CONTRACT: ("Contract", "You have a contract with the people whom you ask, and asking is part of it."),
}
CONDITIONS = {
    HealthCondition.EXPLICIT_CONSENT: (
        "Explicit consent",
        "People say yes in so many words. Everybody is asked for that here before the first question.",
    ),
    HealthCondition.SOCIAL_CARE: (
        "Health or social care",
        "You need the answers to provide or manage social care. Only people with a duty of confidence see them.",
    ),
    HealthCondition.PUBLIC_INTEREST: (
        "Substantial public interest",
        "A law names your reason, such as safeguarding, and you keep a policy document about it.",
    ),
}


def _why(_form: BaseForm, field: Field) -> None:
    words = field.data or ""
    if not words.strip():
        raise StopValidation("Say why you ask")
    try:
        checked_purpose(Purpose(words))
    except Invalid as error:
        raise StopValidation(error.message) from None


def _last_day(_form: BaseForm, field: Field) -> None:
    """Let nothing pass, or a day that can be; say the same one sentence to whatever is no day."""
    typed = " ".join(field.raw_data or ()).strip()
    field.errors = []
    if typed and field.data is None:
        raise StopValidation("Give the last day, such as 1 12 2026")
    try:
        checked_last_day(field.data, today())
    except Invalid as error:
        raise StopValidation(error.message) from None


def _offered(_form: BaseForm, field: Field) -> None:
    if field.data not in {choice.value for choice in field.choices}:
        raise ValidationError("Choose one of these")


def _choices(field: dict[LawfulBasis, tuple[str, str]] | dict[HealthCondition, tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(each.value, name) for each, (name, _) in field.items()]


def last_day_field() -> DateField:
    """Return a field for a day, or for none."""
    return DateField(format=["%d %m %Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"], validators=[_last_day])


class AskingForm(FlaskForm):
    """Why rounds ask, and until when."""

    purpose = TextAreaField(default=SUGGESTED_PURPOSE, validators=[_why])
    basis = RadioField(
        default=LawfulBasis.LEGITIMATE_INTERESTS.value,
        choices=_choices(BASES), validate_choice=False, validators=[_offered],
    )  # fmt: skip
    condition = RadioField(
        default=HealthCondition.EXPLICIT_CONSENT.value,
        choices=_choices(CONDITIONS), validate_choice=False, validators=[_offered],
    )  # fmt: skip
    last_on = last_day_field()

    longest_purpose = LONGEST_PURPOSE
    about_bases: ClassVar = {each.value: about for each, (_, about) in BASES.items()}
    about_conditions: ClassVar = {each.value: about for each, (_, about) in CONDITIONS.items()}

    @property
    def chosen_purpose(self) -> Purpose:
        return Purpose(self.purpose.data or "", LawfulBasis(self.basis.data), HealthCondition(self.condition.data))

    @property
    def chosen_last_day(self) -> date | None:
        found: date | None = self.last_on.data
        return found
