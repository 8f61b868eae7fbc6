"""What a safeguarding contact posts."""

from flask_wtf import FlaskForm
from wtforms import Field, IntegerField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from app.errors import Invalid
from app.responses import ConcernState
from app.responses.concerns import checked_note, steps_after
from app.web.rounds.forms import one_of

STATES = {
    ConcernState.RECEIVED: "Not read yet",
    ConcernState.READ: "Read",
    ConcernState.ACTING: "Acting on it",
    ConcernState.PASSED_ON: "Passed on",
    ConcernState.CLOSED: "Closed",
}
STEPS = {
    ConcernState.ACTING: "I am acting on it",
    ConcernState.PASSED_ON: "I have passed it on",
    ConcernState.CLOSED: "It is closed",
}
ABOUT_STEPS = {
    "acting": "Such as: I have called the person.",
    "passed-on": "Say to whom, in the note.",
    "closed": "Say why, in the note. It can be taken up again.",
}


class StepForm(FlaskForm):
    """What was done about a concern. step_count: how many steps the log had when the page was shown."""

    step = one_of("Choose what you have done")
    note = TextAreaField()
    step_count = IntegerField(validators=[Optional()])

    def __init__(self, state: ConcernState) -> None:
        super().__init__()
        self.step.choices = [SelectChoice(each.value, STEPS[each]) for each in steps_after(state)]

    def validate_note(self, field: Field) -> None:
        if self.step.data in set(ConcernState):
            try:
                checked_note(ConcernState(self.step.data), field.data or "")
            except Invalid as error:
                raise ValidationError(error.message) from None
