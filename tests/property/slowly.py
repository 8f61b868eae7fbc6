"""The method once more, written slowly and in another way: what the product computes is compared with this."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from app.responses import ProviderView, Response
from app.standards import Audience
from app.surveys import Survey

WORTH = {"yes": Fraction(1), "sometimes": Fraction(1, 2), "no": Fraction(0)}


def value_of(survey: Survey, standard_id: str, response: Response) -> Fraction | None:
    """Return a respondent's value of a standard in a full round, None when it is not valid."""
    asked = [question for question in survey.questions if question.standard_id == standard_id]
    given = [(question.weight, response.answers.get(question.id, "missing")) for question in asked]
    scored = [(weight, WORTH[option]) for weight, option in given if option in WORTH]
    base = sum(weight for weight, option in given if option != "not_applicable")
    weight = sum(weight for weight, _ in scored)
    if len(scored) < 2 or 10 * weight < 6 * base:
        return None
    return sum((each * worth for each, worth in scored), Fraction(0)) / weight


def score_of(
    survey: Survey, standard_id: str, responses: Sequence[Response], audience: Audience, view: ProviderView, k: int
) -> Fraction | str:
    """Return an audience's score of a standard as it may be shown, or the reason why it is withheld."""
    asked = [response for response in responses if response.audience is audience]
    values = [value for response in asked if (value := value_of(survey, standard_id, response)) is not None]
    options = [
        option for response in asked for id_, option in response.answers.items() if id_.split(".")[0] == standard_id
    ]
    if audience is Audience.PROVIDER and view is ProviderView.AGREED:
        return values[0] if values else "no_answers"
    if len(asked) < k:
        return "too_few"
    if not any(option in WORTH for option in options):
        return "no_answers"
    if len(values) < k:
        return "too_few"
    if len(values) < 2 * k and min(values) == max(values):
        return "unanimous"
    return sum(values, Fraction(0)) / len(values)


def part_score_of(
    survey: Survey, standard_id: str, responses: Sequence[Response], audience: Audience, k: int
) -> Fraction | str:
    """Return a score without paid staff as it may be shown, or the reason why it is withheld."""
    asked = [response for response in responses if response.audience is audience]
    rest = [each for each in asked if each.support is not None and "paid-staff" in each.support.who]
    part = [each for each in asked if each not in rest]
    if len(asked) < k:
        return "too_few"
    if len(part) < k or len(rest) in range(1, k):
        return "remainder"
    whole = score_of(survey, standard_id, responses, audience, ProviderView.AGREED, k)
    if isinstance(whole, str):
        return whole
    values, others = (
        [value for response in each if (value := value_of(survey, standard_id, response)) is not None]
        for each in (part, rest)
    )
    if not stands_alone(values, k) or (others and not stands_alone(others, k)):
        return "remainder"
    return sum(values, Fraction(0)) / len(values)


def stands_alone(values: Sequence[object], k: int) -> bool:
    """Say whether a figure of these values could be shown if it were the only one."""
    return len(values) >= 2 * k or (len(values) >= k and len(set(values)) > 1)


def shown_points(value: Fraction) -> int:
    with localcontext(prec=60):
        exactly = Decimal(value.numerator * 100) / Decimal(value.denominator)
        return int(exactly.quantize(Decimal(1), ROUND_HALF_UP))
