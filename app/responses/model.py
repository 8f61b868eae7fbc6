"""A round and a response, as they stand at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from app.responses.purpose import UNSAID, Purpose
from app.standards import Audience
from app.surveys import Edition, Length, Thresholds

DAYS_TO_BRING_BACK: Final = 30


class AnsweredHow(StrEnum):
    """Who answered: the respondent alone, with somebody's help, or somebody on their behalf."""

    SELF = "self"
    HELPED = "helped"
    ON_BEHALF = "on-behalf"


class Supporter(StrEnum):
    """Who helped somebody to answer, answered for them, or saw them agree."""

    FAMILY = "family"
    FRIEND = "friend"
    ADVOCATE = "advocate"
    PAID_STAFF = "paid-staff"
    INTERPRETER = "interpreter"
    SOMEONE_ELSE = "someone-else"


class Help(StrEnum):
    """What a supporter did."""

    READ = "read"
    EXPLAINED = "explained"
    INTERPRETED = "interpreted"
    RECORDED = "recorded"


class WhyOnBehalf(StrEnum):
    """Why somebody answers for somebody else."""

    ASKED = "asked"
    CANNOT_NOW = "cannot-now"
    CANNOT_ANSWER = "cannot-answer"
    ANOTHER_REASON = "another-reason"


class ViewsKnown(StrEnum):
    """How somebody who answers on behalf knows what the person thinks."""

    TOLD = "told"
    SHOWED = "showed"
    WRITTEN = "written"
    KNOW_WELL = "know-well"
    NOT_KNOWN = "not-known"


@dataclass(frozen=True, slots=True)
class Support:
    """The help behind a response; each part is what was ticked, none of it has to be.

    who: who helped or answered on behalf. ways: what they did. why, known: when they answered on behalf.
    """

    who: frozenset[Supporter] = frozenset()
    ways: frozenset[Help] = frozenset()
    why: WhyOnBehalf | None = None
    known: frozenset[ViewsKnown] = frozenset()


class ConsentGiven(StrEnum):
    """How somebody agreed to take part."""

    TICKED = "ticked"
    SPOKEN = "spoken"
    ON_BEHALF = "on-behalf"
    """Somebody answers for a person who did not say yes: they agree for themselves, and nobody for the person."""


@dataclass(frozen=True, slots=True)
class Consent:
    """How a respondent agreed. witness: who heard it, when it was spoken."""

    given: ConsentGiven
    witness: Supporter | None = None


class HowLong(StrEnum):
    """For how long a respondent lets somebody else see their own result."""

    A_WEEK = "week"
    A_MONTH = "month"
    THREE_MONTHS = "three-months"


class ProviderView(StrEnum):
    """The provider's own view: one AGREED self-assessment, or a survey of its STAFF. Set when the round opens."""

    AGREED = "agreed"
    STAFF = "staff"

    def is_agreed(self, audience: Audience) -> bool:
        """Say whether this audience's view is one self-assessment that the provider agrees on."""
        return audience is Audience.PROVIDER and self is ProviderView.AGREED


class RoundState(StrEnum):
    """CANCELLED: called off by its lead; nothing of it is shown to anybody, and thirty days later it is deleted."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class ResponseState(StrEnum):
    STARTED = "started"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Round:
    """One period of asking at one provider.

    The versions, their SHA-256 and the thresholds are pinned when it opens and never change.
    closed_on: None while it is open. made_up: whether its responses are invented, for a demonstration.
    paper_is_checked: whether two people enter what comes on paper. safeguarding_contact_id: who takes concerns.
    last_on: the planned last day, which people are told; answers are taken after it, until somebody closes the round.
    cancelled_on: None unless it was called off. purpose: why it asks. site_id: the one site that it is about, pinned as
    the versions are; None for the whole provider.
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
    paper_is_checked: bool = False
    safeguarding_contact_id: str | None = None
    last_on: date | None = None
    cancelled_on: date | None = None
    purpose: Purpose = UNSAID
    site_id: str | None = None

    @property
    def is_open(self) -> bool:
        return self.state is RoundState.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state is RoundState.CLOSED

    @property
    def is_cancelled(self) -> bool:
        return self.state is RoundState.CANCELLED

    @property
    def gone_on(self) -> date | None:
        """Return the day from which a round that was called off cannot be brought back any more."""
        return self.cancelled_on + timedelta(days=DAYS_TO_BRING_BACK) if self.cancelled_on else None

    def is_past_last_day(self, today: date) -> bool:
        """Say whether the round is open after its planned last day."""
        return self.is_open and self.last_on is not None and self.last_on < today

    def is_agreed(self, audience: Audience) -> bool:
        """Say whether this audience's view is one self-assessment that the provider agrees on."""
        return self.provider_view.is_agreed(audience)


@dataclass(frozen=True, slots=True)
class Response:
    """One respondent's answers: {question's id: option's id}; a question that is not in it is missing.

    It knows neither who answered nor when. answered_how, support, consent: None when it was not said.
    language: the one it was last read in, as ISO 639-1 ("en", "cy"). translated: {question's id: language} of the
    answers that were given in another language than the survey's own.
    """

    audience: Audience
    edition: Edition
    language: str
    answered_how: AnsweredHow | None
    state: ResponseState
    answers: Mapping[str, str] = field(hash=False)
    support: Support | None = None
    consent: Consent | None = None
    translated: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def lacks_own_consent(self) -> bool:
        """Say whether nobody but a proxy agreed, and the proxy does not answer any more."""
        is_proxy_s = self.consent is not None and self.consent.given is ConsentGiven.ON_BEHALF
        return is_proxy_s and self.answered_how is not AnsweredHow.ON_BEHALF

    @property
    def paid_staff_helped(self) -> bool:
        """Say whether paid staff helped with the answers, or gave them on somebody's behalf."""
        return self.support is not None and Supporter.PAID_STAFF in self.support.who
