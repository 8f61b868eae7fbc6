"""What a network's coordinator posts about recordings."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Length

from app.organisations.model import LONGEST_NAME

AGREED = "Tick the box once the speaker has agreed"


class RecordingForm(FlaskForm):
    """One recording of one text."""

    sound = FileField(validators=[FileRequired("Choose the file with the recording")])
    spoken_by = StringField(validators=[Length(max=LONGEST_NAME, message="Use a shorter name, or none")])
    agreed = BooleanField(validators=[DataRequired(AGREED)])
