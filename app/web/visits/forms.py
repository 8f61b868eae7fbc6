"""What coordinators and checkers post about a visit."""

from collections.abc import Mapping
from secrets import token_hex

from flask_wtf import FlaskForm
from wtforms import DateField, Field, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, Regexp, StopValidation, ValidationError

from app.responses.visit import CHECKER_COUNT, LONGEST_INTEREST, Declared
from app.services.visiting import Choices
from app.web.languages import day
from app.web.rounds.forms import one_of

DECLARED = {
    Declared.NONE: "No, I have no ties to this provider",
    Declared.INTEREST: "Yes, I have a tie to this provider",
}


def _two(_form: BaseForm, field: Field) -> None:
    if len(field.data or ()) != CHECKER_COUNT:
        raise ValidationError("Choose two checkers")


def _day(_form: BaseForm, field: Field) -> None:
    """Say the same one sentence to nothing and to what is no day."""
    field.errors = []
    if field.data is None:
        raise StopValidation("Give the day of the visit, such as 1 12 2026")


class PlanForm(FlaskForm):
    """Which round, which two checkers, and on which day."""

    new_id = HiddenField(default=lambda: token_hex(8), validators=[Regexp(r"[0-9a-f]{16}\Z")])
    round = one_of("Choose which provider to visit")
    checkers = SelectMultipleField(coerce=int, validate_choice=False, validators=[_two])
    planned_on = DateField(format=["%d %m %Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"], validators=[_day])

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self.round.choices = [
            SelectChoice(of.id, f"{name}, round opened on {day(of.opened_on)}") for of, name in choices.rounds
        ]
        self.checkers.choices = _addresses(choices.checkers)


class ReplaceForm(FlaskForm):
    """Who takes the place of one of the pair."""

    by = one_of("Choose who takes their place")

    def __init__(self, checkers: Mapping[int, str]) -> None:
        super().__init__()
        self.by.choices = _addresses(checkers)


class DeclareForm(FlaskForm):
    """Whether a checker has ties to the provider, and which."""

    declared = one_of(
        "Say whether you have a tie to this provider", [(str(each), name) for each, name in DECLARED.items()]
    )
    interest = TextAreaField()

    def validate_interest(self, field: TextAreaField) -> None:
        if self.declared.data == Declared.INTEREST and not (field.data or "").strip():
            raise ValidationError("Say in a few words what your tie is")
        if len(field.data or "") > LONGEST_INTEREST:
            raise ValidationError(f"Use at most {LONGEST_INTEREST} characters")


class DeviceForm(FlaskForm):
    """A tablet's name. secret: made by the tablet itself."""

    name = StringField(validators=[DataRequired("Give the tablet a name")])
    secret = HiddenField(validators=[Regexp(r"[0-9a-f]{64}\Z")])


class WipeForm(FlaskForm):
    device = HiddenField(validators=[Regexp(r"[0-9a-f]{64}\Z")])


def _addresses(checkers: Mapping[int, str]) -> list[SelectChoice]:
    return [SelectChoice(str(id_), address) for id_, address in checkers.items()]
