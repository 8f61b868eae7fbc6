"""The figures of one round, exact and unprotected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from app.responses import AnsweredHow
from app.standards import Audience

AudiencePair = tuple[Audience, Audience]

WITHOUT_PAID_STAFF: Final = "without_paid_staff"

GAPS: Final[tuple[AudiencePair, ...]] = (
    (Audience.PROVIDER, Audience.PERSON),
    (Audience.PROVIDER, Audience.FAMILY),
    (Audience.FAMILY, Audience.PERSON),
)


def gap_name(pair: AudiencePair) -> str:
    """Return the gap's name in reports: "provider-person" is the provider's score less the people's."""
    return f"{pair[0]}-{pair[1]}"


@dataclass(frozen=True, slots=True)
class Score:
    """How far a group's answers lie from "is not" (0) towards "is" (1).

    respondent_count: those with a valid value of their own, each of equal weight.
    """

    value: Fraction
    respondent_count: int


@dataclass(frozen=True, slots=True)
class StandardFigures:
    """One audience and one standard.

    asked_count: respondents who were asked. The other counts are of answers: applicable_count leaves out "not
    applicable" and holds missing answers. score: None when nobody has a valid value.
    is_unanimous: all valid values are the same. squares: sum of their squared deviations from the score.
    Source: docs/method.md, "Audience × standard" and "Coverage".
    """

    asked_count: int
    answered_count: int
    applicable_count: int
    dont_know_count: int
    prefer_not_count: int
    not_applicable_count: int
    score: Score | None
    is_unanimous: bool
    squares: Fraction

    @property
    def valid_count(self) -> int:
        """Respondents with a valid value of their own."""
        return self.score.respondent_count if self.score else 0

    @property
    def coverage(self) -> Fraction | None:
        """Answered ÷ applicable answers, None when none applies."""
        return _ratio(self.answered_count, self.applicable_count)

    @property
    def dont_know_share(self) -> Fraction | None:
        """Don't-know ÷ applicable answers, None when none applies."""
        return _ratio(self.dont_know_count, self.applicable_count)

    @property
    def prefer_not_share(self) -> Fraction | None:
        """Rather-not-say ÷ applicable answers, None when none applies."""
        return _ratio(self.prefer_not_count, self.applicable_count)

    @property
    def not_applicable_share(self) -> Fraction | None:
        """Not-applicable ÷ asked answers, None when nobody was asked."""
        return _ratio(self.not_applicable_count, self.applicable_count + self.not_applicable_count)


@dataclass(frozen=True, slots=True)
class IndicatorFigures:
    """How the answers to one indicator spread.

    asked_count: respondents who were asked; answered_count: those who chose an option that scores.
    option_counts: for every option that scores, in the survey's order, also where the count is 0.
    """

    asked_count: int
    answered_count: int
    option_counts: Mapping[str, int] = field(hash=False)
    is_unanimous: bool


@dataclass(frozen=True, slots=True)
class PartFigures:
    """What some or all respondents of one audience said."""

    respondent_count: int
    standards: Mapping[str, StandardFigures] = field(hash=False)
    indicators: Mapping[str, IndicatorFigures] = field(hash=False)


@dataclass(frozen=True, slots=True)
class SeriesFigures:
    """A part of an audience, and the rest of it: whoever sees the part beside the whole can work the rest out."""

    part: PartFigures
    rest: PartFigures


@dataclass(frozen=True, slots=True)
class AudienceFigures(PartFigures):
    """One audience's view.

    The counts are of respondents and hold only groups that anybody is in. helped_by_counts, help_counts: of those who
    said who helped, and what they did; somebody can be in several. series: by name, WITHOUT_PAID_STAFF; none for the
    provider. Source: docs/method.md, "Without paid staff".
    """

    audience: Audience
    edition_counts: Mapping[str, int] = field(hash=False)
    answered_how_counts: Mapping[str, int] = field(hash=False)
    helped_by_counts: Mapping[str, int] = field(hash=False)
    help_counts: Mapping[str, int] = field(hash=False)
    series: Mapping[str, SeriesFigures] = field(hash=False)

    @property
    def with_help_count(self) -> int:
        """Respondents who had help, or for whom somebody else answered."""
        return sum(self.answered_how_counts.get(how, 0) for how in (AnsweredHow.HELPED, AnsweredHow.ON_BEHALF))


@dataclass(frozen=True, slots=True)
class Gap:
    """The first audience's score less the second's, in [-1, 1].

    margin: what chance alone can explain on either side, on the same scale, with the exact numbers of respondents.
    Source: docs/method.md, "Gap".
    """

    value: Fraction
    margin: float
    talk_about_this: bool


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """All figures of a round. gaps: only where both sides have a score. sigma: the σ behind the margins."""

    audiences: Mapping[Audience, AudienceFigures] = field(hash=False)
    gaps: Mapping[AudiencePair, Mapping[str, Gap]] = field(hash=False)
    sigma: float


def _ratio(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
