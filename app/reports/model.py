"""The reports: one shape for pages, charts, workbooks and JSON.

Every figure here may be shown. Scores and gaps are whole numbers (0-100, gaps -100-100), shares have two
decimals; a withheld figure is None beside its reason, never zero.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.organisations import asked_about

Withholding = Literal["too_few", "unanimous", "complementary", "remainder", "no_answers"]
AudienceName = Literal["person", "family", "provider"]
SeriesName = Literal["without_paid_staff"]
Points = Annotated[int, Field(ge=0, le=100)]
GapPoints = Annotated[int, Field(ge=-100, le=100)]
Share = Annotated[float, Field(ge=0, le=1)]
StandardId = str
DomainId = str
IndicatorId = str
OptionId = str


class ReportPart(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReleaseMark(ReportPart):
    id: str
    sha256: str


class StandardsMark(ReportPart):
    set: str
    version: str
    sha256: str


class SurveyMark(ReportPart):
    id: str
    version: str
    length: Literal["short", "full"]


class ThresholdsMark(ReportPart):
    standard: int
    indicator: int


class StandardResult(ReportPart):
    """One audience's view of one standard.

    margin: points on either side that chance alone can explain, at the smallest number of respondents that the
    published band allows; None when withheld, or for an agreed self-assessment.
    """

    score: Points | None
    withheld: Withholding | None
    coverage: Share | None
    dont_know_share: Share | None
    prefer_not_share: Share | None = None
    not_applicable_share: Share | None = None
    margin: Points | None = None


class DomainResult(ReportPart):
    score: Points | None
    withheld: Withholding | None


class IndicatorResult(ReportPart):
    """How the answers to one indicator spread; the shares are of those who answered it."""

    shares: dict[OptionId, Share] | None
    withheld: Withholding | None


class BreakdownResult(ReportPart):
    """How large a part of an audience did something, by choice: which edition, who helped.

    Who helped, and what they did, can be several choices of one respondent.
    """

    shares: dict[str, Share] | None
    withheld: Withholding | None


class AudienceResult(ReportPart):
    """respondents: in bands ("fewer than 5", "10 to 14", "23"); invited: None when nobody was invited by link."""

    respondents: str
    invited: int | None = None
    standards: dict[StandardId, StandardResult]
    domains: dict[DomainId, DomainResult]
    indicators: dict[IndicatorId, IndicatorResult]
    editions: BreakdownResult
    answered_how: BreakdownResult
    helped_by: BreakdownResult | None = None
    help: BreakdownResult | None = None


class SeriesResult(ReportPart):
    """A part of one audience: the same figures once more, without margins.

    withheld: why nothing of it is shown. is_all: nobody is left out, so the figures are the audience's own.
    """

    withheld: Withholding | None
    is_all: bool
    standards: dict[StandardId, StandardResult]
    domains: dict[DomainId, DomainResult]
    indicators: dict[IndicatorId, IndicatorResult]


class GapResult(ReportPart):
    """points: the first audience's score less the second's."""

    points: GapPoints | None
    withheld: Withholding | None
    talk_about_this: bool
    margin: Points | None = None


class IndicatorText(ReportPart):
    id: IndicatorId
    statements: dict[AudienceName, str]


class StandardText(ReportPart):
    id: StandardId
    slug: str
    title: str
    is_not: str
    indicators: tuple[IndicatorText, ...]


class DomainText(ReportPart):
    id: DomainId
    title: str
    standards: tuple[StandardText, ...]


class OptionText(ReportPart):
    """An answer that scores, in the order it is shown; labels by audience."""

    id: OptionId
    labels: dict[AudienceName, str]


class ProviderReport(ReportPart):
    """A provider's report of one closed round.

    site: the one that the round was for; None for the whole provider. headline: one or more sentences, said first.
    series: parts of people and of families; none in a release from before there were any.
    """

    provider: str
    site: str | None = None
    round: str
    release: ReleaseMark
    method: Literal["1"] = "1"
    made_up: bool
    provider_view: Literal["agreed", "staff"]
    closed_on: str
    standards: StandardsMark
    survey: SurveyMark
    thresholds: ThresholdsMark
    headline: tuple[str, ...]
    audiences: dict[AudienceName, AudienceResult]
    gaps: dict[Literal["provider-person", "provider-family", "family-person"], dict[StandardId, GapResult]]
    series: dict[SeriesName, dict[AudienceName, SeriesResult]] = {}
    domains: tuple[DomainText, ...]
    options: tuple[OptionText, ...]
    wording_note: str

    @property
    def about(self) -> str:
        """Return whom the report is about, as staff read it."""
        return asked_about(self.provider, self.site)


class SpreadResult(ReportPart):
    """How providers' scores for one standard spread. own: of the provider that looks, with `--for` only."""

    median: Points | None
    lower_quartile: Points | None
    upper_quartile: Points | None
    own: Points | None = None
    withheld: Withholding | None


class NetworkAudienceResult(ReportPart):
    """providers: in a band, those with any released score for this audience."""

    providers: str
    standards: dict[StandardId, SpreadResult]


class NetworkReport(ReportPart):
    """A network's comparison of one campaign. looking: the provider that looks, left out of every figure."""

    network: str
    campaign: str
    release: ReleaseMark
    method: Literal["1"] = "1"
    made_up: bool
    looking: str | None = None
    providers: str
    closed_on: str
    standards: StandardsMark
    survey: SurveyMark
    minimum_providers: int
    headline: tuple[str, ...]
    audiences: dict[AudienceName, NetworkAudienceResult]
    domains: tuple[DomainText, ...]
    wording_note: str
