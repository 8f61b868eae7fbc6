"""A word to type before something that cannot be undone, or that others would miss."""

import unicodedata

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import ValidationError


class ConfirmForm(FlaskForm):
    """word: the short one that the page shows. name: the organisation's. Either will do."""

    typed = StringField()

    def __init__(self, word: str, name: str) -> None:
        super().__init__()
        self.word, self.name = word, name

    def validate_typed(self, field: StringField) -> None:
        typed = _plain(field.data or "")
        if not typed or typed not in {_plain(self.word), _plain(self.name)}:
            raise ValidationError(f"Type {self.word}, or {self.name}")


def _plain(words: str) -> str:
    """Return the letters and digits alone: capitals, accents, spaces and marks do not matter."""
    return "".join(each for each in unicodedata.normalize("NFKD", words).casefold() if each.isalnum())
