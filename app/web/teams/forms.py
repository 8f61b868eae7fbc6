"""What somebody posts about a team."""

from collections.abc import Sequence
from secrets import token_hex

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Regexp

from app.organisations import Role
from app.services.accounts import address_of
from app.web.checked import Checked
from app.web.rounds.forms import one_of

NAMES = {
    Role.LEAD: "Lead",
    Role.CONTRIBUTOR: "Contributor",
    Role.MEMBER: "Member of the team",
    Role.COORDINATOR: "Coordinator",
    Role.CHECKER: "Quality checker",
    Role.SAFEGUARDING: "Safeguarding contact",
    Role.EDITOR: "Standards editor",
    Role.ADMINISTRATOR: "Administrator",
    Role.AUDITOR: "Auditor",
}
ABOUT = {
    Role.LEAD: "Opens rounds, invites people to answer, closes rounds, looks after the team.",
    Role.CONTRIBUTOR: "A colleague who works on the self-assessment: sees rounds and results, adds evidence.",
    Role.MEMBER: "A person or a family member on the self-assessment team: sees rounds, results and evidence.",
    Role.COORDINATOR: "Looks after the network, its campaigns, contacts and visits. Sees figures of all providers "
    "together, never of one. Needs a second step to sign in.",
    Role.CHECKER: "Visits providers with a tablet, and types in what came on paper.",
    Role.SAFEGUARDING: "Reads what people tell in confidence. Works for none of the network’s providers.",
    Role.EDITOR: "Drafts and publishes standards. Needs a second step to sign in.",
    Role.ADMINISTRATOR: "Looks after the installation: its providers, networks and accounts. Sees no answers and no "
    "results. Needs a second step to sign in.",
    Role.AUDITOR: "Reads the log of who did what. Sees nothing else.",
}


class InviteColleagueForm(FlaskForm):
    new_id = HiddenField(default=lambda: token_hex(8), validators=[Regexp(r"[0-9a-f]{16}\Z")])
    email = StringField(validators=[Checked(address_of)])
    role = one_of("Choose what they will be")

    def __init__(self, roles: Sequence[Role]) -> None:
        super().__init__()
        self.role.choices = [SelectChoice(role.value, NAMES[role]) for role in roles]


class RoleForm(FlaskForm):
    role = one_of("Choose what they are from now on")

    def __init__(self, roles: Sequence[Role], now: Role) -> None:
        super().__init__(data={"role": now.value})
        self.role.choices = [SelectChoice(role.value, NAMES[role]) for role in roles]
