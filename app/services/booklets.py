"""Booklets: the survey of a round on paper, one question a page, with a link's code on the cover."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.errors import Invalid
from app.organisations import Act, Contact, require
from app.responses import Round, refuse_over
from app.services import contacts
from app.services.inviting import invite_by
from app.services.links import new_token
from app.services.publishing import languages_of, standards_of, survey_of, wording_state
from app.services.rounds import provider_or_refuse, round_or_refuse, site_name_of
from app.services.translations import WordingState
from app.standards import Audience
from app.storage import Database
from app.surveys import Edition, Question, Survey, Texts
from app.surveys.model import Reader

MOST_BOOKLETS = 50
Typeset = Callable[["Booklet", Sequence[str]], bytes]


@dataclass(frozen=True, slots=True)
class PrintedOption:
    """number: what stands beside its box, and is typed when the booklet is entered. scores: not "I don't know"."""

    number: int
    id: str
    label: str
    explanation: str
    scores: bool


@dataclass(frozen=True, slots=True)
class PrintedQuestion:
    id: str
    number: int
    stem: str
    help: tuple[str, ...]
    options: tuple[PrintedOption, ...]


@dataclass(frozen=True, slots=True)
class Booklet:
    """What all copies of a booklet say. survey: in the booklet's language. wording_note: says that it is a draft."""

    round: Round
    provider_name: str
    audience: Audience
    edition: Edition
    survey: Survey
    wording_note: str
    wording_state: WordingState
    contacts: tuple[Contact, ...]
    site_name: str | None = None

    @property
    def language(self) -> str:
        return self.survey.language

    @property
    def pin(self) -> str:
        """Return what a booklet was printed from, as its QR code and its pages say it: "survey@version/edition/cy"."""
        return f"{self.survey.id}@{self.survey.version}/{self.edition}/{self.language}"

    @property
    def texts(self) -> Texts:
        return self.survey.texts[self.edition, self.audience]

    @property
    def questions(self) -> tuple[PrintedQuestion, ...]:
        return printed_questions(self.survey, self.round, self.audience, self.edition)


def printed_questions(survey: Survey, of: Round, audience: Audience, edition: Edition) -> tuple[PrintedQuestion, ...]:
    """Return a round's questions with their options numbered from 1, in the order of `Survey.options_of`."""
    reader = (edition, audience)
    return tuple(
        PrintedQuestion(question.id, number, wording.stem, wording.help, _options(survey, question, reader))
        for number, question in enumerate(survey.questions_in(of.length), start=1)
        for wording in [question.wording[reader]]
    )


def _options(survey: Survey, question: Question, reader: Reader) -> tuple[PrintedOption, ...]:
    return tuple(
        PrintedOption(number, each.id, each.labels[reader], each.explanations.get(reader, ""), each.value is not None)
        for number, each in enumerate(survey.options_of(question), start=1)
    )


def booklet_of(database: Database, round_id: str, audience: Audience, edition: Edition, language: str) -> Booklet:
    """Raises NotFound, and Invalid for an edition or a language in which the round cannot be answered."""
    with database.reading() as connection:
        of = round_or_refuse(connection, round_id)
        require(database.actor, Act.RUN_ROUNDS, of.provider_id)
        provider = provider_or_refuse(connection, of.provider_id)
        site_name = site_name_of(connection, of)
    if language not in languages_of(database, of):
        raise Invalid("This round cannot be answered in that language.")
    survey = survey_of(database, of, language)
    if edition not in survey.editions:
        raise Invalid("This survey has no such edition.")
    return Booklet(
        round=of,
        provider_name=provider.name,
        audience=audience,
        edition=edition,
        survey=survey,
        wording_note=standards_of(database, of, language).wording_note,
        wording_state=wording_state(database, of, language),
        contacts=contacts.contacts_for(database, of.provider_id),
        site_name=site_name,
    )


def make_booklets(
    database: Database, booklet: Booklet, count: int, typeset: Typeset, made_before: int | None = None
) -> bytes:
    """Return `count` copies as one file, each with an invitation of its own, whose secret stands in it alone.

    typeset: makes the file for these secrets; nobody is invited when it cannot. made_before: see inviting.invite.
    Raises Invalid for a count that cannot be, Conflict like inviting.invite.
    """
    if not 1 <= count <= MOST_BOOKLETS:
        raise Invalid(f"Ask for 1 to {MOST_BOOKLETS} booklets at a time.")
    refuse_over(booklet.round, "so nobody can be invited to it any more")
    tokens = [new_token() for _ in range(count)]
    made = typeset(booklet, tokens)
    invite_by(database, booklet.round.id, booklet.audience, tokens, made_before)
    return made
