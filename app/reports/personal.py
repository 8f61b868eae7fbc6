"""A respondent's own result: what they said, and how it lies between "is not" and "is". For nobody else's eyes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.responses import Response, Round
from app.scoring import points, respondent_score
from app.standards import StandardsSet
from app.surveys import Question, Survey


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """One question and what was answered; option_id and label are empty where it was left out."""

    question_id: str
    stem: str
    option_id: str
    label: str


@dataclass(frozen=True, slots=True)
class OwnStandard:
    """One standard. score: 0-100, None when too little of it was answered."""

    id: str
    title: str
    score: int | None
    answers: tuple[OwnAnswer, ...]


@dataclass(frozen=True, slots=True)
class PersonalReport:
    """A respondent's own result, in the words of the survey and the standards that are given to personal_report.

    about: whom the round is about. counts: how often each option was chosen, {option's id: count}, in the order of the
    options.
    """

    about: str
    survey_name: str
    standards: tuple[OwnStandard, ...]
    made_up: bool
    counts: Mapping[str, int] = field(hash=False)

    @property
    def has_scores(self) -> bool:
        return any(standard.score is not None for standard in self.standards)


def personal_report(
    of: Round, response: Response, survey: Survey, standards: StandardsSet, about: str
) -> PersonalReport:
    """Return a respondent's result. survey, standards: in the language that it is read in."""
    reader = (response.edition, response.audience)
    questions = survey.questions_in(of.length)

    def answer(question: Question) -> OwnAnswer:
        option_id = response.answers.get(question.id, "")
        label = survey.option(option_id).labels[reader] if option_id else ""
        return OwnAnswer(question.id, question.wording[reader].stem, option_id, label)

    def standard(id_: str) -> OwnStandard:
        asked = [question for question in questions if question.standard_id == id_]
        score = respondent_score(asked, response.answers, survey)
        shown = None if score is None else points(score)
        return OwnStandard(id_, standards.standard(id_).title, shown, tuple(answer(question) for question in asked))

    ids = dict.fromkeys(question.standard_id for question in questions)
    chosen = list(response.answers.values())
    counts = {option.id: chosen.count(option.id) for option in survey.options if option.id in chosen}
    return PersonalReport(about, survey.title, tuple(standard(id_) for id_ in ids), of.made_up, counts)
