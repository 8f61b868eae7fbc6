"""A provider's report of one closed round."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final, Literal

from app.disclosure import (
    Figure,
    Reason,
    Release,
    ReleasedAudience,
    ReleasedGap,
    ReleasedSeries,
    ReleasedStandard,
    Shares,
)
from app.reports.model import (
    AudienceName,
    AudienceResult,
    BreakdownResult,
    DomainResult,
    DomainText,
    GapResult,
    IndicatorResult,
    OptionText,
    ProviderReport,
    ReleaseMark,
    SeriesName,
    SeriesResult,
    StandardResult,
    ThresholdsMark,
    Withholding,
)
from app.reports.sentences import FAMILIES, PEOPLE, STAFF, THE_PROVIDER, Voice, audience_sentences, gap_sentence
from app.reports.texts import (
    NAMES,
    domain_texts,
    option_texts,
    refuse_other_versions,
    standard_titles,
    standards_mark,
    survey_mark,
)
from app.responses import AnsweredHow, Help, ProviderView, Supporter
from app.scoring import NOT_SAID, WITHOUT_PAID_STAFF, points
from app.standards import Audience, StandardsSet
from app.surveys import Edition, Survey

GapName = Literal["provider-person", "provider-family", "family-person"]
GAP_NAMES: Final[Mapping[GapName, tuple[Audience, Audience]]] = {
    "provider-person": (Audience.PROVIDER, Audience.PERSON),
    "provider-family": (Audience.PROVIDER, Audience.FAMILY),
    "family-person": (Audience.FAMILY, Audience.PERSON),
}


def provider_report(
    release: Release, standards: StandardsSet, survey: Survey, provider_name: str, site_name: str | None = None
) -> ProviderReport:
    """Return the report that a provider reads, from its round's release alone. site_name: of a round for one site.

    standards, survey: for their words; Conflict unless they are the pinned versions.
    Scores and gaps are rounded here, once. Source: docs/method.md, "Numbers as they are shown".
    """
    subject = release.subject
    refuse_other_versions(standards, survey, subject.standards, subject.survey)
    domains = domain_texts(standards, survey, subject.length)
    titles = standard_titles(domains)
    options = option_texts(survey)
    audiences = {name: _audience(release.audiences[audience], domains, options) for audience, name in NAMES.items()}
    gaps = {name: {id_: _gap(release.gaps[pair][id_]) for id_ in titles} for name, pair in GAP_NAMES.items()}
    return ProviderReport(
        provider=provider_name,
        site=site_name,
        round=subject.round_id,
        release=ReleaseMark(id=release.id, sha256=release.sha256),
        made_up=subject.made_up,
        provider_view="agreed" if subject.provider_view is ProviderView.AGREED else "staff",
        closed_on=subject.closed_on.isoformat(),
        standards=standards_mark(subject.standards),
        survey=survey_mark(subject.survey, subject.length),
        thresholds=ThresholdsMark(standard=subject.thresholds.standard, indicator=subject.thresholds.indicator),
        headline=_headline(audiences, gaps, titles, subject.provider_view),
        audiences=audiences,
        gaps=gaps,
        series=_series(release, domains, options),
        domains=domains,
        options=options,
        wording_note=standards.wording_note,
    )


def withholding(reason: Reason | None) -> Withholding | None:
    """Return the reason in the report's words, None for a figure that is shown."""
    return None if reason is None else reason.value


def whole_points(value: Fraction | None) -> int | None:
    """Return a score or gap as it is shown, None for one that is withheld."""
    return None if value is None else points(value)


def _audience(
    released: ReleasedAudience, domains: tuple[DomainText, ...], options: tuple[OptionText, ...]
) -> AudienceResult:
    return AudienceResult(
        respondents=released.respondents,
        invited=released.invited,
        standards=_standards(released, domains),
        domains={domain.id: _domain(released.domains[domain.id]) for domain in domains},
        indicators=_indicators(released, domains, options),
        editions=_breakdown(released.editions, Edition),
        answered_how=_breakdown(released.answered_how, [*AnsweredHow, NOT_SAID]),
        helped_by=released.helped_by and _breakdown(released.helped_by, Supporter),
        help=released.help and _breakdown(released.help, Help),
    )


def _series(
    release: Release, domains: tuple[DomainText, ...], options: tuple[OptionText, ...]
) -> dict[SeriesName, dict[AudienceName, SeriesResult]]:
    names: dict[str, SeriesName] = {WITHOUT_PAID_STAFF: "without_paid_staff"}
    return {
        names[name]: {
            NAMES[audience]: _part(by_audience[audience], domains, options)
            for audience in Audience
            if audience in by_audience
        }
        for name, by_audience in release.series.items()
    }


def _part(released: ReleasedSeries, domains: tuple[DomainText, ...], options: tuple[OptionText, ...]) -> SeriesResult:
    return SeriesResult(
        withheld=withholding(released.withheld),
        is_all=released.is_all,
        standards=_standards(released, domains),
        domains={domain.id: _domain(released.domains[domain.id]) for domain in domains},
        indicators=_indicators(released, domains, options),
    )


def _standards(
    released: ReleasedAudience | ReleasedSeries, domains: tuple[DomainText, ...]
) -> dict[str, StandardResult]:
    return {
        standard.id: _standard(released.standards[standard.id]) for domain in domains for standard in domain.standards
    }


def _indicators(
    released: ReleasedAudience | ReleasedSeries, domains: tuple[DomainText, ...], options: tuple[OptionText, ...]
) -> dict[str, IndicatorResult]:
    return {
        indicator.id: _indicator(released.indicators[indicator.id], options)
        for domain in domains
        for standard in domain.standards
        for indicator in standard.indicators
    }


def _standard(released: ReleasedStandard) -> StandardResult:
    return StandardResult(
        score=whole_points(released.score.value),
        withheld=withholding(released.score.withheld),
        coverage=released.coverage,
        dont_know_share=released.dont_know_share,
        prefer_not_share=released.prefer_not_share,
        not_applicable_share=released.not_applicable_share,
        margin=released.margin,
    )


def _domain(figure: Figure[Fraction]) -> DomainResult:
    return DomainResult(score=whole_points(figure.value), withheld=withholding(figure.withheld))


def _indicator(figure: Figure[Shares], options: tuple[OptionText, ...]) -> IndicatorResult:
    shares = None if figure.value is None else {option.id: figure.value[option.id] for option in options}
    return IndicatorResult(shares=shares, withheld=withholding(figure.withheld))


def _breakdown(figure: Figure[Shares], order: Iterable[str]) -> BreakdownResult:
    shares = figure.value
    return BreakdownResult(
        shares=None if shares is None else {str(group): shares[group] for group in order if group in shares},
        withheld=withholding(figure.withheld),
    )


def _gap(released: ReleasedGap) -> GapResult:
    return GapResult(
        points=whole_points(released.value.value),
        withheld=withholding(released.value.withheld),
        talk_about_this=released.talk_about_this,
        margin=released.margin,
    )


def _headline(
    audiences: Mapping[AudienceName, AudienceResult],
    gaps: Mapping[GapName, Mapping[str, GapResult]],
    titles: Mapping[str, str],
    provider_view: ProviderView,
) -> tuple[str, ...]:
    voices: dict[AudienceName, Voice] = {
        "person": PEOPLE,
        "family": FAMILIES,
        "provider": THE_PROVIDER if provider_view is ProviderView.AGREED else STAFF,
    }
    said = audience_sentences(voices, {name: result.standards for name, result in audiences.items()}, titles)
    apart = (
        gap_sentence(voices[NAMES[first]], voices[NAMES[second]], gaps[name], titles)
        for name, (first, second) in GAP_NAMES.items()
    )
    return (*said, *filter(None, apart))
