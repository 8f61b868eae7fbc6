"""Makers of small things for tests: each has sensible defaults, and takes what the test is about."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import count

from app.disclosure import Audit, NetworkSubject, Pin, Release, Rules, Subject, no_audit, release_round
from app.responses import (
    AnsweredHow,
    Help,
    ProviderView,
    Response,
    ResponseState,
    Round,
    RoundState,
    Support,
    Supporter,
)
from app.scoring import DECLARED_SIGMA, RoundFigures, figures_of
from app.standards import (
    Audience,
    Domain,
    Indicator,
    Source,
    Standard,
    StandardsSet,
    TranslatedString,
    Translation,
    source_mark,
)
from app.surveys import AnswerState, Edition, Length, Option, Question, Survey, Texts, Thresholds, Wording

CLOSED_ON = date(2026, 9, 30)
READERS = tuple((edition, audience) for edition in Edition for audience in Audience)


def make_standards(
    shape: Sequence[int] = (2, 1), indicator_count: int = 3, weights: Mapping[str, int] | None = None
) -> StandardsSet:
    """Make a standards set: S01, S02 … in domains D1, D2 … shape: how many standards each domain has."""
    numbers = count(1)
    domains = tuple(
        Domain(
            f"D{place}",
            f"Domain {place}",
            tuple(make_standard(next(numbers), indicator_count, weights or {}) for _ in range(size)),
        )
        for place, size in enumerate(shape, start=1)
    )
    return StandardsSet(
        id="small-set",
        version="1.0.0",
        title="A small set",
        summary="For tests.",
        language="en",
        source=Source("Slides", "A. Author", "A Publisher", "For tests."),
        co_production="not yet",
        wording_note="Draft wording.",
        licence="CC-BY-4.0",
        domains=domains,
    )


def make_standard(number: int, indicator_count: int, weights: Mapping[str, int]) -> Standard:
    standard_id = f"S{number:02d}"
    return Standard(
        id=standard_id,
        slug=f"standard-{number}",
        title=f"Title {number}",
        is_not=f"Not {number}",
        indicators=tuple(
            Indicator(
                id=f"{standard_id}.{letter}",
                statements={audience: f"{standard_id}.{letter} for the {audience}" for audience in Audience},
                weight=weights.get(f"{standard_id}.{letter}", 1),
                in_short_form=letter == "a",
            )
            for letter in "abcdefgh"[:indicator_count]
        ),
    )


def make_survey(
    standards: StandardsSet | None = None,
    *,
    may_be_not_applicable: Collection[str] = (),
    reversed_ids: Collection[str] = (),
    left_out: Collection[str] = (),
    thresholds: Thresholds | None = None,
    editions: tuple[Edition, ...] = tuple(Edition),
) -> Survey:
    """Make a survey about every indicator of the set that is not left out, on the scale yes, sometimes, no."""
    standards = standards or make_standards()
    readers = [(edition, audience) for edition in editions for audience in Audience]
    texts = Texts("Your support", ("Welcome.",), ("Shown from {standard_threshold} people on.",), "I agree.")
    return Survey(
        id="small-survey",
        version="1.0.0",
        title="A small survey",
        summary="For tests.",
        language="en",
        standards_id=standards.id,
        standards_version=standards.version,
        thresholds=thresholds or Thresholds(),
        options=tuple(make_option(*each) for each in OPTIONS),
        questions=tuple(
            Question(
                id=indicator.id,
                standard_id=standard.id,
                domain_id=standards.domain_of(standard.id).id,
                weight=indicator.weight,
                reversed=indicator.id in reversed_ids,
                in_short_form=indicator.in_short_form,
                may_be_not_applicable=indicator.id in may_be_not_applicable,
                wording={reader: Wording(indicator.statements[reader[1]]) for reader in readers},
            )
            for standard in standards.standards
            for indicator in standard.indicators
            if indicator.id not in left_out
        ),
        texts=dict.fromkeys(readers, texts),
        editions=editions,
    )


OPTIONS = (
    ("yes", AnswerState.ANSWERED, 2),
    ("sometimes", AnswerState.ANSWERED, 1),
    ("no", AnswerState.ANSWERED, 0),
    ("dont_know", AnswerState.DONT_KNOW, None),
    ("prefer_not", AnswerState.PREFER_NOT, None),
    ("not_applicable", AnswerState.NOT_APPLICABLE, None),
)


def make_option(option_id: str, state: AnswerState, value: int | None) -> Option:
    return Option(option_id, state, value, dict.fromkeys(READERS, option_id.capitalize()), {})


def make_translation(english: Mapping[str, str], language: str = "cy", *, is_reviewed: bool = False) -> Translation:
    """Translate every string by putting the language before it: "cy:Yes"."""
    return Translation(
        language,
        {key: TranslatedString(f"{language}:{text}", source_mark(text), is_reviewed) for key, text in english.items()},
    )


def make_round(
    standards: StandardsSet | None = None,
    survey: Survey | None = None,
    *,
    provider_id: str = "provider-1",
    length: Length = Length.FULL,
    provider_view: ProviderView = ProviderView.AGREED,
    thresholds: Thresholds | None = None,
    state: RoundState = RoundState.OPEN,
    made_up: bool = False,
    site_id: str | None = None,
) -> Round:
    standards = standards or make_standards()
    survey = survey or make_survey(standards)
    return Round(
        id=f"round-of-{provider_id}",
        provider_id=provider_id,
        campaign_id=None,
        survey_id=survey.id,
        survey_version=survey.version,
        survey_sha256=survey.fingerprint,
        standards_id=standards.id,
        standards_version=standards.version,
        standards_sha256=standards.fingerprint,
        length=length,
        provider_view=provider_view,
        thresholds=thresholds or survey.thresholds,
        state=state,
        opened_on=date(2026, 9, 1),
        closed_on=CLOSED_ON if state is RoundState.CLOSED else None,
        made_up=made_up,
        cancelled_on=CLOSED_ON if state is RoundState.CANCELLED else None,
        site_id=site_id,
    )


def make_response(
    answers: Mapping[str, str] | None = None,
    audience: Audience = Audience.PERSON,
    *,
    edition: Edition = Edition.STANDARD,
    answered_how: AnsweredHow | None = AnsweredHow.SELF,
    state: ResponseState = ResponseState.SUBMITTED,
    support: Support | None = None,
) -> Response:
    return Response(audience, edition, "en", answered_how, state, answers or {}, support)


def make_helped(
    answers: Mapping[str, str] | None = None,
    audience: Audience = Audience.PERSON,
    *who: Supporter,
    ways: Iterable[Help] = (),
) -> Response:
    """Make a sent response that these supporters helped with."""
    support = Support(frozenset(who), frozenset(ways))
    return make_response(answers, audience, answered_how=AnsweredHow.HELPED, support=support)


def answers(**by_standard: str) -> dict[str, str]:
    """Make answers from one text a standard: S01="yes no -" answers S01.a and S01.b and leaves S01.c missing."""
    return {
        f"{standard_id}.{letter}": option
        for standard_id, options in by_standard.items()
        for letter, option in zip("abcdefgh", options.split(), strict=False)
        if option != "-"
    }


def same_to_all(survey: Survey, option_id: str) -> dict[str, str]:
    """Make answers that choose one option everywhere."""
    return {question.id: option_id for question in survey.questions}


def crowd(survey: Survey, audience: Audience, *groups: tuple[int, str]) -> list[Response]:
    """Make respondents who each choose one option everywhere: crowd(survey, PERSON, (3, "yes"), (2, "no"))."""
    return [make_response(same_to_all(survey, option), audience) for number, option in groups for _ in range(number)]


def make_figures(
    responses: Iterable[Response],
    survey: Survey | None = None,
    *,
    length: Length = Length.FULL,
    provider_view: ProviderView = ProviderView.AGREED,
    sigma: float = DECLARED_SIGMA,
) -> RoundFigures:
    return figures_of(responses, survey or make_survey(), length, provider_view, sigma)


def make_release(
    responses: Iterable[Response] = (),
    survey: Survey | None = None,
    standards: StandardsSet | None = None,
    *,
    provider_id: str = "provider-1",
    length: Length = Length.FULL,
    provider_view: ProviderView = ProviderView.AGREED,
    thresholds: Thresholds | None = None,
    invited: Mapping[Audience, int | None] | None = None,
    made_up: bool = False,
    site_id: str | None = None,
    audit: Audit = no_audit,
) -> Release:
    """Close a round of these responses and release it."""
    standards = standards or make_standards()
    survey = survey or make_survey(standards)
    of = make_round(
        standards,
        survey,
        provider_id=provider_id,
        length=length,
        provider_view=provider_view,
        thresholds=thresholds,
        state=RoundState.CLOSED,
        made_up=made_up,
        site_id=site_id,
    )
    figures = figures_of(responses, survey, length, provider_view)
    return release_round(figures, Rules.of(of), Subject.of(of), invited or {}, survey, audit)


def make_network_subject(
    standards: StandardsSet | None = None, survey: Survey | None = None, length: Length = Length.FULL
) -> NetworkSubject:
    standards = standards or make_standards()
    survey = survey or make_survey(standards)
    return NetworkSubject(
        network_id="network-1",
        campaign_id="campaign-1",
        standards=Pin(standards.id, standards.version, standards.fingerprint),
        survey=Pin(survey.id, survey.version, survey.fingerprint),
        length=length,
        closed_on=CLOSED_ON,
    )
