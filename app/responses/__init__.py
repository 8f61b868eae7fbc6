"""Responses: a round of asking, and what one respondent has answered in it so far. Pure."""

from app.responses.changes import closed, started, submitted, with_answer, with_answered_how, with_edition
from app.responses.model import AnsweredHow, ProviderView, Response, ResponseState, Round, RoundState

__all__ = [
    "AnsweredHow",
    "ProviderView",
    "Response",
    "ResponseState",
    "Round",
    "RoundState",
    "closed",
    "started",
    "submitted",
    "with_answer",
    "with_answered_how",
    "with_edition",
]
