"""From a round's responses to its figures.

Respondents who gave the same answers to a standard are counted together, so that the work grows with the number of
different answers and hardly with the number of responses.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Final

from app.errors import Conflict
from app.responses import AnsweredHow, Help, ProviderView, Response, ResponseState, Supporter
from app.scoring.model import (
    GAPS,
    WITHOUT_PAID_STAFF,
    AudienceFigures,
    Gap,
    IndicatorFigures,
    PartFigures,
    RoundFigures,
    Score,
    SeriesFigures,
    StandardFigures,
)
from app.scoring.respondent import pattern_score
from app.scoring.uncertainty import DECLARED_SIGMA, difference_margin
from app.standards import Audience
from app.surveys import AnswerState, Edition, Length, Question, Survey

TALK_ABOUT_FROM: Final = Fraction(1, 5)
NOT_SAID: Final = "not_said"

Pattern = tuple[str | None, ...]
Options = Mapping[str | None, int]
Asked = Mapping[str, tuple[Question, ...]]


def figures_of(
    responses: Iterable[Response],
    survey: Survey,
    length: Length,
    provider_view: ProviderView,
    sigma: float = DECLARED_SIGMA,
) -> RoundFigures:
    """Return every figure of a round, for all three audiences, also where nobody answered.

    Only submitted responses count, and only answers to questions that the round asks. Every edition of a survey asks
    every audience the same questions, so a gap compares like with like. sigma: the pooled σ, for the gaps' margins.
    Raises Conflict when an agreed self-assessment has more than one response.
    Source: docs/method.md, "How scores are made".
    """
    sent: dict[Audience, list[Response]] = {audience: [] for audience in Audience}
    for response in responses:
        if response.state is ResponseState.SUBMITTED:
            sent[response.audience].append(response)
    is_agreed = provider_view is ProviderView.AGREED
    if is_agreed and len(sent[Audience.PROVIDER]) > 1:
        raise Conflict("This round takes one agreed response of the provider, and there is more than one.")
    questions = _by_standard(survey.questions_in(length))
    audiences = {audience: _audience_figures(audience, sent[audience], questions, survey) for audience in Audience}
    gaps = {
        (first, second): _gaps(
            audiences[first], audiences[second], sigma, from_agreed=is_agreed and first is Audience.PROVIDER
        )
        for first, second in GAPS
    }
    return RoundFigures(audiences, gaps, sigma)


def _by_standard(questions: Sequence[Question]) -> Asked:
    ordered = sorted(questions, key=lambda question: question.standard_id)
    grouped = {standard: tuple(group) for standard, group in groupby(ordered, key=lambda each: each.standard_id)}
    return {question.standard_id: grouped[question.standard_id] for question in questions}


def _audience_figures(
    audience: Audience, responses: Sequence[Response], questions: Asked, survey: Survey
) -> AudienceFigures:
    whole = _part_figures(responses, questions, survey)
    supports = [response.support for response in responses if response.support]
    return AudienceFigures(
        respondent_count=whole.respondent_count,
        standards=whole.standards,
        indicators=whole.indicators,
        audience=audience,
        edition_counts=_counts([response.edition for response in responses], [*Edition]),
        answered_how_counts=_counts(
            [response.answered_how or NOT_SAID for response in responses], [*AnsweredHow, NOT_SAID]
        ),
        helped_by_counts=_counts([who for support in supports for who in support.who], [*Supporter]),
        help_counts=_counts([way for support in supports for way in support.ways], [*Help]),
        series=_series(audience, responses, whole, questions, survey),
    )


def _series(
    audience: Audience, responses: Sequence[Response], whole: PartFigures, questions: Asked, survey: Survey
) -> dict[str, SeriesFigures]:
    """Return the series of an audience of single persons. Where nothing was said of help, no paid staff helped."""
    if audience is Audience.PROVIDER:
        return {}
    rest = [response for response in responses if response.paid_staff_helped]
    part = [response for response in responses if not response.paid_staff_helped]
    without = _part_figures(part, questions, survey) if rest else whole
    return {WITHOUT_PAID_STAFF: SeriesFigures(without, _part_figures(rest, questions, survey))}


def _part_figures(responses: Sequence[Response], questions: Asked, survey: Survey) -> PartFigures:
    standards: dict[str, StandardFigures] = {}
    indicators: dict[str, IndicatorFigures] = {}
    answers = [response.answers for response in responses]
    for standard_id, asked in questions.items():
        ids = [question.id for question in asked]
        patterns = Counter([tuple(map(given.get, ids)) for given in answers])
        chosen = [_chosen(patterns, place) for place in range(len(asked))]
        standards[standard_id] = _standard_figures(asked, patterns, chosen, survey)
        for question, options in zip(asked, chosen, strict=True):
            indicators[question.id] = _indicator_figures(options, len(responses), survey)
    return PartFigures(len(responses), standards, indicators)


def _chosen(patterns: Mapping[Pattern, int], place: int) -> Options:
    """Count what was chosen for the question at this place of the standard; None is missing."""
    chosen: Counter[str | None] = Counter()
    for pattern, count in patterns.items():
        chosen[pattern[place]] += count
    return chosen


def _standard_figures(
    questions: Sequence[Question],
    patterns: Mapping[Pattern, int],
    chosen: Iterable[Options],
    survey: Survey,
) -> StandardFigures:
    states: Counter[AnswerState] = Counter()
    for options in chosen:
        for option_id, count in options.items():
            states[AnswerState.MISSING if option_id is None else survey.state_of(option_id)] += count
    values: Counter[Fraction] = Counter()
    for pattern, count in patterns.items():
        value = pattern_score(questions, pattern, survey)
        if value is not None:
            values[value] += count
    score = _mean(values)
    return StandardFigures(
        asked_count=sum(patterns.values()),
        answered_count=states[AnswerState.ANSWERED],
        applicable_count=states.total() - states[AnswerState.NOT_APPLICABLE],
        dont_know_count=states[AnswerState.DONT_KNOW],
        prefer_not_count=states[AnswerState.PREFER_NOT],
        not_applicable_count=states[AnswerState.NOT_APPLICABLE],
        score=score,
        is_unanimous=len(values) == 1,
        squares=_squares(values, score),
    )


def _mean(values: Counter[Fraction]) -> Score | None:
    count = values.total()
    if not count:
        return None
    return Score(sum((value * times for value, times in values.items()), Fraction(0)) / count, count)


def _squares(values: Mapping[Fraction, int], score: Score | None) -> Fraction:
    mean = score.value if score else Fraction(0)
    return sum(((value - mean) ** 2 * times for value, times in values.items()), Fraction(0))


def _indicator_figures(options: Options, asked_count: int, survey: Survey) -> IndicatorFigures:
    counts = {option.id: options.get(option.id, 0) for option in survey.options if option.state is AnswerState.ANSWERED}
    return IndicatorFigures(
        asked_count=asked_count,
        answered_count=sum(counts.values()),
        option_counts=counts,
        is_unanimous=sum(count > 0 for count in counts.values()) == 1,
    )


def _counts(groups: Iterable[str], order: Iterable[str]) -> dict[str, int]:
    counted = Counter(groups)
    return {str(group): counted[group] for group in order if counted[group]}


def _gaps(first: AudienceFigures, second: AudienceFigures, sigma: float, *, from_agreed: bool) -> dict[str, Gap]:
    gaps = {}
    for standard_id, figures in first.standards.items():
        a, b = figures.score, second.standards[standard_id].score
        if a is not None and b is not None:
            margin = difference_margin(sigma, None if from_agreed else a.respondent_count, b.respondent_count)
            value = a.value - b.value
            gaps[standard_id] = Gap(value, margin, abs(value) >= TALK_ABOUT_FROM and abs(value) > margin)
    return gaps
