"""The life of a response: what may change, and when."""

from collections.abc import Mapping
from dataclasses import replace

from app.errors import Conflict, Invalid, NotFound
from app.responses.life import refuse_over
from app.responses.model import AnsweredHow, Consent, ConsentGiven, Response, ResponseState, Round, Support
from app.standards import Audience
from app.surveys import Edition, Survey


def started(round: Round, audience: Audience, edition: Edition, language: str) -> Response:
    """Return a response with no answers yet. Raises Conflict when the round is over."""
    refuse_over(round, "so nothing in it can be changed any more")
    return Response(audience, edition, language, None, ResponseState.STARTED, {})


def with_answer(
    round: Round,
    response: Response,
    survey: Survey,
    question_id: str,
    option_id: str | None,
    language: str | None = None,
) -> Response:
    """Return the response with this answer in place of an earlier one; None takes the answer away.

    language: in which the question was shown; the response's own when not said.

    Raises Conflict (the round is over, the response is sent), NotFound (the round does not ask this) or Invalid
    (the question does not offer this option).
    """
    _refuse_change(round, response)
    survey.position(question_id, round.length)
    answers = _without(response.answers, question_id)
    translated = _without(response.translated, question_id)
    if option_id is not None:
        _refuse_unoffered(survey, question_id, option_id)
        answers[question_id] = option_id
        shown_in = language or response.language
        if shown_in != survey.language:
            translated[question_id] = shown_in
    return replace(response, answers=answers, translated=translated)


def with_answered_how(
    round: Round, response: Response, how: AnsweredHow | None, support: Support | None = None
) -> Response:
    """Return the response with who answered it, and how; None when it is not said. Raises Conflict like with_answer.

    support: kept unless the respondent answered alone.
    """
    _refuse_change(round, response)
    helped = support if how in (AnsweredHow.HELPED, AnsweredHow.ON_BEHALF) else None
    return replace(response, answered_how=how, support=helped)


def with_consent(round: Round, response: Response, consent: Consent) -> Response:
    """Return the response with how its respondent agreed to take part. Raises Conflict like with_answer.

    Who agrees for themselves alone, beside somebody who did not say yes, answers on behalf.
    """
    _refuse_change(round, response)
    how = AnsweredHow.ON_BEHALF if consent.given is ConsentGiven.ON_BEHALF else response.answered_how
    return replace(response, consent=consent, answered_how=how)


def with_language(round: Round, response: Response, language: str) -> Response:
    """Return the response in another language; its answers stay. Raises Conflict like with_answer."""
    _refuse_change(round, response)
    return replace(response, language=language)


def with_edition(round: Round, response: Response, edition: Edition) -> Response:
    """Return the response in another edition; its answers stay. Raises Conflict like with_answer."""
    _refuse_change(round, response)
    return replace(response, edition=edition)


def submitted(round: Round, response: Response) -> Response:
    """Return the response as sent; it cannot be changed any more. Raises Conflict like with_answer."""
    _refuse_change(round, response)
    return replace(response, state=ResponseState.SUBMITTED)


def withdrawn(response: Response) -> Response:
    """Return the response without its answers and whatever else it knew; also after the round has closed.

    The figures that were released stay until the next release. Source: docs/method.md, "A release is fixed".
    """
    return replace(
        response,
        state=ResponseState.WITHDRAWN,
        answers={},
        translated={},
        answered_how=None,
        support=None,
        consent=None,
    )


def _without(answers: Mapping[str, str], question_id: str) -> dict[str, str]:
    return {question: value for question, value in answers.items() if question != question_id}


def _refuse_change(round: Round, response: Response) -> None:
    refuse_over(round, "so nothing in it can be changed any more")
    if response.state is ResponseState.SUBMITTED:
        raise Conflict("These answers have been sent already, so they cannot be changed any more.")
    if response.state is ResponseState.WITHDRAWN:
        raise Conflict("These answers have been taken back, so they cannot be changed any more.")


def _refuse_unoffered(survey: Survey, question_id: str, option_id: str) -> None:
    try:
        option = survey.option(option_id)
    except NotFound as error:
        raise Invalid(error.message) from None
    if option not in survey.options_of(survey.question(question_id)):
        raise Invalid(f"“{option_id}” is not one of the answers to {question_id}.")
