"""Help, and telling somebody outside the provider about a worry. These pages show nothing of anybody's answers.

What is told is not joined to the link by which it came: see docs/decisions/0014-concerns.md.
"""

import re
from secrets import token_hex

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from app.organisations import Contact, Role
from app.responses import Told
from app.responses.concerns import LONGEST_REACH, LONGEST_WORDS, checked_reach, checked_words
from app.services import concerns, contacts
from app.services.concerns import NotSentError, WhyNotSent
from app.web import access
from app.web.answer.blueprint import blueprint, edition, is_switching, visit, words
from app.web.answer.choices import Choice
from app.web.answer.forms import AnsweringForm
from app.web.answer.private import Asks, asks
from app.web.checked import Checked
from app.web.context import database, settings, today
from app.web.whom_to_call import Section, whom_to_call

YES, NO, NOT_SURE = "yes", "no", "not-sure"
IN_DANGER = (
    Choice(YES, _("Yes"), "", "button.yes"),
    Choice(NO, _("No"), "", "button.no"),
    Choice(NOT_SURE, _("I am not sure"), "", "option.dont_know"),
)
_FORM_ID = re.compile(r"[0-9a-f]{32}")
_REFERENCE = re.compile(r"[A-Z2-7]{4}-[A-Z2-7]{4}")


def _too_long(most: int) -> LazyString:
    return _("That is too long. Use at most %(most)d letters", most=most)


class WorryForm(AnsweringForm):
    """What somebody tells. form_id: random, so that a form sent twice tells it once.

    reader: the mark of the contact as it was named to them. has_seen_999: whether the page has shown what to do in
    danger. sent: the reference, once it was sent.
    """

    form_id = HiddenField()
    reader = HiddenField()
    has_seen_999 = HiddenField()
    sent = HiddenField()
    in_danger = RadioField(choices=[SelectChoice(each.id, each.id) for each in IN_DANGER], validate_choice=False)
    words = TextAreaField(
        validators=[
            DataRequired(_("Write what you are worried about")),
            Checked(checked_words, _too_long(LONGEST_WORDS)),
        ]
    )
    reach = StringField(validators=[Checked(checked_reach, _too_long(LONGEST_REACH))])

    def __init__(self) -> None:
        super().__init__()
        if not _FORM_ID.fullmatch(self.form_id.data or ""):
            self.form_id.data = token_hex(16)

    @property
    def told(self) -> Told:
        in_danger = {YES: True, NO: False}.get(str(self.in_danger.data))
        return Told(self.words.data or "", self.reach.data or "", in_danger)

    @property
    def is_danger_new(self) -> bool:
        """Whether somebody is in danger, and the page has not yet shown what to do first."""
        return self.in_danger.data == YES and not self.has_seen_999.data


@blueprint.route("/help", methods=["GET", "POST"])
@access.open_to(Role.RESPONDENT)
@asks(Asks.NEVER)
def get_help(token: str) -> ResponseReturnValue:
    return render_template("answer/help.html", **words(), sections=_sections(), reader=_reader())


@blueprint.get("/worry")
@access.open_to(Role.RESPONDENT)
@asks(Asks.NEVER)
def worry(token: str) -> ResponseReturnValue:
    if _reader() is None:
        return redirect(url_for(".get_help", token=token, edition=edition().value), 303)
    return _worry(WorryForm())


@blueprint.post("/worry")
@access.open_to(Role.RESPONDENT)
@asks(Asks.NEVER)
def worry_send(token: str) -> ResponseReturnValue:
    form = WorryForm()
    if _REFERENCE.fullmatch(form.sent.data or ""):
        return _sent(form, form.sent.data)
    if is_switching():
        return _worry(form)
    if not form.validate():
        return _worry(form), 422
    if form.is_danger_new:
        return _worry(form)
    try:
        reference = concerns.raise_concern(
            database(), settings().keys(), visit().round, form.reader.data or "", form.form_id.data, form.told, today()
        )
    except NotSentError as error:
        return _worry(form, error.why), 409
    return _sent(form, reference)


def _worry(form: WorryForm, why_not: WhyNotSent | None = None) -> str:
    """Show the form with what it holds. It names who reads it now, and is sent to nobody else."""
    return render_template(
        "answer/worry.html",
        **words(),
        form=form,
        reader=_reader(),
        sections=_sections(),
        choices_of_danger=IN_DANGER,
        is_in_danger=form.in_danger.data == YES,
        shows_uk=settings().uk_help_numbers,
        why_not=why_not,
    )


def _sent(form: WorryForm, reference: str) -> str:
    return render_template(
        "answer/worry_sent.html",
        **words(),
        reference=reference,
        reader=_reader(),
        sections=_sections(),
        is_in_danger=form.in_danger.data == YES,
    )


def _reader() -> Contact | None:
    """Return who takes this round's concerns now."""
    return concerns.safeguarding_contact(database(), visit().round)


def _sections() -> tuple[Section, ...]:
    return whom_to_call(contacts.contacts_for(database(), visit().round.provider_id))
