"""What a provider's team posts about its evidence."""

from collections.abc import Mapping, Sequence
from secrets import token_hex

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Regexp

from app.organisations.evidence import Label, StandardKey, checked_title
from app.standards import StandardsSet
from app.web.checked import Checked
from app.web.evidence.pages import NO_STANDARD, key_in, text_of

NOTHING = ""
NO_ROUND = "No round in particular"


class LabelForm(FlaskForm):
    """What a file shows, and what it belongs to. before_…: what the page showed when it was opened."""

    title = StringField(validators=[Checked(checked_title)])
    standard = SelectField(invalid_choice_message="Choose a standard, or none in particular")
    round = SelectField(invalid_choice_message="Choose a round, or none in particular")
    before_title = HiddenField()
    before_standard = HiddenField()
    before_round = HiddenField()

    def __init__(self, sets: Sequence[StandardsSet], rounds: Mapping[str, str], now: Label) -> None:
        """rounds: {id: name}. now: what the file says at present, offered also where it is not offered any more."""
        shown = {"title": now.title, "standard": text_of(now.standard), "round": now.round_id or NOTHING}
        super().__init__(data={**shown, **{f"before_{name}": value for name, value in shown.items()}})
        self.standard.choices = _standards(sets, now.standard)
        self.round.choices = [
            SelectChoice(NOTHING, NO_ROUND),
            *(SelectChoice(id_, name) for id_, name in rounds.items()),
        ]

    @property
    def label(self) -> Label:
        return _label(self.title.data or "", self.standard.data, self.round.data)

    @property
    def before(self) -> Label:
        return _label(self.before_title.data or "", self.before_standard.data, self.before_round.data)

    def has_seen(self, now: Label) -> None:
        """Take what the file says at present as what the page shows."""
        self.before_title.data, self.before_standard.data = now.title, text_of(now.standard)
        self.before_round.data = now.round_id or NOTHING


class AddForm(LabelForm):
    new_id = HiddenField(default=lambda: token_hex(8), validators=[Regexp(r"[0-9a-f]{16}\Z")])
    agreed = BooleanField(
        validators=[DataRequired("Tick the box once everybody who can be known from the file has agreed")]
    )
    file = FileField(validators=[FileRequired("Choose a file")])


def _standards(sets: Sequence[StandardsSet], now: StandardKey | None) -> list[SelectChoice]:
    """Return the standards under their domains; where there are several sets, these say theirs too."""
    choices = [SelectChoice(NOTHING, NO_STANDARD, optgroup="All of them")]
    offered = set()
    for of in sets:
        for number, domain in enumerate(of.domains, start=1):
            heading = f"{number}. {domain.title}" if len(sets) == 1 else f"{of.title}: {domain.title}"
            for standard in domain.standards:
                key = StandardKey(of.id, standard.id)
                offered.add(key)
                choices.append(SelectChoice(text_of(key), standard.title, optgroup=heading))
    if now is not None and now not in offered:
        choices.append(SelectChoice(text_of(now), now.standard_id, optgroup="Of an earlier version"))
    return choices


def _label(title: str, standard: str | None, round_id: str | None) -> Label:
    return Label(title, key_in(standard or NOTHING), round_id or None)
