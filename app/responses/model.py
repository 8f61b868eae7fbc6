"""A round and a response, as they stand at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.standards import Audience
from app.surveys import Edition, Length, Thresholds


class AnsweredHow(StrEnum):
    """Who answered: the respondent alone, with somebody's help, or somebody on their behalf."""

    SELF = "self"
    HELPED = "helped"
    ON_BEHALF = "on-behalf"


class ProviderView(StrEnum):
    """The provider's own view: one AGREED self-assessment, or a survey of its STAFF. Set when the round opens."""

    AGREED = "agreed"
    STAFF = "staff"


class RoundState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class ResponseState(StrEnum):
    STARTED = "started"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Round:
    """One period of asking at one provider.

    The versions, their SHA-256 and the thresholds are pinned when it opens and never change.
    closed_on: None while it is open. made_up: whether its responses are invented, for a demonstration.
    """

    id: str
    provider_id: str
    campaign_id: str | None
    survey_id: str
    survey_version: str
    survey_sha256: str
    standards_id: str
    standards_version: str
    standards_sha256: str
    length: Length
    provider_view: ProviderView
    thresholds: Thresholds
    state: RoundState
    opened_on: date
    closed_on: date | None
    made_up: bool

    def is_agreed(self, audience: Audience) -> bool:
        """Say whether this audience's view is one self-assessment that the provider agrees on."""
        return audience is Audience.PROVIDER and self.provider_view is ProviderView.AGREED


@dataclass(frozen=True, slots=True)
class Response:
    """One respondent's answers: {question's id: option's id}; a question that is not in it is missing.

    It knows neither who answered nor when. answered_how: None when it was not said.
    """

    audience: Audience
    edition: Edition
    language: str
    answered_how: AnsweredHow | None
    state: ResponseState
    answers: Mapping[str, str] = field(hash=False)
