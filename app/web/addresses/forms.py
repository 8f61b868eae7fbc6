"""What a lead posts to ask people by e-mail."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app.errors import Fault, Invalid
from app.library.address_file import AddressFile, AddressRow, pasted_addresses, read_address_file
from app.outgoing import checked_mail_address
from app.services.asking import addressees
from app.services.sealed_addresses import Addressee
from app.standards import LANGUAGES, Audience
from app.web.checked import Checked
from app.web.rounds.forms import GROUPS, one_of

ONE_OF_BOTH = "Paste the addresses, or choose a file with them. Not both"


class ListForm(FlaskForm):
    """A list for one audience, pasted or in a file. faults: what is wrong in it, line by line."""

    audience = one_of("Choose who the letters are for")
    pasted = TextAreaField()
    file = FileField()
    language = one_of("Choose the language of the letter", list(LANGUAGES.items()))

    def __init__(self, audiences: Sequence[Audience], *, is_posted: bool = False) -> None:
        """is_posted: whether this request posts it; another form of the page may be what is posted."""
        super().__init__(**({} if is_posted else {"formdata": None}), data={"language": "en"})
        self.audience.choices = [SelectChoice(each.value, GROUPS[each]) for each in audiences]
        self.faults: tuple[Fault, ...] = ()
        self.is_windows = False

    def read(self, largest: int) -> tuple[Addressee, ...] | None:
        """Return whom the list names; None when something is wrong, which the form then says. largest: in bytes."""
        is_fine = self.validate()
        if bool(self.file.data) == bool((self.pasted.data or "").strip()):
            self.pasted.errors = [ONE_OF_BOTH]
            return None
        try:
            given = self._given(largest)
            self.is_windows = given.is_windows
            found = addressees(given.rows, self.language.data or "en")
        except Invalid as error:
            self.faults = error.faults
            (self.file if self.file.data else self.pasted).errors = [error.message]
            return None
        return found if is_fine else None

    def _given(self, largest: int) -> AddressFile:
        if self.file.data:
            name = (self.file.data.filename or "").replace("\\", "/").rpartition("/")[2]
            return read_address_file(name or "list", self.file.data.read(largest + 1))
        return pasted_addresses(self.pasted.data or "")


class SendForm(FlaskForm):
    """The list that somebody looked at, one line each, as it comes back to be sent."""

    audience = HiddenField()
    people = HiddenField()
    each_line = BooleanField()

    @classmethod
    def showing(cls, audience: Audience, people: Sequence[Addressee]) -> "SendForm":
        lines = [f"{each.address} {each.language}" for each in people]
        return cls(formdata=None, data={"audience": audience.value, "people": "\n".join(lines)})

    def given(self) -> tuple[Addressee, ...]:
        """Raises Invalid for what the page before would not have let through."""
        lines = [line.partition(" ") for line in (self.people.data or "").splitlines()]
        rows = [AddressRow(f"line {number}", line[0], line[2]) for number, line in enumerate(lines, start=1)]
        return addressees(rows, "en")


class RemindForm(FlaskForm):
    """reminders: how many there had been when the page was shown."""

    audience = HiddenField()
    reminders = IntegerField()


class TakeOffForm(FlaskForm):
    address = StringField(validators=[Checked(lambda typed: checked_mail_address(typed.strip()))])
