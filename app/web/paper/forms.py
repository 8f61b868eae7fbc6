"""What is posted about paper. A code is never part of an address: it stands in forms alone."""

from collections.abc import Mapping, Sequence

from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.services.booklets import MOST_BOOKLETS
from app.standards import LANGUAGES, Audience
from app.surveys import Edition
from app.web.rounds.forms import HowMany, one_of

EDITIONS = {Edition.EASY_READ: "Easy Read", Edition.STANDARD: "Standard"}


class KindForm(FlaskForm):
    """Which booklet: edition and language. A choice between one thing and nothing is not asked."""

    edition = one_of("Choose the edition of the booklet")
    language = one_of("Choose the language of the booklet")

    def __init__(self, editions: Sequence[Edition], languages: Sequence[str]) -> None:
        super().__init__()
        self.edition.choices = [SelectChoice(each.value, EDITIONS[each]) for each in EDITIONS if each in editions]
        self.language.choices = [SelectChoice(each, LANGUAGES[each]) for each in languages]
        for field in (self.edition, self.language):
            if len(field.choices) == 1:
                field.data = field.choices[0].value


class CodeForm(KindForm):
    """The code of a booklet, typed or scanned."""

    code = StringField()


class NoCodeForm(KindForm):
    """A booklet whose code is lost. audience: who filled it in. made_before: see inviting.invite."""

    audience = one_of("Choose who filled the booklet in")
    made_before = IntegerField(validators=[Optional()])

    def __init__(self, groups: Mapping[Audience, str], editions: Sequence[Edition], languages: Sequence[str]) -> None:
        super().__init__(editions, languages)
        self.audience.choices = [SelectChoice(each.value, group) for each, group in groups.items()]


class BookletsForm(NoCodeForm):
    """How many booklets, of which kind, for whom."""

    count = IntegerField(validators=[HowMany(MOST_BOOKLETS)])
