"""What a coordinator posts about contacts."""

from collections.abc import Sequence
from secrets import token_hex

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, IntegerField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import Optional, Regexp, ValidationError

from app.organisations import Contact, ContactKind
from app.organisations.contacts import checked_about, checked_phone, refuse_days, refuse_other_kind
from app.organisations.model import checked_name
from app.standards import LANGUAGES
from app.web.checked import Checked
from app.web.rounds.forms import one_of

KINDS = {
    ContactKind.EMERGENCY: "Emergency",
    ContactKind.SAFEGUARDING: "Safeguarding",
    ContactKind.HELP: "Help",
    ContactKind.ADVOCACY: "Advocacy",
}
ABOUT_KINDS = {
    "emergency": "Shown first, where it says “If you are in danger now”.",
    "safeguarding": "For somebody who is hurt, scared or cheated. Can read concerns here, with an account.",
    "help": "A helpline, or somebody who helps with the questions.",
    "advocacy": "Somebody who is on a person’s side and helps them to say what they want.",
}
NOBODY = ""
OTHER_LANGUAGES = {code: name for code, name in LANGUAGES.items() if code != "en"}


def _days(form: BaseForm, field: Field) -> None:
    """Say the same one sentence to letters and to a number that cannot be."""
    field.errors = []
    Checked(lambda days: refuse_days(int(days or 0)))(form, field)


class ContactForm(FlaskForm):
    """A contact. The fields about reading concerns are there when the network has accounts for it."""

    new_id = HiddenField(default=lambda: token_hex(8), validators=[Optional(), Regexp(r"[0-9a-f]{16}\Z")])
    kind = one_of("Choose what they are called for", [(each.value, name) for each, name in KINDS.items()])
    name = StringField(validators=[Checked(checked_name)])
    phone = StringField(validators=[Checked(checked_phone)])
    about = StringField()
    account = one_of("Choose who reads concerns, or nobody")
    is_outside = BooleanField()
    working_days = IntegerField(validators=[Optional(), _days])

    def __init__(self, accounts: Sequence[tuple[int, str]], contact: Contact | None = None) -> None:
        super().__init__(data=_shown(contact) if contact else {"account": NOBODY})
        if not accounts:
            del self.account, self.is_outside, self.working_days
            return
        nobody = SelectChoice(NOBODY, "Nobody: they are called only")
        self.account.choices = [nobody, *(SelectChoice(str(id_), email) for id_, email in accounts)]

    def validate_is_outside(self, field: BooleanField) -> None:
        if self.account.data and not field.data:
            raise ValidationError("Tick the box to say that they work for none of the network’s providers")

    def validate_account(self, field: Field) -> None:
        Checked(lambda account: refuse_other_kind(self.kind.data, int(account) if account else None))(self, field)

    def validate_about(self, field: StringField) -> None:
        is_read_by = bool(self.account and self.account.data)
        Checked(lambda about: checked_about(about, is_needed=is_read_by))(self, field)

    @property
    def about_in(self) -> dict[str, Field]:
        """Return the fields for who they are in other languages than English."""
        return {language: self[f"about_{language}"] for language in OTHER_LANGUAGES}

    def contact(self, network_id: str, id_: str) -> Contact:
        account = self.account.data if self.account else NOBODY
        return Contact(
            id=id_,
            network_id=network_id,
            kind=ContactKind(self.kind.data),
            name=self.name.data,
            phone=self.phone.data,
            about=self.about.data or "",
            account_id=int(account) if account else None,
            working_days=self.working_days.data if account else None,
            about_in={language: field.data or "" for language, field in self.about_in.items()},
        )


for _language in OTHER_LANGUAGES:
    setattr(ContactForm, f"about_{_language}", StringField(validators=[Checked(checked_about)]))


def _shown(contact: Contact) -> dict[str, object]:
    return {
        "kind": contact.kind.value,
        "name": contact.name,
        "phone": contact.phone,
        "about": contact.about,
        "account": str(contact.account_id or NOBODY),
        "is_outside": contact.takes_concerns,
        "working_days": contact.working_days,
        **{f"about_{language}": about for language, about in contact.about_in.items()},
    }
