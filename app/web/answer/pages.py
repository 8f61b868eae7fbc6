"""What the answering pages show, drawn from a visit: one frozen object a page, so that templates only lay out."""

from dataclasses import dataclass

from app.responses import Response
from app.services.answering import Visit
from app.standards import Audience
from app.surveys import AnswerState, Edition, Option, Question
from app.web.answer.choices import Choice


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question. answers score, others ("I don't know") never do. before: the question before it, if any."""

    id: str
    stem: str
    help: tuple[str, ...]
    number: int
    count: int
    answers: tuple[Choice, ...]
    others: tuple[Choice, ...]
    chosen: str | None
    before: str | None
    is_easy_read: bool
    has_saved: bool
    language: str
    is_made_up: bool

    @property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(choice.id for choice in (*self.answers, *self.others))


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """A question on the page that checks the answers; label is empty where none was given."""

    question_id: str
    stem: str
    label: str
    option_id: str


def question_page(visit: Visit, response: Response, question_id: str) -> QuestionPage:
    """Raises NotFound when the round does not ask this question."""
    survey, length = visit.survey, visit.round.length
    question = survey.question(question_id)
    number, count = survey.position(question_id, length)
    before = survey.before(question_id, length)
    reader = (response.edition, visit.audience)
    wording = question.wording[reader]
    options = survey.options_of(question)
    return QuestionPage(
        id=question_id,
        stem=wording.stem,
        help=wording.help,
        number=number,
        count=count,
        answers=tuple(_choice(option, reader) for option in options if option.state is AnswerState.ANSWERED),
        others=tuple(_choice(option, reader) for option in options if option.state is not AnswerState.ANSWERED),
        chosen=response.answers.get(question_id),
        before=before.id if before else None,
        is_easy_read=response.edition is Edition.EASY_READ,
        has_saved=bool(response.answers),
        language=response.language,
        is_made_up=visit.round.made_up,
    )


def after(visit: Visit, question_id: str) -> str | None:
    """Return the next question's id, None after the last. Raises NotFound when the round does not ask this one."""
    following = visit.survey.next_after(question_id, visit.round.length)
    return following.id if following else None


def _choice(option: Option, reader: tuple[Edition, Audience]) -> Choice:
    return Choice(option.id, option.labels[reader], option.explanations.get(reader, ""), f"option.{option.id}")


def given_answers(visit: Visit, response: Response) -> tuple[GivenAnswer, ...]:
    reader = (response.edition, visit.audience)

    def given(question: Question) -> GivenAnswer:
        option_id = response.answers.get(question.id)
        label = visit.survey.option(option_id).labels[reader] if option_id else ""
        return GivenAnswer(question.id, question.wording[reader].stem, label, option_id or "")

    return tuple(given(question) for question in visit.survey.questions_in(visit.round.length))


def where_they_were(visit: Visit, response: Response) -> str | None:
    """Return the question that follows the last answered one; None when the last one is answered."""
    questions = visit.survey.questions_in(visit.round.length)
    answered = [place for place, question in enumerate(questions) if question.id in response.answers]
    place = answered[-1] + 1 if answered else 0
    return questions[place].id if place < len(questions) else None
