"""What the answering pages post."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from app.responses import AnsweredHow
from app.surveys import Edition

CHOOSE_OR_SKIP = "Choose an answer, or press Skip this question"
NOT_OFFERED = "That is not one of the answers here. Choose an answer, or press Skip this question"


class AnsweringForm(FlaskForm):
    class Meta:
        # The link is the capability: no cookie is set, so another site has nothing to borrow a visitor's rights from.
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


class EditionForm(AnsweringForm):
    """Which edition somebody reads."""

    edition = RadioField(
        choices=[SelectChoice(Edition.STANDARD.value, "Standard"), SelectChoice(Edition.EASY_READ.value, "Easy Read")],
        validate_choice=False,
        validators=[_OneOf("Choose how you want to read", "Choose Standard or Easy Read")],
    )


class StartForm(EditionForm):
    """Which edition, and the consent that comes before everything."""

    consent = BooleanField(validators=[DataRequired("Tick the box if you agree to take part")])


class HowForm(AnsweringForm):
    how = RadioField(
        choices=[SelectChoice(how.value, how.value) for how in AnsweredHow],
        validate_choice=False,
        validators=[_OneOf(CHOOSE_OR_SKIP, NOT_OFFERED)],
    )
