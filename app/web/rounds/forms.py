"""What a provider's lead posts."""

from collections.abc import Mapping, Sequence
from secrets import token_hex
from types import MappingProxyType

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, Optional, Regexp, StopValidation

from app.organisations import Contact, Provider, Site, asked_about
from app.responses import ProviderView
from app.services.inviting import MOST_AT_ONCE
from app.standards import Audience
from app.surveys import Length, Survey
from app.web.rounds.asking import AskingForm

GROUPS = {Audience.PERSON: "People who use support", Audience.FAMILY: "Families", Audience.PROVIDER: "Staff"}
LENGTHS = {Length.SHORT: "Short form", Length.FULL: "Full form"}
PROVIDER_VIEWS = {
    ProviderView.AGREED: "One self-assessment that we agree together",
    ProviderView.STAFF: "A survey of our staff",
}


_WITHIN = "/"


class OneOf:
    """The field holds one of its own choices. Nothing further is asked of what is none of them."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, _form: BaseForm, field: Field) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise StopValidation(self.message)


def one_of(message: str, choices: Sequence[tuple[str, str]] = ()) -> RadioField:
    """Return a field of radio buttons. choices: (value, label); message: said when none of them was chosen."""
    given = [SelectChoice(value, label) for value, label in choices]
    return RadioField(choices=given, validate_choice=False, validators=[OneOf(message)])


class SurveyForm(AskingForm):
    """Which survey version, how long, why and until when. A choice between one thing and nothing is not asked."""

    new_id = HiddenField(default=lambda: token_hex(8), validators=[Regexp(r"[0-9a-f]{16}\Z")])
    survey = one_of("Choose a survey")
    length = one_of("Choose the short or the full form", [(each.value, label) for each, label in LENGTHS.items()])

    def __init__(self, surveys: Sequence[Survey]) -> None:
        super().__init__()
        offer(self, "survey", [(f"{each.id}@{each.version}", f"{each.title} {each.version}") for each in surveys])
        self.surveys = surveys
        self.only_survey = surveys[0] if len(surveys) == 1 else None

    def count_words(self, length: str) -> str:
        """Return how many a length asks: "10 questions, one"; "One" where the surveys differ."""
        counts = {len(each.questions_in(Length(length))) for each in self.surveys}
        about = "one" if length == Length.SHORT else "a few"
        return f"{counts.pop()} questions, {about}" if len(counts) == 1 else about.capitalize()

    @property
    def chosen_survey(self) -> tuple[str, str]:
        """Return the survey's id and version."""
        if self.only_survey:
            return self.only_survey.id, self.only_survey.version
        survey_id, _, version = str(self.survey.data).partition("@")
        return survey_id, version


class OpenRoundForm(SurveyForm):
    provider = one_of("Choose a provider")
    provider_view = one_of(
        "Choose how your organisation gives its own view", [(each.value, name) for each, name in PROVIDER_VIEWS.items()]
    )

    taker = one_of("Choose who takes concerns")
    paper_is_checked = BooleanField()

    def __init__(
        self,
        providers: Sequence[Provider],
        surveys: Sequence[Survey],
        takers: Sequence[Contact] = (),
        sites: Mapping[str, Sequence[Site]] = MappingProxyType({}),
    ) -> None:
        """takers: who may take concerns, where that is known before a provider is chosen.

        sites: {provider's id: its sites that can be asked}. A provider with sites is offered whole, and site by site.
        """
        super().__init__(surveys)
        self.sites = {each.id: each for own in sites.values() for each in own}
        offer(self, "provider", [place for each in providers for place in _places(each, sites.get(each.id, ()))])
        self.providers, self.takers = providers, takers
        if len(takers) > 1:
            offer(self, "taker", [(each.id, each.name) for each in takers])
        else:
            del self.taker
        self.only_provider = providers[0] if len(providers) == 1 else None

    @property
    def chosen_taker_id(self) -> str | None:
        """Return who shall take concerns; None for the first who may."""
        return self.taker.data if self.taker else None

    @property
    def chosen_provider_id(self) -> str:
        return self.only_provider.id if self.only_provider else self._chosen_place[0]

    @property
    def chosen_site_id(self) -> str | None:
        """Return the one site that is asked; None for the whole provider."""
        return self._chosen_place[1] or None

    @property
    def _chosen_place(self) -> tuple[str, str]:
        provider_id, _, site_id = str(self.provider.data if self.provider else "").partition(_WITHIN)
        return provider_id, site_id


def _places(provider: Provider, sites: Sequence[Site]) -> list[tuple[str, str]]:
    """Return what of a provider can be asked: (value, label)."""
    whole = (provider.id, f"All of {provider.name}" if sites else provider.name)
    parts = ((f"{provider.id}{_WITHIN}{each.id}", asked_about(provider.name, each.name)) for each in sites)
    return [whole, *parts]


def offer(form: FlaskForm, name: str, choices: Sequence[tuple[str, str]]) -> None:
    """Give a field its choices, the first one chosen; take the field away when there is but one."""
    if len(choices) == 1:
        del form[name]
        return
    field = form[name]
    field.choices = [SelectChoice(value, label) for value, label in choices]
    if choices and not form.is_submitted():
        field.data = choices[0][0]


class HowMany:
    """The field holds a number up to the most; says the same one sentence to letters, to nothing and to any other."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: BaseForm, field: Field) -> None:
        field.errors = []
        if field.data is None or not 1 <= field.data <= self.most:
            raise StopValidation(f"Give a whole number from 1 to {self.most}")


class InviteForm(FlaskForm):
    """How many links, for whom."""

    audience = one_of("Choose who the links are for")
    count = IntegerField(validators=[HowMany(MOST_AT_ONCE)])
    made_before = IntegerField(validators=[Optional()])

    def __init__(self, audiences: Sequence[Audience]) -> None:
        super().__init__()
        self.audience.choices = [SelectChoice(each.value, GROUPS[each]) for each in audiences]


class FreshLinkForm(FlaskForm):
    """generation: how often the links had been replaced when the page was shown."""

    generation = IntegerField(validators=[Optional()])


class RemindForm(FreshLinkForm):
    audience = one_of("Choose who the fresh links are for")

    def __init__(self, audiences: Sequence[Audience]) -> None:
        super().__init__()
        self.audience.choices = [SelectChoice(each.value, GROUPS[each]) for each in audiences]


class TakerForm(FlaskForm):
    """Who takes a round's concerns from now on."""

    taker = one_of("Choose who takes concerns")

    def __init__(self, takers: Sequence[Contact], now: Contact | None) -> None:
        super().__init__(data={"taker": now.id if now else None})
        self.taker.choices = [SelectChoice(each.id, each.name) for each in takers]


class UnderstoodForm(FlaskForm):
    """A statement to tick before something that cannot be undone."""

    understood = BooleanField(validators=[DataRequired("Tick the box to say that you understand")])
