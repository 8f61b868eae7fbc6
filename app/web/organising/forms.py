"""What somebody posts about a provider, a network or the installation."""

from collections.abc import Sequence
from secrets import token_hex

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Regexp

from app.organisations import Provider
from app.organisations.model import checked_name
from app.web.checked import Checked
from app.web.rounds.forms import UnderstoodForm, one_of


class NameForm(FlaskForm):
    name = StringField(validators=[Checked(checked_name)])


class NewForm(NameForm):
    """A new provider, network or invitation. new_id: so that a form sent twice makes one."""

    new_id = HiddenField(default=lambda: token_hex(8), validators=[Regexp(r"[0-9a-f]{16}\Z")])


class SiteForm(FlaskForm):
    """A new site. Its field is not called as the provider's, for they stand on one page."""

    site_name = StringField(validators=[Checked(checked_name)])
    new_id = HiddenField(default=lambda: token_hex(8), validators=[Regexp(r"[0-9a-f]{16}\Z")])


class ChangeSiteForm(FlaskForm):
    """before: the name that was shown, so that nobody undoes unseen what somebody else did meanwhile."""

    name = StringField(validators=[Checked(checked_name)])
    before = HiddenField()


class JoinForm(UnderstoodForm):
    """For which of their providers somebody says yes."""

    provider = one_of("Choose a provider")

    def __init__(self, providers: Sequence[Provider]) -> None:
        super().__init__()
        self.provider.choices = [SelectChoice(each.id, each.name) for each in providers]


class MergeForm(UnderstoodForm):
    into = one_of("Choose the provider that stays")

    def __init__(self, providers: Sequence[Provider]) -> None:
        super().__init__()
        self.into.choices = [SelectChoice(each.id, each.name) for each in providers]
